/** Drawn from when nothing is said. */
const USUAL = 20201125;

/**
 * The seed of all property tests, from PROPERTY_SEED: nothing is the usual one, a whole number of 32 bits is taken as it is (what another seed
 * found can be seen again). Throws on anything else.
 */
export function propertySeed({ PROPERTY_SEED: wanted }: Readonly<Record<string, string | undefined>>): number {
  if (wanted === undefined || wanted === '') return USUAL;
  const seed = Number(wanted);
  if ((seed | 0) !== seed) throw new Error(`PROPERTY_SEED is "${wanted}": a whole number of 32 bits, or "random" for a run of npm test`);
  return seed;
}

/** Settles "random" for a whole run, before any test starts: one number, said so that it can be given again. */
export function settlePropertySeed(env: Record<string, string | undefined>, random: () => number, say: (line: string) => void): void {
  if (env['PROPERTY_SEED'] === 'random') env['PROPERTY_SEED'] = String(Math.floor(random() * 2 ** 31));
  const seed = propertySeed(env);
  if (seed !== USUAL) say(`property tests: PROPERTY_SEED=${seed}`);
}

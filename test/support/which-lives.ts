import { dayOf, type Facts, holds, type Policy, speaksOf, type WorkedExample, workExample, workedExamples } from '@tranche/policies';

/** A version with the worked example it is lived with. */
export type WhichLife = { readonly policy: Policy; readonly example: WorkedExample; readonly day: string };
/** One that the rules refuse: `unmet` names them; `period`: only when the period is claimed. */
export type WhichRefusal = WhichLife & { readonly unmet: readonly string[]; readonly period: boolean };

/** Something is paid for this example: the period it claims, an advance, or what remains. */
function pays(policy: Policy, example: WorkedExample): boolean {
  const { eligible, inWindow, amounts, remainderFen, conditions } = workExample(policy, example);
  const { claims = [], advances } = policy.plan;
  const open = claims.filter(({ when }) => holds(when, conditions) !== false);
  const claim = open.find(({ id }) => id === (example.period?.claim ?? open[0]?.id));
  const fen = claim && example.period ? amounts[claim.amount] : open.length > 0 && advances.length === 0 ? '0' : remainderFen;
  return eligible === true && inWindow && ((fen ?? '0') !== '0' || (advances.length > 0 && remainderFen !== null));
}

/** The worked examples of a version that are paid. */
export const paidExamples = (policy: Policy): WorkedExample[] =>
  workedExamples(policy.id).filter((example) => speaksOf(policy, example) && pays(policy, example));

/** The first worked example of a version that is paid; one that leaves the parameters as they are goes first. */
export function paidLife(policy: Policy): WhichLife | null {
  const [example] = paidExamples(policy).sort((a, b) => Number(Boolean(a.set)) - Number(Boolean(b.set)));
  return example ? { policy, example, day: dayOf(policy, example) } : null;
}

/**
 * An example of the version that its rules refuse under the same parameters and in the same place; where there is none, the paid one with the first yes
 * turned into a no that the rules mind. A rule of the whole case goes before one of a period.
 */
export function refusedLife({ policy, example: paid }: WhichLife): WhichRefusal | null {
  const { set: _, ...bare } = paid;
  const parameters = paid.set ? { set: paid.set } : {};
  const told = workedExamples(policy.id).filter((each) => speaksOf(policy, each) && !needsBooks(policy, each));
  const turned = Object.entries(paid.facts).flatMap(([name, value]): WorkedExample[] =>
    value === true && policy.facts[name]?.from !== 'case' ? [{ ...bare, facts: { ...paid.facts, [name]: false } }] : [],
  );
  const found = [...told, ...turned].flatMap(({ set: __, place: ___, ...example }) => {
    const kind = example.facts['payeeKind'];
    if (kind !== undefined && !(policy.payee as readonly unknown[]).includes(kind)) return [];
    const own = { ...example, ...parameters, ...(paid.place ? { place: paid.place } : {}) };
    const { eligible, unmet } = workExample(policy, own);
    const failed = failing(policy, own, unmet);
    if (eligible !== false || failed.length === 0) return [];
    const period = failed.every((id) => policy.rules.find((rule) => rule.id === id)?.per === 'period');
    return [{ policy, example: own, day: dayOf(policy, own), unmet: failed, period }];
  });
  return found.sort((a, b) => Number(a.period) - Number(b.period))[0] ?? null;
}

/** Months on our own books are told by nobody: such an example is lived after earlier cases only. */
const needsBooks = ({ facts }: Policy, { period }: WorkedExample): boolean =>
  Object.entries(facts).some(([name, { booked }]) => {
    const value = period?.facts[name];
    if (!booked || value === undefined) return false;
    return booked.column === undefined ? value !== 0 : (value as readonly Facts[]).some((row) => (row[booked.column!] ?? 0) !== 0);
  });

/** Rules an example names as unmet, or, of one made here, all that are. */
function failing(policy: Policy, { expect }: WorkedExample, unmet: readonly string[]): readonly string[] {
  const ids = unmet.filter((id) => policy.rules.some((rule) => rule.id === id));
  return expect.unmet ? ids.filter((id) => expect.unmet?.includes(id)) : ids;
}

/** Facts of a case that come from these sources, lists of people aside. */
export const factsFrom = (policy: Policy, given: Facts, sources: readonly string[], but: readonly string[] = []): Facts =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !but.includes(name) && sources.includes(policy.facts[name]?.from ?? 'case')));

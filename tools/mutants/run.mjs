// `npm run test:mutants [-- --only name] [--list] [--committed]`: breaks the code in one place after another, in a private copy,
// and expects the named test to notice. Ends badly when a mutant survives, is stale, or does not even load.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areas, faults, mutants, mutated } from './catalogue.mjs';
import { runTest } from './one-test.mjs';
import { privateCopy } from './private-copy.mjs';
import { lineOf, report } from './report.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { only, list, committed } = readArguments(process.argv.slice(2));
const chosen = only === null ? mutants : mutants.filter(({ name }) => only.includes(name));

/** How each test ends on the code as it is, by file and name. */
const unbroken = new Map();

if (list) for (const { name, zh, en } of mutants) console.log(`${name}\n  ${zh} · ${en}`);
else process.exitCode = await main();

function readArguments(args) {
  const names = args.flatMap((arg, at) =>
    args[at - 1] === '--only' ? arg.split(',') : arg.startsWith('--only=') ? arg.slice(7).split(',') : [],
  );
  return { only: names.length > 0 ? names : null, list: args.includes('--list'), committed: args.includes('--committed') };
}

async function main() {
  if (chosen.length === 0) {
    console.error(`no mutant is called ${only?.join(', ')}; --list names them all`);
    return 1;
  }
  const copy = privateCopy(root, { committed });
  // an interrupted run leaves nothing behind
  process.once('exit', copy.remove);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const stale = faults(copy.folder, chosen);
  if (stale.length > 0) {
    console.error(stale.join('\n'));
    return 1;
  }
  const started = Date.now();
  const results = [];
  for (const mutant of chosen) {
    const result = await tryOne(copy.folder, mutant);
    results.push(result);
    console.log(lineOf(result));
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const caught = results.filter(({ outcome }) => outcome === 'caught').length;
  console.log(`${caught} of ${results.length} mutants caught in ${seconds} s`);
  if (only === null) writeFileSync(join(root, 'tools/mutants/REPORT.md'), report(areas, results, seconds));
  return caught === results.length ? 0 : 1;
}

/** The test passes on the code as it is, fails on the broken code, and the copy is whole again. */
async function tryOne(folder, mutant) {
  const path = join(folder, mutant.file);
  const whole = readFileSync(path, 'utf8');
  const begun = Date.now();
  const before = await passesUnbroken(folder, mutant.test);
  if (before.kind !== 'passed')
    return { mutant, outcome: 'invalid', said: `the test fails without the mutant: ${before.said ?? before.by}`, seconds: 0 };
  writeFileSync(path, mutated(whole, mutant));
  const after = await runTest(folder, mutant.test);
  writeFileSync(path, whole);
  return { mutant, ...outcomeOf(mutant, after), seconds: Math.round((Date.now() - begun) / 1000) };
}

/** Every test alone, once, on the code as it is: what fails by itself can catch nothing. */
async function passesUnbroken(folder, test) {
  const key = test.join('\n');
  if (!unbroken.has(key)) unbroken.set(key, await runTest(folder, test));
  return unbroken.get(key);
}

function outcomeOf({ throws }, { kind, by, said }) {
  if (kind === 'asserted') return { outcome: 'caught', by };
  if (kind === 'threw' && throws !== undefined && said.includes(throws)) return { outcome: 'caught', by };
  if (kind === 'passed') return { outcome: 'SURVIVED', said: by };
  return { outcome: 'invalid', said: `${by ?? 'nothing ran'}: ${said}` };
}

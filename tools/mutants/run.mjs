// `npm run test:mutants [-- --only name,name | --missing] [--list] [--committed]`: breaks the code in one place after another, in a
// private copy, and expects the named test to notice. Ends badly when a mutant survives, is stale, or does not even load.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areas, faults, mutants, mutated } from './catalogue.mjs';
import { runTest } from './one-test.mjs';
import { privateCopy } from './private-copy.mjs';
import { lineOf, report } from './report.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = join(root, 'tools/mutants/results.json');
const REPORT = join(root, 'tools/mutants/REPORT.md');

/** How each test ends on the code as it is, by file and name. */
const unbroken = new Map();

const args = process.argv.slice(2);
if (args.includes('--list')) for (const { name, zh, en } of mutants) console.log(`${name}\n  ${zh} · ${en}`);
else process.exitCode = await main(chosen(), args.includes('--committed'));

/** All of them, those that are named, or those that the last runs did not catch. */
function chosen() {
  const named = args.flatMap((arg, at) => (args[at - 1] === '--only' ? arg.split(',') : []));
  const unknown = named.filter((name) => !mutants.some((mutant) => mutant.name === name));
  if (unknown.length > 0) console.error(`no mutant is called ${unknown.join(', ')}; --list names them all`);
  if (named.length > 0) return unknown.length > 0 ? [] : mutants.filter(({ name }) => named.includes(name));
  const known = results();
  return args.includes('--missing') ? mutants.filter(({ name }) => known[name]?.outcome !== 'caught') : mutants;
}

async function main(list, committed) {
  if (list.length === 0) return 1;
  const copy = privateCopy(root, { committed });
  // an interrupted run leaves nothing behind
  process.once('exit', copy.remove);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const stale = faults(copy.folder, list);
  if (stale.length > 0) {
    console.error(stale.join('\n'));
    return 1;
  }
  let caught = 0;
  for (const mutant of list) {
    const result = await tryOne(copy.folder, mutant);
    console.log(lineOf(mutant, result));
    keep(mutant, result);
    if (result.outcome === 'caught') caught += 1;
  }
  console.log(`${caught} of ${list.length} mutants caught`);
  return caught === list.length ? 0 : 1;
}

/** The last result of each mutant by name, from this run and those before it. */
function results() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8'));
  } catch {
    return {};
  }
}

/** Written after every mutant, so that an interrupted run keeps what it found out; what is no longer in the catalogue is forgotten. */
function keep({ name }, result) {
  const all = { ...results(), [name]: result };
  const known = Object.fromEntries(mutants.flatMap((mutant) => (all[mutant.name] ? [[mutant.name, all[mutant.name]]] : [])));
  writeFileSync(RESULTS, `${JSON.stringify(known, null, 2)}\n`);
  writeFileSync(REPORT, report(areas, known));
}

/** The test passes on the code as it is, fails on the broken code, and the copy is whole again. */
async function tryOne(folder, mutant) {
  const path = join(folder, mutant.file);
  const whole = readFileSync(path, 'utf8');
  const begun = Date.now();
  const before = await passesUnbroken(folder, mutant.test);
  if (before.kind !== 'passed')
    return { outcome: 'invalid', said: `the test fails without the mutant: ${before.said ?? before.by}`, seconds: 0 };
  writeFileSync(path, mutated(whole, mutant));
  const after = await runTest(folder, mutant.test);
  writeFileSync(path, whole);
  return { ...outcomeOf(after), seconds: Math.round((Date.now() - begun) / 1000) };
}

/** Every test alone, once, on the code as it is: what fails by itself can catch nothing. */
async function passesUnbroken(folder, test) {
  const key = test.join('\n');
  if (!unbroken.has(key)) unbroken.set(key, await runTest(folder, test));
  return unbroken.get(key);
}

function outcomeOf({ kind, by, said }) {
  if (kind === 'asserted') return { outcome: 'caught', by };
  if (kind === 'passed') return { outcome: 'SURVIVED', said: by };
  return { outcome: 'invalid', said: `${by ?? 'nothing ran'}: ${said}` };
}

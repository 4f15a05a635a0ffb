// All mutants by area, and whether each still fits the code it breaks.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './mutants/audit.mjs';
import { cases } from './mutants/cases.mjs';
import { database } from './mutants/database.mjs';
import { door } from './mutants/door.mjs';
import { machine } from './mutants/machine.mjs';
import { money } from './mutants/money.mjs';
import { ownNamesMutants } from './mutants/own-names.mjs';
import { payments } from './mutants/payments.mjs';
import { plans } from './mutants/plans.mjs';
import { receipts } from './mutants/receipts.mjs';
import { recoveries } from './mutants/recoveries.mjs';
import { timeAndMoney } from './mutants/time-and-money.mjs';

/**
 * One breakage of the code and the test that must notice it.
 * `find` stands in `file` exactly once; `test` is a jest file and a part of the name of the test in it.
 * A caught mutant fails an `expect` of that test; one that only makes a step of it throw has another test to name.
 * @typedef {{ name: string, zh: string, en: string, file: string, find: string, replace: string, test: [string, string] }} Mutant
 */

export const areas = [
  { title: 'Time and money', mutants: timeAndMoney },
  { title: 'What a case decides', mutants: machine },
  { title: 'One command on one case', mutants: cases },
  { title: 'Signing, sending, work queue', mutants: payments },
  { title: 'Funds, years, signatures, accounts, proof', mutants: money },
  { title: 'What banks send back', mutants: receipts },
  { title: 'Recoveries, set-offs, files and lines', mutants: recoveries },
  { title: 'What a verification notices', mutants: audit },
  { title: 'Constraints, triggers, row security', mutants: database },
  { title: 'Own names, districts and accounts', mutants: ownNamesMutants },
  { title: 'Thirty policies: payees, shares, exclusions, runs, parameters', mutants: plans },
  { title: 'HTTP, sessions, files, persons', mutants: door },
];

export const mutants = areas.flatMap((area) => area.mutants);

/** The mutated text of a file; throws when the text to break is not there exactly once. */
export function mutated(text, { file, find, replace }) {
  const places = text.split(find).length - 1;
  if (places !== 1) throw new Error(`stale: the text to break stands ${places} times in ${file}`);
  return text.replace(find, () => replace);
}

/** What is wrong with the catalogue itself against the files under `root`: one line per fault, none when it fits. */
export function faults(root, list = mutants) {
  const twice = list.filter(({ name }, at) => list.findIndex((other) => other.name === name) !== at);
  return [...twice.map(({ name }) => `${name}: the name stands twice`), ...list.flatMap((mutant) => faultsOf(root, mutant))];
}

function faultsOf(root, mutant) {
  const { name, file, find, replace, test } = mutant;
  const found = find === replace ? [`${name}: it changes nothing`] : [];
  try {
    mutated(readFileSync(join(root, file), 'utf8'), mutant);
  } catch (error) {
    found.push(`${name}: ${error.message}`);
  }
  const [path, title] = test;
  try {
    if (!readFileSync(join(root, path), 'utf8').includes(title)) found.push(`${name}: stale: ${path} has no test "${title}"`);
  } catch (error) {
    found.push(`${name}: ${error.message}`);
  }
  return found;
}

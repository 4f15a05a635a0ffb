// Cases for `tranche policy simulate`, drawn from the worked examples of a policy.
//   node examples/simulation-cases.mjs --policy training-subsidy-staged [--cases=1000] [--seed=1] [--from=2020-11-25] [--days=180] > cases.csv
//   node examples/simulation-cases.mjs --out cases/ [--cases=1000] …     one file for every policy, named after it
// The same seed writes the same bytes. Every fifth case is one the office is late with; where the plan has an acceptance, every tenth fails.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@tranche/calendar';
import { policies, speaksOf, workedExamples, workExample } from '@tranche/policies';
import { optionsOf } from './command-line.mjs';
import { random as seededRandom } from './random.mjs';

const usage = `node examples/simulation-cases.mjs --policy=<id> [--cases=1000] [--seed=1] [--from=2020-11-25] [--days=180] [--place=CN-2102] > cases.csv
node examples/simulation-cases.mjs --out=<folder> [--cases=1000] …
推演用的案件，取自政策的示例 · cases for \`tranche policy simulate\`, drawn from a policy’s worked examples; --out: a file for every policy`;
const values = optionsOf(usage, { policy: undefined, cases: 1_000, seed: 1, from: '2020-11-25', days: 180, place: 'CN-2102', out: undefined });

const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Names of the facts, and of the columns of lists, that hold a person's token. */
const tokensOf = (policy) =>
  new Set(
    Object.entries(policy.facts).flatMap(([name, { type }]) =>
      typeof type === 'object' ? Object.keys(type.list).filter((column) => type.list[column] === 'person') : type === 'person' ? [name] : [],
    ),
  );

/** The file of one policy; undefined when there is none of this id. */
function casesOf(policyId) {
  const versions = policies().filter(({ id }) => id === policyId);
  const policy = versions.find(({ jurisdiction }) => jurisdiction === values.place) ?? versions[0];
  if (!policy) return undefined;
  const random = seededRandom(values.seed);
  const below = (most) => Math.floor(random() * most);
  const examples = workedExamples(policy.id).filter(
    (example) => speaksOf(policy, example) && workExample(policy, example).eligible === true,
  );
  const claims = policy.plan.claims ?? [];
  const tokens = tokensOf(policy);
  const isToken = (key, value) => tokens.has(key) && typeof value === 'string';
  /** The same people in every case would be one person: each case has its own tokens. */
  const ownPeople = (facts, id) => JSON.parse(JSON.stringify(facts, (key, value) => (isToken(key, value) ? `${value}-${id}` : value)));

  const lines = ['case,received,place,facts,claims,outcome,approveAfter,payAfter,stepDays'];
  for (let at = 1; at <= values.cases; at += 1) {
    const id = `S${String(at).padStart(6, '0')}`;
    const example = examples[below(examples.length)] ?? { facts: {} };
    const received = addDays(values.from, below(values.days));
    const { period } = example;
    const claim = period && (period.claim ?? claims[0]?.id);
    const claimed = claim ? [{ claim, first: period.id, count: 1 + below(6), facts: ownPeople(period.facts, id) }] : [];
    const late = below(5) === 0;
    const row = [
      id,
      received,
      example.place ?? values.place,
      JSON.stringify(ownPeople(example.facts, id)),
      JSON.stringify(claimed),
      example.outcome ?? (below(10) === 0 ? 'failed' : 'settled'),
      String(1 + below(3)),
      String(late ? 8 + below(8) : below(4)),
      String(10 + below(30)),
    ];
    lines.push(row.map(cell).join(','));
  }
  return `${lines.join('\n')}\n`;
}

const known = [...new Set(policies().map(({ id }) => id))];
if (values.out !== undefined) {
  mkdirSync(values.out, { recursive: true });
  for (const id of known) writeFileSync(join(values.out, `${id}.csv`), casesOf(id));
} else {
  const text = casesOf(values.policy);
  if (text === undefined) console.error(`no policy ${values.policy ?? ''}: name one with --policy (${known.join(', ')})`);
  process.exitCode = text === undefined ? 1 : 0;
  process.stdout.write(text ?? '');
}

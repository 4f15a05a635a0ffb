import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  type Cite,
  compilePolicy,
  duesOf,
  loadPolicy,
  type Policy,
  policies,
  speaksOf,
  workExample,
  workedExamples,
} from '@tranche/policies';

const here = new URL('./documents/', import.meta.url);
const plain = (text: string): string => text.replace(/[\s\u3000-]+/g, '');
const documents: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['大人社发〔2020〕391号', 'dalian-2020-391.txt'],
    ['大人社发〔2020〕38号', 'dalian-2020-38.txt'],
    ['辽政办发〔2020〕25号', 'liaoning-2020-25.txt'],
  ].map(([doc, file]) => [doc, plain(readFileSync(new URL(file!, here), 'utf8'))]),
);
const textOf = ({ doc }: Cite): string | undefined => Object.entries(documents).find(([name]) => doc.startsWith(name))?.[1];

/** Every citation of a policy with its place. */
function citesOf(value: unknown, path: string): [string, Cite][] {
  if (typeof value !== 'object' || value === null) return [];
  if ('basis' in value && 'clause' in value) return [[path, value as Cite]];
  return Object.entries(value).flatMap(([key, inner]) => citesOf(inner, `${path}.${key}`));
}

/** Citations that the figures of expressions stand on, by the name of what computes them. */
function groundsOf({ amounts, rules, plan }: Policy): ReadonlyMap<string, Cite> {
  return new Map([
    ...Object.entries(amounts).map(([id, { cite }]) => [id, cite] as const),
    ...rules.map(({ id, cite }) => [id, cite] as const),
    ...(plan.claims ?? []).flatMap(({ id, term, extension }) => [
      ...(term ? [[`${id}.term`, term.cite] as const] : []),
      ...(extension ? [[`${id}.extension`, extension.cite] as const] : []),
    ]),
  ]);
}

/** Expressions that write out whole numbers above one, with the citation those stand on. */
function figuresOf(policy: Policy): [string, Cite | undefined][] {
  const { named, rules, counts } = compilePolicy(policy);
  const guards = named.flatMap(({ id, valid }) => (valid ? [{ ...valid, id }] : []));
  return [...named, ...guards, ...rules, ...counts]
    .filter(({ reading }) => reading.numbers.some((number) => number > 1n))
    .map(({ id }) => [id, groundsOf(policy).get(id)]);
}

describe.each(policies().map((policy) => [`${policy.id} ${policy.jurisdiction} ${policy.version}`, policy] as const))('%s', (_, policy) => {
  it('is read back from its own JSON', () => {
    expect(JSON.parse(JSON.stringify(loadPolicy(JSON.parse(JSON.stringify(policy)))))).toEqual(JSON.parse(JSON.stringify(policy)));
  });

  it('names who accepts applications and by when it is paid', () => {
    const { office, timeLimit } = policy;
    expect([office.zh, office.en, timeLimit.zh, timeLimit.en].every((text) => text.length > 5)).toBe(true);
  });

  it('quotes the documents word for word, and says why wherever it does not', () => {
    for (const [path, cite] of citesOf(policy, policy.id)) {
      const text = textOf(cite);
      if (text && cite.quote) expect({ path, found: text.includes(plain(cite.quote)) }).toEqual({ path, found: true });
      if (cite.basis !== 'stated')
        expect({ path, note: cite.note?.zh, en: cite.note?.en }).toEqual({ path, note: expect.any(String), en: expect.any(String) });
      if (cite.basis === 'inferred') expect({ path, quote: cite.quote }).toEqual({ path, quote: expect.any(String) });
    }
  });

  it('writes out no figure that the documents leave open: such a figure is a parameter', () => {
    // a condition has no citation of its own, so it must not write out any
    for (const [id, cite] of figuresOf(policy)) expect({ id, basis: cite?.basis ?? 'open' }).not.toEqual({ id, basis: 'open' });
    for (const { path, due } of duesOf(policy))
      if (typeof due.count === 'number') expect({ path, basis: due.cite.basis }).not.toEqual({ path, basis: 'open' });
  });

  it('can be worked out: every example gives its figures', () => {
    const examples = workedExamples(policy.id).filter((example) => speaksOf(policy, example));
    for (const example of examples) {
      const { name, expect: expected } = example;
      expect({ name, ...workExample(policy, example) }).toMatchObject({ name, ...expected });
    }
    expect(examples.length).toBeGreaterThan(0);
  });
});

describe('every policy', () => {
  const ids = [...new Set(policies().map(({ id }) => id))];
  it.each(ids)('%s shows what it comes to and whom it refuses', (id) => {
    const examples = workedExamples(id);
    expect(examples.some(({ expect: { amounts } }) => Object.values(amounts ?? {}).some((fen) => fen !== null))).toBe(true);
    if (id !== 'training-subsidy-staged') expect(examples.some(({ expect: { unmet } }) => (unmet ?? []).length > 0)).toBe(true);
  });

  it.each(ids.filter((id) => id !== 'training-subsidy-staged'))('%s refuses somebody by each of its rules alone', (id) => {
    const examples = workedExamples(id);
    for (const policy of policies().filter((each) => each.id === id)) {
      const spoken = examples.filter((example) => speaksOf(policy, example)).map(({ expect: { unmet } }) => unmet ?? []);
      const alone = new Set(spoken.flatMap((unmet) => (unmet.length === 1 ? unmet : [])));
      expect(policy.rules.map((rule) => rule.id).filter((rule) => !alone.has(rule))).toEqual([]);
    }
  });

  it('marks every amount of money that no document gives as a sample, and no amount that one gives', () => {
    const amounts = policies().flatMap(({ id, parameters }) =>
      parameters
        .filter(({ key, value, per }) => !per && (/Fen$/.test(key) || typeof value === 'object'))
        .filter(({ value }) => !Array.isArray(value))
        .map(({ key, sample, cite }) => ({ id, key, sample: sample === true, basis: cite.basis })),
    );
    expect(amounts.filter(({ sample, basis }) => basis === 'open' && !sample)).toEqual([]);
    expect(amounts.filter(({ sample, basis }) => (basis === 'stated' || basis === 'inferred') && sample)).toEqual([]);
    expect(amounts.filter(({ sample }) => sample).length).toBeGreaterThan(10);
  });

  it('stands in the index: run `node tools/policy-folders.mjs` after adding a folder', () => {
    const source = new URL('../src/', import.meta.url);
    const found = readdirSync(source).filter((name) => existsSync(new URL(`${name}/index.ts`, source)));
    expect(ids.sort()).toEqual(found.sort());
  });
});

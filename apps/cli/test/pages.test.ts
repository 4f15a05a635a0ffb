// The generated documents: the page of each policy, its machine, and what each clause of the three documents became.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { granted, type Policy, policies, remarks } from '@tranche/policies';
import { citedBy } from '../src/policy/pages/cited.js';
import { clausesOf, sources } from '../src/policy/pages/clauses.js';
import { pages } from '../src/policy/pages/pages.js';
import { summaryPage } from '../src/policy/pages/summary.js';
import { traceabilityPage, untraced } from '../src/policy/pages/traceability.js';
import { tempFolder } from './temp-folder.js';

const DOCS = join(__dirname, '..', '..', '..', 'docs');
const temporary = tempFolder();
const clauses = clausesOf();
const all = policies();
const named = (id: string): Policy[] => all.filter((policy) => policy.id === id);

function said(options: Parameters<typeof pages>[0]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = pages(options, { out: (words) => out.push(words), err: (words) => err.push(words) });
  return { code, out, err };
}

describe('the committed pages', () => {
  it('are those of the policies: run `node tools/tranche.mjs policy pages --write` after a change', () => {
    expect(said({ check: true, folder: DOCS })).toMatchObject({ code: 0, err: [] });
  });

  it('a stale page, a missing one and one left over are named, and written or removed when asked', () => {
    const folder = join(temporary, 'docs');
    cpSync(join(DOCS, 'policies'), join(folder, 'policies'), { recursive: true });
    cpSync(join(DOCS, 'traceability.md'), join(folder, 'traceability.md'));
    const stale = join(folder, 'traceability.md');
    writeFileSync(stale, readFileSync(stale, 'utf8').replace('few-staff', 'many-staff'));
    rmSync(join(folder, 'policies', 'one-off-temporary-relief.md'));
    writeFileSync(join(folder, 'policies', 'abolished-subsidy.md'), '');
    const { code, err } = said({ check: true, folder });
    expect(code).toBe(1);
    expect(err).toHaveLength(3);
    for (const name of ['traceability.md', 'one-off-temporary-relief.md', 'abolished-subsidy.md']) expect(err.join('\n')).toContain(name);
    expect(said({ write: true, folder }).code).toBe(0);
    expect(said({ check: true, folder })).toMatchObject({ code: 0, err: [] });
  });
});

describe('traceability', () => {
  it('knows every clause of the three documents', () => {
    const numbered = (key: string) => clauses.filter(({ source, clause }) => source.key === key && !source.besides.includes(clause));
    expect(sources.map(({ key }) => numbered(key).length)).toEqual([14, 20, 22]);
    expect(clauses.find(({ source, clause }) => source.key === '38' && clause === '（八）')?.heading).toBe('提高失业人员基本待遇标准');
  });

  it('drops none: each clause has a policy or a reason', () => {
    expect(untraced({ policies: all, clauses, remarks })).toEqual([]);
    const page = traceabilityPage({ policies: all, clauses, remarks });
    for (const { clause, heading } of clauses) expect(page).toContain(`### ${clause} ${heading}`);
  });

  it('says which clause nothing speaks of', () => {
    const missing = untraced({ policies: all, clauses, remarks: remarks.filter(({ id }) => id !== 'N7') });
    expect(missing).toEqual(['nothing speaks of 38 （十）']);
  });

  it('finds a citation of a clause that does not exist, and a policy that does not stand on its own clause', () => {
    const wrong = JSON.parse(JSON.stringify(named('temporary-price-subsidy')).replaceAll('（八）', '（八十）')) as Policy[];
    const others = all.filter(({ id }) => id !== 'temporary-price-subsidy');
    expect(untraced({ policies: [...others, ...wrong], clauses, remarks })).toEqual([
      'there is no clause 38 （八十）',
      'temporary-price-subsidy does not stand on 38 （八）',
    ]);
  });

  it('has a reason under every number of obligations, crossing rules and reference rules, once', () => {
    const numbers = (letter: string, most: number) => Array.from({ length: most }, (_, at) => `${letter}${at + 1}`);
    const ids = remarks.map(({ id }) => id);
    expect(ids.toSorted()).toEqual([...numbers('N', 35), ...numbers('X', 12), ...numbers('R', 6), 'F10'].toSorted());
    for (const { what, because } of remarks)
      for (const { zh, en } of [what, because]) expect([zh.length > 2, en.length > 2]).toEqual([true, true]);
  });

  it('names no policy that is neither written nor awaited', () => {
    const ids = new Set([...all.map(({ id }) => id), ...granted.flatMap(([, , awaited]) => awaited)]);
    const mentioned = remarks.flatMap(({ because }) => because.en.match(/\b[a-z]+(-[a-z0-9]+){2,}/g) ?? []);
    expect(mentioned.length).toBeGreaterThan(10);
    expect(mentioned.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('sees every citation of a policy, wherever it stands', () => {
    const counted = (policy: Policy): number => JSON.stringify(policy).match(/"basis":/g)?.length ?? 0;
    for (const policy of all) expect(citedBy(policy)).toHaveLength(counted(policy));
  });
});

describe('the page of a policy', () => {
  it('shows rules, parameters, payments, funds and papers of every version', () => {
    for (const id of new Set(all.map((policy) => policy.id))) {
      const page = summaryPage(named(id));
      for (const policy of named(id)) {
        expect(page).toContain(policy.office.en);
        for (const { key } of policy.parameters) expect(page).toContain(`\`${key}\``);
        for (const rule of policy.rules) expect(page).toContain(rule.reason.en);
        for (const paper of policy.evidence) expect(page).toContain(paper.label.en);
        for (const { code } of policy.funds) expect(page).toContain(`${code} `);
        for (const { label } of [...policy.plan.advances, ...(policy.plan.claims ?? [])]) expect(page).toContain(label.en);
      }
    }
  });

  it('keeps apart what a document states and what it leaves open, version by version', () => {
    const page = summaryPage(named('unemployment-assistance-benefit'));
    const share = page.split('\n').find((words) => words.startsWith('| `assistanceShare`'));
    expect(share).toContain('CN-2102 2020-02-21、CN-2102 2020-11-24：文件规定');
    expect(share).toContain('CN-21：取自其他文件');
    expect(page.split('\n').find((words) => words.startsWith('| `maxMonths`'))).toContain('文件未规定，取可调整的默认值');
  });
});

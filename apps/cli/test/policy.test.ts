// `tranche policy`: the registry, the calculator and the pictures, as a person at a terminal gets them.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { caseMachine, regionRows } from '@tranche/machines';
import { policies, policyHash } from '@tranche/policies';
import { assessPolicy } from '../src/policy/assess.js';
import { citation } from '../src/policy/citation.js';
import { diagram } from '../src/policy/diagram.js';
import { listPolicies } from '../src/policy/list.js';
import { tempFolder } from './temp-folder.js';

const ID = 'training-subsidy-staged';
const ROOT = join(__dirname, '..', '..', '..');
const dir = tempFolder();
const facts = (name: string, content: string): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};

/** Runs a command and keeps what it said. */
function said(run: (output: { out: (line: string) => void; err: (line: string) => void }) => number) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = run({ out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const assess = (change: Partial<Parameters<typeof assessPolicy>[1]> = {}, policy = ID) =>
  said((output) =>
    assessPolicy(
      policy,
      { on: '2020-11-25', jurisdiction: 'CN-2102', facts: join(ROOT, 'examples', 'facts.json'), lang: 'zh', ...change },
      output,
    ),
  );

describe('tranche policy list', () => {
  it('shows every version with office, window and hash', () => {
    const table = listPolicies('zh');
    for (const policy of policies()) {
      expect(table).toContain(policyHash(policy).slice(0, 12));
      expect(table).toContain(`${policy.window.from} – `);
    }
    expect(table).toContain('大连市各区市县、先导区人力资源和社会保障局');
  });
});

describe('tranche policy assess', () => {
  it('answers with amounts in yuan and fen, and the clause of each', () => {
    const { code, out } = assess();
    expect(code).toBe(0);
    expect(out).toMatch(/结论 {2}符合申领条件/);
    expect(out).toMatch(/首笔预拨 {2}150,000\.00 元（15000000 分）\n.*\n.*文件规定：大人社发〔2020〕391号 七“.*50%/);
    expect(out).toContain('验收合格学员（职业、等级、人数） = （未提供）');
  });

  it('gives the legal day of a payment as soon as its mark is dated', () => {
    const { out } = assess({ mark: ['started=2020-11-30'] });
    expect(out).toMatch(/s1 .* 2020-12-14 /);
    expect(out).toMatch(/s2 .*待“达到正常进度一半”后起算/);
  });

  it('is provisional where the calendar is not published', () => {
    expect(assess({ mark: ['started=2026-12-25'] }).out).toMatch(/s1 .*暂定（2027 年节假日未公布，不早于 2027-01-08）/);
  });

  it('never shows an open parameter as what the document says', () => {
    for (const lang of ['zh', 'en'] as const) {
      const lines = assess({ lang }).out.split('\n');
      for (const key of ['s2Sla', 'maxReinspections', 'clawbackBasis', 'standards']) {
        const ground = lines[lines.findIndex((line) => line.includes(`${key}）`)) + 1] ?? '';
        expect(ground).toMatch(/文件未规定，取可调整的默认值|left open by the document/);
        expect(ground).not.toMatch(/文件规定：|the document states/);
      }
    }
    expect(assess().out).toContain('【样例数据，不得用于正式办理】');
  });

  it('says which rule fails, in English too', () => {
    const file = facts(
      'unlisted.json',
      JSON.stringify({ ...JSON.parse(readFileSync(join(ROOT, 'examples', 'facts.json'), 'utf8')), providerApproved: false }),
    );
    const { code, out } = assess({ facts: file, lang: 'en' });
    expect(code).toBe(0);
    expect(out).toMatch(/answer {2}not eligible/);
    expect(out).toMatch(/✗ no {2}the institution must be on the approved list/);
  });

  it('prints JSON that carries the trace and the legal days', () => {
    const answer = JSON.parse(assess({ json: true, mark: ['started=2020-11-30'] }).out);
    expect(answer.amounts.first.fen).toBe('15000000');
    expect(answer.legalDays.s1).toEqual({ lastDay: '2020-12-14' });
  });

  it.each([
    ['a day before the policy', { on: '2020-10-25' }, /date-outside-versions.*2020-10-25/],
    ['a place it does not bind', { jurisdiction: 'CN-11' }, /jurisdiction-unknown/],
    ['a date that is none', { on: '25.11.2020' }, /date-malformed/],
    ['a file that is not there', { facts: '/no/such/facts.json' }, /无法读取事实文件 \/no\/such\/facts\.json（ENOENT）/],
    ['a mark nobody knows', { mark: ['begun=2020-11-30'] }, /时点无法识别：begun/],
    ['a mark without a date', { mark: ['started=soon'] }, /时点无法识别：started=soon/],
  ])('refuses %s in one line and with exit code 1', (_, change, line) => {
    const { code, out, err } = assess(change);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(line);
    expect(err.split('\n')).toHaveLength(1);
  });

  it('refuses facts it does not know, facts that are not JSON, and an unknown policy', () => {
    expect(assess({ facts: facts('more.json', '{"weather":"fine"}') })).toMatchObject({
      code: 1,
      err: expect.stringContaining('fact-unknown (weather)'),
    });
    expect(assess({ facts: facts('broken.json', '{') })).toMatchObject({ code: 1, err: expect.stringContaining('不是有效的 JSON') });
    expect(assess({}, 'no-such-policy')).toMatchObject({ code: 1, err: expect.stringContaining('policy-unknown') });
  });
});

describe('a citation', () => {
  const cite = { doc: '某〔2020〕1号《某通知》', clause: '三', quote: '按期拨付', note: { zh: '理由', en: 'why' } };
  it.each([
    ['stated', '文件规定：某〔2020〕1号 三“按期拨付”'],
    ['inferred', '推定（非原文）：理由〔某〔2020〕1号 三“按期拨付”〕'],
    ['open', '文件未规定，取可调整的默认值：理由'],
    ['external', '取自其他文件：某〔2020〕1号 三。理由'],
  ] as const)('that is %s says so', (basis, words) => {
    expect(citation({ ...cite, basis }, 'zh')).toBe(words);
  });
});

describe('tranche policy diagram', () => {
  const options = { format: 'table' };

  it('the committed tables and pictures are those of the machines', () => {
    expect(said((output) => diagram(ID, { ...options, check: true, folder: join(ROOT, 'docs', 'policies') }, output))).toMatchObject({
      code: 0,
      err: '',
    });
  });

  it('finds a stale file and a missing one', () => {
    const folder = join(dir, 'stale');
    mkdirSync(folder);
    cpSync(join(ROOT, 'docs', 'policies'), folder, { recursive: true });
    const path = join(folder, `${ID}.CN-2102.svg`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('待拨付', '待定'));
    const { code, err } = said((output) => diagram(ID, { ...options, check: true, folder }, output));
    expect([code, err.split('\n').length]).toEqual([1, 1]);
    expect(err).toContain(path);
    expect(said((output) => diagram(ID, { ...options, check: true, folder: join(dir, 'none') }, output)).code).toBe(1);
  });

  it('gives every arrow of every region a line with its reason in both languages and its clause', () => {
    const dalian = policies().find(({ id, jurisdiction }) => id === ID && jurisdiction === 'CN-2102')!;
    const { out } = said((output) => diagram(ID, { ...options, jurisdiction: 'CN-2102' }, output));
    const arrows = regionRows(caseMachine(dalian)).flatMap((region) => region.arrows);
    expect(out.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| 从'))).toHaveLength(
      arrows.length,
    );
    for (const { why } of arrows) {
      expect(why.zh).not.toBe('');
      expect(out).toContain(why.en.replaceAll('|', '\\|'));
    }
    expect(out).toMatch(/条件.*大人社发〔2020〕391号 七/);
  });

  it('draws a picture that is well-formed and shows every state', () => {
    const { out } = said((output) => diagram(ID, { format: 'svg', jurisdiction: 'CN-2102' }, output));
    for (const state of ['已受理', '待拨付', '已到账', '公示']) expect(out).toContain(state);
    expect(out.match(/<g /g)?.length).toBe(out.match(/<\/g>/g)?.length);
  });

  it('refuses an unknown policy, version or format', () => {
    for (const wrong of [{ version: '1999-01-01' }, { jurisdiction: 'CN-11' }, { format: 'png' }])
      expect(said((output) => diagram(ID, { ...options, ...wrong }, output)).code).toBe(1);
    expect(said((output) => diagram('no-such-policy', options, output)).code).toBe(1);
  });
});

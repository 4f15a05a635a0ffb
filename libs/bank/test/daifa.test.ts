import { describe, expect, it } from '@jest/globals';
import { type DaifaTemplate, daifaTemplate, type PaymentLine, type RailProfile, railOf, railProfile } from '@tranche/bank';
import iconv from 'iconv-lite';
import { line, list, order, profiles, school } from './sample.js';

type Csv = Extract<RailProfile, { rail: 'csv' }>;
const withTemplate = (template: Partial<DaifaTemplate>, more: Partial<Csv> = {}): Csv => ({
  ...profiles.csv,
  ...more,
  template: { ...profiles.csv.template, ...template },
});

function written(profile: Csv, lines: readonly PaymentLine[] = order().lines): { text: string; bytes: Uint8Array; fileName: string } {
  const rendered = railOf(profile).render(order({ lines }));
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.faults));
  const { bytes, fileName } = rendered.artifacts[0]!;
  return { text: iconv.decode(Buffer.from(bytes), profile.charset, { stripBOM: false }), bytes, fileName };
}

const refused = (profile: Csv, change: Partial<PaymentLine>): string[] =>
  railOf(profile)
    .check(order({ lines: [line(1, 1n, change)] }))
    .map(({ field, code }) => `${field} ${code}`);
const named = (name: string): Partial<PaymentLine> => ({ creditor: { ...school, name } });

describe('a 代发 list', () => {
  it('has the columns, titles, tail, unit and line ends of its template', () => {
    expect(written(profiles.csv).text).toBe(
      [
        '序号,姓名,账号,行号,金额,摘要,业务参考号',
        '1,大连海港职业培训学校,21001501234567890123,105100000017,0.01,培训补贴 & 余款 <第三期>,E2E20201125001',
        '2,大连海港职业培训学校,21001501234567890123,105100000017,15000.00,培训补贴 & 余款 <第三期>,E2E20201125002',
        '3,大连海港职业培训学校,21001501234567890123,105100000017,0.99,培训补贴 & 余款 <第三期>,E2E20201125003',
        '合计,3,15001.00',
        '',
      ].join('\r\n'),
    );
    expect(written(profiles.csv).fileName).toBe('DF_F2-20201125-0001_001.csv');
  });

  it('of another bank is only another template', () => {
    const other = withTemplate(
      {
        columns: [
          { field: 'seq', title: '序号' },
          { field: 'name', title: '姓名' },
          { field: 'accountNo', title: '帐号' },
          { field: 'amount', title: '金额' },
          { field: 'empty', title: '备注' },
        ],
        titles: false,
        head: [{ field: 'date' }, { field: 'debtorAccountNo' }, { field: 'batch' }, { field: 'count' }, { field: 'total' }],
        tail: null,
        delimiter: '|',
        quotes: 'never',
        closed: true,
        lineEnd: 'lf',
        unit: 'fen',
        fileName: '{date}-{batch}-{part}.txt',
      },
      { charset: 'gbk' },
    );
    expect(written(other, [line(1, 1_500_000n)])).toMatchObject({
      text: `20201126|3400200109200123456|F2-20201125-0001|1|1500000|\n1|大连海港职业培训学校|21001501234567890123|1500000||\n`,
      fileName: '20201126-F2-20201125-0001-1.txt',
    });
  });

  it('begins with a byte-order mark only where the bank wants one', () => {
    const utf8 = withTemplate({}, { charset: 'utf-8' });
    expect([...written(withTemplate({ bom: true }, { charset: 'utf-8' })).bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(written(utf8).bytes[0]).toBe(Buffer.from('序')[0]);
  });

  it.each([
    ['gbk', '㐂乐', ['creditor.name rare-character']],
    ['gbk', '𠮷野', ['creditor.name rare-character']],
    ['gbk', '王䶮', ['creditor.name rare-character']],
    ['gbk', '张三丰', []],
    ['gb18030', '㐂𠮷䶮', []],
    ['utf-8', '㐂𠮷䶮', []],
  ] as const)('in %s blocks the line of %s or pays it as it is', (charset, name, faults) => {
    expect(refused(withTemplate({}, { charset }), named(name))).toEqual(faults);
  });

  it('says which characters block a line', () => {
    const [found] = railOf(withTemplate({}, { charset: 'gbk' })).check(order({ lines: [line(1, 1n, named('㐂㐂乐𠮷'))] }));
    expect(found?.message.zh).toContain('姓名含生僻字“㐂𠮷”');
  });

  it('quotes a cell with its delimiter, or refuses it where the bank knows no quotes', () => {
    expect(written(profiles.csv, [line(1, 1n, named('甲,"乙"'))]).text).toContain('1,"甲,""乙""",');
    const bare = withTemplate({ quotes: 'never', delimiter: '|' });
    expect(refused(bare, named('甲|乙'))).toEqual(['creditor.name text']);
    expect(refused(bare, { remittance: '补贴"一"期' })).toEqual(['remittance text']);
  });

  it.each(['=1+1', '+86', '-1', '@甲'])('does not carry a formula: %s', (name) => {
    expect(refused(profiles.csv, named(name))).toEqual(['creditor.name text']);
  });
});

describe('a template', () => {
  const [name, account, amount, seq] = [
    { field: 'name', title: '姓名' },
    { field: 'accountNo', title: '账号' },
    { field: 'amount', title: '金额' },
    { field: 'seq', title: '序号' },
  ] as const;
  it.each<[string, object, boolean]>([
    ['the least', { columns: [seq, name, account, amount] }, true],
    ['no amount', { columns: [seq, name, account] }, false],
    ['nothing to match an answer by', { columns: [name, account, amount] }, false],
    ['a name all files share', { fileName: 'payroll.csv' }, false],
    ['a name with a path', { fileName: '../{batch}{part}' }, false],
    ['a member nobody knows', { columnz: [] }, false],
  ])('%s', (_what, change, ok) => {
    expect(daifaTemplate.safeParse({ ...list, ...change }).success).toBe(ok);
  });

  it('has a byte-order mark only in UTF-8', () => {
    expect(railProfile.safeParse(withTemplate({ bom: true })).success).toBe(false);
  });
});

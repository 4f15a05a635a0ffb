import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  attendanceColumns,
  countHeads,
  type EnrolledTrainee,
  mergeSessions,
  progressOf,
  readAttendance,
  readResults,
  readRoster,
  readTable,
  resultColumns,
  rosterColumns,
  type Session,
} from '../../src/imports/index.js';
import { readPeopleList } from '../../src/imports/people-list.js';
import { syntheticId } from './people.js';
import { workbook } from './workbook.js';

const [A, B, C] = [syntheticId(1), syntheticId(2), syntheticId(3)];
const csv = (...lines: string[]) => Buffer.from(lines.join('\n'));

async function roster(bytes: Uint8Array, fileName = 'a.csv', standards?: Parameters<typeof readRoster>[1]) {
  const table = await readTable(bytes, { fileName }, rosterColumns);
  return table.ok ? readRoster(table.rows, standards) : table;
}
async function faults(bytes: Uint8Array, fileName = 'a.csv', standards?: Parameters<typeof readRoster>[1]) {
  const read = await roster(bytes, fileName, standards);
  if ('code' in read) return [read.code];
  const { problems } = read.problems.report({ fileName, fileSha256: '' }, 0);
  return problems.map(({ row, field, code }) => `${row} ${field} ${code}`);
}

describe('a class roster', () => {
  it('is read with Chinese or English headers in any order, below a title, other columns ignored', async () => {
    const expected = [{ occupation: '电工', level: '中级', count: 1 }];
    const chinese = await roster(csv('电工班花名册', '', '序号,等级,身份证号码,职业（工种）,* 姓名,电话', `1,四级,${A},电工,王小明,139`));
    const english = await roster(csv('Level,ID Number,Occupation,Name', `4,${A.toLowerCase()},电工,王小明`));
    expect(chinese).toMatchObject({ enrolled: expected, people: [{ row: 4, name: '王小明', idNumber: A }] });
    expect(english).toMatchObject({ enrolled: expected });
  });

  it('takes full-width digits, blanks and a leading apostrophe for what they mean', async () => {
    const wide = [...A].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    const read = await roster(
      csv('姓名,身份证号,职业,等级', `王一,${wide},电工,中级`, `王二,'${B},电工,中级`, `王三,${C.slice(0, 6)} ${C.slice(6)},电工,中级`),
    );
    expect(read).toMatchObject({ people: [{ idNumber: A }, { idNumber: B }, { idNumber: C }] });
  });

  it.each([
    ['a wrong check digit', `王一,21020219900101001X,电工,中级`, '2 idNumber id-invalid'],
    ['15 digits', `王一,210202900101001,电工,中级`, '2 idNumber id-invalid'],
    ['a birth date that does not exist', `王一,210202199002300018,电工,中级`, '2 idNumber id-invalid'],
    ['a number in scientific form', `王一,2.10202E+17,电工,中级`, '2 idNumber id-stored-as-number'],
    ['lost last digits', `王一,210202199001010000,电工,中级`, '2 idNumber id-stored-as-number'],
    ['no name', `,${A},电工,中级`, '2 name cell-empty'],
    ['a name of blanks', `　,${A},电工,中级`, '2 name cell-empty'],
    ['a lost rare character', `王?明,${A},电工,中级`, '2 name name-invalid'],
    ['a damaged character', `王\uFFFD,${A},电工,中级`, '2 name text-invalid'],
    ['a character that turns the writing direction', `王一,${A},电\u202E工,中级`, '2 occupation text-invalid'],
    ['a control character', `王\u0007,${A},电工,中级`, '2 name text-invalid'],
    ['a formula', `王一,${A},=A1,中级`, '2 occupation cell-formula'],
    ['an unknown level', `王一,${A},电工,九级`, '2 level level-unknown'],
  ])('is refused with %s', async (_name, line, expected) => {
    expect(await faults(csv('姓名,身份证号,职业,等级', line))).toEqual([expected]);
  });

  it('names both rows of a person who is listed twice, and every bad row at once', async () => {
    const lines = [`王一,${A},电工,中级`, `李二,${B},电工,`, `王一一,${A},焊工,初级`];
    expect(await faults(csv('姓名,身份证号,职业,等级', ...lines))).toEqual([
      '2 idNumber duplicate-in-file',
      '3 level cell-empty',
      '4 idNumber duplicate-in-file',
    ]);
    const read = await roster(csv('姓名,身份证号,职业,等级', ...lines));
    if ('code' in read) throw new Error(read.code);
    const report = read.problems.report({ fileName: 'a', fileSha256: '' }, 3);
    expect(report.problems[0]?.message.zh).toContain('第 4 行');
    expect(report.problems[2]?.message.en).toContain('row 2');
  });

  it('never repeats a whole identity number or name in its report', async () => {
    const lines = [`王小明,${A},电工,九级`, `${B},王小明,电工,中级`, `王小明,${A},电工,${C}`, `李大?,${C.slice(0, 17)},电工,中级`];
    const read = await roster(csv('姓名,身份证号,职业,等级', ...lines));
    if ('code' in read) throw new Error(read.code);
    const shown = JSON.stringify(read.problems.report({ fileName: 'a', fileSha256: '' }, 4));
    for (const secret of [A, B, C, C.slice(0, 17), '王小明', '李大']) expect(shown).not.toContain(secret);
  });

  it('lists 200 problems and counts the rest', async () => {
    const read = await roster(csv('姓名,身份证号,职业,等级', ...Array.from({ length: 250 }, () => 'x,1,电工,中级')));
    if ('code' in read) throw new Error(read.code);
    const refusal = read.problems.refusal({ fileName: 'a', fileSha256: '' }, 250);
    expect(refusal).toMatchObject({ ok: false, code: 'rows-refused', report: { moreProblems: 50 } });
    expect(refusal.report.problems).toHaveLength(200);
  });

  it.each([
    ['no header', csv('a,b', 'c,d'), 'header-missing'],
    ['a header without levels', csv('姓名,身份证号,职业', `王一,${A},电工`), 'header-missing'],
    ['a header column twice', csv('姓名,姓名,身份证号,职业,等级', `王一,王一,${A},电工,中级`), 'header-duplicate'],
    ['a header only', csv('姓名,身份证号,职业,等级', ',,,'), 'rows-missing'],
  ])('is refused with %s', async (_name, bytes, expected) => {
    expect(await faults(bytes)).toEqual([expected]);
  });

  it('takes 10,000 rows and refuses 10,001', async () => {
    const lines = Array.from({ length: 10_001 }, (_, index) => `王一,${syntheticId(index)},电工,中级`);
    const full = await roster(csv('姓名,身份证号,职业,等级', ...lines.slice(0, 10_000)));
    expect(full).toMatchObject({ enrolled: [{ count: 10_000 }] });
    expect(await faults(csv('姓名,身份证号,职业,等级', ...lines))).toEqual(['too-many-rows']);
  });

  it('spells occupation and level as the standards do, and refuses what has no standard', async () => {
    const standards = { '样例职业（尾差）': { 初级工: '100001' }, 电工: { 中级: '300000' } };
    const header = '姓名,身份证号,职业,等级';
    expect(await roster(csv(header, `王一,${A},样例职业(尾差),五级`), 'a.csv', standards)).toMatchObject({
      enrolled: [{ occupation: '样例职业（尾差）', level: '初级工', count: 1 }],
    });
    const bad = [`王一,${A},电工,高级`, `王一,${B},constructor,中级`, `王一,${C},电工,九级`];
    expect(await faults(csv(header, ...bad), 'a.csv', standards)).toEqual([
      '2 level standard-unknown',
      '3 occupation standard-unknown',
      '4 level level-unknown',
    ]);
  });

  it('explains an identity number that a workbook stored as a number', async () => {
    const header =
      '<row><c t="str"><v>姓名</v></c><c t="str"><v>身份证号</v></c><c t="str"><v>职业</v></c><c t="str"><v>等级</v></c></row>';
    const text = (value: string) => `<c t="str"><v>${value}</v></c>`;
    const row = `<row>${text('王一')}<c><v>2.1020219900101E+17</v></c>${text('电工')}<c><v>4</v></c></row>`;
    expect(await faults(workbook([header + row]), 'a.xlsx')).toEqual(['2 idNumber id-stored-as-number']);
  });

  it('refuses half of a character that a workbook hides in an escape', async () => {
    const rows = [
      ['姓名', '身份证号', '职业', '等级'],
      ['王一', A, '电_xD800_工', '中级'],
    ];
    expect(await faults(workbook([rows]), 'a.xlsx')).toEqual(['2 occupation text-invalid']);
  });

  it('counts heads the same in whatever order the people come', () => {
    const person = fc.record({ occupation: fc.constantFrom('电工', '焊工', '["'), level: fc.constantFrom('初级', '中级') });
    fc.assert(
      fc.property(fc.array(person), (people) => {
        const counts = countHeads(people);
        expect(JSON.stringify(countHeads(people.toReversed()))).toBe(JSON.stringify(counts));
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(people.length);
      }),
    );
  });
});

describe('an attendance list', () => {
  const period = { plannedHours: 40, startsOn: '2020-11-30', endsOn: '2020-12-31' };
  async function attendance(recorded: readonly Session[], ...lines: string[]) {
    const table = await readTable(csv(...lines), { fileName: 'a.csv' }, attendanceColumns);
    if (!table.ok) throw new Error(table.code);
    const read = readAttendance(table.rows, period, '2020-12-10', recorded);
    const { problems } = read.problems.report({ fileName: 'a', fileSha256: '' }, 0);
    return { ...read, faults: problems.map(({ row, field, code }) => `${row} ${field} ${code}`) };
  }

  it('is read with or without sessions and in the usual ways of writing a day', async () => {
    const days = ['2020-12-01', '2020/12/2', '2020.12.3', '20201204', '2020年12月7日'];
    const read = await attendance([], '日期,课时,应到,实到,节次', ...days.map((day) => `${day},4,10,9,第2节`));
    expect(read.faults).toEqual([]);
    expect(read.sessions.map(({ day, session }) => `${day} ${session}`)).toEqual(
      ['2020-12-01', '2020-12-02', '2020-12-03', '2020-12-04', '2020-12-07'].map((day) => `${day} 2`),
    );
    expect((await attendance([], 'date,classHours,expected,present', '2020-12-01,4,10,10')).sessions).toMatchObject([{ session: 1 }]);
  });

  it.each([
    ['a day that does not exist', '2020-12-32,4,10,10,1', '2 date date-invalid'],
    ['the 30th of February', '2020-02-30,4,10,10,1', '2 date date-invalid'],
    ['a day after today', '2020-12-11,4,10,10,1', '2 date date-in-future'],
    ['a day before the class', '2020-11-29,4,10,10,1', '2 date date-outside-class'],
    ['no class-hours', '2020-12-01,0,10,10,1', '2 classHours number-invalid'],
    ['13 class-hours', '2020-12-01,13,10,10,1', '2 classHours number-invalid'],
    ['half a class-hour', '2020-12-01,4.5,10,10,1', '2 classHours number-invalid'],
    ['a negative number', '2020-12-01,4,10,-1,1', '2 present number-invalid'],
    ['nobody present: that is no progress', '2020-12-01,4,10,0,1', '2 present nobody-present'],
    ['more present than expected', '2020-12-01,4,10,11,1', '2 present present-over-expected'],
    ['an impossible session', '2020-12-01,4,10,10,0', '2 session number-invalid'],
  ])('is refused with %s', async (_name, line, expected) => {
    expect((await attendance([], '日期,课时,应到,实到,节次', line)).faults).toEqual([expected]);
  });

  it('accepts the first day, today, 1 and 12 class-hours, everybody and one person present', async () => {
    const read = await attendance([], '日期,课时,应到,实到', '2020-11-30,1,10,10', '2020-12-10,12,10,1');
    expect(read.faults).toEqual([]);
  });

  it('names both rows of a session that is listed twice', async () => {
    const read = await attendance([], '日期,课时,应到,实到,节次', '2020-12-01,4,10,10,1', '2020-12-01,4,10,10,2', '2020/12/1,4,10,10,');
    expect(read.faults).toEqual(['2 date duplicate-in-file', '4 date duplicate-in-file']);
  });

  it('refuses more than 12 class-hours on one day, sessions of earlier files included', async () => {
    const recorded = [{ day: '2020-12-01', session: 1, classHours: 9 }];
    expect((await attendance(recorded, '日期,课时,应到,实到,节次', '2020-12-01,4,10,10,2')).faults).toEqual([
      '2 classHours day-hours-over',
    ]);
    expect((await attendance(recorded, '日期,课时,应到,实到,节次', '2020-12-01,4,10,10,1')).faults).toEqual([]);
  });
});

describe('progress', () => {
  const held = (...hours: [string, number][]): Session[] => hours.map(([day, classHours]) => ({ day, session: 1, classHours }));

  it.each([
    ['one class-hour short of half', 40, held(['2020-12-01', 19]), 19, null],
    ['exactly half', 40, held(['2020-12-01', 12], ['2020-12-02', 8]), 20, '2020-12-02'],
    ['half of an odd plan', 41, held(['2020-12-01', 20], ['2020-12-03', 1]), 21, '2020-12-03'],
    ['days in any order', 40, held(['2020-12-03', 10], ['2020-12-01', 10], ['2020-12-02', 10]), 30, '2020-12-02'],
    ['nothing held', 40, held(), 0, null],
  ])('counts %s', (_name, planned, sessions, completedHours, halfOn) => {
    expect(progressOf(sessions, planned)).toEqual({ completedHours, halfOn });
  });

  it('extends and replaces sessions of earlier files', () => {
    const merged = mergeSessions(held(['2020-12-01', 8], ['2020-12-02', 8]), held(['2020-12-02', 4], ['2020-12-03', 8]));
    expect(progressOf(merged, 40)).toEqual({ completedHours: 20, halfOn: '2020-12-03' });
  });
});

describe('a list of results', () => {
  const keyOf = (idNumber: string) => `key ${idNumber}`;
  const trainee = (idNumber: string): EnrolledTrainee => ({
    traineeId: `t-${idNumber}`,
    personKey: keyOf(idNumber),
    occupation: '电工',
    level: '中级',
  });
  async function results(...lines: string[]) {
    const table = await readTable(csv(...lines), { fileName: 'a.csv' }, resultColumns);
    if (!table.ok) throw new Error(table.code);
    const read = readResults(table.rows, [trainee(A), trainee(B)], keyOf);
    const { problems } = read.problems.report({ fileName: 'a', fileSha256: '' }, 0);
    return { ...read, faults: problems.map(({ row, field, code }) => `${row} ${field} ${code}`) };
  }

  it('counts those who passed; who is not listed did not', async () => {
    expect(await results('身份证号,结果,证书编号', `${A},合格,Z1`, `${B},不合格,`)).toMatchObject({
      faults: [],
      qualified: [{ occupation: '电工', level: '中级', count: 1 }],
      results: [{ qualified: true }, { qualified: false }],
    });
    expect((await results('idNumber,outcome', `${B},FAIL`)).qualified).toEqual([]);
  });

  it('refuses strangers, people listed twice and outcomes that are neither', async () => {
    expect((await results('身份证号,结果', `${C},合格`, `${A},合格`, `${A},合格`, `${B},缓考`)).faults).toEqual([
      '2 idNumber not-on-roster',
      '3 idNumber duplicate-in-file',
      '4 idNumber duplicate-in-file',
      '5 outcome outcome-unknown',
    ]);
  });
});

describe('a list with a column of few codes', () => {
  const choice = (value: string, zh: string) => ({ value, label: { zh, en: value.toLowerCase() } });
  const codes = { placement: { oneOf: [choice('HIRED', '招用'), choice('PUBLIC_POST', '公益性岗位')] } };
  const read = (text: string, others?: string) =>
    readPeopleList(
      [{ row: 2, cells: { placement: { kind: 'text', text } } }],
      { placement: 'string' },
      {
        placement: { ...codes.placement, ...(others === undefined ? {} : { others }) },
      },
    );

  it.each(['招用', ' 招用 ', 'HIRED', 'hired'])('takes %j as the code', (text) => {
    expect(read(text).rows[0]?.values).toEqual({ placement: 'HIRED' });
  });

  it('names the choices where a cell is none of them, unless a parameter may name more', () => {
    const { problems } = read('借用');
    expect(problems.report({ fileName: 'l.csv', fileSha256: '' }, 1).problems).toMatchObject([
      { row: 2, field: 'placement', code: 'choice-invalid', message: { zh: '请填写其中之一：招用、公益性岗位。' } },
    ]);
    expect(read('借用', 'groups').rows[0]?.values).toEqual({ placement: '借用' });
  });
});

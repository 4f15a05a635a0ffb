// `node tools/generate-examples.mjs [folder]`: writes the sample files of examples/. The same bytes every time; everybody in them is invented.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import { random as seededRandom } from '../examples/random.mjs';

const folder = process.argv[2] ?? fileURLToPath(new URL('../examples', import.meta.url));

// --- invented people -----------------------------------------------------------------------------------------------

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SURNAMES = [...'赵钱孙李周吴郑王冯陈'];
const NUMERALS = [...'一二三四五六七八九十'];

const two = (value) => String(value).padStart(2, '0');
const checkDigit = (body) => '10X98765432'.charAt(WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(body[at]), 0) % 11);

/** Person number `index`: sequence 900–999 of a birth day, so that numbers differ whatever the day is. */
function person(index, random, occupation = '电工', level = '中级') {
  const birth = `${1970 + Math.floor(random() * 30)}${two(1 + Math.floor(random() * 12))}${two(1 + Math.floor(random() * 28))}`;
  const body = `210202${birth}${900 + (index % 100)}`;
  const name = `${SURNAMES[index % 10]}样${NUMERALS[Math.floor(index / 10) % 10]}`;
  return { name, idNumber: body + checkDigit(body), occupation, level };
}

const random = seededRandom(20201124);
const trainees = Array.from({ length: 100 }, (_, index) => person(index, random));
const otherTrainees = Array.from({ length: 20 }, (_, index) => person(index, random, '养老护理员', index < 12 ? '初级' : '高级'));

// --- lists ---------------------------------------------------------------------------------------------------------

const ROSTER_HEADER = ['姓名', '身份证号', '职业（工种）', '等级'];
const rosterRow = ({ name, idNumber, occupation, level }) => [name, idNumber, occupation, level];
const roster = (people) => [ROSTER_HEADER, ...people.map(rosterRow)];
const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const csv = (rows) => `${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;

/** Two sessions of four class-hours on each of these days; almost everybody is there. */
function attendance(days) {
  const present = seededRandom(80);
  const rows = days.flatMap((day) => ['1', '2'].map((session) => [day, session, '4', '100', String(95 + Math.floor(present() * 6))]));
  return [['日期', '节次', '课时', '应到', '实到'], ...rows];
}

const WEEKS = ['11-30', '12-01', '12-02', '12-03', '12-04', '12-07', '12-08', '12-09', '12-10', '12-11'].map((day) => `2020-${day}`);

/** `passed` of the hundred trainees qualify, spread over the list; the qualified have a certificate number. */
function results(passed) {
  const rows = trainees.map(({ idNumber }, index) => {
    const qualified = Math.floor(((index + 1) * passed) / 100) > Math.floor((index * passed) / 100);
    return qualified ? [idNumber, '合格', `样例2020${String(index + 1).padStart(4, '0')}`] : [idNumber, '不合格', ''];
  });
  return [['身份证号', '结果', '证书编号'], ...rows];
}

/** What `tranche policy assess` is asked about: the sample class with half of its hours done. */
const facts = {
  classFiled: true,
  providerApproved: true,
  traineesEligible: true,
  plannedHours: 80,
  completedHours: 40,
  startsOn: '2020-11-30',
  endsOn: '2020-12-31',
  enrolled: [{ occupation: '电工', level: '中级', count: trainees.length }],
};

// --- writing -------------------------------------------------------------------------------------------------------

function write(name, content) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A workbook whose zip headers carry no time of day: the library would write the present one. */
async function xlsx(rows) {
  const bytes = await writeXlsxFile(rows, { sheet: '学员花名册' }).toBuffer();
  let at = bytes.readUInt32LE(bytes.length - 6);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const local = bytes.readUInt32LE(at + 42);
    for (const time of [at + 12, local + 10]) bytes.writeUInt32LE(0x517a_0000, time);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return bytes;
}

async function writeGood() {
  write('roster-good.csv', `\uFEFF${csv(roster(trainees))}`);
  write('roster-good.xlsx', await xlsx(roster(trainees)));
  write('roster-good-gbk.csv', iconv.encode(csv(roster(trainees)), 'gb18030'));
  write(
    'roster-other-class.csv',
    csv([['level', 'occupation', 'idNumber', 'name'], ...otherTrainees.map((each) => rosterRow(each).toReversed())]),
  );
  write('roster-odd-fen.csv', csv(roster([person(99, random, '样例职业（尾差）', '初级')])));
  write('attendance-half.csv', csv(attendance(WEEKS.slice(0, 5))));
  write('attendance-full.csv', csv(attendance(WEEKS)));
  write('results-all-pass.csv', csv(results(100)));
  write('results-90-of-100.csv', csv(results(90)));
  write('results-66-of-100.csv', csv(results(66)));
  write('results-all-fail.csv', csv(results(0)));
  write('facts.json', `${JSON.stringify(facts, null, 2)}\n`);
}

async function writeBad() {
  const few = trainees.slice(0, 10);
  const changed = (index, change) => few.map((each, at) => (at === index ? { ...each, ...change(each) } : each));
  const lastDigit = ({ idNumber }) => ({ idNumber: idNumber.slice(0, 17) + (idNumber.endsWith('1') ? '2' : '1') });
  write('bad/roster-wrong-check-digit.csv', csv(roster(changed(3, lastDigit))));
  write('bad/roster-duplicates.csv', csv(roster([...few, { ...few[2], name: '钱样重' }])));
  write('bad/roster-missing-header.csv', csv(few.map(rosterRow)));
  write('bad/roster-unknown-level.csv', csv(roster(changed(5, () => ({ level: '九级' })))));
  write('bad/roster-overlapping-class.csv', csv(roster([...otherTrainees.slice(0, 3), trainees[41]])));
  write('bad/roster-empty.csv', '');
  write('bad/roster-header-only.csv', csv([ROSTER_HEADER]));
  const numeric = few.map(({ name, idNumber, occupation, level }) => [
    name,
    { type: Number, value: Number(idNumber.replace('X', '0')) },
    occupation,
    level,
  ]);
  write('bad/roster-numeric-ids.xlsx', await xlsx([ROSTER_HEADER, ...numeric]));
  const formula = few.map(({ name, idNumber, occupation }) => [name, idNumber, occupation, { type: 'Formula', value: '"中级"' }]);
  write('bad/roster-formula.xlsx', await xlsx([ROSTER_HEADER, ...formula]));
  const whole = await xlsx(roster(few));
  write('bad/roster-broken.xlsx', whole.subarray(0, Math.floor(whole.length * 0.6)));
  write('bad/roster-really-text.xlsx', csv(roster(few)));
  write('bad/attendance-session-twice.csv', csv([...attendance(WEEKS.slice(0, 2)), [WEEKS[0], '2', '4', '100', '99']]));
  write(
    'bad/attendance-too-many-present.csv',
    csv([
      ['日期', '课时', '应到', '实到'],
      [WEEKS[0], '8', '100', '101'],
    ]),
  );
  write(
    'bad/attendance-no-such-day.csv',
    csv([
      ['日期', '课时', '应到', '实到'],
      ['2020-11-31', '8', '100', '100'],
    ]),
  );
  write('bad/results-not-on-roster.csv', csv([...results(100), [otherTrainees[0].idNumber, '合格', '']]));
  write('bad/results-no-outcome.csv', csv([...results(100).slice(0, 5), [trainees[50].idNumber, '缓考', '']]));
}

await writeGood();
await writeBad();

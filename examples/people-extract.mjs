// An extract of people who draw elsewhere, for a run over people (价格临时补贴): identity number, name, place, benefit, account.
//   node examples/people-extract.mjs [--people=1000] [--seed=1] [--districts=210202,210203|210200] > people.csv
// The same seed writes the same bytes. Everybody is invented: each name has 样 ("sample"), each identity number a sequence of 900–999; only
// check digits are real. People twice, slips of the pen, missing, unverified, shared and others' accounts are mixed in.

import { isLuhn, residentCheck } from '@tranche/identifiers';
import { optionsOf } from './command-line.mjs';
import { random } from './random.mjs';

const dalian = ['210202', '210203', '210204', '210211', '210212', '210213', '210214', '210224', '210281', '210283'];
export const header = ['身份证号', '姓名', '所属区划代码', '启动月份领取失业保险金或失业补助金', '开户名称', '银行账号', '开户行行号', '开户银行', '账户已核验'].join(',');

const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '欧阳'];
const given = ['安', '恒', '瑞', '达', '昌', '兴', '和', '源', '泰', '顺', '海', '岳'];
const DAY_MS = 86_400_000;
/** Days of birth between 1960 and 1999. */
const DAYS = 14_600;

/** The n-th identity number of a place: a hundred people a day of birth, all of them invented, the check digit right. */
export function idNumberOf(district, n, seed) {
  const day = (Math.floor(n / 100) * 7_919 + seed * 613) % DAYS;
  const born = new Date(Date.UTC(1960, 0, 1) + day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  const first = `${district}${born}${900 + (n % 100)}`;
  return first + residentCheck(first);
}

/** A card of 19 digits whose check digit fits. */
export function cardOf(n, seed) {
  const first = `6228${String(seed % 1000).padStart(3, '0')}${String(n).padStart(11, '0')}`;
  return first + [...'0123456789'].find((digit) => isLuhn(first + digit));
}

const yes = (value) => (value ? '是' : '否');
const lineOf = ({ idNumber, name, district, draws = true, holder = name, card, known = true }) =>
  [idNumber, name, district, yes(draws), ...(card ? [holder, card, '102222000006', '示例银行大连分行', yes(known)] : ['', '', '', '', '否'])].join(',');
const slip = (number) => number.slice(0, -1) + (number.endsWith('1') ? '2' : '1');

/** What occurs beside sound lines, with how often it does; the first lines of an extract show each once. */
export const kinds = [
  ['sound', 0.9, (person) => person],
  ['no-benefit', 0.02, (person) => ({ ...person, draws: false })],
  ['no-account', 0.02, (person) => ({ ...person, card: '' })],
  ['unverified', 0.04, (person) => ({ ...person, known: false })],
  ['slip-in-card', 0.004, (person) => ({ ...person, card: slip(person.card) })],
  ['another-holder', 0.006, (person) => ({ ...person, holder: '李样他' })],
  ['slip-in-number', 0.004, (person) => ({ ...person, idNumber: slip(person.idNumber) })],
  ['twice', 0.003, (person, last) => last ?? person],
  ['shared-account', 0.003, (person, last) => ({ ...person, card: last?.card || person.card })],
];

/** The lines of an extract, header first, one after the other: memory does not grow with the number of people. */
export function* peopleExtract({ people, seed = 1, districts = dalian }) {
  const next = random(seed);
  yield header;
  let last = null;
  for (let n = 1; n <= people; n += 1) {
    const district = districts[Math.floor(next() * districts.length)];
    const name = `${surnames[Math.floor(next() * surnames.length)]}样${given[Math.floor(next() * given.length)]}`;
    let luck = next();
    const kind = kinds[n - 1] ?? kinds.find(([, share]) => (luck -= share) < 0) ?? kinds[0];
    const person = kind[2]({ idNumber: idNumberOf(district, n, seed), name, district, card: cardOf(n, seed) }, last);
    if (kind[0] === 'sound') last = person;
    yield lineOf(person);
  }
}

if (process.argv[1] === import.meta.filename) {
  const usage = `node examples/people-extract.mjs [--people=1000] [--seed=1] [--districts=210202,210203|210200] > people.csv
在别处领取待遇人员名单（虚构），供免申即享使用 · an invented extract of people who draw elsewhere, for a run over people`;
  const { districts, ...numbers } = optionsOf(usage, { people: 1_000, seed: 1, districts: undefined });
  const options = { ...numbers, ...(districts ? { districts: districts.split(',') } : {}) };
  for (const line of peopleExtract(options)) if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

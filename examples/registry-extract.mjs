// A registry extract for a run without application (免申即享): firms with size, insured staff, lay-offs, premiums, account.
//   node examples/registry-extract.mjs [--firms=1000] [--seed=1] [--districts=210202,210203|210200] > extract.csv
// The same seed writes the same bytes. Every firm is invented (its name has 样, "sample"); the credit codes pass their check character.
// The first lines are the boundary cases of the rules; duplicates, lines that cannot be read, missing and unverified accounts are mixed in.

import { checkBankNumber, usccCheck } from '@tranche/identifiers';
import { optionsOf } from './command-line.mjs';
import { random } from './random.mjs';

/** Districts of Dalian with their share of firms in thousandths. */
const dalian = {
  210202: 150,
  210203: 80,
  210204: 140,
  210211: 230,
  210212: 60,
  210213: 210,
  210214: 40,
  210224: 10,
  210281: 45,
  210283: 35,
};
export const header = [
  '统一社会信用代码',
  '企业名称',
  '所属区划代码',
  '企业规模',
  '已参加失业保险',
  '受疫情影响',
  '上年度平均参保人数',
  '上年度平均职工总数',
  '上年度领取失业保险金人数',
  '上年度参保人数净减少数',
  '上年度单位实缴失业保险费（元）',
  '上年度职工实缴失业保险费（元）',
  '在营',
  '列入严重失信名单',
  '开户名称',
  '银行账号',
  '开户行行号',
  '开户银行',
  '账户已核验',
].join(',');

/** Size, insured staff, lay-offs and what each case shows; the first column of a table of rules. */
export const boundaries = [
  ['微型', 10, 0, '10人'],
  ['微型', 11, 0, '11人'],
  ['微型', 10, 2, '10人裁2人即20%'],
  ['微型', 10, 3, '10人裁3人即30%'],
  ['小型', 5, 1, '5人裁1人即20%'],
  ['小型', 9, 2, '9人裁2人逾20%'],
  ['小型', 30, 6, '30人裁6人即20%'],
  ['小型', 30, 7, '30人裁7人逾20%'],
  ['小型', 31, 2, '31人裁2人逾5.5%'],
  ['中型', 200, 11, '200人裁11人即5.5%'],
  ['中型', 100, 6, '100人裁6人逾5.5%'],
  ['大型', 5000, 180, '5000人裁180人低于3.62%'],
  ['大型', 5000, 181, '5000人裁181人即3.62%'],
  ['中型', 10, 0, '中型企业10人'],
];

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const words = ['安', '恒', '瑞', '达', '昌', '兴', '和', '源', '泰', '顺', '海', '岳', '明', '信', '丰', '盛'];
const trades = ['商贸', '餐饮', '科技', '物流', '装饰', '机械', '广告', '食品', '服装', '信息技术', '家政服务', '汽车维修'];
const banks = ['1021000999', '1032220000', '3012220000', '3132220000'].map((start) => {
  const number = Array.from({ length: 100 }, (_, tail) => start + String(tail).padStart(2, '0')).find((each) => checkBankNumber(each).checkOk);
  return [number, '示例银行大连分行'];
});
/** 31^7 is a prime's seventh power, so an odd factor that is no multiple of 31 visits every number once. */
const codes = 31n ** 7n;

/** The n-th credit code of a district: unique, well formed, its check character right. */
export function usccOf(district, n, seed) {
  let mixed = (BigInt(n) * 12_345_678_901n + BigInt(seed) * 977n) % codes;
  let tail = '';
  for (let digit = 0; digit < 7; digit += 1) {
    tail = alphabet[Number(mixed % 31n)] + tail;
    mixed /= 31n;
  }
  const first = `91${district}MA${tail}`;
  return first + usccCheck(first);
}

const yuan = (fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
const yes = (value) => (value ? '是' : '否');
/** Contributions a person and year at the lowest base, in fen: half a per cent each of firm and staff. */
const atFloor = 341_300 * 12 * 0.005;

function placesOf(districts) {
  const shares = Object.entries(districts);
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  return (at) => {
    let left = at * total;
    for (const [district, share] of shares) {
      left -= share;
      if (left < 0) return district;
    }
    return shares[0][0];
  };
}

/** Most firms are tiny; the classes of size follow the staff closely, not exactly. */
function staffOf(next) {
  const at = next();
  if (at < 0.78) return 1 + Math.floor(next() ** 1.6 * 10);
  if (at < 0.91) return 11 + Math.floor(next() * 20);
  return at < 0.985 ? 31 + Math.floor(next() * 270) : 301 + Math.floor(next() ** 3 * 9_000);
}
const sizeOf = (staff, at) => (staff > 300 ? '大型' : staff > 100 ? '中型' : staff > 20 || at < 0.1 ? '小型' : '微型');

function lineOf(firm) {
  const { uscc, name, district, size, insured = true, affected = false, staff, layoffs, premiums } = firm;
  const { inBusiness = true, dishonest = false, account = null, known = true } = firm;
  const half = Math.floor(premiums / 2);
  const money = [yuan(premiums - half), yuan(half)];
  const bank = account ? [name, account.number, account.bankNo, account.bankName, yes(known)] : ['', '', '', '', '否'];
  return [uscc, name, district, size, yes(insured), yes(affected), staff, staff, layoffs, layoffs, ...money, yes(inBusiness), yes(dishonest), ...bank].join(',');
}

/**
 * The lines of an extract, header first, one after the other: memory does not grow with the number of firms. `firms` counts the lines
 * below the header, duplicates and unreadable ones included.
 */
export function* registryExtract({ firms, seed = 1, districts = dalian }) {
  const next = random(seed);
  const placeAt = placesOf(districts);
  const accountAt = (n) => {
    const [bankNo, bankName] = banks[Math.floor(next() * banks.length)];
    return { number: `6228${String(seed % 1000).padStart(3, '0')}${String(n).padStart(12, '0')}`, bankNo, bankName };
  };
  const named = (n, more = '') => `大连样${words[Math.floor(next() * 16)]}${words[Math.floor(next() * 16)]}${trades[Math.floor(next() * 12)]}${n}号${more}有限公司`;
  yield header;
  let last = null;
  for (let n = 1; n <= firms; n += 1) {
    const boundary = boundaries[n - 1];
    const luck = next();
    if (!boundary && luck < 0.003 && last) {
      yield lineOf(last);
      continue;
    }
    if (!boundary && luck < 0.005) {
      yield brokenLine(luck, n);
      continue;
    }
    const district = placeAt(next());
    const staff = boundary?.[1] ?? staffOf(next);
    const account = next();
    last = {
      uscc: usccOf(district, n, seed),
      name: named(n, boundary ? `（${boundary[3]}）` : ''),
      district,
      size: boundary?.[0] ?? sizeOf(staff, next()),
      staff,
      layoffs: boundary?.[2] ?? (next() < 0.9 ? 0 : Math.floor(next() * Math.max(2, staff * 0.35))),
      premiums: Math.round(staff * 2 * atFloor * (boundary || next() < 0.6 ? 1 : 1 + next())),
      insured: boundary !== undefined || next() < 0.99,
      affected: !boundary && next() < 0.15,
      inBusiness: boundary !== undefined || next() < 0.985,
      dishonest: !boundary && next() < 0.005,
      account: boundary || account >= 0.03 ? accountAt(n) : null,
      known: boundary !== undefined || account >= 0.09,
    };
    yield lineOf(last);
  }
}

/** Lines as they really occur: a code with a slip of the pen, a cell too few, a negative number, words for a number. */
function brokenLine(luck, n) {
  const good = { uscc: usccOf('210202', n, 7), name: `大连样坏行${n}号有限公司`, district: '210202', size: '微型', staff: 3, layoffs: 0, premiums: 60_000 };
  const kinds = [
    () => lineOf({ ...good, uscc: good.uscc.slice(0, 17) + (good.uscc[17] === '0' ? '1' : '0') }),
    () => lineOf(good).split(',').slice(0, 12).join(','),
    () => lineOf({ ...good, layoffs: -1 }),
    () => lineOf({ ...good, staff: '三人' }),
  ];
  return kinds[Math.floor(luck * 100_000) % kinds.length]();
}

if (process.argv[1] === import.meta.filename) {
  const usage = `node examples/registry-extract.mjs [--firms=1000] [--seed=1] [--districts=210202,210203|210200] > extract.csv
企业登记与参保数据（虚构），供免申即享使用 · an invented extract of the registers, for a run over firms`;
  const { districts, ...numbers } = optionsOf(usage, { firms: 1_000, seed: 1, districts: undefined });
  const options = { ...numbers, ...(districts ? { districts: Object.fromEntries(districts.split(',').map((each) => [each, 1])) } : {}) };
  let page = [];
  const write = () => new Promise((resolve) => (process.stdout.write(`${page.join('\n')}\n`) ? resolve() : process.stdout.once('drain', resolve)));
  for (const line of registryExtract(options)) {
    page.push(line);
    if (page.length === 2_000) {
      await write();
      page = [];
    }
  }
  if (page.length > 0) await write();
}

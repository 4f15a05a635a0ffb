import type { Fact, Facts, Policy } from '@tranche/policies';
import { type Refused, refuse } from '../refusal.js';

/** What every extract says of a firm or a person, whatever the policy. */
const firmFields = {
  uscc: ['统一社会信用代码', 'uscc'],
  idNumber: ['身份证号', '身份证号码', '公民身份号码', '居民身份证号码', 'idNumber'],
  name: ['企业名称', '单位名称', '姓名', 'name'],
  district: ['所属区划代码', '区划代码', 'district'],
  holderName: ['开户名称', 'holderName'],
  accountNo: ['银行账号', 'accountNo'],
  bankNo: ['开户行行号', 'bankNo'],
  bankName: ['开户银行', 'bankName'],
  accountKnown: ['账户已核验', 'accountKnown'],
} as const;
export type FirmField = keyof typeof firmFields;
const required = { firms: ['uscc', 'name', 'district'], people: ['idNumber', 'name', 'district'] } as const;
/** Whom the lines of an extract are about. */
export type About = keyof typeof required;

/** Which cell of a line says what; `unit` yuan where the header says so: such a cell is money in yuan, not fen. */
export type FactColumn = { readonly fact: string; readonly at: number; readonly unit: 'yuan' | null };
export type ExtractColumns = {
  readonly width: number;
  readonly firm: Readonly<Partial<Record<FirmField, number>>>;
  readonly facts: readonly FactColumn[];
};

/** Facts that the registers supply: neither those of the case itself nor those of a period or a list. */
export const suppliedFacts = ({ facts }: Policy): [string, Fact][] =>
  Object.entries(facts).filter(([, fact]) => fact.from !== 'case' && !fact.per && typeof fact.type === 'string');

const account: readonly FirmField[] = ['holderName', 'accountNo', 'bankNo', 'bankName', 'accountKnown'];
const headerOf = (field: FirmField, about: About): string => (field === 'name' && about === 'people' ? '姓名' : firmFields[field][0]);

/** Headers of an extract: who it is, what each line says, and where to pay. */
export const columnNames = (about: About, told: readonly string[]): string[] => [
  ...required[about].map((field) => headerOf(field, about)),
  ...told,
  ...account.map((field) => headerOf(field, about)),
];

const yuan = /[(（](元|yuan)[)）]$/i;
const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\s|\*/g, '')
    .replace(/\(.*\)$/, '')
    .toLowerCase();

/**
 * Finds the columns of an extract by their headers: those of a firm or person, and for each fact of the policy that was not declared for
 * all lines its name or its label in either language (what stands in parentheses aside), in any order. Columns nobody asks for are not kept.
 */
export function extractColumns(
  header: readonly string[],
  policy: Policy,
  about: About = 'firms',
  declared: Facts = {},
): { readonly ok: true; readonly columns: ExtractColumns } | Refused {
  const places = new Map<string, number>();
  for (const [at, text] of header.entries()) {
    if (plain(text) !== '' && places.has(plain(text))) return twice(text);
    places.set(plain(text), at);
  }
  const find = (names: readonly string[]): number | undefined =>
    names.map((name) => places.get(plain(name))).find((at) => at !== undefined);
  const firm = Object.fromEntries(
    Object.entries(firmFields).flatMap(([field, names]) => {
      const at = find(names);
      return at === undefined ? [] : [[field, at]];
    }),
  ) as ExtractColumns['firm'];
  const asked = suppliedFacts(policy).filter(([fact]) => declared[fact] === undefined);
  const supplied = asked.map(([fact, { label, optional }]) => ({
    fact,
    label,
    optional: optional === true,
    at: find([fact, label.zh, label.en]),
  }));
  const missing = [
    ...required[about].filter((field) => firm[field] === undefined).map((field) => headerOf(field, about)),
    ...supplied.filter(({ at, optional }) => at === undefined && !optional).map(({ label }) => label.zh),
  ];
  if (missing.length > 0) return without(missing);
  const facts = supplied.flatMap(({ fact, at }): FactColumn[] =>
    at === undefined ? [] : [{ fact, at, unit: fact.endsWith('Fen') && yuan.test((header[at] ?? '').trim()) ? 'yuan' : null }],
  );
  return { ok: true, columns: { width: header.length, firm, facts } };
}

const without = (missing: readonly string[]): Refused =>
  refuse(
    'file-invalid',
    `数据文件表头缺少：${missing.join('、')}。请补充后重新上传。`,
    `The header of the extract lacks: ${missing.join(', ')}. Add the columns and upload again.`,
  );

const twice = (text: string): Refused =>
  refuse(
    'file-invalid',
    `数据文件表头中“${text}”出现两次。请只保留一列后重新上传。`,
    `The column "${text}" appears twice in the header. Keep one and upload again.`,
  );

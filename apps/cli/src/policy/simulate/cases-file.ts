import { isLocalDate } from '@tranche/calendar';
import { type Facts, type Policy, parseFacts, periodOf, type Text } from '@tranche/policies';
import { parse } from 'csv-parse/sync';
import { text } from '../../terminal/language.js';
import type { CasePlan } from './case-plan.js';

/** A cases file that cannot be used; says which line and why. */
export class CasesUnusable extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

const HEADER = ['case', 'received', 'place', 'facts', 'claims', 'outcome', 'approveAfter', 'payAfter', 'stepDays'];

type Row = Readonly<Record<string, string>>;

/** Reads the cases of a simulation: CSV with `facts` and `claims` as JSON in their cells. Throws CasesUnusable. */
export function readCases(content: string): readonly (Omit<CasePlan, 'facts' | 'claims'> & { facts: unknown; claims: RawClaim[] })[] {
  const rows = parse(content.replace(/^\uFEFF/, ''), { columns: true, skip_empty_lines: true }) as Row[];
  const [first] = rows;
  const missing = HEADER.filter((name) => first !== undefined && !(name in first));
  if (!first || missing.length > 0)
    throw unusable(1, `缺少列：${missing.join('、') || HEADER.join('、')}`, `columns missing: ${missing.join(', ') || HEADER.join(', ')}`);
  return rows.map((row, at) => planOf(row, at + 2));
}

type RawClaim = { readonly claim: string; readonly first: string; readonly count: number; readonly facts: unknown };

function planOf(row: Row, line: number) {
  const { case: id = '', received = '', place = '', outcome = '' } = row;
  if (id === '') throw unusable(line, '案件编号为空', 'the case has no id');
  if (!isLocalDate(received)) throw unusable(line, `日期 ${received} 无法识别`, `the date ${received} was not understood`);
  if (outcome !== 'settled' && outcome !== 'failed')
    throw unusable(line, 'outcome 应为 settled 或 failed', 'outcome must be settled or failed');
  return {
    id,
    received,
    place,
    outcome,
    facts: json(row, 'facts', line),
    claims: json(row, 'claims', line) as RawClaim[],
    approveAfter: whole(row, 'approveAfter', line),
    payAfter: whole(row, 'payAfter', line),
    stepDays: whole(row, 'stepDays', line),
  } as const;
}

function json(row: Row, name: string, line: number): unknown {
  try {
    return JSON.parse(row[name] || (name === 'claims' ? '[]' : '{}'));
  } catch {
    throw unusable(line, `${name} 不是有效的 JSON`, `${name} is not valid JSON`);
  }
}

function whole(row: Row, name: string, line: number): number {
  const cell = row[name] ?? '';
  if (/^\d{1,4}$/.test(cell)) return Number(cell);
  throw unusable(line, `${name} 应为整数天数`, `${name} must be a whole number of days`);
}

const unusable = (line: number, zh: string, en: string): CasesUnusable =>
  new CasesUnusable(text(`第 ${line} 行：${zh}`, `line ${line}: ${en}`));

type RawCase = ReturnType<typeof readCases>[number];

/** The case with its facts as a version of the policy stores them; throws CasesUnusable for facts the version cannot take. */
export function factsFor(policy: Policy, raw: RawCase): CasePlan {
  const claims = raw.claims.map((each) => {
    if (!policy.plan.claims?.some(({ id }) => id === each.claim) || !periodOf(each.first))
      throw new CasesUnusable(
        text(`${raw.id}：申领 ${each.claim} ${each.first} 有误`, `${raw.id}: the claim ${each.claim} ${each.first} is none`),
      );
    return { ...each, facts: parsed(policy, raw.id, each.facts) };
  });
  return { ...raw, claims, facts: parsed(policy, raw.id, raw.facts) };
}

function parsed(policy: Policy, id: string, facts: unknown): Facts {
  const read = parseFacts(policy, facts, { partial: true });
  if (read.ok) return read.facts;
  throw new CasesUnusable(text(`${id}：${read.message.zh}`, `${id}: ${read.message.en}`));
}

import type { Text } from '@tranche/policies';
import { tablesOfCases } from './of-cases.js';
import { tablesOfTheHouse } from './of-house.js';
import { tablesOfMoney } from './of-money.js';
import type { VouchedTables, Vouching } from './vouching.js';

const ways: Readonly<Record<Vouching['by'], string>> = {
  replay: '重放 replay',
  hash: '哈希 hash',
  rows: '他表 other rows',
  constraints: '仅约束 constraints only',
  nothing: '不核验 not vouched for',
};

/** How a verification vouches for every table, as Markdown: generated from what the code holds, so that the page cannot say anything else. */
export function vouchedPage(): string {
  return [
    section('案件及其事件所写 · A case and what its events write', tablesOfCases),
    section('账务、支付与银行 · Books, payments, banks', tablesOfMoney),
    section('单位、日历、名册与核验本身 · Parties, calendar, runs, the audit itself', tablesOfTheHouse),
  ].join('\n');
}

const both = ({ zh, en }: Text): string => `${zh} · ${en}`;

function section(title: string, tables: VouchedTables): string {
  const rows = Object.entries(tables).map(
    ([table, vouching]) => `| \`${table}\` | ${ways[vouching.by]} | ${both(vouching.how)} | ${leftOut(vouching)} |`,
  );
  return `### ${title}\n\n| 表 table | 依据 by | 与何比对，或为何不 · with what, or why not | 其中不比对的 · left out of it |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function leftOut(vouching: Vouching): string {
  if (!('kinds' in vouching)) return '';
  const byReason = new Map<string, string[]>();
  for (const [column, reason] of Object.entries(vouching.apart ?? {}))
    byReason.set(both(reason), [...(byReason.get(both(reason)) ?? []), `\`${column}\``]);
  const { added, deleted } = vouching.unseen ?? {};
  return [
    ...(vouching.only ? [both(vouching.only.leaves)] : []),
    ...[...byReason].map(([reason, columns]) => `${columns.join(', ')}: ${reason}`),
    ...(added ? [`增加的行 an added row: ${both(added)}`] : []),
    ...(deleted ? [`删除的行 a deleted row: ${both(deleted)}`] : []),
  ].join('; ');
}

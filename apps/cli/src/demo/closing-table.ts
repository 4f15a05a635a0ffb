// The end of the demo, read back from the API: every tranche with its legal day, and the books.

import { ground } from '@tranche/machines';
import type { Cite, Text } from '@tranche/policies';
import { grid } from '../terminal/grid.js';
import { type Language, type Speaker, speaker, text } from '../terminal/language.js';
import { yuan } from '../terminal/money.js';
import { DemoProblem } from './client.js';
import type { Scene } from './scene.js';
import type { Stage } from './stage.js';
import {
  type CaseView,
  type DeadlineView,
  deadlineOf,
  lastDayText,
  type RecoveryView,
  type TrancheView,
  type TrialBalance,
} from './views.js';

type Row = {
  readonly name: Text;
  readonly amountFen: string | null;
  readonly state: Text;
  readonly due: DeadlineView | null;
  readonly on: string | null;
  readonly cite: Cite;
};

/** One line per tranche and recovery of every case, with what is still advanced on the case. */
export async function closingTable(scenes: readonly Scene[], language: Language): Promise<string> {
  const say = speaker(language);
  const head = [
    text('案件', 'case'),
    text('期次', 'tranche'),
    text('金额', 'amount'),
    text('状态', 'state'),
    text('最迟', 'due by'),
    text('到账日', 'paid on'),
    text('依据', 'clause'),
    text('预拨余额', 'still advanced'),
  ];
  const rows = await Promise.all(scenes.map(async (scene) => caseRows(await scene.view(), await scene.recovery(), language)));
  return grid(head.map(say), rows.flat(), [2, 7]);
}

function caseRows(view: CaseView, recovery: RecoveryView | null, language: Language): string[][] {
  const say = speaker(language);
  const rows = [...view.tranches.map((tranche) => trancheRow(view, tranche)), ...(recovery === null ? [] : [recoveryRow(view, recovery)])];
  return rows.map(({ name, amountFen, state, due, on, cite }, index) => [
    index === 0 ? view.caseNo : '',
    say(name),
    yuan(amountFen, language),
    say(state),
    say(lastDayText(due)),
    on ?? '—',
    say(ground(cite)),
    index === rows.length - 1 ? yuan(advanced(view), language) : '',
  ]);
}

const trancheRow = (view: CaseView, { id, label, amountFen, stateLabel, paidOn, cite }: TrancheView): Row => ({
  name: label,
  amountFen,
  state: stateLabel,
  due: deadlineOf(view, `payment:${id}`),
  on: paidOn,
  cite,
});

function recoveryRow(view: CaseView, { recoveryNo, receivedFen, state, closedOn, cite }: RecoveryView): Row {
  return {
    name: text('收回', 'recovery'),
    amountFen: String(-BigInt(receivedFen)),
    state: state === 'closed' ? text('已收回', 'recovered') : text('待收回', 'open'),
    due: deadlineOf(view, `recovery:repay:${recoveryNo}`),
    on: closedOn,
    cite,
  };
}

/** Paid and neither earned nor returned yet. */
export const advanced = ({ paidFen, recoveredFen, entitledFen }: CaseView): string =>
  String(BigInt(paidFen) - BigInt(recoveredFen) - BigInt(entitledFen ?? '0'));

/** The trial balance over all funds, account by account. Throws DemoProblem when a book does not sum to zero. */
export async function books({ people, language }: Stage): Promise<string> {
  const say = speaker(language);
  const { items, totals } = await people.supervisor.get<TrialBalance>('ledger/trial-balance');
  const accounts = new Map<string, { book: 'cash' | 'budget'; code: string; name: Text; fen: bigint }>();
  for (const { book, code, name, balanceFen } of items) {
    const fen = (accounts.get(`${book} ${code}`)?.fen ?? 0n) + BigInt(balanceFen);
    accounts.set(`${book} ${code}`, { book, code, name, fen });
  }
  const rows = [...accounts.values()]
    .filter(({ fen }) => fen !== 0n)
    .map(({ book, code, name, fen }) => [say(BOOKS[book]), code, say(name), yuan(String(fen), language)]);
  const sums = [sumRow('cash', totals.cashFen, say, language), sumRow('budget', totals.budgetFen, say, language)];
  const table = grid(
    [text('账册', 'book'), text('科目', 'account'), text('名称', 'name'), text('余额', 'balance')].map(say),
    [...rows, ...sums],
    [3],
  );
  if (totals.cashFen !== '0' || totals.budgetFen !== '0')
    throw new DemoProblem(
      text(
        `账不平：现金账 ${totals.cashFen} 分，指标账 ${totals.budgetFen} 分`,
        `The books do not balance: cash ${totals.cashFen} fen, budget ${totals.budgetFen} fen`,
      ),
    );
  return table;
}

const BOOKS = { cash: text('资金账', 'cash'), budget: text('指标账', 'budget') } as const;
const sumRow = (book: 'cash' | 'budget', fen: string, say: Speaker, language: Language): string[] => [
  say(BOOKS[book]),
  '',
  say(text('合计（借方为正，应为零）', 'total (debits positive; must be zero)')),
  yuan(fen, language),
];

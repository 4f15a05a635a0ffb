import { daysBetween } from '@tranche/calendar';
import type { Policy } from '@tranche/policies';
import type { CaseContext } from '../context.js';
import type { Effect } from '../effects.js';
import { dueNames } from '../limits.js';
import { text } from '../region.js';
import { excessFen, fen } from '../sums.js';

/** One instalment: fen by the end of a day (`YYYY-MM-DD`). */
export type Instalment = { readonly dueOn: string; readonly amountFen: string };
/** Three years by the month. */
export const mostInstalments = 36;

/** Deadline key of the demand of the nth recovery of a case. */
export const demandKey = (no: number): string => `recovery:demand:${no}`;
/** Deadline key of its repayment: of the whole, or of one instalment, counted from 0. */
export const repayKey = (no: number, at?: number): string => `recovery:repay:${no}${at === undefined ? '' : `:${at + 1}`}`;

export const instalmentsIn = (data: Readonly<Record<string, unknown>>): readonly Instalment[] =>
  data['instalments'] as readonly Instalment[];

/** The day on which a probe asks (`YYYY-MM-DD`): later than any clock, and one day is left after it. */
export const probedOn = '9999-12-30';
/** Instalments that would be agreed if any could be: the whole balance on the last day there is. */
export const probedInstalments = (context: CaseContext): readonly Instalment[] => [
  { dueOn: '9999-12-31', amountFen: String(excessFen(context)) },
];

/** Do they make up the balance exactly, day after day, the first after `on`? */
export function fitsBalance(parts: unknown, balanceFen: bigint, on: string): boolean {
  if (!Array.isArray(parts) || parts.length === 0 || parts.length > mostInstalments) return false;
  const list = parts as readonly Instalment[];
  const ascends = list.every(({ dueOn }, at) => dueOn > (list[at - 1]?.dueOn ?? on));
  return ascends && list.reduce((sum, { amountFen }) => sum + fen(amountFen), 0n) === balanceFen;
}

/** Keys of all instalments that were agreed, in their order. */
export const instalmentKeys = ({ recovery: { no, instalments } }: CaseContext): readonly string[] =>
  (instalments?.parts ?? []).map((_, at) => repayKey(no, at));

/** The first instalment that what came in since does not cover yet. */
export function currentInstalment(context: CaseContext): number {
  const { instalments } = context.recovery;
  if (!instalments) return 0;
  const covered = fen(instalments.baseFen) - excessFen(context);
  let upTo = 0n;
  const at = instalments.parts.findIndex(({ amountFen }) => {
    upTo += fen(amountFen);
    return upTo > covered;
  });
  return at < 0 ? instalments.parts.length - 1 : at;
}

/** The effect that starts the clock of an instalment: its days from the day on which all were agreed. */
export function clockOfInstalment({ recovery: { no, instalments } }: CaseContext, policy: Policy, at: number): readonly Effect[] {
  const part = instalments?.parts[at];
  const due = dueNames(policy)['repay'];
  if (!instalments || !part || !due) return [];
  const label = text(`退还第 ${at + 1} 期`, `Repayment of instalment ${at + 1}`);
  const count = daysBetween(instalments.agreedOn, part.dueOn);
  const { kind: deadline, cite } = due;
  return [{ kind: 'setDeadline', key: repayKey(no, at), label, from: instalments.agreedOn, count, unit: 'calendarDays', deadline, cite }];
}

import { type BankHours, type EffectiveDay, effectiveDay } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import { type Actor, loadCalendar, type Tx } from '@tranche/database';
import type { House } from '../house.js';
import { type Refused, refuse } from '../refusal.js';
import { railOfBatch } from './profiles.js';

/**
 * Whether a batch may go to its bank now: on which day it is executed, and whether somebody who may was shown that day. A batch whose day
 * moved (cut-off, weekend, holiday) waits until a person confirms the new one; it never slips silently.
 */
export type ExecutionDay =
  | { readonly ok: true; readonly date: string }
  | { readonly ok: false; readonly code: 'execution-day-moved'; readonly date: string }
  | Extract<EffectiveDay, { ok: false }>;

/** The day on which the bank executes what reaches it now; read inside the caller's transaction. */
export async function dayOfBank(tx: Tx, house: House, hours: BankHours): Promise<EffectiveDay> {
  const { rows } = await tx.query<{ offset: number }>(
    'SELECT coalesce((SELECT offset_ms FROM sandbox_clock WHERE id = 1), 0)::float8 AS offset',
  );
  const { calendar } = await loadCalendar(tx);
  return effectiveDay(calendar, hours, house.systemNow() + (rows[0]?.offset ?? 0));
}

/** Compares the bank's day with what was shown to people; `confirmed` is the day the person at hand says to have seen. */
export async function executionDay(tx: Tx, house: House, batchId: string, confirmed?: string): Promise<ExecutionDay> {
  const { profile } = await railOfBatch(tx, batchId);
  const day = await dayOfBank(tx, house, profile.hours);
  if (!day.ok) return day;
  if (!day.moved || confirmed === day.date || (await shownDay(tx, batchId)) === day.date) return { ok: true, date: day.date };
  return { ok: false, code: 'execution-day-moved', date: day.date };
}

/** The latest day that was shown to a person and agreed to. */
async function shownDay(tx: Tx, batchId: string): Promise<string | null> {
  const { rows } = await tx.query<{ day: string | null }>(
    'SELECT max(execution_on)::text AS day FROM batch_execution_days WHERE batch_id = $1',
    [batchId],
  );
  return rows[0]?.day ?? null;
}

/** Remembers who agreed to which day. */
export async function rememberDay(tx: Tx, house: House, actor: Actor, batchId: string, date: string): Promise<void> {
  await tx.query(
    `INSERT INTO batch_execution_days (batch_id, execution_on, person_id, recorded_at) VALUES ($1, $2, $3, $4) ON CONFLICT (batch_id, execution_on) DO NOTHING`,
    [batchId, date, actor.userId, formatInstant(house.systemNow())],
  );
}

/** Asks again with the new day, or says that the year is not known. */
export function refuseDay(day: Extract<ExecutionDay, { ok: false }>): Refused {
  if (day.code === 'calendar-not-published')
    return refuse(
      'calendar-not-published',
      `${day.year} 年的节假日安排尚未导入，无法确定银行营业日。`,
      `The calendar of ${day.year} is not published, so the bank's business days are not known.`,
    );
  const message = {
    zh: `银行将于 ${day.date} 执行（已过截止时间或非营业日）`,
    en: `the bank executes on ${day.date} (after its cut-off, or no business day)`,
  };
  return refuse(
    'execution-day-moved',
    `${message.zh}。如同意，请以 executionOn=${day.date} 再次确认。`,
    `Now ${message.en}. If you agree, confirm with executionOn=${day.date}.`,
    { errors: [{ field: 'executionOn', code: 'execution-day-moved', message }] },
  );
}

import { addDays, type Calendar, dateOf, isWorkingDay, workingDaysBefore } from '@tranche/calendar';
import { loadCalendar } from '@tranche/database';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { openBankTask } from '../payments/bank-task.js';

/** A settlement should be on a statement by then (T+2). */
const WORKING_DAYS = 2;

/** Settlements before this day should have been on a statement by now: two working days are over since. By weekdays where no calendar is published. */
export async function agedBefore(house: House): Promise<string> {
  const today = dateOf(await legalNow(house));
  const { calendar } = await house.database.transaction(worker, (tx) => loadCalendar(tx));
  return agedDay(calendar, today);
}

export function agedDay(calendar: Calendar, today: string): string {
  const found = workingDaysBefore(calendar, today, WORKING_DAYS);
  if (found.ok) return found.date;
  let day = today;
  for (let left = WORKING_DAYS; left > 0; ) {
    day = addDays(day, -1);
    const working = isWorkingDay(calendar, day);
    if (working.known ? working.working : ![6, 7].includes(weekday(day))) left -= 1;
  }
  return day;
}

/** 1 = Monday */
const weekday = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** Opens one task per account and day of settlements that no statement shows after two working days. Returns how many days there are. */
export async function alarmAgeing(house: House): Promise<number> {
  const before = await agedBefore(house);
  const rows = await house.database.read<{ account: string; on: string; count: number; fen: string }>(
    worker,
    `SELECT f.debtor_account_no AS account, t.settled_on AS on, count(*)::int AS count, sum(t.amount_fen)::text AS fen
     FROM transfers t JOIN batches b ON b.id = t.batch_id AND b.rail <> 'allocation' JOIN funds f ON f.id = b.fund_id
     WHERE t.state = 'settled' AND t.settled_on < $1 AND NOT EXISTS (SELECT FROM matches m WHERE m.transfer_id = t.id AND m.kind = 'settled')
     GROUP BY 1, 2 ORDER BY 2, 1 LIMIT 200`,
    [before],
  );
  for (const { account, on, count, fen } of rows)
    await openBankTask(house, `ageing:${account}:${on}`, {
      zh: `账户尾号 ${account.slice(-4)}：${on} 到账的 ${count} 笔（共 ${fen} 分）两个工作日后仍不在对账单上，请核查`,
      en: `Account ending in ${account.slice(-4)}: ${count} settlements of ${on} (${fen} fen) are on no statement after two working days, check`,
    });
  return rows.length;
}

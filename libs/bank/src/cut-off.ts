import { addDays, type Calendar, dateOf, formatInstant, isWorkingDay, type NotPublished, nthWorkingDay } from '@tranche/calendar';
import type { BankHours } from './profile.js';

/** The day on which the bank executes what reaches it now. `moved` tells that it is not today. */
export type EffectiveDay = { readonly ok: true; readonly date: string; readonly moved: boolean } | NotPublished;

/**
 * Today while the bank works and its cut-off has not come; the next day it works otherwise. Bank business days are working days, make-up
 * days included. A year without published calendar is not guessed.
 */
export function effectiveDay(calendar: Calendar, hours: BankHours, nowMs: number): EffectiveDay {
  const today = dateOf(nowMs);
  const late = hours.cutOff !== null && formatInstant(nowMs).slice(11, 16) >= hours.cutOff;
  if (!hours.businessDaysOnly) return { ok: true, date: late ? addDays(today, 1) : today, moved: late };
  const day = isWorkingDay(calendar, today);
  if (!day.known) return { ok: false, code: 'calendar-not-published', year: day.year };
  if (day.working && !late) return { ok: true, date: today, moved: false };
  const next = nthWorkingDay(calendar, today, 1);
  return next.ok ? { ...next, moved: true } : next;
}

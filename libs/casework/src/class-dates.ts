import type { Facts } from '@tranche/policies';
import { type Refused, refuse } from './refusal.js';
import { put, type Work } from './work.js';

/** The filed class of a case, as its facts say it; null where they do not say all of it. */
function datesOf({ startsOn, endsOn }: Facts): { readonly startsOn: string; readonly endsOn: string } | null {
  return typeof startsOn === 'string' && typeof endsOn === 'string' ? { startsOn, endsOn } : null;
}

/** A class cannot end before it began. `place` is where the facts stand in the request. */
export function refuseDates(facts: Facts, place: string): Refused | null {
  const dates = datesOf(facts);
  if (!dates || dates.startsOn <= dates.endsOn) return null;
  const message = {
    zh: `结班日期 ${dates.endsOn} 早于开班日期 ${dates.startsOn}`,
    en: `the last day ${dates.endsOn} is before the first day ${dates.startsOn}`,
  };
  return refuse('facts-invalid', '申报要素有误。', 'The facts are not acceptable.', {
    errors: [{ field: `${place}.endsOn`, code: 'fact-dates', message }],
  });
}

/**
 * What was filed for the class follows its facts: when its days change after the roster was read, its people are claimed for the new
 * days. Somebody who is taught elsewhere on those days stops the change (exclusion_claims_no_overlap).
 */
export function followDates(work: Work, facts: Facts): void {
  const dates = datesOf(facts);
  const was = work.case.facts;
  if (!dates || (dates.startsOn === was['startsOn'] && dates.endsOn === was['endsOn'] && facts['plannedHours'] === was['plannedHours']))
    return;
  const row = { case_id: work.case.id, starts_on: dates.startsOn, ends_on: dates.endsOn };
  put(work, 'moveClasses', { ...row, planned_hours: String(facts['plannedHours'] ?? '') || null });
  put(work, 'moveClaims', row);
}

import { periodOf } from '@tranche/policies';
import { type Refused, refuse } from './refusal.js';

/** Is this an event whose facts are a period's own? They never become facts of the case. */
export const tellsPeriod = (type: string): boolean => type === 'claim.filed';

/** Refuses a period that has not begun on a day: nobody has worked, paid rent or been insured in it yet. Null where it may be claimed. */
export function refuseEarly(id: string, today: string): Refused | null {
  const from = periodOf(id)?.from;
  if (from === undefined || from <= today) return null;
  return refuse(
    'data-invalid',
    `期间 ${id} 尚未开始，不能申领。请于 ${from} 起申领。`,
    `The period ${id} has not begun and cannot be claimed yet. Claim it from ${from} on.`,
    {
      errors: [
        {
          field: 'data.period',
          code: 'period-not-begun',
          message: { zh: `该期间自 ${from} 起，今天是 ${today}。`, en: `It begins on ${from}; today is ${today}.` },
        },
      ],
    },
  );
}

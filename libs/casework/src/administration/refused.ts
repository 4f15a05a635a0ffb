import type { Text } from '@tranche/policies';

/** Every expected "no" of administration. Stable: clients rely on the codes. */
export type AdministrationCode =
  | 'idempotency-key-reused'
  | 'not-found'
  | 'already-exists'
  | 'already-decided'
  | 'four-eyes-required'
  | 'role-not-allowed'
  | 'data-invalid'
  | 'preview-required'
  | 'fund-short'
  | 'fund-closed'
  | 'year-not-over';

/** Nothing was written. `field` is the field to correct, when there is one. */
export type NotDone = { readonly ok: false; readonly code: AdministrationCode; readonly detail: Text; readonly field?: string };

/** A refusal whose message ends with what was kept. */
export function notDone(code: AdministrationCode, zh: string, en: string, field?: string): NotDone {
  const detail = { zh: `${zh}未作任何更改。`, en: `${en} Nothing was changed.` };
  return { ok: false, code, detail, ...(field === undefined ? {} : { field }) };
}

export const notFound = (): NotDone =>
  notDone('not-found', '没有这条记录,或不属于您可见的范围。', 'There is no such record, or it is not within what you may see.');
export const anotherPerson = (): NotDone =>
  notDone(
    'four-eyes-required',
    '提出人不得自行批准,请由其他有权人员办理。',
    'Who proposed this may not decide it; another authorised person must.',
  );
export const decidedAlready = (): NotDone => notDone('already-decided', '该事项已有决定。', 'This has been decided already.');

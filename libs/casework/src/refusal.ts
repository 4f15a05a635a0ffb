import type { Reader, Text } from '@tranche/policies';

/** Every expected "no" of the one door. Stable: clients rely on the codes. */
export type RefusalCode =
  | 'case-not-found'
  | 'case-changed'
  | 'idempotency-key-reused'
  | 'event-unknown'
  | 'event-not-allowed'
  | 'role-not-allowed'
  | 'duty-conflict'
  | 'data-invalid'
  | 'date-invalid'
  | 'facts-invalid'
  | 'fund-short'
  | 'organisation-suspended'
  | 'otp-required'
  | 'otp-refused'
  | 'recovery-overdue'
  | 'set-off-not-permitted'
  | 'set-off-not-possible'
  | 'exclusion-conflict'
  | 'import-refused'
  | 'file-invalid'
  | 'not-found'
  | 'already-exists'
  | 'already-decided'
  | 'four-eyes-required'
  | 'run-state'
  | 'run-content-changed'
  | 'batch-not-found'
  | 'batch-state'
  | 'batch-content-changed'
  | 'self-approval'
  | 'disbursement-not-available'
  | 'funds-mixed'
  | 'execution-day-moved'
  | 'calendar-not-published'
  | 'bank-file-changed'
  | 'transfer-state';

export type FieldError = {
  readonly field: string;
  readonly code: string;
  readonly message: Text;
  /** rules, amounts and conditions of the policy that need this field */
  readonly rules?: readonly Reader[];
};

/** Nothing was written. `allowed` lists what this actor could do instead, when that is known. */
export type Refused = {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail: Text;
  readonly state?: string;
  readonly allowed?: readonly string[];
  readonly errors?: readonly FieldError[];
};

const nothing = { zh: '未作任何更改。', en: 'Nothing was changed.' };

/** A refusal whose message ends, in both languages, with what was kept and what to do next. */
export function refuse(code: RefusalCode, zh: string, en: string, more: Partial<Refused> = {}): Refused {
  return { ok: false, code, detail: { zh: `${zh}${nothing.zh}`, en: `${en} ${nothing.en}` }, ...more };
}

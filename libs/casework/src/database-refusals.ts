import { type Refused, refuse } from './refusal.js';

/** Constraints of the database that are expected answers, not bugs. Everything else stays an error. */
const expected: Readonly<Record<string, () => Refused>> = {
  account_balances_not_negative: () =>
    refuse(
      'fund-short',
      '资金可用指标不足，未能预占。请财政部门追加指标。',
      'The fund has not enough budget left to reserve. Finance must add an appropriation.',
    ),
  exclusion_claims_no_overlap: () =>
    refuse(
      'exclusion-conflict',
      '名册中有人已在时间重叠的补贴班次中。请核对后重新上传。',
      'Somebody on the roster is already in a subsidised class at the same time. Check and upload again.',
    ),
  exclusion_quotas_cap: () =>
    refuse('exclusion-conflict', '限额已被其他案件用尽。请核对后再办。', 'The cap is used up by other cases. Check and try again.'),
  organisations_suspended: () =>
    refuse('organisation-suspended', '该单位已被暂停，恢复后再办。', 'The organisation is suspended; it must be admitted again first.'),
  set_offs_both_sides: () =>
    refuse(
      'set-off-not-possible',
      '抵扣须同时记入应退款案件和付款案件，请从追回办理。',
      'A set-off is heard by the case of the debt and that of the payment at once: do it from the recovery.',
    ),
  set_offs_of_payment: () =>
    refuse(
      'set-off-not-possible',
      '该笔拨付已提交银行或已变动，不能再抵扣。',
      'The payment was sent or has changed: it can no longer be kept back.',
    ),
  set_offs_permitted: () => refuse('set-off-not-permitted', '政策没有条款允许抵扣。', 'No clause of the policy permits a set-off.'),
  objections_pkey: () =>
    refuse(
      'already-exists',
      '该异议编号已被使用。请换一个新的编号再登记。',
      'This objection id is taken. Register the objection under a new one.',
    ),
  case_duties_one_per_person: () =>
    refuse('duty-conflict', '同一人不得在一个案件中办理两个环节。', 'One person may not perform two duties in one case.'),
};

export function refusalOfDatabaseError(error: unknown): Refused | null {
  const constraint = (error as { constraint?: string }).constraint;
  return (constraint && expected[constraint]?.()) || null;
}

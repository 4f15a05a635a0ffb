import type { Text } from '@tranche/policies';

const text = (zh: string, en: string): Text => ({ zh, en });

/** What the checker refuses a machine for: id → name in both languages. The order is that of the printed list. */
export const checkRules = {
  'role-missing': text('每个由人提出的事件都有角色', 'every event a person sends has a role'),
  'description-missing': text('每条流转都写明理由', 'every transition says why'),
  'effect-without-handler': text('每个效果都有处理程序', 'every effect has a handler'),
  unreachable: text('每个状态、每条流转都能到达', 'every state and every arrow can be reached'),
  'dead-end': text('从任何状态都还能办结', 'from every state the case can still be closed'),
  'guard-throws': text('判断条件从不出错，也不会无休止地自动流转', 'no guard or deed throws, and no case moves by itself without end'),
  'replay-differs': text('存储后恢复，后续与拒绝完全相同', 'stored and restored, a case goes on and refuses in the same way'),
  'over-commitment': text(
    '已付与在途之和不超过应得或预拨份额',
    'what is out or promised never exceeds the entitlement or the advances’ share',
  ),
  'paid-after-loss': text('未通过验收后不再送出付款', 'nothing is asked for or sent after the acceptance failed'),
  'paid-while-held': text('暂停期间不申请、不送出付款', 'nothing is asked for or sent while the case is held'),
  'paid-twice': text('每期至多一笔在途，且金额为正', 'a tranche has at most one live payment, of more than nothing'),
  'unknown-news': text('只接受外界确有其事的回报', 'only news of what the world knows is accepted'),
  'recovery-differs': text('无在途资金时，追回额正是超付额', 'once nothing is in flight an open recovery is exactly the excess'),
  'debt-not-restored': text(
    '被抵扣的付款失败或退票，债务即恢复',
    'what was kept back of a payment that failed or came back is owed again where the debt was',
  ),
  'settled-differs': text('办结时净付额等于应得', 'when closed, paid − returned − recovered − written off = entitlement'),
  'closed-unpublished': text('拨付后公示期满之前不办结', 'a case stays open until its notice after payment is over'),
  'paid-unannounced': text(
    '拨付前公示期满无异议之前不付款',
    'nothing is asked for or sent before the notice that payment waits for is over',
  ),
  'paid-unproven': text(
    '节点的依据不成立、尚无资金付出时，不再据此申请或送出预拨',
    'no advance is asked for or sent on a milestone whose proof fell before money was out on it',
  ),
  'negative-sum': text('没有负数金额', 'no sum is negative'),
  'books-differ': text('分录平衡，账面与外界一致', 'every movement balances, and the books say what the world was told'),
  'deadline-unheard': text('运行中的时限到期必有响应', 'a running deadline that passes is heard'),
  'deadline-left': text('办结或草稿时没有运行中的时限', 'no deadline runs in a closed case or a draft'),
  'deadline-confused': text('时限设一次、终一次', 'a deadline is set once and ended once'),
  'deadline-too-early': text('收到申请之前不起算法定时限', 'no statutory deadline runs before the application is received'),
  'clock-through-notice': text(
    '规定公示期间停止计算的，拨付时限在拨付前公示期间不走',
    'where the clocks of payments stand still during a notice before payment, none of them runs meanwhile',
  ),
} as const satisfies Record<string, Text>;

export type RuleId = keyof typeof checkRules;

/** A rule that does not hold, and how it shows. */
export type Breach = { readonly rule: RuleId; readonly detail: Text };

export const breach = (rule: RuleId, zh: string, en: string): Breach => ({ rule, detail: text(zh, en) });

// What states and reasons of money are called on screens.

import type { Schemas } from '../api/client.js';
import type { Tone } from '../pieces/state-tag.js';
import type { Text } from '../text/text.js';

export type Batch = Schemas['Batch'];
export type DuePayment = Schemas['DuePayment'];
export type BatchReview = Schemas['BatchReview'];

export const batchStates: Readonly<Record<Batch['state'], readonly [Tone, Text]>> = {
  draft: ['calm', { zh: '待送复核', en: 'draft' }],
  pending_approval: ['warn', { zh: '待复核签发', en: 'to be signed' }],
  approved: ['busy', { zh: '已签发', en: 'signed' }],
  processing: ['busy', { zh: '支付中', en: 'being paid' }],
  done: ['good', { zh: '已办结', en: 'done' }],
  rejected: ['bad', { zh: '已退回', en: 'rejected' }],
  cancelled: ['calm', { zh: '已撤回', en: 'taken back' }],
};

export const rails: Readonly<Record<Batch['rail'], Text>> = {
  http: { zh: '银企直连', en: 'bank connection' },
  file: { zh: '银行文件（ISO 20022）', en: 'bank file (ISO 20022)' },
  csv: { zh: '代发文件（CSV）', en: 'payroll file (CSV)' },
  allocation: { zh: '指标调拨', en: 'budget moved' },
};

const transferStates: Readonly<Record<string, readonly [Tone, Text]>> = {
  draft: ['calm', { zh: '待送复核', en: 'draft' }],
  pending_approval: ['warn', { zh: '待签发', en: 'to be signed' }],
  approved: ['busy', { zh: '已签发', en: 'signed' }],
  submitting: ['busy', { zh: '正在提交', en: 'being submitted' }],
  submitted: ['busy', { zh: '已提交银行', en: 'with the bank' }],
  accepted: ['busy', { zh: '银行已受理', en: 'accepted by the bank' }],
  settled: ['good', { zh: '已到账', en: 'arrived' }],
  returned: ['bad', { zh: '退票', en: 'returned' }],
  failed: ['bad', { zh: '支付失败', en: 'failed' }],
  unknown: ['warn', { zh: '结果未明', en: 'outcome unknown' }],
  rejected: ['bad', { zh: '已退回', en: 'rejected' }],
  cancelled: ['calm', { zh: '已撤出', en: 'taken out' }],
};
export const transferState = (state: string): readonly [Tone, Text] => transferStates[state] ?? ['calm', { zh: state, en: state }];

/** Why a payment cannot be collected now, and who ends that. */
export const dueReasons: Readonly<Record<NonNullable<DuePayment['reason']>, readonly [Tone, Text]>> = {
  'case-held': ['warn', { zh: '案件已暂停付款，待解除', en: 'the case is on hold' }],
  'organisation-suspended': ['bad', { zh: '单位已暂停，恢复后付款', en: 'the organisation is suspended' }],
  'recovery-overdue': ['bad', { zh: '有逾期未退款项，暂不预拨', en: 'money is overdue: no advances' }],
  'fund-short': ['bad', { zh: '指标不足，待追加', en: 'budget short: an appropriation is needed' }],
  'not-requested': ['calm', { zh: '尚未到可付节点', en: 'not to be paid yet' }],
  'payee-account-missing': ['bad', { zh: '无已复核的收款账户', en: 'no approved payee account' }],
  'payee-account-cooling': ['warn', { zh: '账户刚变更，冷静期内', en: 'account changed lately, cooling' }],
  'payee-account-doubted': ['bad', { zh: '银行退过该账户，待更正', en: 'the bank refused the account: to be corrected' }],
};

export const changeWords: Readonly<Record<BatchReview['changes'][number]['kinds'][number], Text>> = {
  'new-payee': { zh: '首次付款', en: 'first payment' },
  'account-changed': { zh: '账户已变更', en: 'account changed' },
  'amount-differs': { zh: '金额与计划不同', en: 'amount differs from the plan' },
  'raised-again': { zh: '退票或失败后重付', en: 'paid again after a failure' },
};

export const recoveryStates: Readonly<Record<Schemas['Recovery']['state'], readonly [Tone, Text]>> = {
  due: ['warn', { zh: '待发函', en: 'to be demanded' }],
  demanded: ['warn', { zh: '已发函，待退回', en: 'demanded' }],
  instalments: ['busy', { zh: '分期退回中', en: 'in instalments' }],
  overdue: ['bad', { zh: '已逾期', en: 'overdue' }],
  escalated: ['bad', { zh: '已升级', en: 'escalated' }],
  closed: ['good', { zh: '已结清', en: 'closed' }],
};

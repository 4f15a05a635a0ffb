// Accounts as books show them: debits positive, credits negative; and what the events are called that were posted.

import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';
import type { Text } from '../text/text.js';

export type Account = Schemas['TrialBalance']['items'][number];
export type Posted = Schemas['StatementEntry'];

export const bookWords: Readonly<Record<Account['book'], Text>> = {
  cash: { zh: '资金账', en: 'cash book' },
  budget: { zh: '指标账', en: 'budget book' },
};

/** The balance of every account; of a year's funds, or of one fund. */
export const useTrialBalance = (asked: { readonly fundId?: string; readonly fiscalYear?: number }, enabled = true) =>
  useQuery({
    queryKey: ['ledger', 'trial-balance', asked],
    enabled,
    queryFn: () => good(api.GET('/api/v1/ledger/trial-balance', { params: { query: asked } })),
  });

/** What stands in the debit column; null where it belongs into the other one, or is nothing. */
export const debitOf = (fen: string): string | null => (fen === '0' || fen.startsWith('-') ? null : fen);
export const creditOf = (fen: string): string | null => (fen.startsWith('-') ? fen.slice(1) : null);

const events: Readonly<Record<string, Text>> = {
  'appropriation.approved': { zh: '指标下达', en: 'appropriation' },
  'appropriation.decreased': { zh: '核减收回', en: 'recall' },
  'treasury.remitted': { zh: '上缴国库', en: 'remittance to the treasury' },
  'fund.closed': { zh: '年终关账', en: 'closing of the year' },
  'batch.approved': { zh: '拨付单签发', en: 'batch signed' },
  'batch.line-dropped': { zh: '明细撤出拨付单', en: 'line left its batch' },
  'payment.requested': { zh: '发起拨付', en: 'payment requested' },
  'payment.setOff': { zh: '抵扣另案应退款', en: 'payment kept back for another debt' },
  'disbursement.submitted': { zh: '已提交银行', en: 'sent to the bank' },
  'disbursement.settled': { zh: '已到账', en: 'payment arrived' },
  'disbursement.failed': { zh: '支付失败', en: 'payment failed' },
  'disbursement.returned': { zh: '退票', en: 'payment came back' },
  'recovery.received': { zh: '收到退款', en: 'repayment received' },
  'recovery.setOff': { zh: '以应付款抵扣', en: 'debt set off' },
  'recovery.restored': { zh: '抵扣撤销', en: 'set-off undone' },
  'recovery.writtenOff': { zh: '核销', en: 'written off' },
  'decision.rescinded': { zh: '撤销决定', en: 'decision rescinded' },
  'fact.corrected': { zh: '更正事实', en: 'fact corrected' },
  'statement.unidentified': { zh: '待查收款', en: 'receipt nobody can explain' },
  'statement.identified': { zh: '查明收款', en: 'receipt explained' },
  'statement.interest': { zh: '存款利息', en: 'interest' },
  'statement.bank-fee': { zh: '银行收费或其补还', en: 'charge of the bank, or its making good' },
  'statement.foreign': { zh: '他人款项', en: 'money of others' },
};

/** What was posted; other steps of a case under the name they have in its history. */
export const postedWords = (type: string): Text => events[type] ?? { zh: type, en: type };

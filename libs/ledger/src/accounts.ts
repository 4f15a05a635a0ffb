import type { Book } from './movement.js';

/** An account that every fund has. `normal` is the side on which its balance usually stands (debit +, credit −). */
export type Account = {
  readonly book: Book;
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly normal: 'debit' | 'credit';
  /** may its balance never fall below zero? Only the available budget: it is what a request must find. */
  readonly minZero: boolean;
};

const account = (book: Book, code: string, normal: Account['normal'], zh: string, en: string): Account => ({
  book,
  code,
  name: { zh, en },
  normal,
  minZero: code === 'B2',
});

/** The chart of accounts of one fund: real money in the cash book, permission to spend it in the budget book. */
export const accounts: readonly Account[] = [
  account('cash', '1001', 'debit', '资金专户存款', 'Bank'),
  account('cash', '1002', 'credit', '在途资金', 'In transit'),
  account('cash', '1201', 'debit', '预拨款', 'Advances'),
  account('cash', '1202', 'debit', '应收追回款', 'Recoveries receivable'),
  account('cash', '1203', 'debit', '应由银行补还款', 'To be made good by the bank'),
  account('cash', '2001', 'credit', '应付补贴', 'Subsidies payable'),
  account('cash', '2101', 'credit', '退票待处理', 'Returned funds to be handled'),
  account('cash', '2102', 'credit', '待查收款', 'Unidentified receipts'),
  account('cash', '2103', 'credit', '应缴财政款', 'Due to treasury'),
  account('cash', '2104', 'credit', '应退还款', 'Refunds payable'),
  account('cash', '2105', 'credit', '抵扣清算', 'Set-off clearing'),
  account('cash', '2106', 'credit', '应退他人款', 'Money of others, to be sent back'),
  account('cash', '3001', 'credit', '资金结余', 'Fund balance'),
  account('cash', '5001', 'debit', '补贴支出', 'Subsidy expense'),
  account('cash', '5009', 'debit', '核销支出', 'Write-offs'),
  account('budget', 'B1', 'credit', '已下达指标', 'Authorised budget'),
  account('budget', 'B2', 'debit', '可用指标', 'Available budget'),
  account('budget', 'B3', 'debit', '预占指标', 'Reserved budget'),
  account('budget', 'B4', 'debit', '支付中指标', 'Budget in payment'),
  account('budget', 'B5', 'debit', '已支出指标', 'Spent budget'),
  account('budget', 'B9', 'debit', '已收回指标', 'Lapsed or recalled budget'),
];

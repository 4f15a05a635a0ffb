/** Why a bank refused a payment or sent it back: an ISO 20022 external return reason, in words a payee understands. */
export interface ReturnReason {
  readonly code: string;
  readonly text: { readonly zh: string; readonly en: string };
  /** the account cannot be paid as it is registered: it is corrected, by two people, before anything is paid again */
  readonly account: boolean;
}

const reason = (code: string, zh: string, en: string): ReturnReason => ({ code, text: { zh, en }, account: false });
const account = (code: string, zh: string, en: string): ReturnReason => ({ ...reason(code, zh, en), account: true });

/** The codes of the external code set that occur in domestic credit transfers; the Chinese texts are ours. */
export const returnReasons: readonly ReturnReason[] = [
  account('AC01', '收款账号有误', 'The account number is wrong'),
  account('AC03', '收款账号无效', 'The account number is invalid'),
  account('AC04', '收款账户已销户', 'The account is closed'),
  account('AC06', '收款账户被冻结或止付', 'The account is blocked'),
  account('AC07', '收款账户的卡或账号已注销', 'The account is closed and its number no longer exists'),
  account('AC14', '收款账户类型不能收此类款项', 'The type of the account cannot take this payment'),
  account('AC16', '收款账户已被纳入管制名单', 'The account is on a sanctions list'),
  account('AG01', '收款账户不允许此类交易', 'This kind of payment is forbidden on the account'),
  reason('AG02', '银行不支持此交易类型', 'The bank does not take this kind of payment'),
  reason('AM02', '金额超过银行限额', 'The amount is above what the bank allows'),
  reason('AM04', '付款账户余额不足', 'The paying account has not enough money'),
  reason('AM05', '银行认定为重复付款', 'The bank takes it for a duplicate'),
  reason('AM09', '金额不符', 'The amount is wrong'),
  account('BE01', '户名与账号不符', 'Name and account do not belong together'),
  account('BE06', '收款人在该行不存在', 'The bank does not know the payee'),
  reason('CURR', '币种有误', 'The currency is wrong'),
  reason('CUST', '应付款人要求退回', 'Returned at the payer’s request'),
  reason('DT01', '日期有误', 'The date is invalid'),
  reason('DUPL', '重复付款', 'A duplicate payment'),
  reason('ED05', '清算失败', 'Settlement failed'),
  reason('FOCR', '应撤销请求退回', 'Returned after a recall'),
  reason('FF01', '文件格式有误', 'The format of the file is invalid'),
  reason('MD06', '收款人要求退回', 'Returned at the payee’s request'),
  account('MD07', '收款人已故', 'The payee has died'),
  reason('MS02', '收款人未说明原因', 'The payee gave no reason'),
  reason('MS03', '银行未说明原因', 'The bank gave no reason'),
  reason('NARR', '原因见银行附言', 'See the words of the bank'),
  account('RC01', '收款银行行号有误', 'The number of the payee’s bank is wrong'),
  account('RR03', '缺少或错误的收款人户名地址', 'Name or address of the payee is missing or wrong'),
  reason('TM01', '超过银行截止时间', 'After the cut-off of the bank'),
];

const known = new Map(returnReasons.map((each) => [each.code, each]));

/** The reason of a code; undefined for one that is not in the table. */
export const returnReason = (code: string): ReturnReason | undefined => known.get(code);

/** A code with its Chinese words and what the bank added: `AC04 收款账户已销户（原文：closed）`. */
export function wordsOf(code: string, bankText: string): string {
  const found = known.get(code);
  const said = bankText.trim();
  if (found === undefined) return said === '' ? code : `${code} ${said}`;
  return said === '' || said === found.text.zh ? `${code} ${found.text.zh}` : `${code} ${found.text.zh}（银行附言：${said}）`;
}

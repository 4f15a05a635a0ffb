import type { Cite, Policy, Text } from '@tranche/policies';
import type { Reason } from './judge-line.js';

export type ReasonShown = { readonly code: string; readonly text: Text; readonly rules: readonly RuleShown[] };
export type RuleShown = { readonly id: string; readonly reason: Text; readonly cite: Cite };

const text = (zh: string, en: string): Text => ({ zh, en });

/** Reasons that lie in the line, the firm or its account; those of the policy say their rules. */
const known: Readonly<Record<string, Text>> = {
  rule: text('不符合政策条件', 'not every rule of the policy holds'),
  'facts-missing': text('数据不全，无法判断', 'data are missing, so it cannot be judged'),
  'out-of-window': text('不在政策执行期内', 'outside the policy’s window'),
  'nothing-to-pay': text('应返还金额为零', 'nothing would be paid'),
  'line-unreadable': text(
    '该行无法读取：列数不符或引号不完整',
    'the line cannot be read: its cells are not those of the header, or a quote is not closed',
  ),
  'uscc-malformed': text('统一社会信用代码格式不符', 'the credit code is malformed'),
  'uscc-check-failed': text(
    '统一社会信用代码校验位不符，请人工核对',
    'the check character of the credit code does not fit; a person should look',
  ),
  'id-malformed': text('不是 18 位身份证号', 'no identity number of 18 characters'),
  'id-birth-date': text('身份证号中的出生日期不存在', 'the birth date in the identity number does not exist'),
  'id-check-failed': text('身份证号校验位不符，请核对后重新报送', 'the check digit of the identity number does not fit'),
  'name-malformed': text('姓名为空或含有文字以外的字符', 'the name is empty or holds characters other than letters'),
  'name-differs': text('姓名与该身份证号登记的姓名不一致', 'the name is not the one registered with this identity number'),
  'duplicate-line': text('同一单位或个人在文件中重复', 'the firm or person stands on an earlier row already'),
  'known-from-books': text('此人已由本系统账目列入', 'our own books name this person already'),
  'district-unknown': text('区划代码无法识别', 'the district is no GB/T 2260 code'),
  'district-outside': text('不在本机构筛查范围', 'outside the office’s own place'),
  'version-elsewhere': text('当地适用政策的另一版本', 'another version of the policy binds there'),
  'district-differs': text('区划与登记信息不一致', 'the district differs from the one registered'),
  'organisation-suspended': text('该单位已被暂停', 'the organisation is suspended'),
  'payee-kind': text('不属于政策对象', 'not of a kind that the policy pays'),
  exclusion: text('已由其他案件享受', 'another case excludes it'),
  'account-missing': text('没有收款账户，待提供', 'no account: waits for one'),
  'account-malformed': text('收款账户格式不符，待更正', 'the account is malformed: waits for the right one'),
  'account-unconfirmed': text('收款账户未经核验，待确认', 'nobody verified the account: waits for a word'),
  'account-of-another': text('开户名称与姓名不一致，待确认', 'the account is in another name: waits for a word'),
  'account-check-failed': text('银行卡号校验位不符，待更正', 'the check digit of the card number does not fit: waits for the right one'),
  'account-shared': text('多人使用同一账户，待确认', 'several people name the same account: waits for a word'),
  'account-changed': text('收款账户在审批后变更，留待下次筛查', 'the account was replaced after the list was signed; left to the next run'),
  'opted-out': text('放弃享受', 'not wanted'),
};

const unreadable = text('数据无法识别或超出范围', 'a value cannot be read or is out of range');

/** A reason in words, with the clause of each rule it names. */
export function shownReason({ rules }: Pick<Policy, 'rules'>, reason: Reason): ReasonShown {
  const words = known[reason.code] ?? unreadable;
  const details = [reason.row && `#${reason.row}`, reason.field, reason.caseNo].filter(Boolean).join(' ');
  const more = details === '' ? '' : ` (${details})`;
  return {
    code: reason.code,
    text: text(`${words.zh}${more}`, `${words.en}${more}`),
    rules: (reason.rules ?? []).flatMap((id) => {
      const rule = rules.find((each) => each.id === id);
      return rule ? [{ id, reason: rule.reason, cite: rule.cite }] : [];
    }),
  };
}

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
  'duplicate-line': text('同一企业在文件中重复', 'the firm stands on an earlier row already'),
  'district-unknown': text('区划代码无法识别', 'the district is no GB/T 2260 code'),
  'district-outside': text('不在本机构筛查范围', 'outside the office’s own place'),
  'version-elsewhere': text('当地适用政策的另一版本', 'another version of the policy binds there'),
  'district-differs': text('区划与登记信息不一致', 'the district differs from the one registered'),
  'organisation-suspended': text('该单位已被暂停', 'the organisation is suspended'),
  'payee-kind': text('不属于政策对象', 'not of a kind that the policy pays'),
  exclusion: text('已由其他案件享受', 'another case excludes it'),
  'account-missing': text('没有收款账户，待企业提供', 'no account: waits for the firm'),
  'account-malformed': text('收款账户格式不符，待企业更正', 'the account is malformed: waits for the firm'),
  'account-unconfirmed': text('收款账户未经核验，待企业确认', 'nobody verified the account: waits for the firm'),
  'account-changed': text('收款账户在审批后变更，留待下次筛查', 'the account was replaced after the list was signed; left to the next run'),
  'opted-out': text('企业放弃享受', 'the firm does not want it'),
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

// What the terminal says once everything runs.

import type { Text } from '@tranche/policies';
import { oneLine } from './problem.js';

/** Sandbox accounts, one per role; the user name is the role. */
export const ACCOUNTS: readonly { username: string; label: Text }[] = [
  { username: 'institution', label: { zh: '培训机构', en: 'training institution' } },
  { username: 'enterprise', label: { zh: '企业', en: 'enterprise' } },
  { username: 'citizen', label: { zh: '个人', en: 'individual' } },
  { username: 'officer', label: { zh: '人社受理', en: 'case officer' } },
  { username: 'reviewer', label: { zh: '人社审核', en: 'reviewer' } },
  { username: 'approver', label: { zh: '人社审批', en: 'approver' } },
  { username: 'inspector', label: { zh: '监督检查', en: 'inspector' } },
  { username: 'maker', label: { zh: '财政经办', en: 'finance maker' } },
  { username: 'checker', label: { zh: '财政复核', en: 'finance checker' } },
  { username: 'cashier', label: { zh: '财政出纳', en: 'cashier' } },
  { username: 'supervisor', label: { zh: '主管', en: 'supervisor' } },
  { username: 'auditor', label: { zh: '审计', en: 'auditor' } },
  { username: 'admin', label: { zh: '系统管理', en: 'administrator' } },
  { username: 'security', label: { zh: '安全管理', en: 'security officer' } },
];

export type Running = { address: string; password: string; bank: string; notices: readonly Text[] };

/** The lines printed at the end of a start: where it is, how to sign in, what is kept where, how to stop. */
export function announcement(running: Running): string[] {
  return [
    '',
    `  ${oneLine({ zh: '分期拨已启动', en: 'Tranche is running' })}:  ${running.address}`,
    '',
    `  ${oneLine({ zh: '沙箱账户（密码相同）', en: 'sandbox accounts (same password)' })}:  ${running.password}`,
    ...ACCOUNTS.map(({ username, label }) => `    ${username.padEnd(12)} ${oneLine(label)}`),
    '',
    `  ${oneLine({ zh: '模拟银行', en: 'simulated bank' })}:  ${running.bank}`,
    ...running.notices.map((notice) => `  ${oneLine(notice)}`),
    `  ${oneLine({ zh: '按 Ctrl-C 停止', en: 'Ctrl-C stops everything' })}`,
    '',
  ];
}

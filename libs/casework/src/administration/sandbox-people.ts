import type { Policy, Role, Text } from '@tranche/policies';

/** GB/T 2260 of Dalian, where the sandbox lives. */
export const sandboxDistrict = '210200';

export type SandboxPerson = {
  readonly role: Role;
  readonly displayName: string;
  readonly district: string | null;
  readonly of?: 'institution' | 'enterprise';
};

/** One account per role, named after it. Oversight and administration see every district. */
export const sandboxPeople: readonly SandboxPerson[] = [
  { role: 'officer', displayName: '受理岗', district: sandboxDistrict },
  { role: 'reviewer', displayName: '审核岗', district: sandboxDistrict },
  { role: 'approver', displayName: '审批岗', district: sandboxDistrict },
  { role: 'inspector', displayName: '检查岗', district: sandboxDistrict },
  { role: 'maker', displayName: '财政经办岗', district: sandboxDistrict },
  { role: 'checker', displayName: '财政复核岗', district: sandboxDistrict },
  { role: 'cashier', displayName: '出纳岗', district: sandboxDistrict },
  { role: 'supervisor', displayName: '监督岗', district: null },
  { role: 'auditor', displayName: '安全审计员', district: null },
  { role: 'admin', displayName: '系统管理员', district: null },
  { role: 'security', displayName: '安全管理员', district: null },
  { role: 'citizen', displayName: '个人申请人', district: null },
  { role: 'institution', displayName: '培训机构经办', district: null, of: 'institution' },
  { role: 'enterprise', displayName: '企业经办', district: null, of: 'enterprise' },
];

/** Synthetic: the codes pass their check digits and belong to nobody. */
export const sandboxOrganisations = {
  institution: { name: '大连示例职业培训学校', uscc: '52210200MJ00000017', kind: 'institution' as const, district: sandboxDistrict },
  enterprise: { name: '大连示例制造有限公司', first17: '91210200MA0000001', kind: 'enterprise' as const, district: sandboxDistrict },
  bureau: { name: '大连市财政局(示例)', uscc: '12210200MB0000001W', kind: 'bureau' as const, district: sandboxDistrict },
};

export const sandboxAccount = { accountNo: '6222020000000000017', bankNo: '102100099996', bankName: '示例银行大连分行' };

export type SandboxFund = { readonly code: string; readonly name: Text; readonly debtorAccountNo: string };
export const sandboxFunds: readonly SandboxFund[] = [
  {
    code: 'F4',
    name: { zh: '职业技能提升行动专账资金', en: 'Special account of the vocational skills campaign' },
    debtorAccountNo: '2100020000000000041',
  },
  { code: 'F1', name: { zh: '就业补助资金', en: 'Employment subsidy fund' }, debtorAccountNo: '2100020000000000011' },
  { code: 'F2', name: { zh: '失业保险基金', en: 'Unemployment insurance fund' }, debtorAccountNo: '2100020000000000021' },
];
/**
 * The funds that policies draw on besides: what several governments share lies in one account, everything else in its own. Named by the
 * policies, so that a sandbox can pay whatever is in the registry.
 */
export function fundsOf(policies: readonly Policy[]): readonly SandboxFund[] {
  const known = new Set(sandboxFunds.map(({ code }) => code));
  const others = new Map(policies.flatMap(({ funds }) => funds.filter(({ code }) => !known.has(code)).map((fund) => [fund.code, fund])));
  return [...others.values()]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, name, share }, at) => ({
      code,
      name,
      debtorAccountNo: share === undefined ? `21000200000000001${10 + at}` : sharedAccountNo,
    }));
}
const sharedAccountNo = '2100020000000000091';
/** the years in which those have money */
export const sandboxFundYears: readonly number[] = [2020, 2021, 2022];
/** every year with a published calendar: the clock may be moved through all of them */
export const sandboxYears: readonly number[] = [2020, 2021, 2022, 2023, 2024, 2025, 2026];
export const sandboxDebtor = { name: '大连市财政局(示例)', bankNo: '102100099996' };
/** five million yuan a fund and year */
export const sandboxAppropriationFen = 500_000_000n;
/** 2020-11-25 09:00 in Shanghai */
export const sandboxStart = '2020-11-25T09:00:00+08:00';

import type { Due, Entry, Evidence, KeyExclusion, PayeeKind, Plan, Policy } from '@tranche/policies';
import { markLabel } from '@tranche/policies';

const payees: Readonly<Record<PayeeKind, string>> = {
  institution: '培训机构 training institution',
  enterprise: '企业 enterprise',
  citizen: '个人 person',
  unit: '其他用人单位 other employer',
  bank: '贷款银行 lending bank',
  government: '市政府 city',
};
const entries: Readonly<Record<Entry, string>> = {
  standard: '申报、受理、审核、审批 applied for, accepted, reviewed, approved',
  insurance: '申领、受理、复核、审批（失业保险） applied for, accepted, reviewed, approved (unemployment insurance)',
  noApplication: '免申领：筛查、抽核、批次审批 no application: screened, sampled, approved as a batch',
  bank: '银行申报，人社、财政审核 claimed by the bank, checked by employment and finance',
  government: '考核结果、会签、指标下达 results, joint confirmation, allocation',
};
export const payeeText = (kind: PayeeKind): string => payees[kind];
export const entryText = (entry: Entry): string => entries[entry];

const evidence: Readonly<Record<Evidence['obtainBy'], string>> = { data: '数据核验 by register', upload: '上传 uploaded' };
export const obtainedText = (by: Evidence['obtainBy']): string => evidence[by];

const spans = { once: '一次 once', year: '每年 per year', period: '每期 per period' } as const;
export const spanText = (per: KeyExclusion['per']): string => (typeof per === 'string' ? spans[per] : `${per.from} – ${per.until}`);

/** When something opens: all its marks. */
export const marksText = (plan: Plan, marks: readonly string[]): string =>
  marks.map((mark) => `${markLabel(plan, mark)?.zh ?? mark} ${markLabel(plan, mark)?.en ?? ''}`.trim()).join(' + ');

const units: Readonly<Record<Due['unit'], string>> = {
  workingDays: '个工作日 working days',
  calendarDays: '日 calendar days',
  months: '个月 months',
};
const bindings: Readonly<Record<Due['kind'], string>> = { statutory: '法定 statutory', service: '内部 internal' };

/** A time limit in words, with the one that binds otherwise. */
export function dueText(policy: Policy, due: Due | undefined): string {
  if (!due) return '';
  const { count, unit, from, kind, when, otherwise } = due;
  const number =
    typeof count === 'number' ? String(count) : String(policy.parameters.find(({ key }) => key === count.parameter)?.value ?? '');
  const limit = `${marksText(policy.plan, [from])}：${number} ${units[unit]}，${bindings[kind]}`;
  const condition = when === undefined ? '' : `（\`${when}\`）`;
  return [`${limit}${condition}`, ...(otherwise ? [`否则 otherwise ${dueText(policy, otherwise)}`] : [])].join('；');
}

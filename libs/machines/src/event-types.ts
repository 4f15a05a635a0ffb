import type { Policy, Text } from '@tranche/policies';
import { z } from 'zod';
import { applicantsOf, courseOf } from './entries.js';
import { dataSchemas } from './event-data.js';
import type { Duty, EventType, Source, Speaker } from './events.js';
import { text } from './region.js';

type Known = { readonly label: Text; readonly source: Source; readonly duty?: Duty };

const by = (roles: readonly Speaker[], zh: string, en: string, duty?: Duty): Known => ({
  label: text(zh, en),
  source: { kind: 'person', roles },
  ...(duty ? { duty } : {}),
});
const system = (zh: string, en: string): Known => ({ label: text(zh, en), source: { kind: 'system' } });

/** Who may say what; `institution` stands for the policy's own applicants. Milestones come from the plan. */
const known: Readonly<Record<string, Known>> = {
  'case.opened': by(['institution', 'enterprise', 'citizen'], '建立案件', 'Case opened'),
  'application.submitted': by(['institution'], '提交申报', 'Application submitted', 'submit'),
  'application.withdrawn': by(['institution'], '撤回申报', 'Application withdrawn'),
  'application.accepted': by(['officer'], '受理申报', 'Application accepted for processing', 'accept'),
  'application.returned': by(['officer', 'reviewer'], '退回补正', 'Application returned'),
  'application.reviewed': by(['reviewer'], '审核通过', 'Application reviewed', 'review'),
  'application.rejected': by(['reviewer', 'approver'], '不予补贴', 'Application rejected'),
  'application.approved': by(['approver'], '审批通过', 'Application approved', 'approve'),
  'application.screened': by(['officer'], '数据筛查', 'Screened from the registers', 'submit'),
  'application.confirmed': by(['institution', 'officer'], '确认收款账户', 'Account confirmed'),
  'claim.filed': by(['officer'], '受理并核定本期', 'Claim of a period received and checked', 'accept'),
  'claims.stopped': by(['officer', 'reviewer'], '停止享受', 'Claims stopped'),
  'term.extended': by(['reviewer', 'approver'], '延长享受期限', 'Term extended'),
  'roster.imported': by(['institution'], '导入花名册', 'Roster imported'),
  'attendance.imported': by(['institution', 'inspector'], '导入考勤', 'Attendance imported'),
  'results.imported': by(['inspector', 'officer'], '导入验收结果', 'Results imported'),
  'facts.recorded': by(['institution'], '填报事项', 'Facts recorded'),
  'acceptance.passed': by(['inspector'], '验收合格', 'Acceptance passed', 'inspect'),
  'acceptance.failed': by(['inspector'], '验收不合格', 'Acceptance failed', 'inspect'),
  'notice.posted': by(['officer'], '发布公示', 'Notice posted'),
  'objection.raised': by(['officer', 'public'], '提出异议', 'Objection raised'),
  'objection.rejected': by(['reviewer'], '异议不成立', 'Objection rejected'),
  'objection.upheld': by(['reviewer'], '异议成立', 'Objection upheld'),
  'case.held': by(['supervisor', 'approver'], '暂停付款', 'Case held'),
  'case.released': by(['supervisor', 'approver'], '解除暂停', 'Case released'),
  'recovery.received': by(['cashier', 'maker'], '收到退款', 'Repayment received'),
  'recovery.demanded': by(['maker', 'officer'], '发出追回通知', 'Repayment demanded'),
  'recovery.instalmentsAgreed': by(['approver', 'supervisor'], '同意分期退还', 'Instalments agreed'),
  'recovery.escalated': by(['approver', 'supervisor'], '移交追缴', 'Recovery escalated'),
  'recovery.setOff': by(['approver', 'supervisor'], '以另案应付款抵扣', 'Debt set off against a payment of another case'),
  'recovery.writtenOff': by(['supervisor'], '核销余额', 'Debt written off'),
  'correction.proposed': by(['officer', 'reviewer', 'approver', 'supervisor'], '提出更正', 'Correction proposed'),
  'correction.dismissed': by(['approver', 'supervisor'], '不予更正', 'Correction dismissed'),
  'decision.rescinded': by(['approver', 'supervisor'], '撤销决定', 'Decision rescinded'),
  'fact.corrected': by(['approver', 'supervisor'], '更正事实', 'Fact corrected'),
  'notice.withdrawn': by(['approver', 'supervisor'], '撤回公示', 'Notice withdrawn'),
  'payment.setOff': by(['approver', 'supervisor'], '抵扣另案应退款', 'Payment kept back for a debt of another case'),
  'recovery.restored': system('抵扣撤销，债务恢复', 'Set-off undone: the debt is owed again'),
  'payment.requested': system('发起拨付', 'Payment requested'),
  'disbursement.submitted': system('已提交银行', 'Disbursement submitted'),
  'disbursement.settled': system('已到账', 'Disbursement settled'),
  'disbursement.failed': system('支付失败', 'Disbursement failed'),
  'disbursement.returned': system('退票', 'Disbursement returned'),
  'deadline.passed': system('时限已过', 'Deadline passed'),
};

/** All event types of a policy's cases in their documented order, with who may send them and what they carry. */
export function eventTypes(policy: Policy): ReadonlyMap<string, EventType> {
  const made = typesOf.get(policy) ?? describedTypes(policy);
  typesOf.set(policy, made);
  return made;
}

/** Schemas take milliseconds to describe, and a policy never changes. */
const typesOf = new WeakMap<Policy, ReadonlyMap<string, EventType>>();

function describedTypes(policy: Policy): ReadonlyMap<string, EventType> {
  const all = { ...known, ...courseTypes(policy), ...milestoneTypes(policy) };
  const types = [...dataSchemas(policy)].map(([type, schema]): [string, EventType] => {
    const entry = all[type];
    if (!entry) throw new Error(`${policy.id}: nobody may send ${type}`);
    return [
      type,
      {
        type,
        ...entry,
        source: sourceIn(policy, type, entry.source),
        dataSchema: z.toJSONSchema(schema, { target: 'draft-2020-12' }) as Record<string, unknown>,
      },
    ];
  });
  return new Map(types);
}

/** Applicants differ by policy; a city's application is the office's own. */
function sourceIn(policy: Policy, type: string, source: Source): Source {
  if (source.kind !== 'person' || type === 'case.opened' || type.startsWith('milestone.')) return source;
  const roles = source.roles.flatMap((role): readonly Speaker[] => (role === 'institution' ? applicantsOf(policy) : [role]));
  return { kind: 'person', roles: [...new Set(roles)] };
}

function courseTypes(policy: Policy): Readonly<Record<string, Known>> {
  const { zh, en } = courseOf(policy);
  const name = `${en.charAt(0).toUpperCase()}${en.slice(1)}`;
  return {
    'delivery.interrupted': by(['institution', 'officer'], `${zh}中止`, `${name} interrupted`),
    'delivery.resumed': by(['institution', 'officer'], `${zh}恢复`, `${name} resumed`),
    'delivery.aborted': by(['officer', 'inspector'], `${zh}终止`, `${name} aborted`),
  };
}

function milestoneTypes(policy: Policy): Readonly<Record<string, Known>> {
  return Object.fromEntries(
    policy.plan.milestones.map((milestone) => [
      `milestone.${milestone.id}`,
      by(milestone.by, milestone.label.zh, milestone.label.en, milestone.requires ? 'inspect' : undefined),
    ]),
  );
}

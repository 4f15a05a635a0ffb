import { type Entry, type Policy, type Role, roleOf, type Text } from '@tranche/policies';
import { text } from './region.js';

/** One step of an application: who takes it, what it is called and which work it opens. */
export type Step = {
  readonly event: string;
  readonly to: string;
  readonly label: Text;
  /** the task it ends; handing in ends `submit` */
  readonly ends: string;
  readonly opens: { readonly task: string; readonly role: Role };
  readonly why: Text;
};

const submitted: Step = {
  event: 'application.submitted',
  to: 'submitted',
  label: text('已申报', 'Submitted'),
  ends: 'submit',
  opens: { task: 'accept', role: 'officer' },
  why: text('申报提交，办理时限自此可以起算', 'The application is in the office’s hands; legal clocks may run from now on'),
};
const accepted: Step = {
  event: 'application.accepted',
  to: 'accepted',
  label: text('已受理', 'Accepted for processing'),
  ends: 'accept',
  opens: { task: 'review', role: 'reviewer' },
  why: text('申报受理', 'The application is accepted for processing'),
};
const reviewed: Step = {
  event: 'application.reviewed',
  to: 'reviewed',
  label: text('已审核', 'Reviewed'),
  ends: 'review',
  opens: { task: 'approve', role: 'approver' },
  why: text('审核通过，报审批', 'Reviewed and put up for approval'),
};

/** How an application comes to its approval: a closed table. The last step before the approval is always `reviewed`. */
const chains: Readonly<Record<Entry, readonly Step[]>> = {
  standard: [submitted, accepted, reviewed],
  insurance: [submitted, accepted, reviewed],
  bank: [
    submitted,
    { ...accepted, why: text('银行已审核放款，受理贴息申请', 'The bank has checked the loan; the claim for interest is accepted') },
    {
      ...reviewed,
      why: text('人社、担保机构审核通过，报财政审批', 'Checked by the employment office and the guarantor, put up for approval'),
    },
  ],
  noApplication: [
    {
      event: 'application.screened',
      to: 'screened',
      label: text('数据筛查符合', 'Screened'),
      ends: 'submit',
      opens: { task: 'confirm', role: 'enterprise' },
      why: text('数据筛查符合条件，无需申请', 'The registers show that it is eligible: nobody has to apply'),
    },
    {
      event: 'application.confirmed',
      to: 'confirmed',
      label: text('账户已确认', 'Account confirmed'),
      ends: 'confirm',
      opens: { task: 'review', role: 'reviewer' },
      why: text('收款账户确认无误', 'The account is confirmed'),
    },
    { ...reviewed, why: text('抽核通过，列入批次审批', 'Sampled and put up for approval with its batch') },
  ],
  government: [
    {
      ...submitted,
      label: text('结果已录入', 'Results entered'),
      opens: { task: 'review', role: 'reviewer' },
      why: text('考核结果（申请）录入', 'The result of the assessment, or the request, is entered'),
    },
    { ...reviewed, label: text('已会签', 'Confirmed jointly'), why: text('人社、财政会签', 'Confirmed jointly by employment and finance') },
  ],
};

/** The steps of a policy's applications, in order. Who is paid confirms the account: a firm, an institution or a person. */
export const chainOf = (policy: Policy): readonly Step[] =>
  chains[policy.plan.entry].map((step) =>
    step.opens.task === 'confirm' ? { ...step, opens: { ...step.opens, role: applicantsOf(policy)[0] ?? step.opens.role } } : step,
  );

/** The roles in which a policy's applicants act; the first hands in again what was given back. */
export const applicantsOf = (policy: Policy): readonly Role[] => [...new Set(policy.payee.map((kind) => roleOf[kind]))];

/** Who writes the first event of an application. */
export const handsIn = (policy: Policy): Role =>
  policy.plan.entry === 'noApplication' ? 'officer' : (applicantsOf(policy)[0] ?? 'officer');

/** Are its people listed on rosters, taught and tested (the lists are imported), or is everything told with the events themselves? */
export const hasRoster = ({ exclusions }: Policy): boolean => exclusions.some((each) => 'subject' in each && each.subject === 'trainee');

/** What pauses, ends and is inspected: a training where people are taught, a project otherwise. */
export const courseOf = (policy: Policy): Text => (hasRoster(policy) ? text('培训', 'training') : text('项目', 'project'));

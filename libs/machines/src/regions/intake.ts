import type { Policy } from '@tranche/policies';
import { withoutMarks } from '../context.js';
import { advanceAmounts, amountsOfAcceptance, knownAmounts, reach } from '../marks.js';
import { type Arrow, deed, type Region, type Rules, text, unless, when } from '../region.js';
import { paidFen } from '../sums.js';
import { corrects } from './corrections.js';

const submit: Arrow = {
  to: 'submitted',
  when: [unless('failed')],
  does: [deed('markReceived'), deed('closeTask', { task: 'submit' }), deed('openTask', { task: 'accept', role: 'officer' })],
  why: text('申报提交，办理时限自此可以起算', 'The application is in the office’s hands; legal clocks may run from now on'),
};
const giveBack: Arrow = {
  to: 'returned',
  when: [unless('failed')],
  does: [
    deed('unmarkReceived'),
    deed('closeTask', { task: 'accept,review,approve' }),
    deed('openTask', { task: 'submit', role: 'institution' }),
  ],
  why: text('材料不齐，退回补正；重新提交前时限不计', 'Returned for completion; no legal clock runs until it is submitted again'),
};
const reject: Arrow = {
  to: 'rejected',
  when: [unless('failed')],
  does: [deed('reach', { mark: 'rejected' }), deed('closeTask', { task: 'submit,accept,review,approve' })],
  why: text('不符合条件，不予补贴；已付资金据实收回', 'Not eligible: no subsidy, and what was paid comes back'),
};
const withdraw: Arrow = {
  to: 'withdrawn',
  when: [unless('moneyOut'), unless('failed')],
  does: [deed('reach', { mark: 'withdrawn' }), deed('closeTask', { task: 'submit,accept,review,approve' })],
  why: text('机构撤回申报（尚无资金付出）', 'The institution withdraws while no money is out'),
};
const record = (zh: string, en: string): readonly Arrow[] => [{ does: [deed('noteFacts')], why: text(zh, en) }];
const recordRoster = {
  'roster.imported': record('导入学员花名册', 'The roster is imported'),
  'facts.recorded': record('填报申报事项', 'Facts of the application are recorded'),
};

/** From draft to approval. The approval fixes the estimate; rescinding it reopens the review. */
export function intake(policy: Policy): Region {
  return {
    id: 'intake',
    label: text('申报审批', 'Intake'),
    initial: 'draft',
    states: {
      draft: {
        label: text('草稿', 'Draft'),
        on: { 'application.submitted': [submit], 'application.withdrawn': [withdraw], ...recordRoster },
      },
      submitted: {
        label: text('已申报', 'Submitted'),
        on: {
          'application.accepted': [
            step('accepted', 'accept', 'review', 'reviewer', '申报受理', 'The application is accepted for processing'),
          ],
          'application.returned': [giveBack],
          'application.withdrawn': [withdraw],
        },
      },
      accepted: {
        label: text('已受理', 'Accepted for processing'),
        on: {
          'application.reviewed': [
            step('reviewed', 'review', 'approve', 'approver', '审核通过，报审批', 'Reviewed and put up for approval'),
          ],
          'application.returned': [giveBack],
          'application.rejected': [reject],
          'application.withdrawn': [withdraw],
        },
      },
      reviewed: {
        label: text('已审核', 'Reviewed'),
        on: {
          'application.approved': [approval(policy)],
          'application.returned': [giveBack],
          'application.rejected': [reject],
          'application.withdrawn': [withdraw],
        },
      },
      approved: { label: text('已审批', 'Approved'), on: { 'application.withdrawn': [withdraw], ...corrections } },
      returned: {
        label: text('退回补正', 'Returned'),
        on: {
          'application.submitted': [submit],
          'application.rejected': [reject],
          'application.withdrawn': [withdraw],
          ...recordRoster,
        },
      },
      rejected: { label: text('不予补贴', 'Rejected') },
      withdrawn: { label: text('已撤回', 'Withdrawn') },
    },
  };
}

function step(to: string, done: string, next: string, role: string, zh: string, en: string): Arrow {
  return {
    to,
    when: [unless('failed')],
    does: [deed('closeTask', { task: done }), deed('openTask', { task: next, role })],
    why: text(zh, en),
  };
}

const approval = (policy: Policy): Arrow => ({
  to: 'approved',
  when: [unless('failed'), when('eligible'), when('inWindow'), when('estimateKnown')],
  does: [deed('fixEstimate'), deed('reach', { mark: 'approved' }), deed('closeTask', { task: 'approve' }), deed('claimExclusion')],
  why: text('审批通过，预计补贴数额就此确定', 'Approved: the estimated subsidy is fixed'),
  cite: policy.cite,
});

const corrections = {
  'decision.rescinded': [
    {
      to: 'reviewed',
      when: [when('proposalMatches'), when('rescinds', { decision: 'approval' }), unless('failed')],
      does: [deed('dropEstimate'), deed('openTask', { task: 'approve', role: 'approver' })],
      why: text(
        '撤销审批，回到审批前；未付款项收回，已付款项待重新决定',
        'The approval is rescinded: what is not sent is called back, what is paid waits for the new decision',
      ),
    },
  ],
  'fact.corrected': [
    {
      when: [when('proposalMatches'), when('correctable')],
      does: [deed('fixEstimate'), deed('claimExclusion')],
      why: text('事实更正，预计补贴数额按更正后的事实重新确定', 'Facts are corrected: the estimate is fixed anew for what is not yet paid'),
    },
  ],
} satisfies Record<string, readonly Arrow[]>;

export const intakeRules: Rules = {
  guards: {
    failed: {
      label: text('培训未通过验收或已终止', 'the training failed or was aborted'),
      holds: (context) => context.reached['failed'] !== undefined,
    },
    eligible: { label: text('符合申领条件', 'every eligibility rule holds'), holds: (_, event) => event.stamp.eligible === true },
    inWindow: { label: text('在政策执行期内', 'received within the policy’s window'), holds: (_, event) => event.stamp.inWindow },
    estimateKnown: {
      label: text('预计补贴数额已知', 'the estimated amounts are known'),
      holds: (_, event, __, policy) => advanceAmounts(policy).every((name) => (event.stamp.amounts[name] ?? null) !== null),
    },
    moneyOut: {
      label: text('已有资金付出或在途', 'money is out or on its way'),
      holds: (context) => paidFen(context) > 0n || Object.values(context.payments).some((payment) => payment.sentFen !== '0'),
    },
    rescinds: {
      label: text('撤销的是该决定', 'this is the decision rescinded'),
      holds: (context, event, params) => event.data['decision'] === params['decision'] && corrects(context, event),
    },
  },
  updates: {
    markReceived: (context, event) => reach(context, event, 'received'),
    unmarkReceived: (context) => withoutMarks(context, 'received'),
    reach: (context, event, params) => reach(context, event, params['mark'] ?? ''),
    noteFacts: () => ({}),
    fixEstimate: (context, event, _, policy) => {
      const finals = amountsOfAcceptance(policy);
      const fixed = Object.fromEntries(Object.entries(knownAmounts(event)).filter(([name]) => !finals.includes(name)));
      return { amounts: { ...context.amounts, ...fixed }, exclusive: true };
    },
    dropEstimate: (context, _, __, policy) => {
      const finals = amountsOfAcceptance(policy);
      return {
        ...withoutMarks(context, 'approved'),
        amounts: Object.fromEntries(Object.entries(context.amounts).filter(([name]) => finals.includes(name))),
      };
    },
  },
  says: {
    claimExclusion: () => [{ kind: 'claimExclusion' }],
  },
};

import { holds, noticeChosen, OWN_AMOUNTS, type Policy } from '@tranche/policies';
import { branchNames, type CaseContext, type Heard, withoutMarks } from '../context.js';
import { chainOf, handsIn, hasRoster, type Step } from '../entries.js';
import { advanceAmounts, amountsOfAcceptance, knownAmounts, reach, unknownAmounts } from '../marks.js';
import { type Arrow, deed, type Region, type RegionState, type Rules, text, unless, when } from '../region.js';
import { paidFen } from '../sums.js';
import { corrects } from './corrections.js';

const noted = (policy: Policy) => (branchNames(policy).length > 0 ? [deed('noteBranches')] : []);

const handIn = (policy: Policy, { to, ends, opens, why }: Step): Arrow => ({
  to,
  when: [unless('failed'), when('complete')],
  does: [deed('markReceived'), ...noted(policy), deed('closeTask', { task: ends }), deed('openTask', opens)],
  why,
});
const giveBack = (policy: Policy): Arrow => ({
  to: 'returned',
  when: [unless('failed')],
  does: [
    deed('unmarkReceived'),
    deed('closeTask', { task: tasksOf(policy).slice(1).join() }),
    deed('openTask', { task: 'submit', role: handsIn(policy) }),
  ],
  why: text('材料不齐，退回补正；重新提交前时限不计', 'Returned for completion; no legal clock runs until it is submitted again'),
});
const reject = (policy: Policy): Arrow => ({
  to: 'rejected',
  when: [unless('failed')],
  does: [deed('reach', { mark: 'rejected' }), deed('closeTask', { task: tasksOf(policy).join() })],
  why: text('不符合条件，不予补贴；已付资金据实收回', 'Not eligible: no subsidy, and what was paid comes back'),
});
const withdraw = (policy: Policy): Arrow => ({
  to: 'withdrawn',
  when: [unless('moneyOut'), unless('failed')],
  does: [deed('reach', { mark: 'withdrawn' }), deed('closeTask', { task: tasksOf(policy).join() })],
  why: hasRoster(policy)
    ? text('机构撤回申报（尚无资金付出）', 'The institution withdraws while no money is out')
    : text('申报人撤回（尚无资金付出）', 'The applicant withdraws while no money is out'),
});
/** Every task of the chain, in order. */
const tasksOf = (policy: Policy): readonly string[] => ['submit', ...chainOf(policy).map(({ opens }) => opens.task)];
const record = (zh: string, en: string): readonly Arrow[] => [{ does: [deed('noteFacts')], why: text(zh, en) }];
const recordFacts = (policy: Policy) => ({
  ...(hasRoster(policy) ? { 'roster.imported': record('导入学员花名册', 'The roster is imported') } : {}),
  'facts.recorded': record('填报申报事项', 'Facts of the application are recorded'),
});

/** From draft to approval. The approval fixes the estimate; rescinding it reopens the review. */
export function intake(policy: Policy): Region {
  const chain = chainOf(policy);
  const first = chain[0]!;
  return {
    id: 'intake',
    label: text('申报审批', 'Intake'),
    initial: 'draft',
    states: {
      draft: {
        label: text('草稿', 'Draft'),
        on: { [first.event]: [handIn(policy, first)], 'application.withdrawn': [withdraw(policy)], ...recordFacts(policy) },
      },
      ...Object.fromEntries(chain.map((step, at) => [step.to, inHand(policy, chain, step, at)])),
      approved: {
        label: text('已审批', 'Approved'),
        on: { 'application.withdrawn': [withdraw(policy)], ...corrections(policy), ...objected(policy) },
      },
      returned: {
        label: text('退回补正', 'Returned'),
        on: {
          [first.event]: [handIn(policy, first)],
          'application.rejected': [reject(policy)],
          'application.withdrawn': [withdraw(policy)],
          ...recordFacts(policy),
        },
      },
      rejected: { label: text('不予补贴', 'Rejected') },
      withdrawn: { label: text('已撤回', 'Withdrawn') },
    },
  };
}

/** A state of the office's work: the next step, or back, out, or withdrawn. */
function inHand(policy: Policy, chain: readonly Step[], { label }: Step, at: number): RegionState {
  const next = chain[at + 1];
  return {
    label,
    on: {
      ...(next ? { [next.event]: [taken(next)] } : { 'application.approved': [approval(policy)] }),
      'application.returned': [giveBack(policy)],
      ...(at > 0 ? { 'application.rejected': [reject(policy)] } : {}),
      'application.withdrawn': [withdraw(policy)],
    },
  };
}

const taken = ({ to, ends, opens, why }: Step): Arrow => ({
  to,
  when: [unless('failed')],
  does: [deed('closeTask', { task: ends }), deed('openTask', opens)],
  why,
});

const approval = (policy: Policy): Arrow => ({
  to: 'approved',
  when: [
    unless('failed'),
    when('eligible'),
    when('inWindow'),
    when('estimateKnown'),
    ...(branchNames(policy).length > 0 ? [when('branchesKnown')] : []),
    ...(policy.plan.claims ? [when('termsKnown')] : []),
    ...(finalAtApproval(policy) ? [when('finalKnown', { mark: 'approved' })] : []),
  ],
  does: [
    ...noted(policy),
    deed('fixEstimate'),
    deed('reach', { mark: 'approved' }),
    deed('closeTask', { task: 'approve' }),
    deed('claimExclusion'),
  ],
  why: text('审批通过，预计补贴数额就此确定', 'Approved: the estimated subsidy is fixed'),
  cite: policy.cite,
});

/** Does the approval itself fix the amount? */
const finalAtApproval = ({ plan }: Policy): boolean =>
  !plan.acceptance && plan.entitlement.some(({ opens }) => opens.every((mark) => mark === 'approved'));

const corrections = (policy: Policy) => ({
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
      does: [...noted(policy), deed('fixEstimate'), deed('claimExclusion')],
      why: text('事实更正，预计补贴数额按更正后的事实重新确定', 'Facts are corrected: the estimate is fixed anew for what is not yet paid'),
    },
  ],
});

/** An objection to the notice before payment goes against the approval itself. */
function objected(policy: Policy): Record<string, readonly Arrow[]> {
  if (!noticeChosen(policy.plan)) return {};
  const conditions = [when('objectionOpen'), when('noticeRuns'), unless('failed')];
  return {
    'objection.upheld': [
      {
        to: 'rejected',
        when: [...conditions, when('consequence', { is: 'failed' })],
        does: [deed('reach', { mark: 'rejected' })],
        why: text('公示期间异议成立：不予补贴', 'An objection to the notice is upheld: no subsidy'),
      },
      {
        to: 'reviewed',
        when: [...conditions, when('consequence', { is: 'recompute' })],
        does: [deed('dropEstimate'), deed('openTask', { task: 'approve', role: 'approver' })],
        why: text(
          '公示期间异议成立：撤回审批，重新决定',
          'An objection to the notice is upheld: the approval is taken back and decided again',
        ),
      },
    ],
  };
}

export const intakeRules: Rules = {
  guards: {
    complete: {
      label: text('申报材料齐全', 'nothing that the approval asks for is missing'),
      holds: (_, event, __, policy) => event.probe === true || unknownAtReceipt(event, policy).length === 0,
      waitsFor: (_, event, __, policy) => unknownAtReceipt(event, policy),
    },
    failed: {
      label: text('未通过验收或已终止', 'it was not accepted or was aborted'),
      holds: (context) => context.reached['failed'] !== undefined,
    },
    eligible: {
      label: text('符合申领条件', 'every eligibility rule holds'),
      holds: (_, event) => event.stamp.eligible === true,
      waitsFor: (_, { stamp }) => (stamp.eligible === null ? stamp.unmet : []),
    },
    inWindow: { label: text('在政策执行期内', 'received within the policy’s window'), holds: (_, event) => event.stamp.inWindow },
    estimateKnown: {
      label: text('预计补贴数额已知', 'the estimated amounts are known'),
      holds: (_, event, __, policy) => advanceAmounts(policy).every((name) => (event.stamp.amounts[name] ?? null) !== null),
      waitsFor: (_, { stamp }, __, policy) => unknownAmounts(stamp, advanceAmounts(policy)),
    },
    branchesKnown: {
      label: text('各分支条件均已明确', 'every condition the plan turns on is decided'),
      holds: (_, event, __, policy) =>
        event.probe === true || branchNames(policy).every((name) => (event.stamp.conditions[name] ?? null) !== null),
      waitsFor: (_, { stamp }, __, policy) => branchNames(policy).filter((name) => (stamp.conditions[name] ?? null) === null),
    },
    termsKnown: {
      label: text('享受期限已知', 'the terms of the claims are known'),
      holds: (_, event) => event.probe === true || Object.values(event.stamp.counts ?? {}).every((count) => count !== null),
    },
    finalKnown: {
      label: text('由此确定的补贴数额已知', 'the amount this fixes is known'),
      holds: (context, event, params, policy) =>
        event.probe === true || finalUnknown(context, event, params['mark'] ?? '', policy).length === 0,
      waitsFor: (context, event, params, policy) => finalUnknown(context, event, params['mark'] ?? '', policy),
    },
    moneyOut: {
      label: text('已有资金付出或在途', 'money is out or on its way'),
      holds: (context) => paidFen(context) > 0n || Object.values(context.payments).some((payment) => payment.sentFen !== '0'),
    },
    rescinds: {
      label: text('撤销的是该决定', 'this is the decision rescinded'),
      holds: (context, event, { decision, ...of }, policy) =>
        event.data['decision'] === decision &&
        Object.entries(of).every(([name, value]) => event.data[name] === value) &&
        corrects(context, event, policy),
    },
  },
  updates: {
    markReceived: (context, event) => reach(context, event, 'received'),
    unmarkReceived: (context) => withoutMarks(context, 'received'),
    reach: (context, event, params) => reach(context, event, params['mark'] ?? ''),
    noteFacts: () => ({}),
    noteBranches: (context, event, _, policy) => {
      const known = branchNames(policy).flatMap((name): [string, boolean][] => {
        const value = event.stamp.conditions[name] ?? null;
        return value === null ? [] : [[name, value]];
      });
      return { conditions: { ...context.conditions, ...Object.fromEntries(known) } };
    },
    fixEstimate: (context, event, _, policy) => {
      const finals = amountsOfAcceptance(policy);
      const fixed = Object.fromEntries(Object.entries(knownAmounts(event)).filter(([name]) => !finals.includes(name)));
      return { amounts: { ...context.amounts, ...fixed }, exclusive: true, ...termsFixed(context, event) };
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

/** Amounts of the rows that this mark completes and that are not known. */
function finalUnknown(context: CaseContext, event: Heard, mark: string, { plan }: Policy): readonly string[] {
  const rows = plan.entitlement.filter(
    ({ opens, when: condition, amount }) =>
      opens.includes(mark) &&
      opens.every((each) => each === mark || context.reached[each] !== undefined) &&
      holds(condition, { ...context.conditions, ...event.stamp.conditions }) !== false &&
      !OWN_AMOUNTS.includes(amount as 'earned'),
  );
  return unknownAmounts(
    event.stamp,
    rows.map(({ amount }) => amount),
  );
}

/**
 * What the applicant's own list has to say and does not: the roster, without which nothing is estimated. Five working days run from a
 * complete application, so one without it is not received. What the office learns from registers may still be told later.
 */
const unknownAtReceipt = (event: Heard, policy: Policy): readonly string[] =>
  hasRoster(policy) ? unknownAmounts(event.stamp, advanceAmounts(policy)) : [];

/** Terms of claims, as the approval (or a correction) knows them. */
function termsFixed({ claims }: CaseContext, { stamp }: Heard): Pick<CaseContext, 'claims'> {
  if (!claims) return {};
  const known = Object.entries(stamp.counts ?? {}).filter((entry): entry is [string, number] => entry[1] !== null);
  return { claims: { ...claims, counts: { ...claims.counts, ...Object.fromEntries(known) } } };
}

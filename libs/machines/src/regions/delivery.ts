import { type Milestone, noticeBefore, type Plan, type Policy } from '@tranche/policies';
import { provenMilestones, returnCite } from '../doubts.js';
import { courseOf, hasRoster } from '../entries.js';
import { inOrder } from '../marks.js';
import { type Arrow, deed, type Region, type RegionState, text, unless, when } from '../region.js';
import { decisionsBeforeInspection, decisionsOnObjections, noticeStates, objectionClocks } from './notice.js';

/** What is carried out: its milestones in order, its acceptance, its public notice. */
export function delivery(policy: Policy): Region | null {
  const plan = { ...policy.plan, milestones: inOrder(policy) };
  if (plan.milestones.length === 0 && !plan.acceptance) return null;
  const notice = noticeBefore(plan);
  if (notice && !plan.acceptance) throw new Error(`${policy.id}: a notice before the remainder needs an acceptance to publish`);
  const last = plan.milestones.at(-1)?.id ?? 'pending';
  return {
    id: 'delivery',
    label: hasRoster(policy) ? text('培训进程', 'Delivery') : text('办理进程', 'Delivery'),
    initial: 'pending',
    states: {
      pending: beforeEnd(policy, plan, -1),
      ...Object.fromEntries(plan.milestones.map((milestone, index) => [milestone.id, stateOf(policy, plan, milestone, index)])),
      ...(plan.acceptance ? { ...afterAcceptance(policy, last), failed: failed(policy, last) } : {}),
    },
    ...(notice ? { on: objectionClocks(notice) } : {}),
  };
}

function stateOf(policy: Policy, plan: Plan, milestone: Milestone, index: number): RegionState {
  const isLast = index === plan.milestones.length - 1;
  const fallen = isLast ? null : fallenLater(policy, plan, index);
  if (!isLast) return { ...beforeEnd(policy, plan, index), label: milestone.label, ...(fallen ? { always: [fallen] } : {}) };
  return { label: milestone.label, on: plan.acceptance ? inspections(policy, milestone.id) : {} };
}

function beforeEnd(policy: Policy, plan: Plan, index: number): RegionState {
  const course = courseOf(policy);
  const abort: Arrow | null = plan.acceptance
    ? {
        to: 'failed',
        when: [when('stands'), when('underway')],
        does: [deed('fail', { by: 'abort' }), deed('closeTask', { task: inspected(policy).replace('inspect', 'verify') })],
        why: text(`${course.zh}终止，按未通过验收处理`, `The ${course.en} is aborted: treated as not passed`),
        cite: plan.acceptance.onFailureCite,
      }
    : null;
  return {
    label: text('未开始', 'Not started'),
    on: {
      ...nextMilestones(plan, index),
      ...(hasRoster(policy) ? { 'attendance.imported': attendance(policy, plan, index) } : {}),
      ...(abort ? { 'delivery.aborted': [abort] } : {}),
    },
  };
}

/** A list of what was held: it may prove the next milestone, and it may no longer prove one that was verified and paid on. */
function attendance(policy: Policy, plan: Plan, index: number): readonly Arrow[] {
  const next = plan.milestones[index + 1];
  const cite = returnCite(policy);
  const proven = cite === null ? [] : plan.milestones.slice(0, index + 1).filter(({ requires }) => requires !== undefined);
  const falls = fallsAt(policy, plan, index);
  const doubts = proven.map(
    ({ id, label, requires = '' }): Arrow => ({
      when: [when('stands'), when('reached', { mark: id }), when('unproven', { name: requires })],
      does: [deed('noteFacts'), deed('noteUnproven', { mark: id }), deed('doubt', { milestone: id })],
      why: text(
        `考勤改低，不再满足“${label.zh}”：提示核对；已拨资金待验收核定后据实结算，不自动追回`,
        `Attendance was lowered and no longer proves “${label.en}”: to be looked into. What was paid stands until the assessment; nothing comes back by itself`,
      ),
      ...(cite ? { cite } : {}),
    }),
  );
  const settled = proven.length > 0 ? [deed('noteProven'), deed('closeTask', { task: 'recheck' })] : [];
  const verify: Arrow[] = next?.requires
    ? [
        {
          when: [when('stands'), when('condition', { name: next.requires })],
          does: [deed('openTask', { task: 'verify', role: next.by[0] ?? 'inspector' }), ...settled],
          why: text(
            `考勤已满足条件，待核实“${next.label.zh}”`,
            `Attendance meets the condition: “${next.label.en}” waits for verification`,
          ),
        },
      ]
    : [];
  const isLate = plan.acceptance !== undefined && index === plan.milestones.length - 1;
  const why = isLate ? text('补报考勤', 'Attendance is imported late') : text('导入考勤', 'Attendance is imported');
  return [...(falls ? [falls] : []), ...doubts, ...verify, { when: [when('stands')], does: [deed('noteFacts'), ...settled], why }];
}

/** The milestone reached last, if a list proved it: while no money is out on it, a list that disproves it takes its verification back. */
function fallsAt(policy: Policy, plan: Plan, index: number): (Arrow & { readonly to: string }) | null {
  const { id = '', label, requires } = plan.milestones[index] ?? {};
  const cite = returnCite(policy);
  if (!label || requires === undefined || cite === null || !hasRoster(policy)) return null;
  return {
    to: plan.milestones[index - 1]?.id ?? 'pending',
    when: [when('stands'), when('reached', { mark: id }), when('unproven', { name: requires }), unless('outOnMark', { mark: id })],
    does: [deed('noteFacts'), deed('unreach', { mark: id })],
    why: text(
      `考勤改低，不再满足“${label.zh}”，且据此尚无资金付出：核实随之失效，待重新核实`,
      `Attendance was lowered and no longer proves “${label.en}”, and no money is out on it: it has to be verified again`,
    ),
    cite,
  };
}

/** The same, found later: what was on its way when the proof fell did not arrive, or came back. */
function fallenLater(policy: Policy, plan: Plan, index: number): Arrow | null {
  const falls = fallsAt(policy, plan, index);
  const { id = '', label } = plan.milestones[index] ?? {};
  if (!falls || !label) return null;
  return {
    to: falls.to,
    when: [when('stands'), when('notedUnproven', { mark: id }), unless('outOnMark', { mark: id })],
    does: [deed('unreach', { mark: id }), deed('noteProven'), deed('closeTask', { task: 'recheck' })],
    why: text(
      `“${label.zh}”已不再满足，据此送出的资金又未付成：核实随之失效，待重新核实`,
      `“${label.en}” is no longer proven, and the money sent on it did not stay out: it has to be verified again`,
    ),
    ...(falls.cite ? { cite: falls.cite } : {}),
  };
}

/** What is closed with the inspection: an assessment settles what was in doubt. */
const inspected = (policy: Policy): string =>
  hasRoster(policy) && returnCite(policy) !== null && provenMilestones(policy).length > 0 ? 'inspect,recheck' : 'inspect';

/** The next milestone, and those after it as long as what lies between may be left out. */
function nextMilestones(plan: Plan, index: number): Record<string, readonly Arrow[]> {
  const reachable: Milestone[] = [];
  for (const milestone of plan.milestones.slice(index + 1)) {
    reachable.push(milestone);
    if (!milestone.optional && !mayBeLeftOut(plan, milestone)) break;
  }
  return Object.fromEntries(
    reachable.map((milestone) => [
      `milestone.${milestone.id}`,
      [
        {
          to: milestone.id,
          when: [
            when('stands'),
            unless('interrupted'),
            when('inOrder', { mark: milestone.id }),
            ...(milestone.requires ? [when('condition', { name: milestone.requires })] : []),
            ...(plan.acceptance ? [] : [when('finalKnown', { mark: milestone.id })]),
          ],
          does: [
            ...(plan.acceptance ? [] : [deed('assess')]),
            deed('reach', { mark: milestone.id }),
            deed('closeTask', { task: 'verify' }),
            ...endTasks(plan, milestone),
          ],
          why: text(`到达节点“${milestone.label.zh}”`, `Milestone “${milestone.label.en}” is reached`),
          cite: milestone.cite,
        },
      ],
    ]),
  );
}

const endTasks = (plan: Plan, milestone: Milestone) =>
  plan.acceptance && milestone.id === plan.milestones.at(-1)?.id ? [deed('openTask', { task: 'inspect', role: 'inspector' })] : [];

/** A milestone that only opens payments which lapse on a later one anyway: leaving it out means they lapse, as planned. */
export function mayBeLeftOut(plan: Plan, milestone: Milestone): boolean {
  const opened = plan.advances.filter((advance) => advance.opens.includes(milestone.id));
  const needed = plan.entitlement.some((row) => row.opens.includes(milestone.id));
  return !needed && opened.length > 0 && opened.every((advance) => advance.lapsesOn !== undefined);
}

function inspections(policy: Policy, last: string): RegionState['on'] {
  const { acceptance } = policy.plan;
  const notice = noticeBefore(policy.plan);
  if (!acceptance) return {};
  const conditions = [when('stands'), when('inOrder', { mark: 'accepted' })];
  return {
    ...(notice ? decisionsBeforeInspection() : {}),
    'attendance.imported': attendance(policy, { ...policy.plan, milestones: inOrder(policy) }, policy.plan.milestones.length - 1),
    'results.imported': [
      { when: [when('stands')], does: [deed('noteFacts')], why: text('导入验收结果', 'Acceptance results are imported') },
    ],
    'acceptance.passed': [
      {
        to: notice ? 'accepted' : 'settled',
        when: [...conditions, when('assessmentKnown')],
        does: [
          deed('assess'),
          deed('reach', { mark: 'accepted' }),
          ...(notice ? [] : [deed('reach', { mark: 'settled' })]),
          deed('closeTask', { task: inspected(policy) }),
          ...(notice ? [deed('openTask', { task: 'publish', role: 'officer' })] : []),
        ],
        why: text('验收合格，核定补贴数额', 'Acceptance passed: the amount is assessed'),
        cite: acceptance.cite,
      },
    ],
    'acceptance.failed': [
      {
        to: 'failed',
        when: [...conditions, when('lastAttempt')],
        does: [deed('countFailure'), deed('fail', { by: 'acceptance' }), deed('closeTask', { task: inspected(policy) })],
        why: text('最后一次验收未通过，据实收回预拨的资金', 'The last inspection failed: what was advanced is recovered as actually paid'),
        cite: acceptance.onFailureCite,
      },
      {
        to: last,
        when: [...conditions, unless('lastAttempt')],
        does: [deed('countFailure'), deed('openTask', { task: 'inspect', role: 'inspector' })],
        why: text('验收未通过，可整改后复验', 'The inspection failed; a re-inspection is left'),
        cite: acceptance.cite,
      },
    ],
  };
}

function afterAcceptance(policy: Policy, last: string): Record<string, RegionState> {
  const notice = noticeBefore(policy.plan);
  const rescind = rescindAcceptance(last);
  const settled: RegionState = {
    label: notice ? text('公示无异议', 'Notice over without objection') : text('验收合格', 'Accepted'),
    on: {
      'decision.rescinded': [rescind],
      'fact.corrected': [{ ...reassess(notice ? 'accepted' : 'settled') }],
    },
  };
  return notice ? { ...noticeStates(policy, notice, rescind, reassess('accepted')), settled } : { settled };
}

const rescindAcceptance = (last: string): Arrow => ({
  to: last,
  when: [when('proposalMatches'), when('rescinds', { decision: 'acceptance' })],
  does: [
    deed('withdrawNotice'),
    deed('dropAssessment'),
    deed('closeTask', { task: 'publish' }),
    deed('openTask', { task: 'inspect', role: 'inspector' }),
  ],
  why: text('撤销验收决定，回到验收前；公示随之撤回', 'The acceptance is rescinded: inspect again; a running notice is withdrawn'),
});

/** With a notice, what is assessed again is published again; without one, the amount is fixed anew at once. */
const reassess = (to: string): Arrow =>
  to === 'accepted'
    ? {
        to,
        when: [when('proposalMatches'), when('correctable')],
        does: [deed('withdrawNotice'), deed('reassess'), deed('openTask', { task: 'publish', role: 'officer' })],
        why: text('事实更正，重新核定数额并重新公示', 'Facts are corrected: the amount is assessed again and published again'),
      }
    : {
        to,
        when: [when('proposalMatches'), when('correctable')],
        does: [deed('assess')],
        why: text('事实更正，重新核定数额', 'Facts are corrected: the amount is assessed again'),
      };

function failed(policy: Policy, last: string): RegionState {
  const milestones = inOrder(policy);
  const resume = [...milestones].reverse().map(
    (milestone): Arrow => ({
      to: milestone.id,
      when: [when('proposalMatches'), when('rescinds', { decision: 'acceptance' }), when('reached', { mark: milestone.id })],
      does: [deed('dropFailure'), ...(milestone.id === last ? [deed('openTask', { task: 'inspect', role: 'inspector' })] : [])],
      why: text(`撤销未通过（终止）决定，回到“${milestone.label.zh}”`, `The failure is rescinded: back to “${milestone.label.en}”`),
    }),
  );
  const restart: Arrow = {
    to: 'pending',
    when: [when('proposalMatches'), when('rescinds', { decision: 'acceptance' })],
    does: [deed('dropFailure')],
    why: text('撤销终止决定，回到未开始', 'The abort is rescinded: not started'),
  };
  return {
    label: text('未通过', 'Failed'),
    on: { 'decision.rescinded': [...resume, restart], ...(noticeBefore(policy.plan) ? decisionsOnObjections() : {}) },
  };
}

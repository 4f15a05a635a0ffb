import type { Plan, Policy } from '@tranche/policies';
import { met, startOf, withClock, withoutClocks } from '../clocks.js';
import type { CaseContext, Heard } from '../context.js';
import { lastDeliveryDay } from '../marks.js';
import { type Arrow, deed, type RegionState, type Rules, text, unless, when } from '../region.js';

type Notice = Extract<Plan['notice'], { when: 'beforeRemainder' }>;
const openAtOnce = 50;

/** Deadline key of the current notice, and of an objection. */
export const noticeKey = (context: CaseContext): string => `notice:${context.notice.no}`;
export const objectionKey = (id: string): string => `objection:${id}`;

const afterWithdrawal = [deed('sayNoticeWithdrawn'), deed('withdrawNotice')];
/** Of an objection that waits for a decision: it gets one. */
export const openDecision = [when('objectionOpen')];
export const close = [deed('decideObjection'), deed('dropObjection')];

/** From acceptance to the end of the public notice. */
export function noticeStates(policy: Policy, notice: Notice, rescind: Arrow, reassess: Arrow): Record<string, RegionState> {
  const withdrawing = (arrow: Arrow): Arrow => ({ ...arrow, does: [deed('sayNoticeWithdrawn'), ...(arrow.does ?? [])] });
  const corrections = { 'decision.rescinded': [withdrawing(rescind)], 'fact.corrected': [withdrawing(reassess)] };
  const posted = {
    'decision.rescinded': [
      withdrawing(rescind),
      unpublish('rescinds', '撤销审批，公示随之撤回', 'The approval is rescinded; the notice is withdrawn'),
    ],
    'fact.corrected': [withdrawing(reassess)],
    'notice.withdrawn': [unpublish('correctable', '撤回公示，须重新公示', 'The notice is withdrawn and must be posted again')],
  };
  const leave: readonly Arrow[] = [
    {
      to: 'accepted',
      when: [unless('stands')],
      does: afterWithdrawal,
      why: text('申请已不成立，公示撤回', 'The application no longer stands; the notice is withdrawn'),
    },
  ];
  return {
    accepted: {
      label: text('验收合格待公示', 'Accepted, notice to be posted'),
      on: { 'notice.posted': posting(notice), ...decisionsOnObjections('recomputing'), ...corrections },
    },
    noticed: { label: text('公示中', 'Notice posted'), on: { ...running(notice), ...posted }, always: leave },
    objected: { label: text('异议核查中', 'Objection under review'), on: { ...contested(notice), ...posted }, always: leave },
    recomputing: {
      label: text('异议成立，重新核定', 'Objection upheld, to be assessed again'),
      on: {
        'results.imported': [
          {
            to: 'accepted',
            when: [when('stands'), when('assessmentKnown')],
            does: [deed('assess'), deed('closeTask', { task: 'reassess' }), deed('openTask', { task: 'publish', role: 'officer' })],
            why: text('按核查结果重新核定数额，须重新公示', 'Assessed again after the objection; it must be published again'),
            cite: policy.plan.notice?.cite ?? policy.cite,
          },
        ],
        ...decisionsOnObjections('recomputing'),
        ...corrections,
      },
    },
  };
}

function unpublish(condition: string, zh: string, en: string): Arrow {
  const applies = condition === 'rescinds' ? when('rescinds', { decision: 'approval' }) : when(condition);
  return {
    to: 'accepted',
    when: [when('proposalMatches'), applies],
    does: [...afterWithdrawal, deed('openTask', { task: 'publish', role: 'officer' })],
    why: text(zh, en),
  };
}

/** The arrows that publish; an objection that is still open is decided under the new notice. */
export function posting(
  notice: Pick<Notice, 'cite'>,
  conditions: NonNullable<Arrow['when']> = [when('stands'), when('approved'), when('afterAcceptance')],
): readonly Arrow[] {
  const post = {
    does: [deed('postNotice'), deed('sayNoticePosted'), deed('closeTask', { task: 'publish' })],
    cite: notice.cite,
  };
  return [
    {
      to: 'noticed',
      when: [...conditions, unless('anyObjection')],
      why: text('核定结果公示', 'The assessed result is published'),
      ...post,
    },
    {
      to: 'objected',
      when: [...conditions, when('anyObjection')],
      why: text('公示时尚有异议未决', 'Published while an earlier objection is still undecided'),
      ...post,
    },
  ];
}

const raise = (notice: Pick<Notice, 'cite'>): Arrow => ({
  to: 'objected',
  when: [when('mayObject')],
  does: [deed('noteObjection'), deed('recordObjection'), deed('openTask', { task: 'objection', role: 'reviewer' })],
  why: text('公示期内提出异议', 'An objection is raised within the notice'),
  cite: notice.cite,
});

/** Where a notice leads that ended without an open objection, and what it brings about. */
export type End = { readonly to: string; readonly does: NonNullable<Arrow['does']> };
const settled: End = { to: 'settled', does: [deed('sayNoticeClear'), deed('clearNotice')] };

/** While nobody objects. */
export function running(notice: Pick<Notice, 'cite'>, end = settled): Record<string, readonly Arrow[]> {
  return {
    'objection.raised': [raise(notice)],
    'deadline.passed': [
      {
        to: end.to,
        when: [when('noticeEnds')],
        does: end.does,
        why: text('公示期满无异议', 'The notice ended without objection'),
        cite: notice.cite,
      },
    ],
  };
}

/** While an objection is undecided. */
export function contested(notice: Pick<Notice, 'cite'>, end = settled, success = upheld('recomputing')): Record<string, readonly Arrow[]> {
  const decided = [...openDecision, when('lastObjection')];
  return {
    'objection.raised': [raise(notice)],
    'deadline.passed': [
      {
        when: [when('noticeEnds')],
        does: [deed('sayNoticeEnded'), deed('endNotice')],
        why: text('公示期满，异议未决，等待核查决定', 'The notice ended; it waits for the decision on the objection'),
        cite: notice.cite,
      },
    ],
    'objection.rejected': [
      {
        to: end.to,
        when: [...decided, when('noticeEnded')],
        does: [...close, ...end.does, deed('closeTask', { task: 'objection' })],
        why: text(
          '异议不成立，公示期已满：自决定之日起算',
          'Objection rejected after the end of the notice: settled on the day of the decision',
        ),
        cite: notice.cite,
      },
      {
        to: 'noticed',
        when: [...decided, unless('noticeEnded')],
        does: [...close, deed('closeTask', { task: 'objection' })],
        why: text('异议不成立，公示继续', 'Objection rejected; the notice runs on'),
        cite: notice.cite,
      },
      {
        when: [...openDecision, unless('lastObjection')],
        does: close,
        why: text('异议不成立，另有异议待决', 'Objection rejected; another is still open'),
      },
    ],
    'objection.upheld': success,
  };
}

function upheld(recompute?: string): readonly Arrow[] {
  const end = [...close, ...afterWithdrawal, deed('closeTask', { task: 'objection,publish' })];
  return [
    {
      to: 'failed',
      when: [...openDecision, when('consequence', { is: 'failed' })],
      does: [...end, deed('fail', { by: 'objection' })],
      why: text('异议成立，验收不予通过', 'Objection upheld: the acceptance fails'),
    },
    {
      ...(recompute ? { to: recompute } : {}),
      when: [...openDecision, when('consequence', { is: 'recompute' })],
      does: [...end, deed('openTask', { task: 'reassess', role: 'officer' })],
      why: text('异议成立，重新核定并重新公示', 'Objection upheld: assess again and publish again'),
    },
  ];
}

/** Objections that outlived their notice still get their answer. */
export function decisionsOnObjections(recompute?: string): Record<string, readonly Arrow[]> {
  const answer = (zh: string, en: string): Arrow => ({ when: openDecision, does: close, why: text(zh, en) });
  return {
    'objection.rejected': [answer('遗留异议不成立', 'A left-over objection is rejected')],
    'objection.upheld': recompute ? upheld(recompute) : [answer('遗留异议成立', 'A left-over objection is upheld')],
  };
}

/** Objections left behind by an acceptance rescinded during its notice: each gets its answer before the next inspection, or the case could never close. */
export function decisionsBeforeInspection(): Record<string, readonly Arrow[]> {
  const answered = [...close, deed('closeTask', { task: 'objection' })];
  return {
    'objection.rejected': [
      {
        when: [...openDecision, when('lastObjection')],
        does: answered,
        why: text('遗留异议不成立', 'A left-over objection is rejected'),
      },
      {
        when: [...openDecision, unless('lastObjection')],
        does: close,
        why: text('遗留异议不成立，另有异议待决', 'A left-over objection is rejected; another is still open'),
        safeguard: true,
      },
    ],
    'objection.upheld': [
      {
        to: 'failed',
        when: [...openDecision, when('consequence', { is: 'failed' })],
        does: [...answered, deed('closeTask', { task: 'inspect' }), deed('fail', { by: 'objection' })],
        why: text('异议成立，验收不予通过', 'Objection upheld: the acceptance fails'),
      },
      {
        when: [...openDecision, when('consequence', { is: 'recompute' })],
        does: answered,
        why: text('异议成立，由下次验收重新核定', 'Objection upheld: the next inspection assesses again'),
      },
    ],
  };
}

export const objectionClocks = (notice: Pick<Notice, 'objectionDecision'>): Record<string, readonly Arrow[]> => ({
  'deadline.passed': [
    {
      when: [when('clockRuns', { prefix: 'objection:' })],
      does: [deed('passClock'), deed('suspectBreach')],
      why: text('异议核查时限已过，仍须作出决定', 'The time to decide the objection has passed; it must still be decided'),
      cite: notice.objectionDecision.cite,
    },
  ],
});

const idOf = (event: Heard): string => String(event.data['objection'] ?? '');

export const noticeRules: Rules = {
  guards: {
    approved: { label: text('申报已审批', 'the application is approved'), holds: (context) => context.reached['approved'] !== undefined },
    afterAcceptance: {
      label: text('公示日不早于验收日', 'not dated before the acceptance'),
      holds: (context, event, _, policy) => event.on >= (lastDeliveryDay(context, policy) ?? ''),
    },
    anyObjection: { label: text('有异议未决', 'an objection is open'), holds: (context) => context.objections.length > 0 },
    mayObject: {
      label: text('公示期内的新异议', 'a new objection within the notice'),
      holds: (context, event) =>
        context.notice.endedOn === null && context.objections.length < openAtOnce && !context.objections.includes(idOf(event)),
    },
    objectionOpen: {
      label: text('该异议待决', 'this objection is open'),
      holds: (context, event) => context.objections.includes(idOf(event)),
    },
    lastObjection: {
      label: text('这是最后一项未决异议', 'no other objection is open'),
      holds: (context) => context.objections.length === 1,
    },
    noticeEnds: {
      label: text('到期的是本次公示', 'it is this notice that ends'),
      holds: (context, event) => event.data['key'] === noticeKey(context) && context.clocks[noticeKey(context)] !== undefined,
    },
    noticeEnded: { label: text('公示期已满', 'the notice has ended'), holds: (context) => context.notice.endedOn !== null },
    consequence: {
      label: text('异议成立的后果', 'what the decision leads to'),
      holds: (_, event, params) => event.data['consequence'] === params['is'],
    },
    clockRuns: {
      label: text('该时限正在计算', 'this clock is running'),
      holds: (context, event, params) => {
        const key = String(event.data['key'] ?? '');
        return (params['key'] ? key === params['key'] : key.startsWith(params['prefix'] ?? '')) && context.clocks[key] === 'running';
      },
    },
  },
  updates: {
    postNotice: (context, event) => {
      const notice = { no: context.notice.no + 1, postedOn: event.on, endedOn: null };
      return { notice, ...withClock(context, `notice:${notice.no}`, 'running') };
    },
    endNotice: (context, event) => ({ notice: { ...context.notice, endedOn: event.on }, ...withoutClocks(context, noticeKey(context)) }),
    clearNotice: (context, event) => ({
      reached: { ...context.reached, settled: later(context.notice.endedOn, event.on) },
      notice: { no: context.notice.no, postedOn: null, endedOn: null },
      ...withoutClocks(context, noticeKey(context)),
    }),
    noteObjection: (context, event) => ({
      objections: [...context.objections, idOf(event)],
      ...withClock(context, objectionKey(idOf(event)), 'running'),
    }),
    dropObjection: (context, event) => ({
      objections: context.objections.filter((id) => id !== idOf(event)),
      ...withoutClocks(context, objectionKey(idOf(event))),
    }),
    passClock: (context, event) => withClock(context, String(event.data['key']), 'passed'),
  },
  says: {
    sayNoticePosted: (context, event, _, policy) => [
      { kind: 'postNotice', notice: context.notice.no, from: event.on },
      startOf(context, policy, 'notice', noticeKey(context), event.on, text('公示期', 'Public notice')),
    ],
    sayNoticeEnded: (context, event) => met(context, event.on, noticeKey(context)),
    sayNoticeClear: (context, event) => [
      ...met(context, event.on, noticeKey(context)),
      { kind: 'closeNotice', notice: context.notice.no, outcome: 'clear' },
    ],
    recordObjection: (context, event, _, policy) => [
      { kind: 'recordObjection', objection: idOf(event), notice: context.notice.no },
      startOf(context, policy, 'objection', objectionKey(idOf(event)), event.on, text('异议核查', 'Decision on the objection')),
    ],
    decideObjection: (context, event) => [
      ...met(context, event.on, objectionKey(idOf(event))),
      { kind: 'decideObjection', objection: idOf(event), upheld: event.type === 'objection.upheld' },
    ],
    suspectBreach: (_, event) => [{ kind: 'suspectBreach', key: String(event.data['key']) }],
  },
};

/** The later of two days. */
export const later = (a: string | null, b: string): string => (a !== null && a > b ? a : b);

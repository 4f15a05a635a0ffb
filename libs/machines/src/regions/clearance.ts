import { noticeChosen, type Policy } from '@tranche/policies';
import { countedAgain, withoutClocks } from '../clocks.js';
import { type CaseContext, withoutMarks } from '../context.js';
import { type Arrow, deed, type Region, type Rules, text, unless, when } from '../region.js';
import { isVoid, lost, payableFen } from '../sums.js';
import { close, contested, type End, later, noticeKey, objectionClocks, openDecision, posting, running } from './notice.js';

const withdraw = [deed('sayNoticeWithdrawn'), deed('withdrawNotice')];
const clear: End = { to: 'clear', does: [deed('sayNoticeClear'), deed('clearBeforePayment')] };

/** The public notice before anything is paid, where the jurisdiction chose that: payments open once it is over and nobody objects. */
export function clearance(policy: Policy): Region | null {
  const notice = noticeChosen(policy.plan);
  if (!notice) return null;
  const { cite } = notice;
  const withdrawn = (zh: string, en: string): Arrow => ({
    to: 'waiting',
    when: [when('proposalMatches'), when('correctable')],
    does: withdraw,
    why: text(zh, en),
    cite,
  });
  const corrections = {
    'fact.corrected': [withdrawn('事实更正，公示撤回', 'Facts are corrected: the notice is withdrawn')],
    'notice.withdrawn': [withdrawn('撤回公示，须重新公示', 'The notice is withdrawn and must be posted again')],
  };
  const moot: Arrow = {
    to: 'waiting',
    when: [unless('mustAnnounce')],
    does: withdraw,
    why: text('审批不再成立或已无应付，公示撤回', 'The approval no longer stands or nothing is payable: the notice is withdrawn'),
    cite,
  };
  return {
    id: 'clearance',
    label: text('拨付前公示', 'Notice before payment'),
    initial: 'waiting',
    on: { ...leftOver, ...objectionClocks(notice) },
    states: {
      waiting: {
        label: text('未到公示', 'Not yet'),
        always: [
          {
            to: 'ready',
            when: [when('mustAnnounce')],
            does: [deed('openTask', { task: 'publish', role: 'officer' })],
            why: text('已审批：拨付前应予公示', 'Approved: it is to be published before anything is paid'),
            cite,
          },
        ],
      },
      ready: {
        label: text('待公示', 'To be posted'),
        on: { 'notice.posted': posting(notice, [when('mustAnnounce')]) },
        always: [
          {
            to: 'waiting',
            when: [unless('mustAnnounce')],
            does: [deed('closeTask', { task: 'publish' })],
            why: text('审批不再成立或已无应付，不再公示', 'The approval no longer stands or nothing is payable: not to be published'),
            cite,
          },
        ],
      },
      noticed: { label: text('公示中', 'Notice posted'), on: { ...running(notice, clear), ...corrections }, always: [moot] },
      objected: {
        label: text('异议核查中', 'Objection under review'),
        on: { ...contested(notice, clear, upheld), ...corrections },
        always: [moot],
      },
      clear: {
        label: text('公示无异议', 'Notice over without objection'),
        on: {
          'fact.corrected': [
            {
              to: 'waiting',
              when: [when('proposalMatches'), when('correctable')],
              does: [deed('announceAgain')],
              why: text('事实更正，未付款项须重新公示', 'Facts are corrected: what is not paid is to be published again'),
              cite,
            },
          ],
        },
        always: [
          {
            to: 'waiting',
            when: [unless('approved')],
            does: [deed('announceAgain')],
            why: text('审批已撤销，重新审批后须重新公示', 'The approval was rescinded: the next one is to be published again'),
            cite,
          },
        ],
      },
    },
  };
}

const ended = deed('closeTask', { task: 'objection' });
const last = [...openDecision, when('lastObjection')];
const oneOfSeveral = [...openDecision, unless('lastObjection')];

/** What it means for the application is decided there; here the notice ends. */
const upheld: readonly Arrow[] = [
  {
    to: 'waiting',
    when: last,
    does: [...close, ...withdraw, ended],
    why: text('异议成立，公示撤回', 'The objection is upheld: the notice is withdrawn'),
  },
  {
    to: 'waiting',
    when: oneOfSeveral,
    does: [...close, ...withdraw],
    why: text('异议成立，公示撤回；另有异议待决', 'The objection is upheld: the notice is withdrawn; another objection is still open'),
  },
];

/** Objections that outlived their notice still get their answer. */
const answers = (zh: string, en: string): readonly Arrow[] => [
  { when: last, does: [...close, ended], why: text(`遗留异议${zh}`, `A left-over objection is ${en}`) },
  {
    when: oneOfSeveral,
    does: close,
    why: text(`遗留异议${zh}，另有异议待决`, `A left-over objection is ${en}; another is still open`),
    safeguard: true,
  },
];
const leftOver: Record<string, readonly Arrow[]> = {
  'objection.rejected': answers('不成立', 'rejected'),
  'objection.upheld': answers('成立', 'upheld'),
};

/** Published before payment here, approved, not published yet, and something is or may become payable. */
const mustAnnounce = (context: CaseContext, policy: Policy): boolean =>
  context.limits.notice?.mode === 'before' &&
  context.reached['approved'] !== undefined &&
  context.reached['cleared'] === undefined &&
  !isVoid(context) &&
  !lost(context, policy) &&
  (payableFen(context) ?? 1n) > 0n;

export const clearanceRules: Rules = {
  guards: {
    mustAnnounce: {
      label: text('已审批、有应付而尚未在拨付前公示', 'it is approved, payable and not published before payment'),
      holds: (context, _, __, policy) => mustAnnounce(context, policy),
    },
    noticeRuns: { label: text('公示进行中', 'a notice runs'), holds: (context) => context.notice.postedOn !== null },
  },
  updates: {
    clearBeforePayment: (context, event) => {
      const on = later(context.notice.endedOn, event.on);
      return {
        ...countedAgain(context, on),
        reached: { ...context.reached, cleared: on },
        notice: { no: context.notice.no, postedOn: null, endedOn: null },
        ...withoutClocks(context, noticeKey(context)),
      };
    },
    announceAgain: (context) => withoutMarks(context, 'cleared'),
  },
  says: {},
};

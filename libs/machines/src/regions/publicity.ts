import { noticeAfter, noticeChosen, type Policy } from '@tranche/policies';
import { withoutClocks } from '../clocks.js';
import { type CaseContext, withoutMarks } from '../context.js';
import { type Arrow, deed, type Region, type Rules, text, unless, when } from '../region.js';
import { inFlightFen, isVoid, payableFen } from '../sums.js';
import { noticeKey } from './notice.js';

/** The public notice after payment: posted once the money is out, and the case stays open until it is over. Absent without one. */
export function publicity(policy: Policy): Region | null {
  const notice = noticeAfter(policy.plan) ?? noticeChosen(policy.plan);
  if (!notice) return null;
  const { cite } = notice;
  const withdrawn = (zh: string, en: string, more: Pick<Arrow, 'when'>): Arrow => ({
    to: 'waiting',
    ...more,
    does: [deed('sayNoticeWithdrawn'), deed('withdrawNotice')],
    why: text(zh, en),
    cite,
  });
  return {
    id: 'publicity',
    label: text('拨付后公示', 'Notice after payment'),
    initial: 'waiting',
    states: {
      waiting: {
        label: text('未到公示', 'Not yet'),
        always: [
          {
            to: 'ready',
            when: [when('mustPublish')],
            does: [deed('openTask', { task: 'publish', role: 'officer' })],
            why: text('已全部到账：应予公示', 'All of it arrived: it is to be published'),
            cite,
          },
        ],
      },
      ready: {
        label: text('待公示', 'To be posted'),
        on: {
          'notice.posted': [
            {
              to: 'posted',
              does: [deed('postNotice'), deed('sayNoticePosted'), deed('closeTask', { task: 'publish' })],
              why: text('公布享受补贴的名单和金额', 'Who was paid and how much is published'),
              cite,
            },
          ],
        },
        always: [
          {
            to: 'waiting',
            when: [unless('mustPublish')],
            does: [deed('closeTask', { task: 'publish' })],
            why: text('金额变动，暂不公示', 'The sums changed: not to be published now'),
            cite,
          },
        ],
      },
      posted: {
        label: text('公示中', 'Notice posted'),
        on: {
          'deadline.passed': [
            {
              to: 'over',
              when: [when('noticeEnds')],
              does: [deed('sayNoticeClear'), deed('clearPublicity')],
              why: text('公示期满', 'The notice is over'),
              cite,
            },
          ],
          'fact.corrected': [
            withdrawn('事实更正，公示撤回', 'Facts are corrected: the notice is withdrawn', {
              when: [when('proposalMatches'), when('correctable')],
            }),
          ],
          'notice.withdrawn': [
            withdrawn('撤回公示，须重新公示', 'The notice is withdrawn and must be posted again', {
              when: [when('proposalMatches'), when('correctable')],
            }),
          ],
        },
        always: [withdrawn('不再享有补贴，公示撤回', 'Nothing is earned any more: the notice is withdrawn', { when: [when('voided')] })],
      },
      over: {
        label: text('公示期满', 'Over'),
        on: {
          'fact.corrected': [
            {
              to: 'waiting',
              when: [when('proposalMatches'), when('correctable')],
              does: [deed('unpublish')],
              why: text('事实更正，须重新公示', 'Facts are corrected: to be published again'),
              cite,
            },
          ],
        },
      },
    },
  };
}

/** Paid, nothing owed either way, nothing in flight, and not published yet, where it is to be published at all. */
const mustPublish = (context: CaseContext): boolean =>
  (context.limits.notice?.mode ?? 'after') === 'after' &&
  context.entitledFen !== null &&
  context.entitledFen !== '0' &&
  !isVoid(context) &&
  payableFen(context) === 0n &&
  inFlightFen(context) === 0n &&
  context.reached['published'] === undefined;

/** Does the case wait for its list to be published? */
export const awaitsPublicity = (context: CaseContext, policy: Policy): boolean =>
  (noticeAfter(policy.plan) ?? noticeChosen(policy.plan)) !== undefined && mustPublish(context);

export const publicityRules: Rules = {
  guards: {
    mustPublish: {
      label: text('已全部到账、尚未公示', 'all of it arrived and was not published'),
      holds: (context) => mustPublish(context),
    },
    voided: { label: text('不再享有补贴', 'nothing is earned any more'), holds: (context) => isVoid(context) },
  },
  updates: {
    clearPublicity: (context, event) => ({
      reached: { ...context.reached, published: event.on },
      notice: { no: context.notice.no, postedOn: null, endedOn: null },
      ...withoutClocks(context, noticeKey(context)),
    }),
    unpublish: (context) => withoutMarks(context, 'published'),
  },
  says: {},
};

import { type Cite, type NoticeChoice, noticeChosen } from '@tranche/policies';
import type { CaseSnapshot } from './advance.js';
import type { CaseMachine } from './case-machine.js';
import { standsStill } from './clocks.js';
import type { ClockPause } from './context.js';
import { contextOf } from './snapshot.js';

/** What the jurisdiction chose about the notice of a case, and what it did to the clocks of its payments so far. */
export type NoticeStanding = NoticeChoice & {
  readonly workingDays: number;
  /** the day from which clocks stand still now; null while they count */
  readonly stillSince: string | null;
  /** days that were not counted, the first and the last of each pause among them */
  readonly paused: readonly ClockPause[];
  readonly cite: Cite;
};

/** Null where the plan of the case leaves no choice. */
export function noticeStanding({ policy }: CaseMachine, snapshot: CaseSnapshot): NoticeStanding | null {
  const notice = noticeChosen(policy.plan);
  const context = contextOf(snapshot);
  const choice = context.limits.notice;
  if (!notice || !choice) return null;
  return {
    ...choice,
    workingDays: context.limits.counts['notice'] ?? 0,
    stillSince: standsStill(context) ? context.notice.postedOn : null,
    paused: context.pauses ?? [],
    cite: notice.cite,
  };
}

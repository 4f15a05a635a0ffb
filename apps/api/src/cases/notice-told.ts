import { type CaseMachine, type CaseSnapshot, noticeStanding } from '@tranche/machines';
import type { Text } from '@tranche/policies';
import type { Explanation } from '../policies/assessment.view.js';

/** What the jurisdiction chose about the notice, and what that does to the clocks of payments; null where the plan leaves no choice. */
export function noticeTold(machine: CaseMachine, snapshot: CaseSnapshot): Explanation['notice'] {
  const standing = noticeStanding(machine, snapshot);
  if (!standing) return null;
  const { mode, pauses, workingDays, stillSince, paused, cite } = standing;
  const told = [
    chosen[mode](workingDays),
    ...(mode === 'before' ? [clockText(pauses)] : []),
    ...sinceText(stillSince),
    ...paused.map(pauseText),
  ];
  const text = { zh: `${told.map(({ zh }) => zh).join('；')}。`, en: `${told.map(({ en }) => en).join('; ')}.` };
  return { mode, clockPausesDuringNotice: pauses, workingDays, stillSince, paused: [...paused], text, cite };
}

const chosen: Readonly<Record<'before' | 'after' | 'none', (days: number) => Text>> = {
  before: (days) => ({
    zh: `本地规定拨付前公示${days}个工作日`,
    en: `here the result is published for ${days} working days before payment`,
  }),
  after: (days) => ({ zh: `本地规定拨付后公示${days}个工作日`, en: `here the result is published for ${days} working days after payment` }),
  none: () => ({ zh: '本地规定不公示', en: 'here the result is not published' }),
};

const clockText = (pauses: boolean): Text =>
  pauses
    ? { zh: '公示期间拨付时限停止计算', en: 'the time limit for payment stands still meanwhile' }
    : { zh: '公示期间拨付时限照常计算', en: 'the time limit for payment runs on meanwhile' };

const sinceText = (since: string | null): readonly Text[] =>
  since === null
    ? []
    : [{ zh: `自${since}起停止计算，公示期满无异议后继续`, en: `it stands still since ${since} and goes on when the notice is over` }];

const pauseText = ({ from, until }: { readonly from: string; readonly until: string }): Text => ({
  zh: `${from}至${until}不计入时限`,
  en: `${from} to ${until} are not counted`,
});

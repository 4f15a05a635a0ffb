import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';
import { useLegalClock } from '../frame/legal-day.js';
import { useLanguage } from '../text/language.js';
import { Clause } from './clause.js';
import { dayOf, daysAfter } from './day.js';
import { ClockTag } from './state-tag.js';
import { Day } from './when.js';

export type Deadline = Schemas['Deadline'];

/** The legal day the screen lives in: the sandbox's, else today's in Shanghai. */
export function useLegalDay(): string | undefined {
  const { data } = useLegalClock();
  if (data === undefined) return undefined;
  return dayOf(data ?? new Date().toISOString());
}

/** Working days from today to a day, by the published calendar; null when that is not known (calendar not published, or far ahead). */
export function useWorkingDaysLeft(lastDay: string | null): number | null | undefined {
  const today = useLegalDay();
  const { data } = useQuery({
    queryKey: ['calendar-days', today],
    enabled: today !== undefined,
    staleTime: 3_600_000,
    queryFn: () =>
      good(api.GET('/api/v1/calendar/days', { params: { query: { from: today ?? '', until: daysAfter(today ?? '', ahead) } } })),
  });
  if (today === undefined || lastDay === null || data === undefined) return undefined;
  if (lastDay > data.until || data.unpublished.some((year) => year <= Number(lastDay.slice(0, 4)))) return null;
  return data.working.filter((day) => day > today && day <= lastDay).length;
}

/** one request tells enough for every clock on the screen */
const ahead = 399;

/** The last day, what is left of it in working days, its state and its clause. */
export function DeadlineLine({
  deadline,
}: {
  readonly deadline: Pick<Deadline, 'lastDay' | 'provisional' | 'cite'> & { readonly status: string };
}) {
  const { say } = useLanguage();
  return (
    <span className="deadline">
      <Day date={deadline.lastDay} /> {deadline.status === 'running' && <Countdown lastDay={deadline.lastDay} />}{' '}
      {deadline.provisional && (
        <span className="soft">{say({ zh: '（暂定：该年放假安排尚未公布）', en: '(provisional: that year’s calendar is not out)' })}</span>
      )}{' '}
      <ClockTag status={deadline.status} /> <Clause cite={deadline.cite} />
    </span>
  );
}

/** `还有 3 个工作日`; says it is the last day, or that it is over. */
export function Countdown({ lastDay }: { readonly lastDay: string | null }) {
  const { say } = useLanguage();
  const today = useLegalDay();
  const left = useWorkingDaysLeft(lastDay);
  if (today === undefined || lastDay === null || left === undefined || left === null) return null;
  if (lastDay < today) return <strong className="late">{say({ zh: '已超过期限', en: 'over' })}</strong>;
  if (lastDay === today) return <strong className="late">{say({ zh: '今天是最后一天', en: 'today is the last day' })}</strong>;
  return (
    <span className={left <= 2 ? 'soon' : 'soft'}>
      {say({ zh: '还有 {left} 个工作日', en: left === 1 ? '{left} working day left' : '{left} working days left' }, { left })}
    </span>
  );
}

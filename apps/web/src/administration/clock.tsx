import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Skeleton } from 'antd';
import { useState } from 'react';
import { api, good, keyed, newKey } from '../api/client.js';
import { asRefused, type Refused } from '../api/problem.js';
import { legalClockKey, useLegalClock } from '../frame/legal-day.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day, Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import './administration.css';

type Passed = { readonly day: string; readonly ended: readonly { readonly id: string; readonly says: string }[] | null };

const working = async (from: string, days: number): Promise<string> =>
  (await good(api.GET('/api/v1/calendar/working-days', { params: { query: { from, days } } }))).due;

/** Lets the sandbox's days pass one working day at a time, and says what each of them brought. */
export function Clock() {
  const { say } = useLanguage();
  const queries = useQueryClient();
  const clock = useLegalClock();
  const { data: person } = useSession();
  const [passed, setPassed] = useState<readonly Passed[]>([]);
  const [going, setGoing] = useState(0);
  const [refused, setRefused] = useState<Refused | null>(null);
  const reads = person?.role === 'supervisor';
  const running = useQuery({
    queryKey: ['deadlines', 'running'],
    enabled: reads,
    queryFn: () => good(api.GET('/api/v1/deadlines', { params: { query: { status: 'running', limit: 200 } } })),
  });

  /** Moves to nine in the morning of the next working day; the answer comes when every limit on the way was applied. */
  async function step(from: string): Promise<string> {
    const before = reads
      ? (await good(api.GET('/api/v1/deadlines', { params: { query: { status: 'running', limit: 200 } } }))).items
      : null;
    const next = await working(from, 1);
    await good(api.POST('/api/v1/sandbox/clock', { params: { header: keyed(newKey()) }, body: { now: `${next}T09:00:00+08:00` } }));
    const over = before?.filter(({ lastDay }) => lastDay !== null && lastDay < next) ?? null;
    const ended = over?.map(({ id, caseNo, label }) => ({ id, says: `${caseNo} ${say(label)}` })) ?? null;
    setPassed((days) => [{ day: next, ended }, ...days]);
    return next;
  }
  async function go(days: number) {
    setRefused(null);
    let from = (clock.data ?? '').slice(0, 10);
    try {
      for (let left = days; left > 0; left -= 1) {
        setGoing(left);
        from = await step(from);
        await queries.invalidateQueries({ queryKey: legalClockKey });
      }
    } catch (thrown) {
      setRefused(asRefused(thrown));
    }
    setGoing(0);
    await queries.invalidateQueries();
  }

  if (clock.data === undefined) return <Skeleton active />;
  if (clock.data === null) return <p>{say({ zh: '只有沙箱才有可移动的时钟。', en: 'Only a sandbox has a clock that moves.' })}</p>;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '沙箱时钟', en: 'Sandbox clock' })}</h1>
        <strong role="status">
          <Moment at={clock.data} />
        </strong>
      </div>
      <Card size="small">
        <p>
          {say({
            zh: '时钟只能前移。到期的时限、公示和提醒会逐日处理完毕，再进入下一日。',
            en: 'The clock moves forward only; each day’s limits, notices and warnings are applied before the next begins.',
          })}
        </p>
        <div className="actions">
          {[1, 5, 10].map((days) => (
            <Button key={days} type={days === 10 ? 'primary' : 'default'} disabled={going > 0} onClick={() => void go(days)}>
              {say({ zh: '前进 {days} 个工作日', en: '{days} working days on' }, { days })}
            </Button>
          ))}
          {going > 0 && <span role="status">{say({ zh: '还剩 {going} 天…', en: '{going} days to go…' }, { going })}</span>}
        </div>
        {running.data !== undefined && (
          <p className="soft">
            {say({ zh: '计时中的时限：{count} 项', en: 'Limits running: {count}' }, { count: running.data.items.length })}
          </p>
        )}
      </Card>
      <ProblemAlert refused={refused} />
      {passed.length > 0 && (
        <Card size="small" title={say({ zh: '已过的日子', en: 'Days that passed' })}>
          <ol className="passed-days" reversed>
            {passed.map(({ day, ended }) => (
              <li key={day}>
                <Day date={day} />
                {ended !== null && ended.length === 0 && <span className="soft"> {say({ zh: '无时限到期', en: 'no limit ended' })}</span>}
                {ended?.map(({ id, says }) => (
                  <div key={id}>{say({ zh: '到期：{says}', en: 'ended: {says}' }, { says })}</div>
                ))}
              </li>
            ))}
          </ol>
        </Card>
      )}
    </div>
  );
}

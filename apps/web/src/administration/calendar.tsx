import { useQuery } from '@tanstack/react-query';
import { Card, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useLegalDay } from '../pieces/deadline.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { CalendarProposals } from './calendar-proposals.js';
import { ProposeCalendarYear } from './propose-calendar-year.js';
import './administration.css';

/** The published working days of a year, month by month, and the years that two people put in force. */
export function Calendar() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const today = useLegalDay();
  const [asked, setAsked] = useState<string | null>(null);
  const year = asked ?? today?.slice(0, 4) ?? '';
  const { data, error } = useQuery({
    queryKey: ['calendar-year', year],
    enabled: /^\d{4}$/.test(year),
    queryFn: () => good(api.GET('/api/v1/calendar/days', { params: { query: { from: `${year}-01-01`, until: `${year}-12-31` } } })),
  });
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '工作日历', en: 'Calendar' })}</h1>
        <div className="page-head-end">
          <label htmlFor="calendar-year">{say({ zh: '年份', en: 'Year' })}</label>
          <Input
            id="calendar-year"
            type="number"
            min={2000}
            max={2200}
            value={year}
            onChange={(event) => setAsked(event.target.value)}
            style={{ width: 100 }}
          />
        </div>
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} />}
      {data === undefined && error === null && <Skeleton active />}
      {data !== undefined && data.unpublished.length > 0 && (
        <p role="status">
          {say(
            { zh: '{year} 年放假安排尚未公布，时限为暂定。', en: 'The calendar of {year} is not out; limits in it are provisional.' },
            { year },
          )}
        </p>
      )}
      {data !== undefined && data.unpublished.length === 0 && <Months year={year} working={new Set(data.working)} />}
      <h2>{say({ zh: '放假安排', en: 'Proposed years' })}</h2>
      <CalendarProposals />
      {person?.role === 'supervisor' && (
        <Card
          size="small"
          title={say({
            zh: '提出国务院放假安排（另一人批准后生效）',
            en: 'Propose a year of the State Council calendar (another person approves it)',
          })}
        >
          <ProposeCalendarYear />
        </Card>
      )}
    </div>
  );
}

function Months({ year, working }: { readonly year: string; readonly working: ReadonlySet<string> }) {
  const { say } = useLanguage();
  return (
    <div className="months">
      {Array.from({ length: 12 }, (_, at) => {
        const month = String(at + 1).padStart(2, '0');
        const days = new Date(Date.UTC(Number(year), at + 1, 0)).getUTCDate();
        const all = Array.from({ length: days }, (_each, index) => `${year}-${month}-${String(index + 1).padStart(2, '0')}`);
        const blank = (new Date(`${year}-${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
        return (
          <section key={month} className="month">
            <h2>
              {say({ zh: '{month}月', en: '{month}' }, { month: at + 1 })}{' '}
              <span className="soft">
                {say({ zh: '{count} 个工作日', en: '{count} working days' }, { count: all.filter((day) => working.has(day)).length })}
              </span>
            </h2>
            <ol className="days" style={{ '--first': blank + 1 } as React.CSSProperties}>
              {all.map((day) => (
                <li key={day} className={working.has(day) ? 'work' : 'off'}>
                  {Number(day.slice(8))}
                  <span className="spoken">{say(working.has(day) ? { zh: '上班', en: 'working' } : { zh: '休息', en: 'off' })}</span>
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Input, Skeleton } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { useLegalDay } from '../pieces/deadline.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import './administration.css';

/** The published working days of a year, month by month, and the import of a new year. */
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
      {person?.role === 'supervisor' && (
        <Card size="small" title={say({ zh: '导入国务院放假安排', en: 'Import a year of the State Council calendar' })}>
          <ImportYear />
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

const listOf = (typed: string): string[] => typed.split(/[\s,，、;；]+/).filter((each) => each !== '');

function ImportYear() {
  const { say } = useLanguage();
  const [typed, setTyped, clear] = useDraft('calendar-year', { year: '', notice: '', publishedOn: '', off: '', work: '' });
  const wish = useWish({
    send: (body: Schemas['CalendarYear'], key) => good(api.POST('/api/v1/calendar/imports', { params: { header: keyed(key) }, body })),
    touches: [['calendar-year'], ['calendar-days']],
    done: clear,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { year, notice, publishedOn, off, work } = typed;
    wish.mutate({ year: Number(year), notice, publishedOn: publishedOn === '' ? null : publishedOn, off: listOf(off), work: listOf(work) });
  };
  const errors = wish.error?.problem.errors;
  const lists = (name: 'off' | 'work') => (errors ?? []).filter(({ field }) => field.startsWith(name)).map(({ message }) => message);
  const put = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part });
  return (
    <form onSubmit={send} noValidate aria-label={say({ zh: '导入放假安排', en: 'Import a year' })}>
      <Field label={say({ zh: '年份', en: 'Year' })} required errors={errorsAt(errors, 'year')}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={typed.year}
            maxLength={4}
            onChange={(event) => put({ year: event.target.value })}
          />
        )}
      </Field>
      <Field label={say({ zh: '通知（文号）', en: 'Notice' })} required errors={errorsAt(errors, 'notice')}>
        {(control) => <Input {...control} value={typed.notice} maxLength={200} onChange={(event) => put({ notice: event.target.value })} />}
      </Field>
      <Field label={say({ zh: '公布日期', en: 'Published on' })} errors={errorsAt(errors, 'publishedOn')}>
        {(control) => (
          <Input {...control} type="date" value={typed.publishedOn} onChange={(event) => put({ publishedOn: event.target.value })} />
        )}
      </Field>
      <Field
        label={say({ zh: '放假日期', en: 'Days off' })}
        required
        errors={lists('off')}
        hint={say({ zh: '每行一个，如 2027-01-01', en: 'one a line, such as 2027-01-01' })}
      >
        {(control) => <Input.TextArea {...control} rows={5} value={typed.off} onChange={(event) => put({ off: event.target.value })} />}
      </Field>
      <Field label={say({ zh: '调休上班日期', en: 'Weekend days worked' })} errors={lists('work')}>
        {(control) => <Input.TextArea {...control} rows={3} value={typed.work} onChange={(event) => put({ work: event.target.value })} />}
      </Field>
      <ProblemAlert refused={wish.error} shownAt={(errors ?? []).map(({ field }) => field)} />
      {wish.data !== undefined && (
        <p role="status">
          {say(
            { zh: '{year} 年已导入，在办时限已重新计算。', en: '{year} is imported; running limits are computed anew.' },
            { year: wish.data.year },
          )}
        </p>
      )}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '导入', en: 'Import' })}
        </Button>
      </div>
    </form>
  );
}

import { Button, Input } from 'antd';
import type { FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { citeOf, noSource, SourceFields } from './source-fields.js';

const listOf = (typed: string): string[] => typed.split(/[\s,，、;；]+/).filter((each) => each !== '');
const nothing = { year: '', publishedOn: '', off: '', work: '', source: noSource };

/** A year of the State Council calendar, with its notice; its page then shows what would move. */
export function ProposeCalendarYear() {
  const { say } = useLanguage();
  const go = useNavigate();
  const [typed, setTyped, clear] = useDraft('propose-calendar-year', nothing);
  const wish = useWish({
    send: (body: Schemas['NewCalendarYear'], key) => good(api.POST('/api/v1/calendar/proposals', { params: { header: keyed(key) }, body })),
    touches: [['calendar-proposals']],
    done: ({ id }) => {
      clear();
      void go(`/desk/admin/calendar/${id}`);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { year, publishedOn, off, work, source } = typed;
    const days = { off: listOf(off), work: listOf(work) };
    const published = publishedOn === '' ? null : publishedOn;
    wish.mutate({ year: Number(year), publishedOn: published, ...days, cite: citeOf(source), reason: source.reason });
  };
  const errors = wish.error?.problem.errors;
  const lists = (name: 'off' | 'work') => (errors ?? []).filter(({ field }) => field.startsWith(name)).map(({ message }) => message);
  const put = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part });
  return (
    <form onSubmit={send} noValidate aria-label={say({ zh: '提出放假安排', en: 'Propose a year' })}>
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
      <SourceFields typed={typed.source} onChange={(source) => put({ source })} errors={errors} />
      <ProblemAlert refused={wish.error} shownAt={(errors ?? []).map(({ field }) => field)} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '提出', en: 'Propose' })}
        </Button>
      </div>
    </form>
  );
}

import { Input } from 'antd';
import { useNavigate } from 'react-router';
import { api, good, keyed } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import { noSource, SourceFields } from './source-fields.js';

const listOf = (typed: string): string[] => typed.split(/[\s,，、;；]+/).filter((each) => each !== '');
const nothing = { year: '', publishedOn: '', off: '', work: '', ...noSource };

/** A year of the State Council calendar, with its notice; its page then shows what would move. */
export function ProposeCalendarYear() {
  const { say } = useLanguage();
  const go = useNavigate();
  const form = useForm({
    draft: 'propose-calendar-year',
    initial: nothing,
    send: ({ year, publishedOn, off, work, cite, reason }, key) => {
      const days = { off: listOf(off), work: listOf(work) };
      const published = publishedOn === '' ? null : publishedOn;
      const body = { year: Number(year), publishedOn: published, ...days, cite, reason };
      return good(api.POST('/api/v1/calendar/proposals', { params: { header: keyed(key) }, body }));
    },
    touches: [['calendar-proposals']],
    done: ({ id }) => void go(`/desk/admin/calendar/${id}`),
  });
  return (
    <Form of={form} name={say({ zh: '提出放假安排', en: 'Propose a year' })}>
      <Field label={say({ zh: '年份', en: 'Year' })} required at="year">
        {(control) => <Input {...control} inputMode="numeric" {...form.text('year')} maxLength={4} />}
      </Field>
      <Field label={say({ zh: '公布日期', en: 'Published on' })} at="publishedOn">
        {(control) => <Input {...control} type="date" {...form.text('publishedOn')} />}
      </Field>
      <Field
        label={say({ zh: '放假日期', en: 'Days off' })}
        required
        at="off"
        hint={say({ zh: '每行一个，如 2027-01-01', en: 'one a line, such as 2027-01-01' })}
      >
        {(control) => <Input.TextArea {...control} rows={5} {...form.text('off')} />}
      </Field>
      <Field label={say({ zh: '调休上班日期', en: 'Weekend days worked' })} at="work">
        {(control) => <Input.TextArea {...control} rows={3} {...form.text('work')} />}
      </Field>
      <SourceFields typed={form.typed} onChange={form.put} />
      <FormEnd of={form} label={say({ zh: '提出', en: 'Propose' })} />
    </Form>
  );
}

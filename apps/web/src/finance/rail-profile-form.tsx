import { Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { DateInput, MoneyInput, YesNo } from '../event-form/controls.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import './finance.css';
import { dedupWords, inForce, type Rail, type RailProfile } from './rail-profile.js';
import { bodyOf, placeOfTerm, type Terms, termsOf, wrongWords } from './rail-terms.js';
import { rails } from './words.js';

type NewProfile = Schemas['NewRailProfile'];
type Props = { readonly known: readonly RailProfile[]; readonly today: string; readonly onDone: () => void };

/** New terms, begun from those in force; what the server does not take stands at its field. */
export function RailProfileForm({ known, today, onDone }: Props) {
  const { say } = useLanguage();
  const start = (rail: Rail): Terms => termsOf(rail, inForce(known, { rail, bankCode: null }, today)?.profile);
  const [first] = useState(() => start('file'));
  const form = useForm({
    draft: 'rail-profile',
    initial: first,
    check: (typed) => Object.fromEntries(bodyOf(typed).wrong.map((place) => [place, wrongWords[place]])),
    send: (typed, key) => {
      const read = bodyOf(typed);
      // checked before it is sent
      return good(api.POST('/api/v1/rail-profiles', { params: { header: keyed(key) }, body: (read.ok ? read.body : {}) as NewProfile }));
    },
    placeOf: placeOfTerm,
    touches: [['rail-profiles']],
    done: onDone,
  });
  const { typed: terms, put } = form;
  const csv = terms.rail === 'csv';
  return (
    <Form of={form} className="terms" name={say({ zh: '新参数', en: 'New terms' })}>
      <Field label={say({ zh: '渠道', en: 'Way' })} required at="rail">
        {(tied) => (
          <Radio.Group
            {...tied}
            role="radiogroup"
            value={terms.rail}
            onChange={(event) =>
              form.set({ ...start(event.target.value as Rail), reason: terms.reason, effectiveFrom: terms.effectiveFrom })
            }
            options={(['file', 'csv', 'http'] as const).map((value) => ({ value, label: say(rails[value]) }))}
          />
        )}
      </Field>
      <div className="terms-fields">
        <Field
          label={say({ zh: '银行（行号前三位）', en: 'Bank (first three digits)' })}
          hint={say({ zh: '留空：没有单独约定的所有银行', en: 'empty: every bank without terms of its own' })}
          at="bankCode"
        >
          {(tied) => (
            <Input
              {...tied}
              inputMode="numeric"
              maxLength={3}
              value={terms.bankCode}
              onChange={(event) => put({ bankCode: event.target.value })}
            />
          )}
        </Field>
        <Field label={say({ zh: '生效日', en: 'In force from' })} required at="effectiveFrom">
          {(tied) => <DateInput tied={tied} value={terms.effectiveFrom} onChange={(day) => put({ effectiveFrom: day ?? '' })} />}
        </Field>
        {terms.rail === 'file' && (
          <Field label={say({ zh: '格式', en: 'Format' })} required at="format">
            {(tied) => (
              <Select
                {...tied}
                value={terms.format}
                onChange={(format) => put({ format })}
                options={['pain.001.001.09', 'pain.001.001.03'].map((value) => ({ value, label: value }))}
              />
            )}
          </Field>
        )}
        {csv && (
          <Field label={say({ zh: '字符集', en: 'Encoding' })} required at="charset">
            {(tied) => (
              <Select
                {...tied}
                value={terms.charset}
                onChange={(charset) => put({ charset })}
                options={['utf-8', 'gb18030', 'gbk'].map((value) => ({ value, label: value }))}
              />
            )}
          </Field>
        )}
        <Field label={say({ zh: '每个文件最多笔数', en: 'Lines of a file' })} required at="maxItems">
          {(tied) => <Input {...tied} inputMode="numeric" {...form.text('maxItems')} />}
        </Field>
        <Field label={say({ zh: '单笔限额', en: 'Limit of a line' })} required at="maxItem">
          {(tied) => <MoneyInput tied={tied} value={terms.maxItem} onChange={(maxItem) => put({ maxItem: maxItem ?? '' })} />}
        </Field>
        <Field label={say({ zh: '每个文件限额', en: 'Limit of a file' })} required at="maxFile">
          {(tied) => <MoneyInput tied={tied} value={terms.maxFile} onChange={(maxFile) => put({ maxFile: maxFile ?? '' })} />}
        </Field>
        <Field label={say({ zh: '重复识别', en: 'Repetition' })} required at="dedup">
          {(tied) => (
            <Select
              {...tied}
              value={terms.dedup}
              onChange={(dedup) => put({ dedup })}
              options={(['item', 'batch', 'none'] as const).map((value) => ({ value, label: say(dedupWords[value]) }))}
            />
          )}
        </Field>
        <Field
          label={say({ zh: '截止时间', en: 'Cut-off' })}
          hint={say({ zh: '如 16:30；留空为不设', en: 'such as 16:30; empty for none' })}
          at="cutOff"
        >
          {(tied) => <Input {...tied} maxLength={5} {...form.text('cutOff')} />}
        </Field>
        <Field label={say({ zh: '仅工作日执行', en: 'Business days only' })} required at="businessDaysOnly">
          {(tied) => <YesNo tied={tied} value={terms.businessDaysOnly} onChange={(only) => put({ businessDaysOnly: only ?? true })} />}
        </Field>
      </div>
      {csv && (
        <Field
          label={say({ zh: '模板（列、首尾记录、分隔符、文件名，JSON）', en: 'Template (columns, records, delimiter, file name; JSON)' })}
          required
          at="template"
        >
          {(tied) => (
            <Input.TextArea
              {...tied}
              className="code"
              autoSize={{ minRows: 4, maxRows: 18 }}
              value={terms.template}
              onChange={(event) => put({ template: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={say({ zh: '依据', en: 'Under which agreement' })} required at="reason">
        {(tied) => <Input {...tied} maxLength={200} {...form.text('reason')} />}
      </Field>
      <FormEnd of={form} label={say({ zh: '提出', en: 'Propose' })} onCancel={onDone} />
    </Form>
  );
}

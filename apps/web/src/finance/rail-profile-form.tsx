import { Button, Input, Radio, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { DateInput, MoneyInput, YesNo } from '../event-form/controls.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import './finance.css';
import { dedupWords, inForce, type Rail, type RailProfile } from './rail-profile.js';
import { bodyOf, type Terms, termsOf, type Wrong, wrongWords } from './rail-terms.js';
import { rails } from './words.js';

type Props = { readonly known: readonly RailProfile[]; readonly today: string; readonly onDone: () => void };

/** New terms, begun from those in force; what the server does not take stands at its field. */
export function RailProfileForm({ known, today, onDone }: Props) {
  const { say } = useLanguage();
  const start = (rail: Rail): Terms => termsOf(rail, inForce(known, { rail, bankCode: null }, today)?.profile);
  const [first] = useState(() => start('file'));
  const [terms, setTerms, clear] = useDraft<Terms>('rail-profile', first);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const wish = useWish({
    send: (body: Schemas['NewRailProfile'], key) => good(api.POST('/api/v1/rail-profiles', { params: { header: keyed(key) }, body })),
    touches: [['rail-profiles']],
    done: () => {
      clear();
      onDone();
    },
  });
  const put = (change: Partial<Terms>) => setTerms({ ...terms, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = bodyOf(terms);
    setWrong(asked.wrong);
    if (asked.ok) wish.mutate(asked.body);
  };
  const said = wish.error?.problem.errors;
  const shown: string[] = [];
  /** mistakes seen here and by the server, for the field and everything below it */
  const errors = (field: Wrong, ...paths: string[]): string[] => {
    shown.push(...paths);
    const below = (said ?? []).filter(({ field: at }) => paths.some((path) => at.startsWith(`${path}.`)));
    shown.push(...below.map(({ field: at }) => at));
    return [
      ...(wrong.includes(field) ? [say(wrongWords[field])] : []),
      ...paths.flatMap((path) => errorsAt(said, path)),
      ...below.map(({ field: at, message }) => `${at.split('.').slice(1).join('.')}: ${message}`),
    ];
  };
  const csv = terms.rail === 'csv';
  return (
    <form className="terms" onSubmit={submit} noValidate aria-label={say({ zh: '新参数', en: 'New terms' })}>
      <Field label={say({ zh: '渠道', en: 'Way' })} required>
        {(tied) => (
          <Radio.Group
            {...tied}
            role="radiogroup"
            value={terms.rail}
            onChange={(event) =>
              setTerms({ ...start(event.target.value as Rail), reason: terms.reason, effectiveFrom: terms.effectiveFrom })
            }
            options={(['file', 'csv', 'http'] as const).map((value) => ({ value, label: say(rails[value]) }))}
          />
        )}
      </Field>
      <div className="terms-fields">
        <Field
          label={say({ zh: '银行（行号前三位）', en: 'Bank (first three digits)' })}
          hint={say({ zh: '留空：没有单独约定的所有银行', en: 'empty: every bank without terms of its own' })}
          errors={errors('bankCode', 'bankCode')}
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
        <Field label={say({ zh: '生效日', en: 'In force from' })} required errors={errors('effectiveFrom', 'effectiveFrom')}>
          {(tied) => <DateInput tied={tied} value={terms.effectiveFrom} onChange={(day) => put({ effectiveFrom: day ?? '' })} />}
        </Field>
        {terms.rail === 'file' && (
          <Field label={say({ zh: '格式', en: 'Format' })} required errors={errors('format', 'profile.format')}>
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
          <Field label={say({ zh: '字符集', en: 'Encoding' })} required errors={errors('charset', 'profile.charset')}>
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
        <Field label={say({ zh: '每个文件最多笔数', en: 'Lines of a file' })} required errors={errors('maxItems', 'profile.maxItems')}>
          {(tied) => (
            <Input {...tied} inputMode="numeric" value={terms.maxItems} onChange={(event) => put({ maxItems: event.target.value })} />
          )}
        </Field>
        <Field label={say({ zh: '单笔限额', en: 'Limit of a line' })} required errors={errors('maxItem', 'profile.maxItemFen')}>
          {(tied) => <MoneyInput tied={tied} value={terms.maxItem} onChange={(maxItem) => put({ maxItem: maxItem ?? '' })} />}
        </Field>
        <Field label={say({ zh: '每个文件限额', en: 'Limit of a file' })} required errors={errors('maxFile', 'profile.maxFileFen')}>
          {(tied) => <MoneyInput tied={tied} value={terms.maxFile} onChange={(maxFile) => put({ maxFile: maxFile ?? '' })} />}
        </Field>
        <Field label={say({ zh: '重复识别', en: 'Repetition' })} required errors={errors('dedup', 'profile.dedup')}>
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
          errors={errors('cutOff', 'profile.hours.cutOff')}
        >
          {(tied) => <Input {...tied} maxLength={5} value={terms.cutOff} onChange={(event) => put({ cutOff: event.target.value })} />}
        </Field>
        <Field
          label={say({ zh: '仅工作日执行', en: 'Business days only' })}
          required
          errors={errors('days', 'profile.hours.businessDaysOnly')}
        >
          {(tied) => <YesNo tied={tied} value={terms.businessDaysOnly} onChange={(only) => put({ businessDaysOnly: only ?? true })} />}
        </Field>
      </div>
      {csv && (
        <Field
          label={say({ zh: '模板（列、首尾记录、分隔符、文件名，JSON）', en: 'Template (columns, records, delimiter, file name; JSON)' })}
          required
          errors={errors('template', 'profile.template')}
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
      <Field label={say({ zh: '依据', en: 'Under which agreement' })} required errors={errors('reason', 'reason')}>
        {(tied) => <Input {...tied} maxLength={200} value={terms.reason} onChange={(event) => put({ reason: event.target.value })} />}
      </Field>
      <ProblemAlert refused={wish.error} shownAt={shown} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '提出', en: 'Propose' })}
        </Button>
        <Button onClick={onDone}>{say({ zh: '收起', en: 'Close' })}</Button>
      </div>
    </form>
  );
}

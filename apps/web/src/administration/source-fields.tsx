import { Input, Select } from 'antd';
import type { Schemas } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { useLanguage } from '../text/language.js';

type Cite = { readonly doc: string; readonly clause: string; readonly basis: Schemas['Cite']['basis'] };
export type Source = { readonly cite: Cite; readonly reason: string };
export const noSource: Source = { cite: { doc: '', clause: '', basis: 'stated' }, reason: '' };

type Props = { readonly typed: Source; readonly onChange: (part: Partial<Source>) => void };

/** On which document a change stands, and why it is made: nothing is set without both. */
export function SourceFields({ typed: { cite, reason }, onChange }: Props) {
  const { say } = useLanguage();
  const bases = {
    stated: { zh: '文件载明', en: 'stated by the document' },
    inferred: { zh: '由文件推知', en: 'inferred from it' },
    open: { zh: '文件未规定，内部设定', en: 'left open; set by the office' },
    external: { zh: '其他规定', en: 'another provision' },
  } as const;
  const put = (part: Partial<Cite>) => onChange({ cite: { ...cite, ...part } });
  return (
    <>
      <Field label={say({ zh: '文件（文号、名称）', en: 'Document' })} required at="cite.doc">
        {(control) => <Input {...control} value={cite.doc} maxLength={200} onChange={(event) => put({ doc: event.target.value })} />}
      </Field>
      <Field label={say({ zh: '条款', en: 'Clause' })} required at="cite.clause">
        {(control) => <Input {...control} value={cite.clause} maxLength={100} onChange={(event) => put({ clause: event.target.value })} />}
      </Field>
      <Field label={say({ zh: '性质', en: 'Basis' })} at="cite.basis">
        {(control) => (
          <Select<Cite['basis']>
            id={control.id}
            value={cite.basis}
            onChange={(basis) => put({ basis })}
            options={Object.entries(bases).map(([value, label]) => ({ value: value as Cite['basis'], label: say(label) }))}
          />
        )}
      </Field>
      <Field label={say({ zh: '理由', en: 'Reason' })} required at="reason">
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            value={reason}
            maxLength={500}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

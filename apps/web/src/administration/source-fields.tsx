import { Input, Select } from 'antd';
import type { Schemas } from '../api/client.js';
import type { FieldError } from '../api/problem.js';
import { errorsAt, Field } from '../pieces/field.js';
import { useLanguage } from '../text/language.js';

export type Source = { readonly doc: string; readonly clause: string; readonly basis: Schemas['Cite']['basis']; readonly reason: string };
export const noSource: Source = { doc: '', clause: '', basis: 'stated', reason: '' };
export const sourceFields = ['cite.doc', 'cite.clause', 'cite.basis', 'reason'];
export const citeOf = ({ doc, clause, basis }: Source) => ({ doc, clause, basis });

type Props = { readonly typed: Source; readonly onChange: (typed: Source) => void; readonly errors: readonly FieldError[] | undefined };

/** On which document a change stands, and why it is made: nothing is set without both. */
export function SourceFields({ typed, onChange, errors }: Props) {
  const { say } = useLanguage();
  const bases = {
    stated: { zh: '文件载明', en: 'stated by the document' },
    inferred: { zh: '由文件推知', en: 'inferred from it' },
    open: { zh: '文件未规定，内部设定', en: 'left open; set by the office' },
    external: { zh: '其他规定', en: 'another provision' },
  } as const;
  return (
    <>
      <Field label={say({ zh: '文件（文号、名称）', en: 'Document' })} required errors={errorsAt(errors, 'cite.doc')}>
        {(control) => (
          <Input {...control} value={typed.doc} maxLength={200} onChange={(event) => onChange({ ...typed, doc: event.target.value })} />
        )}
      </Field>
      <Field label={say({ zh: '条款', en: 'Clause' })} required errors={errorsAt(errors, 'cite.clause')}>
        {(control) => (
          <Input
            {...control}
            value={typed.clause}
            maxLength={100}
            onChange={(event) => onChange({ ...typed, clause: event.target.value })}
          />
        )}
      </Field>
      <Field label={say({ zh: '性质', en: 'Basis' })} errors={errorsAt(errors, 'cite.basis')}>
        {(control) => (
          <Select<Source['basis']>
            id={control.id}
            value={typed.basis}
            onChange={(basis) => onChange({ ...typed, basis })}
            options={Object.entries(bases).map(([value, label]) => ({ value: value as Source['basis'], label: say(label) }))}
          />
        )}
      </Field>
      <Field label={say({ zh: '理由', en: 'Reason' })} required errors={errorsAt(errors, 'reason')}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            value={typed.reason}
            maxLength={500}
            onChange={(event) => onChange({ ...typed, reason: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

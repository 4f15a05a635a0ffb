import { Input, Select } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import { kinds, type OrganisationKind } from './organisation.js';

type Typed = {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly uscc: string;
  readonly idNumber: string;
  readonly district: string;
};
type Props = {
  /** the district the person works for; empty where for all */
  readonly district: string;
  readonly onDone: (id: string) => void;
  readonly onCancel: () => void;
};

const bodyOf = ({ kind, name, uscc, idNumber, district }: Typed): Schemas['NewOrganisation'] =>
  kind === 'citizen' ? { kind, name, idNumber, district } : { kind, name, uscc, district };

/** Registers who may apply and be paid: an organisation by its credit code, a person by the identity number, which is never kept in the browser. */
export function NewOrganisation({ district, onDone, onCancel }: Props) {
  const { say } = useLanguage();
  const form = useForm<Typed, { id: string }>({
    draft: 'new-organisation',
    initial: { kind: 'institution', name: '', uscc: '', idNumber: '', district },
    secret: ['idNumber'],
    check: (typed) =>
      mustSay(typed, {
        name: { zh: '请填写名称。', en: 'Give the name.' },
        district: { zh: '请填写地区代码。', en: 'Give the district.' },
        ...(typed.kind === 'citizen'
          ? { idNumber: { zh: '请填写身份证号码。', en: 'Give the identity number.' } }
          : { uscc: { zh: '请填写统一社会信用代码。', en: 'Give the credit code.' } }),
      }),
    send: (typed, key) => good(api.POST('/api/v1/organisations', { params: { header: keyed(key) }, body: bodyOf(typed) })),
    touches: [['organisations']],
    done: ({ id }) => onDone(id),
  });
  const { typed, put } = form;
  const person = typed.kind === 'citizen';
  return (
    <Form of={form} name={say({ zh: '登记单位', en: 'Register an organisation' })} className="narrow-form">
      <Field label={say({ zh: '类别', en: 'Kind' })} required at="kind">
        {(tied) => (
          <Select<OrganisationKind>
            {...tied}
            showSearch={{ optionFilterProp: 'label' }}
            value={typed.kind}
            onChange={(kind) => put({ kind })}
            options={Object.entries(kinds).map(([value, label]) => ({ value: value as OrganisationKind, label: say(label) }))}
          />
        )}
      </Field>
      <Field
        label={person ? say({ zh: '姓名', en: 'Name' }) : say({ zh: '名称', en: 'Name' })}
        required
        at="name"
        hint={person ? '' : say({ zh: '与登记证书一致', en: 'as on its certificate' })}
      >
        {(tied) => <Input {...tied} {...form.text('name')} maxLength={person ? 50 : 200} autoComplete="off" />}
      </Field>
      {person ? (
        <Field
          label={say({ zh: '身份证号码', en: 'Identity number' })}
          required
          at="idNumber"
          hint={say({ zh: '加密保存，只显示掩码', en: 'kept encrypted, shown masked' })}
        >
          {(tied) => <Input {...tied} {...form.text('idNumber')} maxLength={40} autoComplete="off" />}
        </Field>
      ) : (
        <Field
          label={say({ zh: '统一社会信用代码', en: 'Unified social credit code' })}
          required
          at="uscc"
          hint={say({
            zh: '18 位；校验位不符的照录，并予标明',
            en: '18 characters; one whose check character does not fit is kept and marked',
          })}
        >
          {(tied) => <Input {...tied} {...form.text('uscc')} maxLength={40} autoComplete="off" />}
        </Field>
      )}
      <Field
        label={say({ zh: '地区代码', en: 'District' })}
        required
        at="district"
        hint={say({ zh: '6 位，如 210200', en: 'six digits, such as 210200' })}
      >
        {(tied) => <Input {...tied} {...form.text('district')} maxLength={6} inputMode="numeric" />}
      </Field>
      <FormEnd of={form} label={say({ zh: '登记', en: 'Register' })} onCancel={onCancel} />
    </Form>
  );
}

import { Input } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { accountsKey } from './accounts.js';
import { Field } from './field.js';
import { Form, FormEnd } from './form.js';
import { type Form as FormOf, useForm } from './use-form.js';

type NewAccount = Schemas['NewPayeeAccount'];
export const emptyAccount: NewAccount = { holderName: '', accountNo: '', bankNo: '', bankName: '' };

const fields: readonly { readonly name: keyof NewAccount; readonly label: Text; readonly hint: Text }[] = [
  { name: 'holderName', label: { zh: '户名', en: 'Holder' }, hint: { zh: '与单位登记名称一致', en: 'as the organisation is registered' } },
  {
    name: 'accountNo',
    label: { zh: '账号', en: 'Account number' },
    hint: {
      zh: '除制单、复核和出纳外，只显示后四位',
      en: 'whole for those who make, sign and hand over payments; else its last four digits',
    },
  },
  { name: 'bankNo', label: { zh: '开户行行号', en: 'Bank number' }, hint: { zh: '12 位联行号', en: 'twelve digits' } },
  { name: 'bankName', label: { zh: '开户行名称', en: 'Bank' }, hint: { zh: '', en: '' } },
];

/** The four parts of an account, in a form whose places are called like them. */
export function AccountFields({ of }: { readonly of: FormOf<NewAccount> }) {
  const { say } = useLanguage();
  return fields.map(({ name, label, hint }) => (
    <Field key={name} label={say(label)} required hint={say(hint)} at={name}>
      {(tied) => <Input {...tied} {...of.text(name)} autoComplete="off" />}
    </Field>
  ));
}

/** An account somebody wants to be paid to; it is used once another person has approved it. The server's errors stand at their fields. */
export function NewAccountForm({ organisationId, onDone }: { readonly organisationId: string; readonly onDone?: () => void }) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `account ${organisationId}`,
    initial: emptyAccount,
    // an account number is not left lying in the tab's storage
    secret: ['accountNo'],
    send: (body, key) =>
      good(api.POST('/api/v1/organisations/{id}/accounts', { params: { path: { id: organisationId }, header: keyed(key) }, body })),
    touches: [accountsKey(organisationId), ['payee-accounts'], ['transfers'], ['tasks']],
    done: () => onDone?.(),
  });
  return (
    <Form of={form} name={say({ zh: '登记账户', en: 'Register an account' })} className="narrow-form">
      <AccountFields of={form} />
      {form.sent && <p role="status">{say({ zh: '已登记，等待核准。', en: 'Registered; it waits for approval.' })}</p>}
      <FormEnd of={form} label={say({ zh: '提交账户', en: 'Send' })} />
    </Form>
  );
}

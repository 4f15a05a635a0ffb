import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { useDraft } from './draft.js';
import { errorsAt, Field } from './field.js';
import { ProblemAlert } from './problem-alert.js';

type NewAccount = Schemas['NewPayeeAccount'];
const withoutNumber = { holderName: '', bankNo: '', bankName: '' };
const empty: NewAccount = { ...withoutNumber, accountNo: '' };

/** query key of an organisation's accounts */
export const accountsKey = (organisationId: string | undefined) => ['organisation', organisationId, 'accounts'] as const;

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

/** An account somebody wants to be paid to; it is used once another person has approved it. The server's errors stand at their fields. */
export function NewAccountForm({ organisationId, onDone }: { readonly organisationId: string; readonly onDone?: () => void }) {
  const { say } = useLanguage();
  // an account number is not left lying in the tab's storage
  const [typed, setTyped, clear] = useDraft<Omit<NewAccount, 'accountNo'>>(`account ${organisationId}`, withoutNumber);
  const [accountNo, setAccountNo] = useState('');
  const wish = useWish({
    send: (body: NewAccount, key) =>
      good(api.POST('/api/v1/organisations/{id}/accounts', { params: { path: { id: organisationId }, header: keyed(key) }, body })),
    touches: [accountsKey(organisationId), ['payee-accounts'], ['transfers'], ['tasks']],
    done: () => {
      clear();
      setAccountNo('');
      onDone?.();
    },
  });
  const value = { ...empty, ...typed, accountNo };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    wish.mutate(value);
  };
  return (
    <form onSubmit={submit} aria-label={say({ zh: '登记账户', en: 'Register an account' })} noValidate className="narrow-form">
      {fields.map(({ name, label, hint }) => (
        <Field key={name} label={say(label)} required hint={say(hint)} errors={errorsAt(wish.error?.problem.errors, name)}>
          {(tied) => (
            <Input
              {...tied}
              value={value[name]}
              autoComplete="off"
              onChange={({ target }) => (name === 'accountNo' ? setAccountNo(target.value) : setTyped({ ...typed, [name]: target.value }))}
            />
          )}
        </Field>
      ))}
      <ProblemAlert refused={wish.error} shownAt={fields.map(({ name }) => name)} />
      {wish.isSuccess && <p role="status">{say({ zh: '已登记，等待核准。', en: 'Registered; it waits for approval.' })}</p>}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '提交账户', en: 'Send' })}
        </Button>
      </div>
    </form>
  );
}

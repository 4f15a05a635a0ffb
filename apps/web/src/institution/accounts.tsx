import { Alert, Button, Card, Input, Skeleton, Table } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { accountsKey, useAccounts, useOwnOrganisation } from './organisation.js';

type Account = Schemas['PayeeAccount'];
type NewAccount = Schemas['NewPayeeAccount'];
const empty: NewAccount = { holderName: '', accountNo: '', bankNo: '', bankName: '' };

const states: Readonly<Record<Account['state'], readonly [Tone, Text]>> = {
  proposed: ['warn', { zh: '待核准', en: 'to be approved' }],
  approved: ['good', { zh: '使用中', en: 'in use' }],
  rejected: ['bad', { zh: '未核准', en: 'not approved' }],
  retired: ['calm', { zh: '已停用', en: 'retired' }],
};

const fields: readonly { readonly name: keyof NewAccount; readonly label: Text; readonly hint: Text }[] = [
  { name: 'holderName', label: { zh: '户名', en: 'Holder' }, hint: { zh: '与单位登记名称一致', en: 'as the organisation is registered' } },
  {
    name: 'accountNo',
    label: { zh: '账号', en: 'Account number' },
    hint: { zh: '只显示后四位，加密保存', en: 'kept encrypted; only the last four digits are shown' },
  },
  { name: 'bankNo', label: { zh: '开户行行号', en: 'Bank number' }, hint: { zh: '12 位联行号', en: 'twelve digits' } },
  { name: 'bankName', label: { zh: '开户行名称', en: 'Bank' }, hint: { zh: '', en: '' } },
];

/** The accounts subsidies are paid to; a new one waits until the office has approved it. */
export function Accounts() {
  const { say } = useLanguage();
  const { data: own } = useOwnOrganisation();
  const { data: accounts, error, refetch } = useAccounts(own?.id);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (own === undefined || accounts === undefined) return <Skeleton active />;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '收款账户', en: 'Payee accounts' })}</h1>
        <span className="soft">{own.name}</span>
      </div>
      <Table<Account>
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey="id"
        dataSource={accounts}
        columns={[
          { title: say({ zh: '户名', en: 'Holder' }), dataIndex: 'holderName' },
          { title: say({ zh: '账号', en: 'Account' }), dataIndex: 'accountMasked', render: (masked: string) => <code>{masked}</code> },
          { title: say({ zh: '开户行', en: 'Bank' }), render: (_, row) => `${row.bankName}（${row.bankNo}）` },
          {
            title: say({ zh: '状态', en: 'State' }),
            render: (_, { state }) => {
              const [tone, label] = states[state];
              return <StateTag tone={tone} label={label} />;
            },
          },
        ]}
      />
      <Card size="small" title={say({ zh: '登记或变更账户', en: 'Register another account' })}>
        <Alert
          type="info"
          showIcon
          title={say({
            zh: '新账户须经人社部门另一人核准后才会用于拨付；核准前仍按原账户拨付。',
            en: 'A new account is used only after a person of the office has approved it; until then the old one is paid.',
          })}
        />
        <NewAccountForm organisationId={own.id} />
      </Card>
    </div>
  );
}

function NewAccountForm({ organisationId }: { readonly organisationId: string }) {
  const { say } = useLanguage();
  // an account number is not left lying in the tab's storage
  const [typed, setTyped, clear] = useDraft<Omit<NewAccount, 'accountNo'>>('account', { holderName: '', bankNo: '', bankName: '' });
  const [accountNo, setAccountNo] = useState('');
  const wish = useWish({
    send: (body: NewAccount, key) =>
      good(api.POST('/api/v1/organisations/{id}/accounts', { params: { path: { id: organisationId }, header: keyed(key) }, body })),
    touches: [accountsKey(organisationId)],
    done: () => {
      clear();
      setAccountNo('');
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

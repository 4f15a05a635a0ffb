import { Alert, Card, Skeleton, Table } from 'antd';
import type { Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { NewAccountForm } from '../pieces/new-account-form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { useAccounts, useOwnOrganisation } from './organisation.js';

type Account = Schemas['PayeeAccount'];

const states: Readonly<Record<Account['state'], readonly [Tone, Text]>> = {
  proposed: ['warn', { zh: '待核准', en: 'to be approved' }],
  approved: ['good', { zh: '使用中', en: 'in use' }],
  rejected: ['bad', { zh: '未核准', en: 'not approved' }],
  retired: ['calm', { zh: '已停用', en: 'retired' }],
};

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

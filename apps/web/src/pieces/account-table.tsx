import { Skeleton, Table } from 'antd';
import type { Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { useAccounts } from './accounts.js';
import { ProblemAlert } from './problem-alert.js';
import { StateTag, type Tone } from './state-tag.js';

type Account = Schemas['PayeeAccount'];

const states: Readonly<Record<Account['state'], readonly [Tone, Text]>> = {
  proposed: ['warn', { zh: '待核准', en: 'to be approved' }],
  approved: ['good', { zh: '使用中', en: 'in use' }],
  rejected: ['bad', { zh: '未核准', en: 'not approved' }],
  retired: ['calm', { zh: '已停用', en: 'retired' }],
};

/** The accounts of an organisation with their states. */
export function AccountTable({ organisationId }: { readonly organisationId: string }) {
  const { say } = useLanguage();
  const { data: accounts, error, refetch } = useAccounts(organisationId);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (accounts === undefined) return <Skeleton active />;
  return (
    <Table<Account>
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowKey="id"
      dataSource={accounts}
      locale={{ emptyText: say({ zh: '还没有账户', en: 'No account yet' }) }}
      columns={[
        { title: say({ zh: '户名', en: 'Holder' }), dataIndex: 'holderName' },
        { title: say({ zh: '账号', en: 'Account' }), dataIndex: 'accountMasked', render: (masked: string) => <code>{masked}</code> },
        { title: say({ zh: '开户行', en: 'Bank' }), render: (_, row) => `${row.bankName}（${row.bankNo}）` },
        {
          title: say({ zh: '状态', en: 'State' }),
          render: (_, { state }) => <StateTag tone={states[state][0]} label={states[state][1]} />,
        },
      ]}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { Skeleton, Table } from 'antd';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

type Queue = Schemas['QueueDepth'];

const kinds: Readonly<Record<string, Text>> = {
  'payment.request': { zh: '提请拨付', en: 'request a payment' },
  'batch.send': { zh: '送交银行', en: 'send to the bank' },
  'batch.book': { zh: '拨付单入账', en: 'book a batch' },
  'bank.news': { zh: '银行消息', en: 'news from the bank' },
};
const reasons: Readonly<Record<string, Text>> = {
  'fund-short': { zh: '指标不足', en: 'the fund is short' },
  'organisation-suspended': { zh: '单位已停办', en: 'the organisation is suspended' },
  'account-unconfirmed': { zh: '账户待确认', en: 'the account is not confirmed' },
};
const named = (words: Readonly<Record<string, Text>>, key: string): Text => words[key] ?? { zh: key, en: key };

/** How much work waits and why: numbers and reasons, nothing of any case. Read anew every few seconds. */
export function Queues() {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['queues'],
    refetchInterval: 5_000,
    queryFn: () => good(api.GET('/api/v1/queues')),
  });
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '后台队列', en: 'Queues' })}</h1>
        {data !== undefined && (
          <span className="soft">
            {say({ zh: '截至', en: 'As of' })} <Moment at={data.at} />
          </span>
        )}
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton active />}
      {data !== undefined && (
        <Table<Queue>
          size="small"
          rowKey="kind"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={[...data.items]}
          locale={{ emptyText: say({ zh: '没有等待的工作。', en: 'No work waits.' }) }}
          columns={[
            { title: say({ zh: '种类', en: 'Kind' }), render: (_, row) => say(named(kinds, row.kind)) },
            { title: say({ zh: '等待', en: 'Waiting' }), align: 'right', dataIndex: 'pending' },
            { title: say({ zh: '处理中', en: 'In hand' }), align: 'right', dataIndex: 'claimed' },
            { title: say({ zh: '搁置', en: 'Parked' }), align: 'right', dataIndex: 'parked' },
            {
              title: say({ zh: '搁置原因', en: 'Parked for' }),
              render: (_, row) =>
                Object.entries(row.parkedFor)
                  .map(([reason, count]) => `${say(named(reasons, reason))} ${count}`)
                  .join(say({ zh: '；', en: '; ' })) || '—',
            },
            { title: say({ zh: '失败待人处理', en: 'Failed for good' }), align: 'right', dataIndex: 'dead' },
            {
              title: say({ zh: '最早到期', en: 'Oldest due' }),
              render: (_, row) => (row.oldestDueAt === null ? '—' : <Moment at={row.oldestDueAt} />),
            },
          ]}
        />
      )}
    </div>
  );
}

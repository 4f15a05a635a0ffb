import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Skeleton, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day, Moment } from '../pieces/when.js';
import { Wide } from '../pieces/wide.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import './finance.css';

type At = { readonly accountNo: string; readonly on: string };
type Dated = At & { readonly signed: boolean };
type Figures = Schemas['Reconciliation'];

/** Statement against book, account by account and day by day; the report of a day is prepared by one person and signed by another. */
export function Reconciliation() {
  const { say } = useLanguage();
  const [chosen, setChosen] = useState<At | null>(null);
  const days = useQuery({
    queryKey: ['reconciliations', 'days'],
    queryFn: () => good(api.GET('/api/v1/reconciliations/days')),
  });
  const items = days.data?.items ?? [];
  const at = chosen ?? items[0] ?? null;
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '每日对账', en: 'Reconciliation' })}</h1>
      </div>
      {days.error !== null && <ProblemAlert refused={asRefused(days.error)} again={() => void days.refetch()} />}
      <div className="day-sides">
        <Card size="small" title={say({ zh: '账户和日期', en: 'Accounts and days' })}>
          <Wide label={say({ zh: '账户和日期', en: 'Accounts and days' })}>
            <Table<Dated>
              size="small"
              loading={days.isPending}
              pagination={items.length > 15 ? { pageSize: 15, size: 'small', showSizeChanger: false } : false}
              rowKey={({ accountNo, on }) => `${accountNo} ${on}`}
              dataSource={items}
              locale={{
                emptyText: <Empty description={say({ zh: '导入对账单后在此对账', en: 'Bring in a statement first' })} />,
              }}
              columns={[
                {
                  title: say({ zh: '日期', en: 'Day' }),
                  render: (_, row) => (
                    <Button
                      type="link"
                      size="small"
                      onClick={() => setChosen(row)}
                      aria-pressed={at?.on === row.on && at.accountNo === row.accountNo}
                    >
                      <Day date={row.on} />
                    </Button>
                  ),
                },
                { title: say({ zh: '账户', en: 'Account' }), render: (_, row) => <code className="wrap">{row.accountNo}</code> },
                {
                  title: say({ zh: '签署', en: 'Signed' }),
                  render: (_, row) =>
                    row.signed ? (
                      <StateTag tone="good" label={{ zh: '已签署', en: 'signed' }} />
                    ) : (
                      <StateTag tone="warn" label={{ zh: '待签署', en: 'not signed' }} />
                    ),
                },
              ]}
            />
          </Wide>
        </Card>
        {at !== null && <OneDay key={`${at.accountNo} ${at.on}`} at={at} />}
      </div>
    </>
  );
}

function OneDay({ at }: { readonly at: At }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const day = useQuery({
    queryKey: ['reconciliations', at],
    queryFn: () =>
      good(api.GET('/api/v1/reconciliations/{date}', { params: { path: { date: at.on }, query: { accountNo: at.accountNo } } })),
  });
  const reports = useQuery({
    queryKey: ['reconciliations', 'reports', at],
    queryFn: () => good(api.GET('/api/v1/reconciliations', { params: { query: { accountNo: at.accountNo, on: at.on } } })),
  });
  const prepare = useWish({
    send: ({ accountNo, on }: At, key) =>
      good(api.POST('/api/v1/reconciliations/{date}/prepare', { params: { path: { date: on }, header: keyed(key) }, body: { accountNo } })),
    touches: [['reconciliations']],
  });
  if (day.error !== null) return <ProblemAlert refused={asRefused(day.error)} again={() => void day.refetch()} />;
  if (day.data === undefined) return <Skeleton active />;
  const mayPrepare = person?.role === 'maker' || person?.role === 'cashier';
  return (
    <Card size="small" title={<Day date={at.on} />}>
      <div className="stack">
        <Alert
          showIcon
          type={day.data.agrees ? 'success' : 'warning'}
          title={say(
            day.data.agrees
              ? { zh: '账实相符，没有待解释的差异。', en: 'Statement and book agree; nothing is left to explain.' }
              : { zh: '尚有差异或待查事项，见下。', en: 'Something is left to explain; see below.' },
          )}
        />
        <DayFigures day={day.data} />
        {mayPrepare && (
          <Button loading={prepare.isPending} onClick={() => prepare.mutate(at)}>
            {say({ zh: '编制当日报告', en: 'Prepare the report of this day' })}
          </Button>
        )}
        <ProblemAlert refused={prepare.error} />
        {reports.data?.items.map((report) => (
          <Report key={report.id} report={report} me={person?.id ?? ''} signs={person?.role === 'checker'} />
        ))}
      </div>
    </Card>
  );
}

/** its name, what it comes to, whether somebody must look into it, and where */
type Figure = readonly [Text, ReactNode, boolean, string?];

function DayFigures({ day }: { readonly day: Figures }) {
  const { say } = useLanguage();
  const rows: readonly Figure[] = [
    [{ zh: '期初（对账单）', en: 'Opening' }, <Money key="o" fen={day.statement?.openingFen} />, day.openingAgrees === false],
    [{ zh: '期末（对账单）', en: 'Closing' }, <Money key="c" fen={day.statement?.closingFen} />, false],
    [{ zh: '账面当日变动', en: 'Movement in our books' }, <Money key="b" fen={day.bookFen} />, false],
    [{ zh: '与对账单之差', en: 'Difference' }, <Money key="d" fen={day.differenceFen} />, false],
    [{ zh: '其中跨日入账', en: 'of it booked on another day' }, <Money key="od" fen={day.otherDays.fen} />, false],
    [{ zh: '未解释的差额', en: 'Unexplained' }, <Money key="ue" fen={day.unexplainedFen} />, day.unexplainedFen !== '0'],
    [{ zh: '已匹配', en: 'Matched' }, <Counted key="m" of={day.matched} />, false],
    [
      { zh: '未匹配收入', en: 'Unmatched credits' },
      <Counted key="uc" of={day.unmatchedCredits} />,
      day.unmatchedCredits.count > 0,
      'statement-lines',
    ],
    [
      { zh: '未匹配支出', en: 'Unmatched debits' },
      <Counted key="ud" of={day.unmatchedDebits} />,
      day.unmatchedDebits.count > 0,
      'statement-lines',
    ],
    [
      { zh: '已记到账而对账单未见', en: 'Settled but not on the statement' },
      <Counted key="s" of={day.settledWithoutLine} />,
      day.settledWithoutLine.count > 0,
    ],
    [{ zh: '超过两个工作日未见', en: 'Not seen for two working days' }, <Counted key="a" of={day.ageing} />, day.ageing.count > 0],
    [{ zh: '结果未明', en: 'Outcome unknown' }, day.unknown, day.unknown > 0, 'transfers'],
    [{ zh: '待查事项', en: 'Items to look into' }, day.openItems, day.openItems > 0, 'bank-files'],
  ];
  return (
    <dl className="figures">
      {rows.map(([label, value, wrong, where]) => (
        <div key={label.en}>
          <dt>{say(label)}</dt>
          <dd className={wrong ? 'late' : ''}>
            {wrong && where !== undefined ? <Link to={`/desk/finance/${where}`}>{value}</Link> : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Counted({ of }: { readonly of: { readonly count: number; readonly fen: string } }) {
  const { say } = useLanguage();
  return (
    <>
      {say({ zh: '{count} 笔', en: '{count} lines' }, { count: of.count })} <Money fen={of.fen} />
    </>
  );
}

type ReportProps = { readonly report: Schemas['ReconciliationReport']; readonly me: string; readonly signs: boolean };

function Report({ report, me, signs }: ReportProps) {
  const { say } = useLanguage();
  const wish = useWish({
    send: (contentHash: string, key) =>
      good(
        api.POST('/api/v1/reconciliations/{id}/sign', { params: { path: { id: report.id }, header: keyed(key) }, body: { contentHash } }),
      ),
    touches: [['reconciliations']],
  });
  return (
    <div className="stack">
      <p>
        {report.signedAt === null ? (
          <StateTag tone="warn" label={{ zh: '报告待签署', en: 'report to be signed' }} />
        ) : (
          <>
            <StateTag tone="good" label={{ zh: '报告已签署', en: 'report signed' }} /> <Moment at={report.signedAt} />
          </>
        )}{' '}
        {report.preparedBy === me && <span className="soft">{say({ zh: '由您编制', en: 'prepared by you' })}</span>}
        {report.signedBy === me && <span className="soft">{say({ zh: '由您签署', en: 'signed by you' })}</span>}
        <br />
        <code className="hash">{report.contentHash}</code>
      </p>
      {report.signedAt === null && report.preparedBy === me && (
        <p className="soft">{say({ zh: '须由复核人核对后签署。', en: 'A checker signs it.' })}</p>
      )}
      {signs && report.signedAt === null && report.preparedBy !== me && (
        <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate(report.contentHash)}>
          {say({ zh: '核对无误，签署报告', en: 'Sign the report' })}
        </Button>
      )}
      <ProblemAlert refused={wish.error} />
    </div>
  );
}

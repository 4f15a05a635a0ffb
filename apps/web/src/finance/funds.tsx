import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Segmented, Select, Skeleton, Table } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useLegalDay } from '../pieces/deadline.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Wide } from '../pieces/wide.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import './finance.css';
import { type Fund, figures, figureWords } from './fund.js';
import { NewFund } from './new-fund.js';

type Month = Schemas['ExecutionRow'];

// the charts come only when a fund is looked at
const BurnDown = lazy(async () => ({ default: (await import('./burn-down.js')).BurnDown }));

/** Each fund of a year: what is left, reserved, on its way and spent; and how the year's budget burns down month by month. */
export function Funds() {
  const { say } = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const today = useLegalDay();
  const { data: person } = useSession();
  const [opening, setOpening] = useState(false);
  const navigate = useNavigate();
  const execution = useQuery({
    queryKey: ['fund-execution'],
    queryFn: () => good(api.GET('/api/v1/reports/fund-execution', { params: { query: {} } })),
  });
  const rows = execution.data?.items ?? [];
  const funds = [...new Map(rows.map((row) => [row.fundId, row])).values()];
  const shown = chosen ?? busiest(rows)?.fundId ?? null;
  const months = rows.filter(({ fundId, month }) => fundId === shown && month <= Number((today ?? '').slice(5, 7)));
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '资金与指标', en: 'Funds' })}</h1>
        {person?.role === 'supervisor' && (
          <div className="page-head-end">
            <Button type="primary" disabled={opening || today === undefined} onClick={() => setOpening(true)}>
              {say({ zh: '建立资金来源', en: 'Open a fund' })}
            </Button>
          </div>
        )}
      </div>
      {opening && today !== undefined && (
        <Card
          size="small"
          title={say({ zh: '建立资金来源（下达指标后才有钱）', en: 'Open a fund (it has no money before an appropriation)' })}
        >
          <NewFund
            year={Number(today.slice(0, 4))}
            onDone={(id) => void navigate(`/desk/finance/funds/${id}`)}
            onCancel={() => setOpening(false)}
          />
        </Card>
      )}
      {execution.error !== null && <ProblemAlert refused={asRefused(execution.error)} again={() => void execution.refetch()} />}
      <Card
        size="small"
        title={say({ zh: '本年指标执行', en: 'This year’s budget' })}
        extra={
          <Select
            aria-label={say({ zh: '资金来源', en: 'Fund' })}
            style={{ width: 'min(260px, 50vw)' }}
            value={shown}
            onChange={setChosen}
            options={funds.map((row) => ({ value: row.fundId, label: `${row.fund} ${say(row.name)} · ${say(placeName(row.district))}` }))}
          />
        }
      >
        {execution.data === undefined ? (
          <Skeleton active />
        ) : shown === null ? (
          <Empty description={say({ zh: '本年还没有资金来源', en: 'No funds this year' })} />
        ) : (
          <>
            <Suspense fallback={<Skeleton active />}>
              <BurnDown months={months} />
            </Suspense>
            <Months rows={months} />
          </>
        )}
      </Card>
      {today !== undefined && <AllFunds thisYear={Number(today.slice(0, 4))} />}
    </div>
  );
}

/** Every fund of a budget year: what is left, reserved, on its way, spent, and due to the treasury. */
function AllFunds({ thisYear }: { readonly thisYear: number }) {
  const { say } = useLanguage();
  const [year, setYear] = useState(thisYear);
  return (
    <section>
      <div className="page-head">
        <h2>{say({ zh: '各项资金', en: 'All funds' })}</h2>
        <div className="page-head-end">
          <Segmented<number>
            value={year}
            onChange={setYear}
            options={[thisYear - 1, thisYear, thisYear + 1, allYears].map((value) => ({
              value,
              label: value === allYears ? say({ zh: '全部', en: 'All' }) : say({ zh: '{value} 年', en: '{value}' }, { value }),
            }))}
          />
        </div>
      </div>
      <PagedTable<Fund>
        label={say({ zh: '资金来源', en: 'Funds' })}
        queryKey={['funds', year]}
        load={(cursor) =>
          good(
            api.GET('/api/v1/funds', {
              params: { query: { ...(year === allYears ? {} : { fiscalYear: year }), ...(cursor === undefined ? {} : { cursor }) } },
            }),
          )
        }
        rowKey={({ id }) => id}
        columns={[
          {
            title: say({ zh: '资金', en: 'Fund' }),
            render: (_, fund) => (
              <>
                <Link className="in-text" to={`/desk/finance/funds/${fund.id}`}>
                  {fund.code}/{fund.fiscalYear}
                </Link>{' '}
                {fund.closedOn !== null && <StateTag tone="calm" label={{ zh: '已年结', en: 'closed' }} />}
                <div>{say(fund.name)}</div>
              </>
            ),
          },
          { title: say({ zh: '地区', en: 'District' }), render: (_, { district }) => say(placeName(district)) },
          ...figures.map((name) => ({
            key: name,
            title: say(figureWords[name]),
            align: 'right' as const,
            render: (_: unknown, fund: Fund) => <Money fen={fund[name]} plain />,
          })),
        ]}
      />
    </section>
  );
}

const allYears = 0;

/** The fund that has spent most is what one wants to see first. */
const busiest = (rows: readonly Month[]): Month | undefined =>
  [...rows].sort((a, b) =>
    BigInt(b.spentFen) > BigInt(a.spentFen) ? 1 : BigInt(b.spentFen) < BigInt(a.spentFen) ? -1 : a.fund.localeCompare(b.fund),
  )[0];

/** The same figures as a table: a chart alone tells nothing to who cannot see it. */
function Months({ rows }: { readonly rows: readonly Month[] }) {
  const { say } = useLanguage();
  return (
    <Wide label={say({ zh: '按月', en: 'By month' })}>
      <Table<Month>
        size="small"
        pagination={false}
        rowKey="month"
        dataSource={rows}
        columns={[
          { title: say({ zh: '月末', en: 'End of month' }), dataIndex: 'month' },
          { title: say({ zh: '下达', en: 'Authorised' }), align: 'right', render: (_, row) => <Money fen={row.authorisedFen} plain /> },
          { title: say({ zh: '已支出', en: 'Spent' }), align: 'right', render: (_, row) => <Money fen={row.spentFen} plain /> },
          {
            title: say({ zh: '执行率', en: 'Executed' }),
            align: 'right',
            render: (_, row) => (row.executedPercent === null ? '—' : `${row.executedPercent}%`),
          },
        ]}
      />
    </Wide>
  );
}

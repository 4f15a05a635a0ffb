import { Card, Skeleton, Table } from 'antd';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { asRefused } from '../api/problem.js';
import { useLegalDay } from '../pieces/deadline.js';
import { Money } from '../pieces/money.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { Advances } from './advances.js';
import { Figures } from './district-figures.js';
import { DistrictMap } from './district-map.js';
import { byDistrict, byWeek, type DistrictRow, type Reports } from './figures.js';
import './oversight.css';
import { OnTime } from './on-time.js';
import { useReports } from './reports.js';
import { Share } from './share.js';

const Bars = lazy(() => import('./bars.js').then(({ Bars: piece }) => ({ default: piece })));

/** What was promised and kept, what is out, what will be asked for: by district, then in full. */
export function Overview() {
  const { say } = useLanguage();
  const { data, error, refetch } = useReports();
  const today = useLegalDay();
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined || today === undefined) return <Skeleton active />;
  const districts = byDistrict(data, Number(today.slice(5, 7)));
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '监督总览', en: 'Overview' })}</h1>
      </div>
      <Figures districts={districts} />
      <Card size="small" title={say({ zh: '分区示意图', en: 'Districts' })}>
        <DistrictMap rows={districts} />
      </Card>
      <Card size="small" title={say({ zh: '分地区', en: 'By district' })}>
        <Districts rows={districts} />
      </Card>
      <Card size="small" title={say({ zh: '未来 90 天支付需求（按周）', en: 'Payments asked for within 90 days, by week' })}>
        <Forecast rows={data.forecast} />
      </Card>
      <Card size="small" title={say({ zh: '按期支付（法定时限）', en: 'Payments within their legal limit' })}>
        <OnTime rows={data.onTime} />
      </Card>
      <Card size="small" title={say({ zh: '未核销预拨款及账龄', en: 'Advances outstanding, by age' })}>
        <Advances rows={data.advances} />
      </Card>
    </div>
  );
}

function Districts({ rows }: { readonly rows: readonly DistrictRow[] }) {
  const { say } = useLanguage();
  return (
    <Table<DistrictRow>
      size="small"
      rowKey="district"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={[...rows]}
      columns={[
        {
          title: say({ zh: '地区', en: 'District' }),
          render: (_, row) => <Link to={`/desk/oversight/districts/${row.district}`}>{say(placeName(row.district))}</Link>,
        },
        {
          title: say({ zh: '按期支付率', en: 'In time' }),
          render: (_, row) => <Share of={row.keptPercent} label={say({ zh: '按期支付率', en: 'In time' })} />,
        },
        {
          title: say({ zh: '按期 / 确认逾期 / 未定', en: 'Kept / broken / open' }),
          render: (_, row) => `${row.kept} / ${row.broken} / ${row.open}`,
        },
        { title: say({ zh: '预拨未核销', en: 'Advances' }), align: 'right', render: (_, row) => <Money fen={row.advancesFen} /> },
        {
          title: say({ zh: '最长账龄（天）', en: 'Oldest (days)' }),
          align: 'right',
          render: (_, row) => row.oldestDays ?? '—',
        },
        { title: say({ zh: '90 天内需支付', en: 'Within 90 days' }), align: 'right', render: (_, row) => <Money fen={row.forecastFen} /> },
        { title: say({ zh: '指标', en: 'Authorised' }), align: 'right', render: (_, row) => <Money fen={row.authorisedFen} /> },
        { title: say({ zh: '已支出', en: 'Spent' }), align: 'right', render: (_, row) => <Money fen={row.spentFen} /> },
        {
          title: say({ zh: '执行率', en: 'Executed' }),
          render: (_, row) => <Share of={row.executedPercent} label={say({ zh: '执行率', en: 'Executed' })} />,
        },
      ]}
    />
  );
}

function Forecast({ rows }: { readonly rows: Reports['forecast'] }) {
  const { say } = useLanguage();
  const weeks = byWeek(rows);
  const name = (weekOf: string | null) => weekOf ?? say({ zh: '日期未定', en: 'no day yet' });
  return (
    <>
      {weeks.length > 0 && (
        <Suspense fallback={<Skeleton active />}>
          <Bars
            bars={weeks.map(({ weekOf, amountFen }) => ({ label: name(weekOf), fen: amountFen }))}
            label={say({ zh: '支付需求图，数字见下表', en: 'Chart of what is asked for; its figures are in the table below' })}
          />
        </Suspense>
      )}
      <Table
        size="small"
        rowKey={({ weekOf }) => name(weekOf)}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={weeks}
        columns={[
          { title: say({ zh: '周（起）', en: 'Week of' }), render: (_, week) => name(week.weekOf) },
          { title: say({ zh: '笔数', en: 'Payments' }), align: 'right', dataIndex: 'payments' },
          { title: say({ zh: '金额', en: 'Amount' }), align: 'right', render: (_, week) => <Money fen={week.amountFen} /> },
        ]}
      />
    </>
  );
}

import { Card, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useLegalDay } from '../pieces/deadline.js';
import { PagedTable } from '../pieces/paged-table.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StandingTag } from '../pieces/state-tag.js';
import { Day, Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { Advances } from './advances.js';
import { BreachTable } from './breaches.js';
import { Figures } from './district-figures.js';
import { byDistrict } from './figures.js';
import { OnTime } from './on-time.js';
import { useReports } from './reports.js';

/** One district: its figures, its broken limits, its advances, its cases; from each of them to the case. */
export function District() {
  const { say } = useLanguage();
  const { district = '' } = useParams();
  const { data, error, refetch } = useReports();
  const today = useLegalDay();
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined || today === undefined) return <Skeleton active />;
  const here = <Row extends { readonly district: string }>(rows: readonly Row[]) => rows.filter((row) => row.district === district);
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say(placeName(district))}</h1>
        <div className="page-head-end">
          <Link to="/desk/oversight">{say({ zh: '返回监督总览', en: 'Back to the overview' })}</Link>
        </div>
      </div>
      <Figures districts={here(byDistrict(data, Number(today.slice(5, 7))))} />
      <Card size="small" title={say({ zh: '逾期与疑似逾期', en: 'Limits broken or suspected' })}>
        <BreachTable district={district} />
      </Card>
      <Card size="small" title={say({ zh: '按期支付（法定时限）', en: 'Payments within their legal limit' })}>
        <OnTime rows={here(data.onTime)} />
      </Card>
      <Card size="small" title={say({ zh: '未核销预拨款及账龄', en: 'Advances outstanding, by age' })}>
        <Advances rows={here(data.advances)} />
      </Card>
      <Card size="small" title={say({ zh: '案件', en: 'Cases' })}>
        <Cases district={district} />
      </Card>
    </div>
  );
}

function Cases({ district }: { readonly district: string }) {
  const { say } = useLanguage();
  return (
    <PagedTable<Schemas['CaseSummary']>
      label={say({ zh: '案件', en: 'Cases' })}
      queryKey={['cases', 'district', district]}
      load={(cursor) =>
        good(api.GET('/api/v1/cases', { params: { query: { district, limit: 20, ...(cursor === undefined ? {} : { cursor }) } } }))
      }
      rowKey={({ id }) => id}
      columns={[
        { title: say({ zh: '案件编号', en: 'Case' }), render: (_, row) => <Link to={`/desk/cases/${row.id}`}>{row.caseNo}</Link> },
        { title: say({ zh: '政策', en: 'Policy' }), render: (_, row) => say(row.policy.title) },
        { title: say({ zh: '状态', en: 'Standing' }), render: (_, row) => <StandingTag standing={row.standing} /> },
        { title: say({ zh: '立案', en: 'Opened' }), render: (_, row) => <Day date={row.openedOn} /> },
        { title: say({ zh: '最近进展', en: 'Last event' }), render: (_, row) => <Moment at={row.lastAt} /> },
      ]}
    />
  );
}

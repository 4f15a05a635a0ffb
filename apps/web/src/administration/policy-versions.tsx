import { useQuery } from '@tanstack/react-query';
import { Skeleton, Table } from 'antd';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { CheckTag } from './check-tag.js';

type Version = Schemas['PolicySummary'];

/** The versions in force, each with its pages and, where there are several, what differs between them. */
export function PolicyVersions() {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['policies'],
    queryFn: () => good(api.GET('/api/v1/policies', { params: { query: {} } })),
  });
  const checks = useQuery({ queryKey: ['policy-checks'], queryFn: () => good(api.GET('/api/v1/policies/checks')) });
  const checkOf = (row: Version) =>
    checks.data?.items.find((each) => each.id === row.id && each.jurisdiction === row.jurisdiction && each.version === row.version);
  const several = (id: string) => (data?.items.filter((each) => each.id === id).length ?? 0) > 1;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '政策版本', en: 'Policy versions' })}</h1>
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton active />}
      {data !== undefined && (
        <Table<Version>
          size="small"
          rowKey={({ id, jurisdiction, version }) => `${id} ${jurisdiction} ${version}`}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={[...data.items]}
          columns={[
            {
              title: say({ zh: '政策', en: 'Policy' }),
              render: (_, row) => <Link to={`/policies/${row.id}?version=${row.jurisdiction}@${row.version}`}>{say(row.title)}</Link>,
            },
            { title: say({ zh: '地区', en: 'Place' }), render: (_, row) => say(placeName(row.jurisdiction)) },
            { title: say({ zh: '版本', en: 'Version' }), dataIndex: 'version' },
            { title: say({ zh: '执行自', en: 'From' }), render: (_, row) => <Day date={row.from} /> },
            {
              title: say({ zh: '至', en: 'Until' }),
              render: (_, row) => (row.untilEvent === null ? <Day date={row.until} /> : say(row.untilEvent.label)),
            },
            {
              title: say({ zh: '状态机检查', en: 'Check of the machine' }),
              render: (_, row) => {
                const check = checkOf(row);
                return check === undefined ? null : (
                  <Link to={`/desk/admin/policies/${row.id}/${row.jurisdiction}/${row.version}/check`}>
                    <CheckTag outcome={check.outcome} />
                    {check.checkedOn !== null && <Day date={check.checkedOn} />}
                  </Link>
                );
              },
            },
            {
              title: say({ zh: '对照', en: 'Compare' }),
              render: (_, row) =>
                several(row.id) ? <Link to={`/policies/${row.id}/compare`}>{say({ zh: '逐条对照', en: 'Side by side' })}</Link> : '—',
            },
          ]}
        />
      )}
    </div>
  );
}

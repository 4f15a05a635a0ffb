import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Skeleton, Table } from 'antd';
import { Link, useParams } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { Clause } from '../pieces/clause.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { ParameterState, ValueText } from './parameters.js';

type Detail = Schemas['ParameterDetail'];

/** A proposal with the running cases it touches; another person approves it after looking at them. */
export function ParameterPage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const { data: person } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ['parameter', id],
    queryFn: () => good(api.GET('/api/v1/parameters/{id}', { params: { path: { id } } })),
  });
  const decide = useWish({
    send: (approve: boolean, key): Promise<unknown> => {
      const params = { path: { id }, header: keyed(key) };
      if (!approve) return good(api.POST('/api/v1/parameters/{id}/reject', { params }));
      const sha256 = data?.touched?.sha256;
      return good(api.POST('/api/v1/parameters/{id}/approve', { params, body: sha256 === undefined ? {} : { touchedSha256: sha256 } }));
    },
    touches: [['parameters'], ['parameter', id], ['world-events']],
  });
  if (error !== null && data === undefined) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton active />;
  const open = data.approvedBy === null && data.rejectedBy === null;
  const own = data.proposedBy === person?.id;
  const approves = person?.role === 'approver' || person?.role === 'supervisor';
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{data.key}</h1>
        <ParameterState of={data} />
      </div>
      <Card size="small">
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={[
            { key: 'policy', label: say({ zh: '政策', en: 'Policy' }), children: data.shared ?? data.policyId },
            { key: 'value', label: say({ zh: '取值', en: 'Value' }), children: <ValueText value={data.value} /> },
            { key: 'scope', label: say({ zh: '范围', en: 'Scope' }), children: data.scope },
            { key: 'from', label: say({ zh: '生效', en: 'From' }), children: <Day date={data.effectiveFrom} /> },
            { key: 'cite', label: say({ zh: '依据', en: 'Source' }), children: <Clause cite={data.cite} /> },
            { key: 'reason', label: say({ zh: '理由', en: 'Reason' }), children: data.reason },
            {
              key: 'running',
              label: say({ zh: '在办案件', en: 'Running cases' }),
              children: say(
                data.running === 'keep'
                  ? { zh: '沿用立案时的取值', en: 'keep what they began with' }
                  : { zh: '随新值执行', en: 'follow the new value' },
              ),
            },
          ]}
        />
      </Card>
      {data.touched !== null && <Touched touched={data.touched} />}
      <ProblemAlert refused={decide.error} />
      {open && (own || approves) && (
        <div className="actions">
          {!own && approves && (
            <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
              {say({ zh: '批准', en: 'Approve' })}
            </Button>
          )}
          <Button loading={decide.isPending} onClick={() => decide.mutate(false)}>
            {own ? say({ zh: '撤回提议', en: 'Take it back' }) : say({ zh: '不批准', en: 'Turn it down' })}
          </Button>
          {own && <span className="soft">{say({ zh: '提出人不能批准，须由另一人批准。', en: 'Who proposed it cannot approve it.' })}</span>}
        </div>
      )}
    </div>
  );
}

function Touched({ touched }: { readonly touched: NonNullable<Detail['touched']> }) {
  const { say } = useLanguage();
  return (
    <Card size="small" title={say({ zh: '所涉在办案件（{count}）', en: 'Running cases it touches ({count})' }, { count: touched.count })}>
      <Table
        size="small"
        rowKey={({ policyId, jurisdiction, version }) => `${policyId} ${jurisdiction} ${version}`}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={touched.byPolicy}
        columns={[
          { title: say({ zh: '政策', en: 'Policy' }), render: (_, row) => say(row.title) },
          { title: say({ zh: '案件', en: 'Cases' }), align: 'right', dataIndex: 'count' },
          {
            title: say({ zh: '现值', en: 'Before' }),
            render: (_, row) => row.before.map((value) => <ValueText key={JSON.stringify(value)} value={value} />),
          },
          { title: say({ zh: '新值', en: 'After' }), render: (_, row) => <ValueText value={row.after} /> },
        ]}
      />
      <p>
        {touched.cases.map(({ id, caseNo }) => (
          <Link key={id} to={`/desk/cases/${id}`} className="day">
            {caseNo}{' '}
          </Link>
        ))}
      </p>
    </Card>
  );
}

import { Button, Card } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { Clause } from '../pieces/clause.js';
import { PagedTable } from '../pieces/paged-table.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { ProposeParameter } from './propose-parameter.js';

type Parameter = Schemas['ParameterValue'];

/** Values two people put in force, and proposals that wait for the second. */
export function Parameters() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const titleOf = usePolicyTitles();
  const [proposing, setProposing] = useState(false);
  const may = person?.role === 'officer' || person?.role === 'supervisor';
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '参数', en: 'Parameters' })}</h1>
        {may && (
          <div className="page-head-end">
            <Button type="primary" disabled={proposing} onClick={() => setProposing(true)}>
              {say({ zh: '提出取值', en: 'Propose a value' })}
            </Button>
          </div>
        )}
      </div>
      {proposing && (
        <Card size="small" title={say({ zh: '提出取值（另一人批准后生效）', en: 'Propose a value (another person approves it)' })}>
          <ProposeParameter onDone={() => setProposing(false)} />
        </Card>
      )}
      <PagedTable<Parameter>
        label={say({ zh: '参数', en: 'Parameters' })}
        queryKey={['parameters']}
        load={(cursor) => good(api.GET('/api/v1/parameters', { params: { query: cursor === undefined ? {} : { cursor } } }))}
        rowKey={({ id }) => id}
        empty={say({ zh: '没有另行设定的取值，全部按政策文件的默认值执行。', en: 'Nothing was set: every policy runs on its defaults.' })}
        columns={[
          {
            title: say({ zh: '参数', en: 'Parameter' }),
            render: (_, row) => <Link to={`/desk/admin/parameters/${row.id}`}>{row.key}</Link>,
          },
          { title: say({ zh: '政策', en: 'Policy' }), render: (_, row) => row.shared ?? say(titleOf(row.policyId)) },
          { title: say({ zh: '取值', en: 'Value' }), render: (_, row) => <ValueText value={row.value} /> },
          { title: say({ zh: '范围', en: 'Scope' }), dataIndex: 'scope' },
          { title: say({ zh: '生效', en: 'From' }), render: (_, row) => <Day date={row.effectiveFrom} /> },
          { title: say({ zh: '依据', en: 'Source' }), render: (_, row) => <Clause cite={row.cite} /> },
          { title: say({ zh: '状态', en: 'State' }), render: (_, row) => <ParameterState of={row} /> },
        ]}
      />
    </div>
  );
}

export function ParameterState({ of }: { readonly of: Pick<Parameter, 'approvedBy' | 'rejectedBy'> }) {
  if (of.approvedBy !== null) return <StateTag tone="good" label={{ zh: '已生效', en: 'approved' }} />;
  if (of.rejectedBy !== null) return <StateTag tone="calm" label={{ zh: '未批准', en: 'turned down' }} />;
  return <StateTag tone="warn" label={{ zh: '待批准', en: 'waits for approval' }} />;
}

export const ValueText = ({ value }: { readonly value: Parameter['value'] }) => (
  <span className="wrap">{typeof value === 'object' ? <code className="code">{JSON.stringify(value)}</code> : String(value)}</span>
);

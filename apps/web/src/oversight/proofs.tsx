import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Skeleton, Table } from 'antd';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { PagedTable } from '../pieces/paged-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day, Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import './oversight.css';

type Run = Schemas['AuditRun'];
type Finding = Schemas['AuditFinding'];
type Proof = Schemas['LedgerProof'];

/** Whether what is stored is what was recorded: the last verification of every chain, and the nightly proof of the books. */
export function Proofs() {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({ queryKey: ['audit', 'verify'], queryFn: () => good(api.GET('/api/v1/audit/verify')) });
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '核验', en: 'Verification' })}</h1>
      </div>
      <Card size="small" title={say({ zh: '事件链、账簿与检查点', en: 'Chains, books and checkpoints' })}>
        {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton active />}
        {data?.run === null && (
          <p role="status">
            {say({
              zh: '还没有核验记录。核验由独立程序以只读身份进行：在服务器上运行 tranche verify。',
              en: 'Nothing was verified yet. A separate program does it under a read-only role: run tranche verify on the server.',
            })}
          </p>
        )}
        {data?.run !== null && data?.run !== undefined && <Verified run={data.run} />}
      </Card>
      <Card size="small" title={say({ zh: '账务夜间核对', en: 'Nightly proofs of the books' })}>
        <Nights />
      </Card>
    </div>
  );
}

function Verified({ run }: { readonly run: Run }) {
  const { say } = useLanguage();
  const { last, files, leaves, witnessed } = run.checkpoints;
  return (
    <div className="stack">
      <div className={run.ok ? 'verdict' : 'verdict bad'} role="status">
        {run.ok
          ? say({ zh: '✓ 全部一致，未发现改动', en: '✓ Everything agrees; nothing was changed' })
          : say({ zh: '✗ 发现 {count} 处不一致', en: '✗ {count} findings' }, { count: run.findingsTotal })}
      </div>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'at', label: say({ zh: '核验时间', en: 'Verified at' }), children: <Moment at={run.finishedAt} /> },
          { key: 'by', label: say({ zh: '核验程序', en: 'By' }), children: run.recordedBy },
          { key: 'cases', label: say({ zh: '案件', en: 'Cases' }), children: run.cases },
          { key: 'events', label: say({ zh: '事件', en: 'Events' }), children: run.events },
          {
            key: 'checkpoints',
            label: say({ zh: '签名检查点', en: 'Signed checkpoints' }),
            children: say(
              witnessed
                ? { zh: '{files} 份，{leaves} 个案件状态', en: '{files} files, {leaves} heads of cases' }
                : { zh: '未提供', en: 'none was given' },
              { files, leaves },
            ),
          },
          { key: 'last', label: say({ zh: '最近检查点', en: 'Last checkpoint' }), children: <Day date={last?.day} /> },
        ]}
      />
      {run.findings.length > 0 && <Findings findings={run.findings} />}
    </div>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { say } = useLanguage();
  return (
    <Table<Finding>
      size="small"
      rowKey={(finding) => `${finding.kind} ${finding.caseId ?? ''} ${finding.seq ?? ''} ${finding.text.en}`}
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={[...findings]}
      columns={[
        { title: say({ zh: '问题', en: 'Finding' }), render: (_, { text }) => <span className="wrap">{say(text)}</span> },
        {
          title: say({ zh: '案件', en: 'Case' }),
          render: (_, { caseId, caseNo }) => (caseId === undefined ? '—' : <Link to={`/desk/cases/${caseId}`}>{caseNo ?? caseId}</Link>),
        },
        { title: say({ zh: '事件序号', en: 'Event' }), align: 'right', render: (_, { seq }) => seq ?? '—' },
      ]}
    />
  );
}

function Nights() {
  const { say } = useLanguage();
  return (
    <PagedTable<Proof>
      label={say({ zh: '账务夜间核对', en: 'Nightly proofs of the books' })}
      queryKey={['ledger', 'proofs']}
      load={(cursor) => good(api.GET('/api/v1/ledger/proofs', { params: { query: cursor === undefined ? {} : { cursor } } }))}
      rowKey={({ id }) => id}
      columns={[
        { title: say({ zh: '业务日期', en: 'Day' }), render: (_, row) => <Day date={row.legalDay} /> },
        {
          title: say({ zh: '结果', en: 'Result' }),
          render: (_, row) =>
            row.ok ? (
              <StateTag tone="good" label={{ zh: '一致', en: 'agrees' }} />
            ) : (
              <StateTag tone="bad" label={{ zh: `${row.findingsTotal} 处不一致`, en: `${row.findingsTotal} findings` }} />
            ),
        },
        { title: say({ zh: '完成', en: 'Finished' }), render: (_, row) => <Moment at={row.finishedAt} /> },
      ]}
      expandable={{
        rowExpandable: ({ findings }) => findings.length > 0,
        expandedRowRender: ({ findings }) => <Findings findings={findings} />,
      }}
    />
  );
}

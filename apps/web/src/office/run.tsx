import { useQuery } from '@tanstack/react-query';
import { Button, Card, Skeleton, Table } from 'antd';
import { useParams } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { Money } from '../pieces/money.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { type Outcome, OutcomeTag, Why } from '../pieces/run-line.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Wide } from '../pieces/wide.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { RunControl } from './run-control.js';
import { RunLines } from './run-lines.js';
import { RunTag } from './runs.js';

type Preview = Schemas['NoApplicationRunPreview'];
type List = Schemas['RunList'];

const listStates: Readonly<Record<List['state'], readonly [Tone, Text]>> = {
  open: ['warn', { zh: '待抽核', en: 'to be checked' }],
  confirmed: ['busy', { zh: '待审批', en: 'to be approved' }],
  approved: ['busy', { zh: '建案中', en: 'cases being opened' }],
  opened: ['good', { zh: '已建案', en: 'cases opened' }],
};

/** What a run found and why; its list is checked by a second person and approved by a third, each for exactly the content shown. */
export function RunPage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const titles = usePolicyTitles();
  const {
    data: run,
    error,
    refetch,
  } = useQuery({
    queryKey: ['runs', id],
    queryFn: () => good(api.GET('/api/v1/no-application-runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && atWork(state.data) ? workingMs : false),
  });
  if (run === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{run.runNo}</h1>
        <span>{say(titles(run.policyId))}</span>
        <RunTag run={run} />
        <span className="soft">
          {run.fileName} · SHA-256 <code className="wrap">{run.fileSha256.slice(0, 16)}…</code>
        </span>
        <div className="page-head-end">
          <RunControl run={run} />
        </div>
      </div>
      <Card size="small" title={say({ zh: '名单', en: 'Lists' })}>
        {run.lists.length === 0 ? (
          <p className="soft">{say({ zh: '没有可列入的单位。', en: 'There is nobody to include.' })}</p>
        ) : (
          run.lists.map((list) => <OneList key={list.list ?? 'open'} id={id} list={list} />)
        )}
      </Card>
      <Card size="small" title={say({ zh: '按地区和资金合计', en: 'By district and fund' })}>
        <Wide label={say({ zh: '表格', en: 'Table' })}>
          <Table<Preview['totals'][number]>
            size="small"
            pagination={false}
            rowKey={({ district, fund }) => `${district} ${fund}`}
            dataSource={run.totals}
            columns={[
              { title: say({ zh: '地区', en: 'District' }), dataIndex: 'district' },
              { title: say({ zh: '资金', en: 'Fund' }), dataIndex: 'fund' },
              { title: say({ zh: '户（人）数', en: 'Lines' }), dataIndex: 'lines', align: 'right' },
              { title: say({ zh: '金额', en: 'Amount' }), align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
            ]}
          />
        </Wide>
      </Card>
      <Card size="small" title={say({ zh: '筛查结果与理由', en: 'Outcomes and reasons' })}>
        <Outcomes rows={run.outcomes} />
      </Card>
      <Card size="small" title={say({ zh: '逐行结果', en: 'Line by line' })}>
        <RunLines runId={id} stage={stageOf(run)} />
      </Card>
    </div>
  );
}

const workingMs = 3_000;
/** Does the worker have it in hand? Then it is looked at again by itself. */
const atWork = ({ state, stopped, lists }: Preview): boolean =>
  !stopped && (state === 'loading' || state === 'screening' || lists.some((list) => list.state === 'approved'));
/** Changes as the run and its lists go from one state to the next. */
const stageOf = ({ state, lists }: Preview): string => [state, ...lists.map((list) => list.state)].join(' ');

function Outcomes({ rows }: { readonly rows: Preview['outcomes'] }) {
  const { say } = useLanguage();
  return (
    <Wide label={say({ zh: '表格', en: 'Table' })}>
      <Table<Preview['outcomes'][number]>
        size="small"
        pagination={false}
        rowKey={({ outcome, reason }) => `${outcome} ${reason?.code ?? ''} ${reason?.rules[0]?.id ?? ''}`}
        dataSource={rows}
        columns={[
          {
            title: say({ zh: '结果', en: 'Outcome' }),
            render: (_, row) => <OutcomeTag outcome={row.outcome as Outcome} />,
          },
          {
            title: say({ zh: '理由', en: 'Reason' }),
            render: (_, { reason }) => <Why reason={reason} />,
          },
          { title: say({ zh: '户（人）数', en: 'Lines' }), dataIndex: 'lines', align: 'right' },
          { title: say({ zh: '金额', en: 'Amount' }), align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
        ]}
      />
    </Wide>
  );
}

function OneList({ id, list }: { readonly id: string; readonly list: List }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const params = (key: string) => ({ params: { path: { id }, header: keyed(key) }, body: { contentHash: list.contentHash } });
  const wish = useWish({
    send: (step: 'confirm' | 'approve', key) =>
      good(
        step === 'confirm'
          ? api.POST('/api/v1/no-application-runs/{id}/confirm', params(key))
          : api.POST('/api/v1/no-application-runs/{id}/approve', params(key)),
      ),
    touches: [['runs']],
  });
  const [tone, label] = listStates[list.state];
  return (
    <div className="stack">
      <p>
        <StateTag tone={tone} label={label} />{' '}
        {say({ zh: '{lines} 户（人），合计', en: '{lines} lines, in all' }, { lines: list.lines.toLocaleString('en') })}{' '}
        <Money fen={list.totalFen} />{' '}
        <span className="soft wrap">
          {say({ zh: '内容哈希', en: 'Content hash' })} <code>{list.contentHash}</code>
        </span>
      </p>
      <ProblemAlert refused={wish.error} {...(wish.error?.code === 'run-content-changed' ? { again: () => wish.reset() } : {})} />
      <div className="actions">
        {person?.role === 'reviewer' && list.state === 'open' && (
          <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate('confirm')}>
            {say({ zh: '抽核无误，确认名单', en: 'Checked: confirm the list' })}
          </Button>
        )}
        {person?.role === 'approver' && list.state === 'confirmed' && (
          <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate('approve')}>
            {say({ zh: '批准名单并建案', en: 'Approve and open the cases' })}
          </Button>
        )}
      </div>
    </div>
  );
}

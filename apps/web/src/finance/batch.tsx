import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton, Table } from 'antd';
import { useParams } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Wide } from '../pieces/wide.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { BatchActions } from './batch-actions.js';
import { BatchFiles } from './batch-files.js';
import { Review } from './batch-review.js';
import { State } from './batches.js';
import './finance.css';
import { WaitingDay } from './waiting-day.js';
import { type Batch, rails, transferState } from './words.js';

type Line = Schemas['BatchLine'];

/** A batch as it is made, signed and followed: what it comes to, what a checker must look at twice, each line, and the next step. */
export function BatchPage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const { data: person } = useSession();
  const batch = useQuery({
    queryKey: ['batches', id],
    queryFn: () => good(api.GET('/api/v1/batches/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) => (data?.state === 'approved' || data?.state === 'processing' ? 4_000 : false),
  });
  const review = useQuery({
    queryKey: ['batches', id, 'review'],
    queryFn: () => good(api.GET('/api/v1/batches/{id}/review', { params: { path: { id } } })),
  });
  const found = batch.data;
  if (found === undefined)
    return batch.error === null ? (
      <Skeleton active />
    ) : (
      <ProblemAlert refused={asRefused(batch.error)} again={() => void batch.refetch()} />
    );
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{found.batchNo}</h1>
        <State state={found.state} />
        <span>{say(rails[found.rail])}</span>
      </div>
      <dl className="figures">
        <div>
          <dt>{say({ zh: '合计', en: 'Total' })}</dt>
          <dd>
            <Money fen={found.totalFen} />
          </dd>
        </div>
        <div>
          <dt>{say({ zh: '笔数', en: 'Lines' })}</dt>
          <dd>{found.lineCount}</dd>
        </div>
        {found.contentHash !== null && (
          <div>
            <dt>{say({ zh: '复核签字', en: 'Signatures' })}</dt>
            <dd>
              <Signed batch={found} />
            </dd>
          </div>
        )}
        <div className="figure-wide">
          <dt>{say({ zh: '内容哈希（签发的正是此内容）', en: 'Content hash (exactly this is signed)' })}</dt>
          <dd className="hash">{found.contentHash === null ? '—' : <code>{found.contentHash}</code>}</dd>
        </div>
      </dl>
      <BatchActions batch={found} />
      {found.rail === 'http' && found.state === 'approved' && agrees.has(person?.role ?? '') && <WaitingDay batch={found} />}
      {hasFiles(found) && <BatchFiles batch={found} />}
      {review.error !== null && <ProblemAlert refused={asRefused(review.error)} again={() => void review.refetch()} />}
      {review.data === undefined ? review.error === null && <Skeleton active /> : <Review review={review.data} />}
      <Card size="small" title={say({ zh: '明细', en: 'Lines' })}>
        <Lines lines={found.lines} />
      </Card>
    </div>
  );
}

/** who may agree to another day of execution */
const agrees = new Set(['checker', 'cashier']);

/** `已签 1 / 须 2` while signatures are wanted; afterwards how many there are. */
function Signed({ batch: { state, signedBy, signaturesNeeded } }: { readonly batch: Batch }) {
  const { say } = useLanguage();
  const waits = state === 'draft' || state === 'pending_approval';
  return waits
    ? say({ zh: '已签 {signed} / {needed}', en: '{signed} of {needed}' }, { signed: signedBy.length, needed: signaturesNeeded })
    : say({ zh: '{signed} 人', en: '{signed}' }, { signed: signedBy.length });
}

/** Only what goes by file has files, and only once it is signed. */
const hasFiles = ({ rail, state }: Batch): boolean =>
  (rail === 'file' || rail === 'csv') && (state === 'approved' || state === 'processing' || state === 'done');

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const { say } = useLanguage();
  const many = lines.length > 200;
  return (
    <Wide label={say({ zh: '明细', en: 'Lines' })}>
      <Table<Line>
        size="small"
        pagination={false}
        virtual={many}
        {...(many ? { scroll: { x: 1000, y: 560 } } : {})}
        rowKey="transferId"
        dataSource={lines}
        columns={[
          { title: '#', dataIndex: 'line', width: 56 },
          { title: say({ zh: '案件', en: 'Case' }), width: 190, render: (_, row) => `${row.caseNo} ${say(row.label)}` },
          {
            title: say({ zh: '状态', en: 'State' }),
            width: 110,
            render: (_, { state }) => <StateTag tone={transferState(state)[0]} label={transferState(state)[1]} />,
          },
          { title: say({ zh: '金额', en: 'Amount' }), width: 130, align: 'right', render: (_, { amountFen }) => <Money fen={amountFen} /> },
          { title: say({ zh: '收款人', en: 'Payee' }), width: 200, dataIndex: 'holderName' },
          { title: say({ zh: '账号', en: 'Account' }), width: 190, render: (_, { accountNo }) => <code>{accountNo}</code> },
          { title: say({ zh: '行号', en: 'Bank' }), width: 130, render: (_, { bankNo }) => <code>{bankNo}</code> },
          { title: say({ zh: '附言', en: 'Remittance' }), width: 180, dataIndex: 'remittance' },
          { title: say({ zh: '端到端编号', en: 'End-to-end id' }), width: 240, render: (_, row) => <code>{row.endToEndId}</code> },
        ]}
      />
    </Wide>
  );
}

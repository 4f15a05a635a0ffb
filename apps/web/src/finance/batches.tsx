import { Empty } from 'antd';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { type Batch, batchStates, rails } from './words.js';

/** Every batch, the newest first; those that wait for a signature say so. */
export function Batches() {
  const { say } = useLanguage();
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '拨付单', en: 'Batches' })}</h1>
      </div>
      <PagedTable<Batch>
        label={say({ zh: '拨付单', en: 'Batches' })}
        queryKey={['batches']}
        load={(cursor) => good(api.GET('/api/v1/batches', { params: { query: cursor === undefined ? {} : { cursor } } }))}
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '还没有拨付单', en: 'No batches yet' })} />}
        columns={[
          {
            title: say({ zh: '单号', en: 'Batch' }),
            render: (_, batch) => (
              <>
                <Link to={`/desk/finance/batches/${batch.id}`}>{batch.batchNo}</Link>
                <div className="only-narrow">
                  <State state={batch.state} />
                  <Halfsigned batch={batch} />
                </div>
              </>
            ),
          },
          {
            title: say({ zh: '状态', en: 'State' }),
            width: 150,
            responsive: ['sm'],
            render: (_, batch) => (
              <>
                <State state={batch.state} />
                <Halfsigned batch={batch} />
              </>
            ),
          },
          { title: say({ zh: '方式', en: 'Way' }), width: 110, responsive: ['md'], render: (_, { rail }) => say(rails[rail]) },
          {
            title: say({ zh: '笔数', en: 'Lines' }),
            width: 80,
            align: 'right',
            responsive: ['sm'],
            render: (_, { lineCount }) => lineCount,
          },
          { title: say({ zh: '金额', en: 'Amount' }), width: 150, align: 'right', render: (_, { totalFen }) => <Money fen={totalFen} /> },
          {
            title: say({ zh: '送复核', en: 'Submitted' }),
            width: 160,
            responsive: ['lg'],
            render: (_, { submittedAt }) => (submittedAt === null ? '—' : <Moment at={submittedAt} />),
          },
          {
            title: say({ zh: '签发', en: 'Signed' }),
            width: 160,
            responsive: ['lg'],
            render: (_, { approvedAt }) => (approvedAt === null ? '—' : <Moment at={approvedAt} />),
          },
        ]}
      />
    </>
  );
}

export function State({ state }: { readonly state: Batch['state'] }) {
  const [tone, label] = batchStates[state];
  return <StateTag tone={tone} label={label} />;
}

/** What one person signed and another must sign too. */
function Halfsigned({ batch: { state, signedBy, signaturesNeeded } }: { readonly batch: Batch }) {
  const { say } = useLanguage();
  if (state !== 'pending_approval' || signaturesNeeded < 2) return null;
  return (
    <div className="soft">
      {say({ zh: '已签 {signed} / {needed}', en: '{signed} of {needed} signed' }, { signed: signedBy.length, needed: signaturesNeeded })}
    </div>
  );
}

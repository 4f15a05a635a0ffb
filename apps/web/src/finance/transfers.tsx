import { Empty, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { transferState } from './words.js';

type Transfer = Schemas['TroubledTransfer'];
type Filter = Transfer['state'];

const next: Readonly<Record<Filter, Text>> = {
  unknown: {
    zh: '结果未明的转账不会重发：系统继续向银行查询；对账单到齐后，由两人核定。',
    en: 'Nothing is sent again while its outcome is unknown: the bank is asked on; with the statement two people decide.',
  },
  returned: {
    zh: '退票的款项已回到待付清单；账户有误的，请单位更正并由另一人复核后再付。',
    en: 'What came back stands in the due list again; a wrong account is put right by the organisation and approved by a second person first.',
  },
  failed: {
    zh: '银行拒付的款项已回到待付清单；请先处理原因。',
    en: 'What the bank refused stands in the due list again; see to the reason first.',
  },
};

/** Transfers that did not end as they should, and what becomes of them. */
export function Transfers() {
  const { say } = useLanguage();
  const [state, setState] = useState<Filter>('unknown');
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '退票与未明', en: 'Returns and unknowns' })}</h1>
        <div className="page-head-end">
          <Segmented<Filter>
            value={state}
            onChange={setState}
            options={(['unknown', 'returned', 'failed'] as const).map((value) => ({ value, label: say(transferState(value)[1]) }))}
          />
        </div>
      </div>
      <p className="soft">{say(next[state])}</p>
      <PagedTable<Transfer>
        label={say(transferState(state)[1])}
        queryKey={['transfers', state]}
        load={(cursor) => good(api.GET('/api/v1/transfers', { params: { query: { state, ...(cursor === undefined ? {} : { cursor }) } } }))}
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有这样的转账', en: 'No such transfers' })} />}
        columns={[
          {
            title: say({ zh: '款项', en: 'Payment' }),
            render: (_, row) => (
              <>
                <Link to={`/desk/cases/${row.caseId}`}>{row.caseNo}</Link> {row.payment}
                <div className="soft">{row.organisation}</div>
                <div className="only-narrow">{row.reason}</div>
              </>
            ),
          },
          { title: say({ zh: '金额', en: 'Amount' }), width: 140, align: 'right', render: (_, { amountFen }) => <Money fen={amountFen} /> },
          { title: say({ zh: '原因', en: 'Reason' }), responsive: ['sm'], render: (_, { reason }) => reason ?? '—' },
          {
            title: say({ zh: '拨付单', en: 'Batch' }),
            responsive: ['md'],
            render: (_, row) => <Link to={`/desk/finance/batches/${row.batchId}`}>{row.batchNo}</Link>,
          },
          {
            title: say({ zh: '到账日', en: 'Settled' }),
            width: 150,
            responsive: ['lg'],
            render: (_, { settledOn }) => <Day date={settledOn} />,
          },
          { title: say({ zh: '端到端编号', en: 'End-to-end id' }), responsive: ['xl'], render: (_, row) => <code>{row.endToEndId}</code> },
          {
            title: say({ zh: '现状', en: 'Now' }),
            width: 120,
            responsive: ['md'],
            render: (_, row) => (
              <StateTag
                tone={row.disbursementState === 'settled' ? 'good' : 'busy'}
                label={disbursementWords[row.disbursementState] ?? { zh: row.disbursementState, en: row.disbursementState }}
              />
            ),
          },
        ]}
      />
    </>
  );
}

const disbursementWords: Readonly<Record<string, Text>> = {
  requested: { zh: '待付', en: 'to be paid' },
  sent: { zh: '支付中', en: 'being paid' },
  settled: { zh: '已到账', en: 'arrived' },
  returned: { zh: '退票，已重新列付', en: 'returned, due again' },
  failed: { zh: '失败，已重新列付', en: 'failed, due again' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { Release } from './release.js';
import { transferState } from './words.js';

type Transfer = Schemas['TroubledTransfer'];
type Filter = Transfer['state'];

const next: Readonly<Record<Filter, Text>> = {
  unknown: {
    zh: '结果未明的转账不会重发：系统继续向银行查询；当日对账单到齐而未见此笔的，由两人核定为未付。',
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
  const [chosen, setChosen] = useState<Transfer | null>(null);
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
                <Link to={`/desk/cases/${row.caseId}`}>{row.caseNo}</Link> {say(row.label)}
                <div className="soft">{row.organisation}</div>
                <div className="only-narrow">
                  {row.reason} <NextStep row={row} onOpen={setChosen} />
                </div>
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
          { title: say({ zh: '端到端编号', en: 'End-to-end id' }), responsive: ['xxl'], render: (_, row) => <code>{row.endToEndId}</code> },
          {
            title: say({ zh: '下一步', en: 'Next' }),
            width: 200,
            responsive: ['sm'],
            render: (_, row) => <NextStep row={row} onOpen={setChosen} />,
          },
        ]}
      />
      {chosen !== null && <Release transfer={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

/** Where the payment stands now, and what a person does about it. */
function NextStep({ row, onOpen }: { readonly row: Transfer; readonly onOpen: (row: Transfer) => void }) {
  const { say } = useLanguage();
  if (row.state === 'unknown')
    return (
      <span className="actions">
        {row.release !== null && <StateTag tone="warn" label={{ zh: '已提出未付，待确认', en: 'said to be unpaid: to be confirmed' }} />}
        <Button size="small" onClick={() => onOpen(row)}>
          {row.release === null ? say({ zh: '核定未付', en: 'Found unpaid' }) : say({ zh: '确认', en: 'Confirm' })}
        </Button>
      </span>
    );
  const waits = row.disbursementState !== 'settled' && row.disbursementState !== 'cancelled';
  if (waits && row.account !== null && row.account.state !== 'sound')
    return <StateTag tone={accountWords[row.account.state][0]} label={accountWords[row.account.state][1]} />;
  return (
    <>
      <StateTag
        tone={row.disbursementState === 'settled' ? 'good' : 'busy'}
        label={disbursementWords[row.disbursementState] ?? { zh: row.disbursementState, en: row.disbursementState }}
      />
      {row.disbursementState === 'requested' && <Link to="/desk/finance/due">{say({ zh: '去制单', en: 'collect it' })}</Link>}
    </>
  );
}

const accountWords = {
  doubted: ['bad', { zh: '账户有误，待单位或经办更正', en: 'the account is to be corrected' }],
  proposed: ['warn', { zh: '新账户待人社复核', en: 'the new account is to be approved' }],
} as const satisfies Readonly<Record<string, readonly [Tone, Text]>>;

const disbursementWords: Readonly<Record<string, Text>> = {
  requested: { zh: '已重新列付', en: 'due again' },
  sent: { zh: '支付中', en: 'being paid' },
  settled: { zh: '已到账', en: 'arrived' },
  returned: { zh: '退票，已重新列付', en: 'returned, due again' },
  failed: { zh: '失败，已重新列付', en: 'failed, due again' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

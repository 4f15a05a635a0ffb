import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { Countdown } from '../pieces/deadline.js';
import { sumFen } from '../pieces/fen.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day, Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import './finance.css';
import { MakeBatch } from './make-batch.js';
import { type DuePayment, dueReasons } from './words.js';

type Filter = 'all' | 'ready' | 'waiting';

/** rows asked for at a time; a month-end's list is long */
const pageSize = 500;

/** What is owed and in no batch yet, the nearest legal day first: collected here, or with the reason why it cannot be. */
export function Due() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<readonly DuePayment[]>([]);
  const [making, setMaking] = useState(false);
  const [first] = chosen;
  const fits = (row: DuePayment) =>
    row.reason === null && (first === undefined || (first.fundId === row.fundId && first.means === row.means));
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '待付清单', en: 'Due payments' })}</h1>
        <div className="page-head-end">
          <Segmented<Filter>
            value={filter}
            onChange={(next) => {
              setFilter(next);
              setChosen([]);
            }}
            options={[
              { value: 'all', label: say({ zh: '全部', en: 'All' }) },
              { value: 'ready', label: say({ zh: '可制单', en: 'Ready' }) },
              { value: 'waiting', label: say({ zh: '暂不能付', en: 'Waiting' }) },
            ]}
          />
        </div>
      </div>
      {person?.role === 'maker' && (
        <div className="bulk-bar" role="toolbar" aria-label={say({ zh: '制单', en: 'Make a batch' })}>
          <Button type="primary" disabled={chosen.length === 0} onClick={() => setMaking(true)}>
            {say({ zh: '制作拨付单', en: 'Make a batch' })}
          </Button>
          <span role="status">
            {chosen.length === 0 ? (
              <span className="soft">{say({ zh: '勾选同一资金来源的款项制单。', en: 'Tick payments of one fund to collect them.' })}</span>
            ) : (
              <>
                {say({ zh: '已选 {count} 笔，合计', en: '{count} chosen, in all' }, { count: chosen.length })}{' '}
                <Money fen={sumFen(chosen.map(({ amountFen }) => amountFen ?? '0'))} /> · {first?.fund}
              </>
            )}
          </span>
        </div>
      )}
      <PagedTable<DuePayment>
        label={say({ zh: '待付清单', en: 'Due payments' })}
        queryKey={['due-payments', filter]}
        load={(cursor) =>
          good(
            api.GET('/api/v1/due-payments', {
              params: {
                query: { limit: pageSize, ...(filter === 'all' ? {} : { show: filter }), ...(cursor === undefined ? {} : { cursor }) },
              },
            }),
          )
        }
        rowKey={({ caseId, payment }) => `${caseId} ${payment}`}
        fit
        empty={<Empty description={say({ zh: '没有待付款项', en: 'Nothing is due' })} />}
        {...(person?.role === 'maker'
          ? {
              rowSelection: {
                selectedRowKeys: chosen.map(({ caseId, payment }) => `${caseId} ${payment}`),
                // choosing all takes those of the first one's fund
                onChange: (_: unknown, rows: DuePayment[]) =>
                  setChosen(rows.filter((row) => row.reason === null && row.fundId === rows[0]?.fundId && row.means === rows[0]?.means)),
                getCheckboxProps: (row: DuePayment) => ({
                  disabled: !fits(row),
                  'aria-label': say({ zh: '选择 {caseNo}', en: 'Choose {caseNo}' }, { caseNo: `${row.caseNo} ${say(row.label)}` }),
                }),
              },
            }
          : {})}
        columns={[
          {
            title: say({ zh: '最迟', en: 'By' }),
            width: 150,
            responsive: ['sm'],
            render: (_, row) => <Until row={row} />,
          },
          {
            title: say({ zh: '款项', en: 'Payment' }),
            render: (_, row) => (
              <>
                <Link to={`/desk/cases/${row.caseId}`}>{row.caseNo}</Link> {say(row.label)}
                <div className="soft">{row.organisation}</div>
                <div className="only-narrow">
                  <Until row={row} />
                  <Why row={row} />
                </div>
              </>
            ),
          },
          { title: say({ zh: '政策', en: 'Policy' }), responsive: ['lg'], render: (_, row) => say(row.policy.title) },
          { title: say({ zh: '资金', en: 'Fund' }), width: 110, responsive: ['lg'], render: (_, row) => row.fund ?? '—' },
          { title: say({ zh: '金额', en: 'Amount' }), width: 130, align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
          {
            title: say({ zh: '情况', en: 'State' }),
            width: 190,
            responsive: ['sm'],
            render: (_, row) => <Why row={row} />,
          },
        ]}
      />
      {making && first !== undefined && (
        <MakeBatch
          rows={chosen}
          onClose={() => setMaking(false)}
          onMade={() => {
            setMaking(false);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

const Until = ({ row }: { readonly row: DuePayment }) => (
  <>
    <Day date={row.lastDay} />
    <div>
      <Countdown lastDay={row.lastDay} />
    </div>
  </>
);

function Why({ row }: { readonly row: DuePayment }) {
  const { say } = useLanguage();
  if (row.reason === null) return <StateTag tone="good" label={{ zh: '可制单', en: 'ready' }} />;
  const [tone, label] = dueReasons[row.reason];
  return (
    <>
      <StateTag tone={tone} label={label} />
      {row.payableFrom !== null && (
        <div className="soft">
          {say({ zh: '可付时间', en: 'from' })} <Moment at={row.payableFrom} />
        </div>
      )}
    </>
  );
}

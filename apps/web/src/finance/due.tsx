import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Modal, Radio, Segmented, Table } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, good, keyed } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { Countdown } from '../pieces/deadline.js';
import { sumFen } from '../pieces/fen.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day, Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import './finance.css';
import { type Batch, type DuePayment, dueReasons, rails } from './words.js';

type Filter = 'all' | 'ready' | 'waiting';
type Rail = Batch['rail'];

/** the most one page of the list takes; what is most urgent is always among them */
const most = 1000;

/** What is owed and in no batch yet, the nearest legal day first: collected here, or with the reason why it cannot be. */
export function Due() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<readonly DuePayment[]>([]);
  const [making, setMaking] = useState(false);
  const due = useQuery({
    queryKey: ['due-payments'],
    queryFn: () => good(api.GET('/api/v1/due-payments', { params: { query: { limit: most } } })),
  });
  const items = due.data?.items ?? [];
  const shown = items.filter(({ reason }) => filter === 'all' || (reason === null) === (filter === 'ready'));
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
            onChange={setFilter}
            options={[
              { value: 'all', label: say({ zh: '全部', en: 'All' }) },
              { value: 'ready', label: say({ zh: '可制单', en: 'Ready' }) },
              { value: 'waiting', label: say({ zh: '暂不能付', en: 'Waiting' }) },
            ]}
          />
        </div>
      </div>
      {due.error !== null && <ProblemAlert refused={asRefused(due.error)} again={() => void due.refetch()} />}
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
      <Table<DuePayment>
        size="small"
        loading={due.isPending}
        pagination={false}
        virtual={shown.length > 200}
        {...(shown.length > 200 ? { scroll: { x: 900, y: 620 } } : {})}
        rowKey={({ caseId, payment }) => `${caseId} ${payment}`}
        dataSource={shown}
        locale={{ emptyText: <Empty description={say({ zh: '没有待付款项', en: 'Nothing is due' })} /> }}
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
            width: 180,
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
          { title: say({ zh: '资金', en: 'Fund' }), width: 110, responsive: ['md'], render: (_, row) => row.fund ?? '—' },
          { title: say({ zh: '金额', en: 'Amount' }), width: 130, align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
          {
            title: say({ zh: '情况', en: 'State' }),
            width: 220,
            responsive: ['sm'],
            render: (_, row) => <Why row={row} />,
          },
        ]}
      />
      {items.length >= most && (
        <p className="soft">
          {say(
            { zh: '仅列出最急的 {most} 笔；制单后其余依次出现。', en: 'The {most} most urgent; the others follow as these are collected.' },
            { most },
          )}
        </p>
      )}
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

type MakeProps = { readonly rows: readonly DuePayment[]; readonly onClose: () => void; readonly onMade: () => void };

/** Which way the money goes, then a draft that its maker looks at and hands to the checker. */
function MakeBatch({ rows, onClose, onMade }: MakeProps) {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const allocation = rows[0]?.means === 'allocation';
  const [rail, setRail] = useState<Rail>(allocation ? 'allocation' : 'http');
  const wish = useWish({
    send: (asked: { disbursementIds: string[]; rail: Rail }, key) =>
      good(api.POST('/api/v1/batches', { params: { header: keyed(key) }, body: asked })),
    touches: [['due-payments'], ['batches']],
    done: ({ batchId }) => {
      onMade();
      void navigate(`/desk/finance/batches/${batchId}`);
    },
  });
  const options = allocation ? (['allocation'] as const) : (['http', 'file', 'csv'] as const);
  return (
    <Modal
      open
      title={say({ zh: '制作拨付单', en: 'Make a batch' })}
      onCancel={onClose}
      okText={say({ zh: '制单', en: 'Make it' })}
      confirmLoading={wish.isPending}
      onOk={() => wish.mutate({ disbursementIds: rows.flatMap(({ disbursementId }) => disbursementId ?? []), rail })}
    >
      <div className="stack">
        <p>
          {say(
            { zh: '{count} 笔，资金 {fund}，合计', en: '{count} payments from {fund}, in all' },
            { count: rows.length, fund: rows[0]?.fund ?? '' },
          )}{' '}
          <Money fen={sumFen(rows.map(({ amountFen }) => amountFen ?? '0'))} />
        </p>
        <Radio.Group
          aria-label={say({ zh: '拨付方式', en: 'Way of paying' })}
          value={rail}
          onChange={(event) => setRail(event.target.value as Rail)}
          options={options.map((value) => ({ value, label: say(rails[value]) }))}
        />
        <Alert
          type="info"
          title={say({
            zh: '制单后由您送复核；您不能复核自己的拨付单。',
            en: 'You submit it afterwards; you may not sign what you made.',
          })}
        />
        <ProblemAlert refused={wish.error} />
      </div>
    </Modal>
  );
}

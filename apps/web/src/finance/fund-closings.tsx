import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton, Table } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { Clause } from '../pieces/clause.js';
import { useLegalDay } from '../pieces/deadline.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { Wide } from '../pieces/wide.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import {
  afterClosing,
  anotherDecides,
  type Closing,
  decidesPapers,
  type Fund,
  paperStates,
  personWords,
  proposesPapers,
  touchedByPapers,
} from './fund.js';
import { FundEffect } from './fund-effect.js';
import { Decide, type Decision, ProposeInWords } from './propose.js';

/** The end of a fund's year: proposed once the year is over, decided by another person; what lapsed and what was carried over stays written. */
export function FundClosings({ fund }: { readonly fund: Fund }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fund.id, 'closings'],
    queryFn: () => good(api.GET('/api/v1/funds/{id}/closings', { params: { path: { id: fund.id } } })),
  });
  const open = data?.items.find(({ state }) => state === 'proposed');
  return (
    <Card size="small" title={say({ zh: '年终关账', en: 'Closing of the year' })}>
      <div className="stack">
        {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton active />}
        {data !== undefined && data.items.length > 0 && <Rows rows={data.items} />}
        {open !== undefined && <Review fund={fund} closing={open} />}
        {data !== undefined && open === undefined && fund.closedOn === null && <Begin fund={fund} />}
      </div>
    </Card>
  );
}

function Rows({ rows }: { readonly rows: readonly Closing[] }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  return (
    <Wide label={say({ zh: '年终关账', en: 'Closing of the year' })}>
      <Table<Closing>
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={rows}
        columns={[
          { title: say({ zh: '文号', en: 'Document' }), render: (_, row) => <span className="wrap">{row.documentNo}</span> },
          {
            title: say({ zh: '状态', en: 'State' }),
            render: (_, { state }) => <StateTag tone={paperStates[state][0]} label={paperStates[state][1]} />,
          },
          { title: say({ zh: '收回', en: 'Lapsed' }), align: 'right', render: (_, row) => <Money fen={row.lapsedFen} /> },
          { title: say({ zh: '结转', en: 'Carried over' }), align: 'right', render: (_, row) => <Money fen={row.carriedFen} /> },
          { title: say({ zh: '决定日', en: 'Decided on' }), render: (_, row) => <Day date={row.decidedOn} /> },
          { title: say({ zh: '提出人', en: 'Proposed by' }), render: (_, row) => say(personWords(row.proposedBy, person?.id)) },
          { title: say({ zh: '决定人', en: 'Decided by' }), render: (_, row) => say(personWords(row.decidedBy, person?.id)) },
          { title: say({ zh: '依据', en: 'Source' }), render: (_, { cite }) => <Clause cite={cite} /> },
        ]}
      />
    </Wide>
  );
}

/** The year can be closed when it is over, by whoever proposes papers. */
function Begin({ fund }: { readonly fund: Fund }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const today = useLegalDay();
  if (today === undefined) return null;
  if (Number(today.slice(0, 4)) <= fund.fiscalYear)
    return (
      <p className="soft">
        {say(
          { zh: '{year} 预算年度结束后（次年 1 月 1 日起）可以提出关账。', en: 'The year can be closed once {year} is over.' },
          { year: fund.fiscalYear },
        )}
      </p>
    );
  if (!proposesPapers(person?.role))
    return <p className="soft">{say({ zh: '尚未提出关账，由经办或主管提出。', en: 'Not proposed yet; a maker or supervisor does.' })}</p>;
  return (
    <ProposeInWords
      draft={`${fund.id} closing`}
      title={{ zh: '提出年终关账', en: 'Propose to close the year' }}
      label={{ zh: '关账文号', en: 'Document number' }}
      missing={{ zh: '请填写关账文号。', en: 'Give the number of the document.' }}
      field="documentNo"
      maxLength={200}
      send={(documentNo, key) =>
        good(api.POST('/api/v1/funds/{id}/closings', { params: { path: { id: fund.id }, header: keyed(key) }, body: { documentNo } }))
      }
      touches={touchedByPapers(fund.id)}
      onDone={() => undefined}
    />
  );
}

function Review({ fund, closing }: { readonly fund: Fund; readonly closing: Closing }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  return (
    <section>
      <Decide
        mayDecide={decidesPapers(person?.role) && closing.proposedBy !== person?.id}
        waitsFor={anotherDecides}
        confirm={{ zh: '批准关账并记账', en: 'Close the year and post' }}
        danger
        send={(decision, key) => decided(fund, closing, decision, key)}
        touches={touchedByPapers(fund.id)}
      >
        <p>
          {say({
            zh: '未预占的指标收回并应缴国库，预占和支付中的结转。关账后不能撤销。',
            en: 'What nobody reserved lapses and is due to the treasury; what is reserved or in payment is carried over. It cannot be undone.',
          })}
        </p>
        <FundEffect fund={fund} after={afterClosing(fund)} />
      </Decide>
    </section>
  );
}

function decided({ id }: Fund, closing: Closing, decision: Decision, key: string) {
  const params = { path: { id, closingId: closing.id }, header: keyed(key) };
  return decision === 'confirm'
    ? good(api.POST('/api/v1/funds/{id}/closings/{closingId}/approve', { params }))
    : good(api.POST('/api/v1/funds/{id}/closings/{closingId}/reject', { params }));
}

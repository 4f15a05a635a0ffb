import { Empty, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { Countdown } from '../pieces/deadline.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { type Objection, objectionStates } from './case-objections.js';
import './office.css';

type Filter = Objection['state'];

/** Objections of the public: while one is open, nothing more is paid on its case. */
export function Objections() {
  const { say } = useLanguage();
  const [state, setState] = useState<Filter>('open');
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '异议核查', en: 'Objections' })}</h1>
        <div className="page-head-end">
          <Segmented<Filter>
            value={state}
            onChange={setState}
            options={(['open', 'upheld', 'rejected'] as const).map((value) => ({ value, label: say(objectionStates[value][1]) }))}
          />
        </div>
      </div>
      <PagedTable<Objection>
        label={say({ zh: '异议', en: 'Objections' })}
        queryKey={['objections', state]}
        load={(cursor) =>
          good(api.GET('/api/v1/objections', { params: { query: { state, ...(cursor === undefined ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有这样的异议', en: 'No such objections' })} />}
        columns={[
          {
            title: say({ zh: '受理回执', en: 'Receipt' }),
            width: 210,
            render: (_, row) => (
              <>
                <Link to={`/desk/office/case/${row.caseId}`}>{row.receiptNo}</Link>
                <div>
                  <StateTag tone={objectionStates[row.state][0]} label={objectionStates[row.state][1]} />
                </div>
              </>
            ),
          },
          {
            title: say({ zh: '最迟答复', en: 'Answer by' }),
            width: 170,
            render: (_, row) =>
              row.state === 'open' ? (
                <>
                  <Day date={row.lastDay} /> <Countdown lastDay={row.lastDay} />
                </>
              ) : (
                <Day date={row.decidedOn} />
              ),
          },
          { title: say({ zh: '单位', en: 'Organisation' }), width: 180, responsive: ['md'], render: (_, row) => row.organisation },
          {
            title: say({ zh: '理由', en: 'Ground' }),
            width: 360,
            responsive: ['md'],
            render: (_, row) => <span className="wrap">{row.ground}</span>,
          },
        ]}
      />
    </>
  );
}

import { Button, Empty, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { type Choice, LineChoice } from '../pieces/line-choices.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { mayLeave, type Outcome, OutcomeTag, outcomes, Why } from '../pieces/run-line.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import './office.css';

type Line = Schemas['RunLine'];
type Show = Exclude<Outcome, 'new'> | 'all';
const shows: readonly Show[] = ['all', 'pending', 'included', 'excluded', 'optedOut'];

/** The lines of a run with what came of each and why; an officer records what a firm answered. `stage`: read anew when the run has moved on. */
export function RunLines({ runId, stage }: { readonly runId: string; readonly stage: string }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [show, setShow] = useState<Show>('all');
  const [chosen, setChosen] = useState<{ readonly line: Line; readonly choice: Choice } | null>(null);
  const officer = person?.role === 'officer';
  const load = async (cursor: string | undefined) => {
    const query = { limit: 50, ...(show === 'all' ? {} : { outcome: show }), ...(cursor === undefined ? {} : { after: Number(cursor) }) };
    const { items, nextAfter } = await good(api.GET('/api/v1/no-application-runs/{id}/lines', { params: { path: { id: runId }, query } }));
    return { items, nextCursor: nextAfter === null ? null : String(nextAfter) };
  };
  return (
    <>
      <div className="bulk-bar">
        <Select<Show>
          aria-label={say({ zh: '按结果筛选', en: 'Only with this outcome' })}
          style={{ width: 180 }}
          value={show}
          onChange={setShow}
          options={shows.map((value) => ({
            value,
            label: value === 'all' ? say({ zh: '全部结果', en: 'every outcome' }) : say(outcomes[value][1]),
          }))}
        />
      </div>
      <PagedTable<Line>
        label={say({ zh: '数据行', en: 'Lines' })}
        queryKey={['runs', runId, 'lines', stage, show]}
        load={load}
        rowKey={({ row }) => String(row)}
        fit
        empty={<Empty description={say({ zh: '没有这样的数据行', en: 'No such lines' })} />}
        columns={[
          { title: say({ zh: '行', en: 'Row' }), width: 70, responsive: ['md'], dataIndex: 'row' },
          {
            title: say({ zh: '单位或个人', en: 'Firm or person' }),
            render: (_, line) => (
              <>
                {line.name} <OutcomeTag outcome={line.outcome} />
                <div className="soft wrap">{line.idMasked ?? line.uscc}</div>
                <div className="only-narrow">
                  <Money fen={line.amountFen} />
                  {line.reason !== null && (
                    <div>
                      <Why reason={line.reason} />
                    </div>
                  )}
                </div>
              </>
            ),
          },
          { title: say({ zh: '理由', en: 'Reason' }), responsive: ['sm'], render: (_, { reason }) => <Why reason={reason} /> },
          {
            title: say({ zh: '金额', en: 'Amount' }),
            width: 130,
            align: 'right',
            responsive: ['sm'],
            render: (_, { amountFen }) => <Money fen={amountFen} />,
          },
          {
            title: say({ zh: '收款账户', en: 'Account' }),
            width: 190,
            responsive: ['lg'],
            render: (_, { accountMasked, bankName }) =>
              accountMasked === null ? (
                '—'
              ) : (
                <>
                  <code>{accountMasked}</code>
                  <div className="soft">{bankName}</div>
                </>
              ),
          },
          {
            title: '',
            width: 110,
            render: (_, line) => (
              <span className="actions">
                {line.caseId !== null && <Link to={`/desk/office/case/${line.caseId}`}>{say({ zh: '案件', en: 'Case' })}</Link>}
                {officer && line.outcome === 'pending' && (
                  <Button size="small" onClick={() => setChosen({ line, choice: 'account' })}>
                    {say({ zh: '确认账户', en: 'Account' })}
                    <span className="spoken"> {line.name}</span>
                  </Button>
                )}
                {officer && mayLeave(line) && (
                  <Button size="small" onClick={() => setChosen({ line, choice: 'opt-out' })}>
                    {say({ zh: '放弃享受', en: 'Opt out' })}
                    <span className="spoken"> {line.name}</span>
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {chosen !== null && <LineChoice line={{ ...chosen.line, runId }} choice={chosen.choice} onDone={() => setChosen(null)} />}
    </>
  );
}

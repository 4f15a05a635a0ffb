import { Button, Empty, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { Clause } from '../pieces/clause.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { leftOf, type Recovery } from './recovery.js';
import { RecoverySteps } from './recovery-steps.js';
import { recoveryStates } from './words.js';

type State = Recovery['state'];

/** What must come back, why, and how much of it is still out; every step is taken from here. */
export function Recoveries() {
  const { say } = useLanguage();
  const [state, setState] = useState<State | 'all'>('all');
  const [chosen, setChosen] = useState<Recovery | null>(null);
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '追回', en: 'Recoveries' })}</h1>
        <div className="page-head-end">
          <Select<State | 'all'>
            aria-label={say({ zh: '状态', en: 'State' })}
            style={{ width: 180 }}
            value={state}
            onChange={setState}
            options={[
              { value: 'all', label: say({ zh: '全部', en: 'All' }) },
              ...(Object.keys(recoveryStates) as State[]).map((value) => ({ value, label: say(recoveryStates[value][1]) })),
            ]}
          />
        </div>
      </div>
      <PagedTable<Recovery>
        label={say({ zh: '追回', en: 'Recoveries' })}
        queryKey={['recoveries', state]}
        load={(cursor) =>
          good(
            api.GET('/api/v1/recoveries', {
              params: { query: { ...(state === 'all' ? {} : { state }), ...(cursor === undefined ? {} : { cursor }) } },
            }),
          )
        }
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有这样的追回', en: 'No such recoveries' })} />}
        columns={[
          {
            title: say({ zh: '案件', en: 'Case' }),
            render: (_, row) => (
              <>
                <Link to={`/desk/cases/${row.caseId}`}>{row.caseNo}</Link>{' '}
                <StateTag tone={recoveryStates[row.state][0]} label={recoveryStates[row.state][1]} />
                <div className="wrap">{say(row.reason)}</div>
                <Clause cite={row.cite} />
              </>
            ),
          },
          {
            title: say({ zh: '发起', en: 'Opened' }),
            width: 150,
            responsive: ['md'],
            render: (_, { openedOn }) => <Day date={openedOn} />,
          },
          {
            title: say({ zh: '应退', en: 'Demanded' }),
            width: 140,
            align: 'right',
            responsive: ['sm'],
            render: (_, { demandedFen }) => <Money fen={demandedFen} />,
          },
          {
            title: say({ zh: '已收', en: 'Received' }),
            width: 140,
            align: 'right',
            responsive: ['md'],
            render: (_, { receivedFen, setOffFen }) => (
              <>
                <Money fen={receivedFen} />
                {setOffFen !== '0' && (
                  <div className="soft">
                    {say({ zh: '另抵扣', en: 'set off' })} <Money fen={setOffFen} />
                  </div>
                )}
              </>
            ),
          },
          { title: say({ zh: '尚欠', en: 'Left' }), width: 140, align: 'right', render: (_, row) => <Money fen={leftOf(row)} /> },
          {
            title: '',
            width: 100,
            render: (_, row) => (
              <Button size="small" onClick={() => setChosen(row)}>
                {say({ zh: '办理', en: 'Open' })}
              </Button>
            ),
          },
        ]}
      />
      {chosen !== null && <RecoverySteps recovery={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { AccountDecision } from './account-decision.js';

type Account = Schemas['AccountToSee'];
type Show = 'proposed' | 'doubted';

/** Payee accounts that wait for a second person, and those a bank refused: nothing is paid to them before two people have put them right. */
export function PayeeAccounts() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [search, setSearch] = useSearchParams();
  const show: Show = search.get('show') === 'doubted' ? 'doubted' : 'proposed';
  const [chosen, setChosen] = useState<Account | null>(null);
  const role = person?.role ?? '';
  const acts = show === 'proposed' ? role === 'reviewer' || role === 'approver' : role === 'officer';
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '收款账户', en: 'Payee accounts' })}</h1>
        <div className="page-head-end">
          <Segmented<Show>
            value={show}
            onChange={(next) => setSearch({ show: next })}
            options={[
              { value: 'proposed', label: say({ zh: '待复核', en: 'To be approved' }) },
              { value: 'doubted', label: say({ zh: '银行退回，待更正', en: 'Refused by the bank' }) },
            ]}
          />
        </div>
      </div>
      <p className="soft">
        {say(
          show === 'proposed'
            ? {
                zh: '新账户由另一人对照证明材料复核后使用；变更的账户另有等待期。',
                en: 'Another person holds a new account against its papers; a changed one is paid after a pause.',
              }
            : {
                zh: '银行以账户为由退回了款项：登记正确的账户（或核实后原样重登），由另一人复核，款项即可重付。',
                en: 'The bank named the account as the reason: register the right one (or the same once more), another person approves it, then it is paid again.',
              },
        )}
      </p>
      <PagedTable<Account>
        label={say({ zh: '收款账户', en: 'Payee accounts' })}
        queryKey={['payee-accounts', show]}
        load={(cursor) =>
          good(api.GET('/api/v1/payee-accounts', { params: { query: { show, ...(cursor === undefined ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有待办的账户', en: 'No accounts wait' })} />}
        columns={[
          {
            title: say({ zh: '单位', en: 'Organisation' }),
            render: (_, row) => (
              <>
                {row.organisation}
                <div className="soft">
                  <Moment at={row.proposedAt} />
                </div>
                <div className="only-narrow">
                  <code>{row.accountMasked}</code>
                </div>
              </>
            ),
          },
          {
            title: say({ zh: '账户', en: 'Account' }),
            responsive: ['sm'],
            render: (_, row) => (
              <>
                {row.holderName} <code>{row.accountMasked}</code>
                <div className="soft">
                  {row.bankName} {row.bankNo}
                </div>
              </>
            ),
          },
          {
            title: say({ zh: '情况', en: 'What about it' }),
            responsive: ['md'],
            render: (_, row) => (
              <>
                {row.doubt !== null && (
                  <StateTag
                    tone="bad"
                    label={{ zh: `${row.doubt.code} ${row.doubt.text.zh}`, en: `${row.doubt.code} ${row.doubt.text.en}` }}
                  />
                )}
                {show === 'proposed' && (
                  <StateTag
                    tone={row.former === null ? 'busy' : 'warn'}
                    label={
                      row.former === null ? { zh: '首个账户', en: 'the first one' } : { zh: '替换原账户', en: 'takes the place of another' }
                    }
                  />
                )}
              </>
            ),
          },
          {
            title: '',
            width: 90,
            render: (_, row) => (
              <Button size="small" {...(acts ? { type: 'primary' } : {})} onClick={() => setChosen(row)}>
                {acts
                  ? show === 'proposed'
                    ? say({ zh: '复核', en: 'Decide' })
                    : say({ zh: '更正', en: 'Correct' })
                  : say({ zh: '查看', en: 'Look' })}
              </Button>
            ),
          },
        ]}
      />
      {chosen !== null && <AccountDecision account={chosen} show={show} onClose={() => setChosen(null)} />}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { DateInput } from '../event-form/controls.js';
import { useLegalDay } from '../pieces/deadline.js';
import { Field } from '../pieces/field.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import './finance.css';
import { type Account, bookWords, creditOf, debitOf, type Posted, postedWords, useTrialBalance } from './posted.js';

/** An account of one fund between two days: what it held, what was posted, what it holds. */
export function AccountStatement() {
  const { say } = useLanguage();
  const { fund = '', account = '' } = useParams();
  const today = useLegalDay();
  const { data, error, refetch } = useTrialBalance({ fundId: fund });
  const found = data?.items.find(({ accountId }) => accountId === account);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined || today === undefined) return <Skeleton active />;
  if (found === undefined) return <h1>{say({ zh: '没有这个科目', en: 'No such account' })}</h1>;
  return <StatementOf key={account} account={found} today={today} />;
}

type Props = { readonly account: Account; readonly today: string };
type Period = { readonly from: string; readonly to: string };

function StatementOf({ account, today }: Props) {
  const { say } = useLanguage();
  const year = account.fund.split('/')[1] ?? today.slice(0, 4);
  // what is carried over goes on after its year
  const whole = { from: `${year}-01-01`, to: today > `${year}-12-31` ? today : `${year}-12-31` };
  const [typed, setTyped] = useState<Partial<Period>>({});
  const period = { from: typed.from ?? whole.from, to: typed.to ?? whole.to };
  return (
    <div className="stack">
      <div className="page-head">
        <h1>
          {account.code} {say(account.name)}
        </h1>
        <span>
          <Link className="in-text" to={`/desk/finance/funds/${account.fundId}`}>
            {account.fund}
          </Link>{' '}
          · {say(bookWords[account.book])}
        </span>
      </div>
      <div className="terms-fields">
        <Field label={say({ zh: '自', en: 'From' })}>
          {(tied) => <DateInput tied={tied} value={period.from} onChange={(from) => setTyped({ ...typed, from: from ?? whole.from })} />}
        </Field>
        <Field label={say({ zh: '至', en: 'To' })}>
          {(tied) => <DateInput tied={tied} value={period.to} onChange={(to) => setTyped({ ...typed, to: to ?? whole.to })} />}
        </Field>
      </div>
      <Sums account={account} period={period} />
      <Entries account={account} period={period} />
    </div>
  );
}

type OfPeriod = { readonly account: Account; readonly period: Period };

const read = ({ accountId }: Account, query: Period & { readonly limit?: number; readonly cursor?: string }) =>
  good(api.GET('/api/v1/ledger/accounts/{id}/statement', { params: { path: { id: accountId }, query } }));

/** Opening, both sides, closing: debits positive, credits negative. */
function Sums({ account, period }: OfPeriod) {
  const { say } = useLanguage();
  const { data } = useQuery({
    queryKey: ['ledger', 'sums', account.accountId, period],
    queryFn: () => read(account, { ...period, limit: 1 }),
  });
  const sums = [
    [{ zh: '期初余额', en: 'Opening' }, data?.openingFen],
    [{ zh: '借方发生额', en: 'Debits' }, data?.debitFen],
    [{ zh: '贷方发生额', en: 'Credits' }, data?.creditFen],
    [{ zh: '期末余额', en: 'Closing' }, data?.closingFen],
  ] as const;
  return (
    <>
      <dl className="figures">
        {sums.map(([label, fen]) => (
          <div key={label.en}>
            <dt>{say(label)}</dt>
            <dd>
              <Money fen={fen} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft">{say({ zh: '余额借方为正，贷方为负。', en: 'Balances: debits positive, credits negative.' })}</p>
    </>
  );
}

function Entries({ account, period }: OfPeriod) {
  const { say } = useLanguage();
  return (
    <PagedTable<Posted>
      label={say({ zh: '明细', en: 'Entries' })}
      queryKey={['ledger', 'entries', account.accountId, period]}
      load={(cursor) => read(account, { ...period, ...(cursor === undefined ? {} : { cursor }) })}
      rowKey={({ postingId, line }) => `${postingId} ${line}`}
      columns={[
        { title: say({ zh: '日期', en: 'Day' }), render: (_, row) => <Day date={row.businessDate} /> },
        { title: say({ zh: '摘要', en: 'What' }), render: (_, row) => say(postedWords(row.eventType)) },
        { title: say({ zh: '案件', en: 'Case' }), render: (_, row) => row.caseNo ?? '—' },
        { title: say({ zh: '拨付单', en: 'Batch' }), render: (_, row) => row.batchNo ?? '—' },
        { title: say({ zh: '借方', en: 'Debit' }), align: 'right', render: (_, row) => <Money fen={debitOf(row.amountFen)} plain /> },
        { title: say({ zh: '贷方', en: 'Credit' }), align: 'right', render: (_, row) => <Money fen={creditOf(row.amountFen)} plain /> },
      ]}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Segmented, Select, Skeleton, Switch, Table } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useLegalDay } from '../pieces/deadline.js';
import { sumFen } from '../pieces/fen.js';
import { Money } from '../pieces/money.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Wide } from '../pieces/wide.js';
import { useLanguage } from '../text/language.js';
import './finance.css';
import { type Account, bookWords, creditOf, debitOf, useTrialBalance } from './posted.js';

/** The books of a year: what every account of its funds holds, and that each book sums to zero. Nothing can be written here. */
export function Books() {
  const today = useLegalDay();
  return today === undefined ? <Skeleton active /> : <BooksOf thisYear={Number(today.slice(0, 4))} />;
}

function BooksOf({ thisYear }: { readonly thisYear: number }) {
  const { say } = useLanguage();
  const [search, setSearch] = useSearchParams();
  const [onlyWithBalance, setOnly] = useState(true);
  const year = Number(search.get('year') ?? thisYear);
  const fundId = search.get('fund');
  const { data, error, refetch } = useTrialBalance({ fiscalYear: year, ...(fundId === null ? {} : { fundId }) });
  const years = [...new Set([year, thisYear - 1, thisYear, thisYear + 1])].sort((a, b) => a - b);
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '账簿', en: 'Books' })}</h1>
        <div className="page-head-end">
          <Segmented<number>
            aria-label={say({ zh: '预算年度', en: 'Budget year' })}
            value={year}
            onChange={(next) => setSearch({ year: String(next) })}
            options={years.map((value) => ({ value, label: say({ zh: '{value} 年', en: '{value}' }, { value }) }))}
          />
          <FundChoice
            year={year}
            value={fundId}
            onChange={(fund) => setSearch({ year: String(year), ...(fund === null ? {} : { fund }) })}
          />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
      <label className="only-with-balance">
        <Switch size="small" checked={onlyWithBalance} onChange={setOnly} />{' '}
        {say({ zh: '只看有余额的科目', en: 'Only accounts with a balance' })}
      </label>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {data === undefined
        ? error === null && <Skeleton active />
        : (['budget', 'cash'] as const).map((book) => (
            <Book
              key={book}
              book={book}
              rows={data.items.filter((row) => row.book === book && (!onlyWithBalance || row.balanceFen !== '0'))}
              totalFen={data.totals[`${book}Fen`]}
            />
          ))}
    </div>
  );
}

type ChoiceProps = { readonly year: number; readonly value: string | null; readonly onChange: (fund: string | null) => void };

function FundChoice({ year, value, onChange }: ChoiceProps) {
  const { say } = useLanguage();
  const { data } = useQuery({
    queryKey: ['funds', 'names', year],
    queryFn: () => good(api.GET('/api/v1/funds', { params: { query: { fiscalYear: year, limit: 200 } } })),
  });
  const funds = [...(data?.items ?? [])].sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }));
  return (
    <Select<string>
      aria-label={say({ zh: '资金来源', en: 'Fund' })}
      style={{ width: 'min(260px, 70vw)' }}
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
      options={[
        { value: '', label: say({ zh: '全部资金', en: 'All funds' }) },
        ...funds.map(({ id, code, name, district }) => ({ value: id, label: `${code} ${say(name)} · ${say(placeName(district))}` })),
      ]}
    />
  );
}

type BookProps = { readonly book: Account['book']; readonly rows: readonly Account[]; readonly totalFen: string };

/** One book: its accounts in two columns, and whether they balance. */
function Book({ book, rows, totalFen }: BookProps) {
  const { say } = useLanguage();
  const [debit, credit] = [debitOf, creditOf].map((side) => sumFen(rows.flatMap(({ balanceFen }) => side(balanceFen) ?? [])));
  return (
    <Card
      size="small"
      title={say(bookWords[book])}
      extra={
        totalFen === '0' ? (
          <StateTag tone="good" label={{ zh: '借贷平衡', en: 'balances' }} />
        ) : (
          <StateTag tone="bad" label={{ zh: '借贷不平', en: 'does not balance' }} />
        )
      }
    >
      <Wide label={say(bookWords[book])}>
        <Table<Account>
          size="small"
          pagination={rows.length > perPage ? { pageSize: perPage, showSizeChanger: false } : false}
          rowKey="accountId"
          dataSource={rows}
          locale={{ emptyText: <Empty description={say({ zh: '没有这样的科目', en: 'No such accounts' })} /> }}
          columns={[
            {
              title: say({ zh: '科目', en: 'Account' }),
              render: (_, row) => (
                <Link className="in-text" to={`/desk/finance/books/${row.fundId}/${row.accountId}`}>
                  {row.code} {say(row.name)}
                </Link>
              ),
            },
            { title: say({ zh: '资金', en: 'Fund' }), width: 110, render: (_, { fund }) => fund },
            {
              title: say({ zh: '借方余额', en: 'Debit' }),
              width: 150,
              align: 'right',
              render: (_, row) => <Money fen={debitOf(row.balanceFen)} plain />,
            },
            {
              title: say({ zh: '贷方余额', en: 'Credit' }),
              width: 150,
              align: 'right',
              render: (_, row) => <Money fen={creditOf(row.balanceFen)} plain />,
            },
          ]}
          summary={() => (
            <Table.Summary.Row>
              <Table.Summary.Cell index={0} colSpan={2}>
                <strong>{say({ zh: '合计', en: 'Total' })}</strong>
              </Table.Summary.Cell>
              {[debit, credit].map((fen, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns, always the same
                <Table.Summary.Cell key={index} index={index + 2} align="right">
                  <strong>
                    <Money fen={fen} plain />
                  </strong>
                </Table.Summary.Cell>
              ))}
            </Table.Summary.Row>
          )}
        />
      </Wide>
    </Card>
  );
}

const perPage = 50;

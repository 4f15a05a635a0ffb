import { Card, Table } from 'antd';
import { Money } from '../pieces/money.js';
import { placeName } from '../pieces/places.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { StateTag } from '../pieces/state-tag.js';
import { Wide } from '../pieces/wide.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { type BatchReview, changeWords } from './words.js';

type Subtotal = BatchReview['subtotals'][number];
type Budget = BatchReview['budget'][number];
type Change = BatchReview['changes'][number];

/** What a checker holds a batch against before signing: what differs from before, what each fund has left, and where the money goes. */
export function Review({ review }: { readonly review: BatchReview }) {
  const { say } = useLanguage();
  return (
    <>
      <Card size="small" title={say({ zh: '与以往不同之处', en: 'What differs from before' })}>
        <Changes rows={review.changes} />
      </Card>
      <Card size="small" title={say({ zh: '指标变动（签发前 → 签发后）', en: 'Budget before → after' })}>
        <BudgetMoves rows={review.budget} />
      </Card>
      <div className="sides">
        {(['policy', 'organisation', 'district'] as const).map((by) => (
          <Card key={by} size="small" title={say(sides[by])}>
            <Subtotals rows={review.subtotals.filter((row) => row.by === by)} />
          </Card>
        ))}
      </div>
    </>
  );
}

const sides: Readonly<Record<Subtotal['by'], Text>> = {
  policy: { zh: '按政策小计', en: 'By policy' },
  organisation: { zh: '按单位小计', en: 'By organisation' },
  district: { zh: '按地区小计', en: 'By district' },
};

function Changes({ rows }: { readonly rows: readonly Change[] }) {
  const { say } = useLanguage();
  if (rows.length === 0)
    return <p className="soft">{say({ zh: '收款人、账户和金额都与以往一致。', en: 'Payees, accounts and amounts are as before.' })}</p>;
  return (
    <Table<Change>
      size="small"
      pagination={false}
      {...(rows.length > 200 ? { virtual: true, scroll: { x: 800, y: 400 } } : {})}
      rowKey="line"
      dataSource={rows}
      columns={[
        {
          title: say({ zh: '明细', en: 'Line' }),
          render: (_, row) => (
            <>
              {row.line}. {row.caseNo} {say(row.label)}
              <div className="soft">{row.organisation}</div>
            </>
          ),
        },
        {
          title: say({ zh: '请留意', en: 'Look at' }),
          render: (_, row) => (
            <>
              {row.kinds.map((kind) => (
                <StateTag key={kind} tone={kind === 'new-payee' ? 'busy' : 'warn'} label={changeWords[kind]} />
              ))}
              {row.formerAccount !== null && row.kinds.includes('account-changed') && (
                <div className="soft">{say({ zh: '原账户尾号 {no}', en: 'before: …{no}' }, { no: row.formerAccount })}</div>
              )}
              {row.plannedFen !== null && row.kinds.includes('amount-differs') && (
                <div className="soft">
                  {say({ zh: '计划', en: 'planned' })} <Money fen={row.plannedFen} />
                </div>
              )}
            </>
          ),
        },
        { title: say({ zh: '金额', en: 'Amount' }), align: 'right', render: (_, { amountFen }) => <Money fen={amountFen} /> },
      ]}
    />
  );
}

const steps = [
  ['availableFen', { zh: '可用', en: 'Available' }],
  ['reservedFen', { zh: '预占', en: 'Reserved' }],
  ['inPaymentFen', { zh: '支付中', en: 'In payment' }],
  ['spentFen', { zh: '已支出', en: 'Spent' }],
] as const;

function BudgetMoves({ rows }: { readonly rows: readonly Budget[] }) {
  const { say } = useLanguage();
  return (
    <Wide label={say({ zh: '指标变动', en: 'Budget' })}>
      <Table<Budget>
        size="small"
        pagination={false}
        rowKey="fundId"
        dataSource={rows}
        columns={[
          { title: say({ zh: '资金', en: 'Fund' }), render: (_, row) => `${row.fund}/${row.fiscalYear}` },
          { title: say({ zh: '本单', en: 'This batch' }), align: 'right', render: (_, { amountFen }) => <Money fen={amountFen} /> },
          ...steps.map(([name, label]) => ({
            key: name,
            title: say(label),
            align: 'right' as const,
            render: (_: unknown, { before, after }: Budget) => (
              <>
                <Money fen={before[name]} plain />
                {before[name] !== after[name] && (
                  <>
                    {' → '}
                    <strong>
                      <Money fen={after[name]} plain />
                    </strong>
                  </>
                )}
              </>
            ),
          })),
        ]}
      />
    </Wide>
  );
}

function Subtotals({ rows }: { readonly rows: readonly Subtotal[] }) {
  const { say } = useLanguage();
  const titles = usePolicyTitles();
  return (
    <Table<Subtotal>
      size="small"
      pagination={rows.length > 20 ? { pageSize: 20, size: 'small', showSizeChanger: false } : false}
      rowKey="key"
      dataSource={rows}
      columns={[
        {
          title: say({ zh: '名称', en: 'Name' }),
          render: (_, row) => (row.by === 'policy' ? say(titles(row.key)) : row.by === 'district' ? say(placeName(row.key)) : row.name),
        },
        { title: say({ zh: '笔数', en: 'Lines' }), dataIndex: 'lines', align: 'right', width: 60 },
        { title: say({ zh: '金额', en: 'Amount' }), align: 'right', width: 122, render: (_, { amountFen }) => <Money fen={amountFen} /> },
      ]}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Empty, Input, Modal, Radio, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { Decide, decidesPayments } from './propose.js';

type Line = Schemas['StatementLine'];
type Kind = NonNullable<Line['proposal']>['kind'];

const kinds: Readonly<Record<Kind, Text>> = {
  settled: { zh: '我方付款到账', en: 'our payment arrived' },
  returned: { zh: '退票', en: 'a payment came back' },
  recovery: { zh: '追回款', en: 'money recovered' },
  interest: { zh: '存款利息（应缴财政）', en: 'interest (due to the treasury)' },
  'bank-fee': { zh: '银行收费、误扣或其补还', en: 'charge or wrong debit of the bank, or its making good' },
  foreign: { zh: '他人款项或其退回', en: 'money of others, or its sending back' },
  appropriation: { zh: '指标下达、收回或上缴', en: 'appropriation, recall or remittance' },
  other: { zh: '与拨付无关', en: 'nothing of ours' },
};

/** Bookings of the bank that nothing explains yet: one person says what a line is, another confirms it. */
export function StatementLines() {
  const { say } = useLanguage();
  const [search, setSearch] = useSearchParams();
  const [match, setMatch] = useState<'none' | 'any'>('none');
  const shown = search.get('line');
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '银行流水', en: 'Statement lines' })}</h1>
        <div className="page-head-end">
          <Segmented<'none' | 'any'>
            value={match}
            onChange={setMatch}
            options={[
              { value: 'none', label: say({ zh: '未匹配', en: 'Unmatched' }) },
              { value: 'any', label: say({ zh: '已匹配', en: 'Matched' }) },
            ]}
          />
        </div>
      </div>
      <PagedTable<Line>
        label={say({ zh: '银行流水', en: 'Statement lines' })}
        queryKey={['statement-lines', match]}
        load={(cursor) =>
          good(api.GET('/api/v1/statement-lines', { params: { query: { match, ...(cursor === undefined ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有这样的流水', en: 'No such lines' })} />}
        columns={[
          {
            title: say({ zh: '流水', en: 'Line' }),
            render: (_, line) => (
              <>
                <Button type="link" size="small" onClick={() => setSearch({ line: line.id })}>
                  {line.counterpartyName ?? line.bankRef ?? line.statementId}
                </Button>
                <div className="soft wrap">{line.remittance}</div>
                {line.proposal !== null && (
                  <StateTag
                    tone="warn"
                    label={{ zh: `待确认：${kinds[line.proposal.kind].zh}`, en: `to be confirmed: ${kinds[line.proposal.kind].en}` }}
                  />
                )}
                {line.match !== null && <StateTag tone="good" label={kinds[line.match.kind]} />}
              </>
            ),
          },
          {
            title: say({ zh: '记账日', en: 'Booked' }),
            width: 150,
            responsive: ['sm'],
            render: (_, { bookedOn }) => <Day date={bookedOn} />,
          },
          {
            title: say({ zh: '金额', en: 'Amount' }),
            width: 150,
            align: 'right',
            render: (_, line) => (
              <>
                {say(line.direction === 'credit' ? { zh: '收', en: 'in' } : { zh: '付', en: 'out' })} <Money fen={line.amountFen} />
              </>
            ),
          },
          { title: say({ zh: '账户', en: 'Account' }), width: 190, responsive: ['lg'], render: (_, line) => <code>{line.accountNo}</code> },
        ]}
      />
      <Modal
        open={shown !== null}
        width={680}
        title={say({ zh: '流水', en: 'Statement line' })}
        footer={null}
        onCancel={() => setSearch({})}
        destroyOnHidden
      >
        {shown !== null && <OneLine id={shown} onDone={() => setSearch({})} />}
      </Modal>
    </>
  );
}

function OneLine({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const {
    data: line,
    error,
    refetch,
  } = useQuery({
    queryKey: ['statement-lines', 'one', id],
    queryFn: () => good(api.GET('/api/v1/statement-lines/{id}', { params: { path: { id } } })),
  });
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (line === undefined) return <Skeleton active />;
  const fields = [
    [{ zh: '记账日', en: 'Booked' }, line.bookedOn],
    [{ zh: '对方', en: 'Counterparty' }, line.counterpartyName],
    [{ zh: '对方账户', en: 'Their account' }, line.counterpartyAccount],
    [{ zh: '附言', en: 'Remittance' }, line.remittance],
    [{ zh: '端到端编号', en: 'End-to-end id' }, line.endToEndId],
    [{ zh: '银行参考号', en: 'Bank reference' }, line.bankRef],
  ] as const;
  const proposes = person?.role === 'maker' || person?.role === 'cashier';
  return (
    <div className="stack">
      <p>
        {say(line.direction === 'credit' ? { zh: '收', en: 'in' } : { zh: '付', en: 'out' })} <Money fen={line.amountFen} />{' '}
        {line.suspense && <StateTag tone="warn" label={{ zh: '挂暂收', en: 'in suspense' }} />}
      </p>
      <Descriptions
        size="small"
        bordered
        column={1}
        items={fields.map(([label, value]) => ({
          key: label.en,
          label: say(label),
          children: <span className="wrap">{value ?? '—'}</span>,
        }))}
      />
      {line.proposal !== null && <Confirm proposal={line.proposal} me={person?.id ?? ''} role={person?.role ?? ''} onDone={onDone} />}
      {line.match === null && line.proposal === null && proposes && <Propose line={line} onDone={onDone} />}
    </div>
  );
}

type Proposal = NonNullable<Line['proposal']>;

function Confirm({
  proposal,
  me,
  role,
  onDone,
}: {
  readonly proposal: Proposal;
  readonly me: string;
  readonly role: string;
  readonly onDone: () => void;
}) {
  return (
    <Decide
      mayDecide={decidesPayments(role) && proposal.proposedBy !== me}
      waitsFor={{ zh: '须由另一人确认。', en: 'Another person must confirm.' }}
      confirm={{ zh: '确认', en: 'Confirm' }}
      send={(decision, key) =>
        good(
          api.POST('/api/v1/line-proposals/{id}/decide', { params: { path: { id: proposal.id }, header: keyed(key) }, body: { decision } }),
        )
      }
      touches={[['statement-lines'], ['receipt-items'], ['reconciliations'], ['recoveries']]}
      onDone={onDone}
    >
      <p>
        <StateTag tone="warn" label={kinds[proposal.kind]} /> {proposal.note}
      </p>
    </Decide>
  );
}

type Detail = Line & { readonly suggestions: readonly Suggestion[] };
type Suggestion = {
  readonly kind: 'settled' | 'returned' | 'recovery' | 'appropriation';
  readonly transferId: string | null;
  readonly recoveryId: string | null;
  readonly appropriationId: string | null;
  readonly receiptId: string | null;
  readonly caseNo: string;
  readonly agrees: readonly string[];
};

const agreeing: Readonly<Record<string, Text>> = {
  amount: { zh: '金额', en: 'amount' },
  recorded: { zh: '已手工登记到账', en: 'recorded by hand before' },
  account: { zh: '账号', en: 'account' },
  name: { zh: '户名', en: 'name' },
  date: { zh: '日期', en: 'date' },
  case: { zh: '附言中的案号', en: 'case number in the remittance' },
};

type Proposed = Schemas['LineProposal']['kind'];
/** What a booking may be that is no payment of ours. */
const explanations = {
  credit: ['interest', 'bank-fee', 'foreign'],
  debit: ['bank-fee', 'foreign'],
} as const satisfies Record<string, readonly Proposed[]>;
type Explanation = (typeof explanations)['credit'][number];

/** One of what it might be, or what else it is; with a word of why. */
function Propose({ line, onDone }: { readonly line: Detail; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `${line.id} propose`,
    initial: { kind: null as number | Explanation | null, note: '' },
    check: (typed) => ({
      ...(typed.kind === null ? { kind: { zh: '请选择一项。', en: 'Choose one.' } } : {}),
      ...mustSay(typed, { note: { zh: '请填写理由。', en: 'Please say why.' } }),
    }),
    send: ({ kind: chosen, note }, key) => {
      const one = typeof chosen === 'number' ? line.suggestions[chosen] : undefined;
      const body = {
        // checked before it is sent
        kind: (typeof chosen === 'number' ? one?.kind : chosen) as Proposed,
        note: note.trim(),
        ...(one?.transferId == null ? {} : { transferId: one.transferId }),
        ...(one?.recoveryId == null ? {} : { recoveryId: one.recoveryId }),
        ...(one?.appropriationId == null ? {} : { appropriationId: one.appropriationId }),
        ...(one?.receiptId == null ? {} : { receiptId: one.receiptId }),
      };
      return good(api.POST('/api/v1/statement-lines/{id}/proposals', { params: { path: { id: line.id }, header: keyed(key) }, body }));
    },
    touches: [['statement-lines']],
    done: onDone,
  });
  const options = [
    ...line.suggestions.map(({ kind, caseNo, agrees }, value) => ({
      value,
      label: `${say(kinds[kind])} · ${caseNo}（${agrees.map((name) => say(agreeing[name] ?? { zh: name, en: name })).join('、')}）`,
    })),
    ...explanations[line.direction].map((kind) => ({ value: kind, label: say(kinds[kind]) })),
  ];
  return (
    <Form of={form} name={say({ zh: '提出认领', en: 'Propose what it is' })} className="stack">
      <Field label={say({ zh: '这笔是', en: 'This line is' })} required at="kind">
        {(tied) => (
          <Radio.Group
            {...tied}
            vertical
            value={form.typed.kind}
            onChange={(event) => form.put({ kind: event.target.value as number | Explanation })}
            options={options}
          />
        )}
      </Field>
      <Field label={say({ zh: '理由', en: 'Why' })} required at="note">
        {(tied) => <Input.TextArea {...tied} {...form.text('note')} rows={2} maxLength={500} />}
      </Field>
      <FormEnd of={form} label={say({ zh: '提出认领，待另一人确认', en: 'Propose; another person confirms' })} />
    </Form>
  );
}

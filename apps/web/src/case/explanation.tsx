import { useQuery } from '@tanstack/react-query';
import { Collapse, Skeleton, Table } from 'antd';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { type PolicyRef, useCodeWords, useFactWords } from '../event-form/words.js';
import { Clause } from '../pieces/clause.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { roleLabel } from '../session/roles.js';
import { useLanguage } from '../text/language.js';
import type { Case } from './case.js';

type Told = Schemas['Explanation'];
type Rule = Told['rules'][number];

const marks = {
  true: ['good', { zh: '✓ 符合', en: '✓ met' }],
  false: ['bad', { zh: '✗ 不符合', en: '✗ not met' }],
  null: ['warn', { zh: '? 待定', en: '? open' }],
} as const;

/** Why the amounts are what they are and why it is or is not paid: the same evaluator that decides, rule by rule. */
export function Explanation({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['case', of.id, 'explanation', of.version],
    queryFn: () => good(api.GET('/api/v1/cases/{id}/explanation', { params: { path: { id: of.id } } })),
  });
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton active />;
  return (
    <div className="stack">
      <p className="verdict">{say(data.summary)}</p>
      {data.missing.length > 0 && (
        <section>
          <h3>{say({ zh: '还缺', en: 'Still missing' })}</h3>
          <ul className="plain-list">
            {data.missing.map(({ fact, label }) => (
              <li key={fact}>{say(label)}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{say({ zh: '条件', en: 'Conditions' })}</h3>
        <Rules rules={data.rules} policy={of.policy} />
      </section>
      <section>
        <h3>{say({ zh: '金额', en: 'Amounts' })}</h3>
        <ul className="rules">
          {Object.entries(data.amounts).map(([name, amount]) => (
            <li key={name}>
              <span>{say(amount.label)}</span> <Money fen={amount.fen} /> <Clause cite={amount.cite} />
              <Trace of={amount} policy={of.policy} />
            </li>
          ))}
        </ul>
      </section>
      {data.doubts.length > 0 && <Doubts doubts={data.doubts} />}
      {data.setOffs.length > 0 && <SetOffs setOffs={data.setOffs} />}
      {data.next.length > 0 && (
        <section>
          <h3>{say({ zh: '接下来由谁办理', en: 'Who is next' })}</h3>
          <ul className="plain-list">
            {data.next.map(({ type, label, by }) => (
              <li key={type}>
                {say(label)}：{by.map((role) => say(roleLabel(role))).join('、')}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Parameters parameters={data.parameters} />
    </div>
  );
}

/** A milestone that was paid on and is no longer proven: what is at stake, and under which clause. */
function Doubts({ doubts }: { readonly doubts: Told['doubts'] }) {
  const { say } = useLanguage();
  return (
    <section>
      <h3>{say({ zh: '待核对的节点', en: 'Milestones to look into' })}</h3>
      <ul className="rules">
        {doubts.map(({ milestone, text, told, paidFen, inFlightFen, cite }) => (
          <li key={milestone}>
            <StateTag tone="warn" label={{ zh: '须核对', en: 'look into it' }} /> {say(text)}{' '}
            <span className="soft">{told.map((each) => say(each)).join('、')}</span> {say({ zh: '已拨', en: 'Paid' })}{' '}
            <Money fen={paidFen} />
            {inFlightFen !== '0' && (
              <>
                {' '}
                {say({ zh: '在途', en: 'on its way' })} <Money fen={inFlightFen} />
              </>
            )}{' '}
            <Clause cite={cite} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const sides = {
  debt: { zh: '本案应退款，自另案 {no} 的应付款中扣减', en: 'Owed in this case, kept back of a payment of case {no}' },
  payment: { zh: '自本案应付款中扣减，抵另案 {no} 的应退款', en: 'Kept back of a payment of this case, for a debt of case {no}' },
} as const;

/** Why less was transferred than is due, or more is repaid than was received. */
function SetOffs({ setOffs }: { readonly setOffs: Told['setOffs'] }) {
  const { say } = useLanguage();
  return (
    <section>
      <h3>{say({ zh: '抵扣', en: 'Set-offs' })}</h3>
      <ul className="rules">
        {setOffs.map(({ side, otherCaseNo, payment, amountFen, on, state, cite }) => (
          <li key={`${side} ${otherCaseNo} ${payment} ${on} ${amountFen} ${state}`}>
            <Day date={on} /> {say(sides[side], { no: otherCaseNo })} <Money fen={amountFen} />{' '}
            {state !== 'active' && <StateTag tone="bad" label={{ zh: '付款未成，已撤销', en: 'undone: the payment failed' }} />}{' '}
            <Clause cite={cite} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The card of conditions: met, not met, open, each with its clause. */
export function Rules({ rules, policy }: { readonly rules: readonly Rule[]; readonly policy: PolicyRef }) {
  const { say } = useLanguage();
  return (
    <ul className="rules">
      {rules.map((rule) => {
        const [tone, word] = marks[String(rule.result) as keyof typeof marks];
        return (
          <li key={`${rule.id} ${rule.claim ?? ''}`}>
            <StateTag tone={tone} label={word} /> <span>{say(rule.reason)}</span> <Clause cite={rule.cite} />
            <Trace of={rule} policy={policy} />
          </li>
        );
      })}
    </ul>
  );
}

type Traced = { readonly expression: string; readonly inputs: Readonly<Record<string, unknown>> };

/** The expression and what it read; codes are said in words as well. */
function Trace({ of, policy }: { readonly of: Traced; readonly policy: PolicyRef }) {
  const { say } = useLanguage();
  const words = useFactWords(policy);
  const codes = useCodeWords(policy);
  const said = Object.entries(of.inputs).flatMap(([name, value]) => {
    const word = codes(name, value);
    return word === undefined ? [] : [`${say(words(name))}${say({ zh: '：', en: ': ' })}${say(word)}`];
  });
  return (
    <details className="trace">
      <summary>{say({ zh: '计算过程', en: 'How it was computed' })}</summary>
      {said.length > 0 && <p>{said.join(say({ zh: '；', en: '; ' }))}</p>}
      <pre className="code">{`${of.expression}\n${JSON.stringify(of.inputs, null, 2)}`}</pre>
    </details>
  );
}

function Parameters({ parameters }: { readonly parameters: Told['parameters'] }) {
  const { say } = useLanguage();
  return (
    <Collapse
      size="small"
      items={[
        {
          key: 'parameters',
          label: say({ zh: '使用的参数（{count}）', en: 'Parameters used ({count})' }, { count: parameters.length }),
          children: (
            <Table
              size="small"
              pagination={false}
              scroll={{ x: 'max-content' }}
              rowKey="key"
              dataSource={parameters}
              columns={[
                { title: say({ zh: '参数', en: 'Parameter' }), render: (_, row) => say(row.label) },
                { title: say({ zh: '取值', en: 'Value' }), render: (_, row) => <code className="wrap">{JSON.stringify(row.value)}</code> },
                { title: say({ zh: '生效', en: 'From' }), dataIndex: 'from' },
                { title: say({ zh: '依据', en: 'Clause' }), render: (_, row) => <Clause cite={row.cite} /> },
              ]}
            />
          ),
        },
      ]}
    />
  );
}

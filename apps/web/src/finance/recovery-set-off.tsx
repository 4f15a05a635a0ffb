import { Alert, Radio, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import type { Schema } from '../event-form/schema.js';
import { Clause } from '../pieces/clause.js';
import { Field } from '../pieces/field.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { ProposeInFields } from './propose.js';
import { type Recovery, touchedBy, useSetOffs } from './recovery.js';
import { grounds, money, words } from './recovery-propose.js';

type SetOff = Schemas['SetOff'];
type Choice = Schemas['SetOffChoice'];

const states: Readonly<Record<SetOff['state'], readonly [Tone, Text]>> = {
  active: ['good', { zh: '已抵扣', en: 'set off' }],
  restoring: ['warn', { zh: '付款未成，正在恢复债务', en: 'payment failed, debt being restored' }],
  restored: ['bad', { zh: '付款未成，债务已恢复', en: 'payment failed, owed again' }],
};

/** What was kept back of payments of other cases, and whether it still stands. */
export function SetOffHistory({ recovery }: { readonly recovery: Recovery }) {
  const { say } = useLanguage();
  const { data } = useSetOffs(recovery);
  if (data === undefined || data.setOffs.length === 0) return null;
  return (
    <section>
      <strong>{say({ zh: '抵扣记录', en: 'Set-offs' })}</strong>
      <ul className="plain-list">
        {data.setOffs.map((each) => (
          <li key={each.id}>
            <Day date={each.on} /> <Money fen={each.amountFen} />{' '}
            <Link className="in-text" to={`/desk/cases/${each.payingCaseId}`}>
              {each.payingCaseNo}
            </Link>{' '}
            {say(each.label)} <StateTag tone={states[each.state][0]} label={states[each.state][1]} />{' '}
            {each.endedOn !== null && <Day date={each.endedOn} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

const schema: Schema = { properties: { amountFen: money, ...grounds }, required: ['amountFen', 'reason', 'cite'] };

/** The payments this debt could be kept back of, each with its clause or the reason why not; the proposal of one of them. */
export function ProposeSetOff({ recovery }: { readonly recovery: Recovery }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useSetOffs(recovery);
  const [chosen, setChosen] = useState<string | null>(null);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton active />;
  if (data.barred !== null)
    return <Alert type="info" showIcon title={say({ zh: '不能抵扣', en: 'No set-off' })} description={say(data.barred)} />;
  const possible = data.payments.filter(({ refusal }) => refusal === null);
  // the only one there is need not be chosen
  const disbursementId = chosen ?? (possible.length === 1 ? (possible[0]?.disbursementId ?? null) : null);
  return (
    <div className="stack">
      <p>
        {say({ zh: '可抵扣的欠款', en: 'Of the debt may be set off' })} <Money fen={data.openFen} />{' '}
        {data.cite !== null && <Clause cite={data.cite} />}
      </p>
      {possible.length === 0 ? (
        <Alert
          type="info"
          showIcon
          title={say({
            zh: '该收款方目前没有同一资金、同一年度且尚未提交银行的应付款。',
            en: 'Nothing is payable to this payee now out of the same fund and year that is not with the bank yet.',
          })}
        />
      ) : (
        <ProposeInFields
          draft={`${recovery.id} set-off`}
          title={{ zh: '建议抵扣', en: 'Propose a set-off' }}
          schema={schema}
          words={{
            ...words,
            amountFen: { zh: '抵扣金额', en: 'Amount to set off' },
            cite: { zh: '抵扣决定（文号、条款）', en: 'Decision and clause' },
          }}
          ready={disbursementId !== null}
          send={(said, key) =>
            good(
              api.POST('/api/v1/recoveries/{id}/set-offs', {
                params: { path: { id: recovery.id }, header: keyed(key) },
                body: { ...said, disbursementId } as never,
              }),
            )
          }
          touches={touchedBy(recovery)}
        >
          <Field label={say({ zh: '自哪笔应付款中扣减', en: 'Kept back of which payment' })} required at="disbursementId">
            {(tied) => (
              <Radio.Group
                {...tied}
                vertical
                value={disbursementId}
                onChange={(event) => setChosen(event.target.value as string)}
                options={possible.map((choice) => ({ value: choice.disbursementId, label: <Possible choice={choice} /> }))}
              />
            )}
          </Field>
        </ProposeInFields>
      )}
      <Impossible choices={data.payments.filter(({ refusal }) => refusal !== null)} />
    </div>
  );
}

function Possible({ choice: { caseNo, label, amountFen, mostFen, fund, cite } }: { readonly choice: Choice }) {
  const { say } = useLanguage();
  return (
    <span className="wrap">
      {caseNo} {say(label)} <Money fen={amountFen} />
      {say({ zh: '，至多抵扣', en: ', at most' })} <Money fen={mostFen} />
      {'（'}
      {say(fund.name)} {fund.fiscalYear}
      {'）'} {cite !== null && <Clause cite={cite} />}
    </span>
  );
}

function Impossible({ choices }: { readonly choices: readonly Choice[] }) {
  const { say } = useLanguage();
  if (choices.length === 0) return null;
  return (
    <section>
      <strong>{say({ zh: '不能用于抵扣的应付款', en: 'Payments that cannot be used' })}</strong>
      <ul className="plain-list">
        {choices.map(({ disbursementId, caseId, caseNo, label, amountFen, refusal }) => (
          <li key={disbursementId}>
            <Link className="in-text" to={`/desk/cases/${caseId}`}>
              {caseNo}
            </Link>{' '}
            {say(label)} <Money fen={amountFen} />
            <div className="soft wrap">{refusal !== null && say(refusal)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, good } from '../api/client.js';
import { Refused } from '../api/problem.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { Loading, PlainProblem } from './plain-problem.js';
import './public.css';

const states = {
  open: { zh: '正在核查，款项暂停拨付', en: 'being looked into; the payment waits' },
  upheld: { zh: '异议成立', en: 'upheld' },
  rejected: { zh: '异议不成立', en: 'not upheld' },
} as const;

/** How far an objection has come, by the number on its receipt; with the code, the words of the decision too. */
export function ObjectionStatus() {
  const { say } = useLanguage();
  const id = useId();
  const [search, setSearch] = useSearchParams();
  const [number, setNumber] = useState(search.get('receipt') ?? '');
  const [code, setCode] = useState(search.get('id') ?? '');
  const asked = search.get('receipt') ?? '';
  const shown = search.get('id') ?? '';
  const found = useQuery({
    queryKey: ['public', 'objection', asked, shown],
    enabled: asked !== '',
    queryFn: () =>
      good(
        api.GET('/api/v1/public/objections/{receiptNo}', {
          params: { path: { receiptNo: asked }, query: shown === '' ? {} : { id: shown } },
        }),
      ),
  });
  const look = (event: FormEvent) => {
    event.preventDefault();
    const [receipt, secret] = [number.trim().normalize('NFKC').toUpperCase(), code.trim()];
    if (receipt !== '') setSearch({ receipt, ...(secret === '' ? {} : { id: secret }) });
    if (receipt === asked && secret === shown) void found.refetch();
  };
  return (
    <section className="panel">
      <h1>{say({ zh: '异议办理进度', en: 'Follow an objection' })}</h1>
      <form className="plain-form" onSubmit={look} aria-label={say({ zh: '查询', en: 'Look up' })}>
        <label htmlFor={`${id}-no`}>{say({ zh: '回执编号', en: 'Receipt number' })}</label>
        <input
          id={`${id}-no`}
          value={number}
          required
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setNumber(event.target.value)}
        />
        <label htmlFor={`${id}-code`}>
          {say({ zh: '查询码（选填，用于查看决定内容）', en: 'Look-up code (optional; shows the decision)' })}
        </label>
        <input id={`${id}-code`} value={code} maxLength={60} autoComplete="off" onChange={(event) => setCode(event.target.value)} />
        <div className="plain-actions">
          <button type="submit" className="button primary">
            {say({ zh: '查询', en: 'Look up' })}
          </button>
        </div>
      </form>
      {asked !== '' && found.isPending && <Loading />}
      {found.error instanceof Refused && found.error.status === 404 ? (
        <p className="plain-error" role="alert">
          {say({
            zh: '没有这个回执编号。请核对后再查，编号形如 A-2020-000001-Y9。',
            en: 'There is no such receipt number; check it and look again.',
          })}
        </p>
      ) : (
        <PlainProblem thrown={found.error} />
      )}
      {found.data !== undefined && (
        <div role="status">
          <dl className="plain-facts">
            <div>
              <dt>{say({ zh: '所涉公示', en: 'Notice' })}</dt>
              <dd>{found.data.publicNo}</dd>
            </div>
            <div>
              <dt>{say({ zh: '状态', en: 'State' })}</dt>
              <dd>
                <strong>{say(states[found.data.state])}</strong>
              </dd>
            </div>
            <div>
              <dt>{say({ zh: '受理日期', en: 'Taken on' })}</dt>
              <dd>
                <Day date={found.data.raisedOn} />
              </dd>
            </div>
            <div>
              <dt>{say({ zh: '决定日期', en: 'Decided on' })}</dt>
              <dd>
                <Day date={found.data.decidedOn} />
              </dd>
            </div>
            {found.data.decision !== null && (
              <div>
                <dt>{say({ zh: '决定', en: 'Decision' })}</dt>
                <dd>{found.data.decision}</dd>
              </div>
            )}
          </dl>
        </div>
      )}
    </section>
  );
}

import { useState } from 'react';
import { Link } from 'react-router';
import { placeName } from '../pieces/places.js';
import { useLanguage } from '../text/language.js';
import { payeeLabels } from './payees.js';
import { Loading, PlainProblem } from './plain-problem.js';
import { type Published, usePublished, versionKey } from './policies.js';
import './public.css';

/** Every policy in force, once, with the places that have a version of it. */
export function PolicyList() {
  const { say } = useLanguage();
  const { data, error, refetch } = usePublished();
  const [payee, setPayee] = useState('');
  const [words, setWords] = useState('');
  const fits = (policy: Published) =>
    (payee === '' || policy.payee.includes(payee)) &&
    (words === '' || `${policy.title.zh}${policy.title.en}`.toLowerCase().includes(words.toLowerCase()));
  const byId = new Map<string, Published[]>();
  for (const policy of data?.items.filter(fits) ?? []) byId.set(policy.id, [...(byId.get(policy.id) ?? []), policy]);
  return (
    <section className="panel">
      <h1>{say({ zh: '公开政策', en: 'Published policies' })}</h1>
      <form className="plain-form filter" onSubmit={(event) => event.preventDefault()}>
        <label>
          {say({ zh: '名称', en: 'Name' })}
          <input type="search" value={words} maxLength={60} onChange={(event) => setWords(event.target.value)} />
        </label>
        <label>
          {say({ zh: '补贴对象', en: 'Paid to' })}
          <select value={payee} onChange={(event) => setPayee(event.target.value)}>
            <option value="">{say({ zh: '全部', en: 'All' })}</option>
            {Object.entries(payeeLabels).map(([kind, label]) => (
              <option key={kind} value={kind}>
                {say(label)}
              </option>
            ))}
          </select>
        </label>
      </form>
      <PlainProblem thrown={error} again={() => void refetch()} />
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <p role="status" className="soft">
          {say({ zh: '{on} 有效，共 {count} 项', en: 'In force on {on}: {count}' }, { on: data.on, count: byId.size })}
        </p>
      )}
      <ul className="cards">
        {[...byId].map(([id, versions]) => (
          <PolicyCard key={id} versions={versions} />
        ))}
      </ul>
    </section>
  );
}

/** The version of the smallest place speaks; the others are named. */
function PolicyCard({ versions }: { readonly versions: readonly Published[] }) {
  const { say } = useLanguage();
  const policy = [...versions].sort((a, b) => b.jurisdiction.length - a.jurisdiction.length)[0];
  if (policy === undefined) return null;
  return (
    <li className="card">
      <h2>
        <Link to={`/policies/${policy.id}`}>{say(policy.title)}</Link>
      </h2>
      <p>{policy.payee.map((kind) => say(payeeLabels[kind] ?? { zh: kind, en: kind })).join(say({ zh: '、', en: ', ' }))}</p>
      <p className="soft">
        {say({ zh: '受理：', en: 'Office: ' })}
        {say(policy.office)}
      </p>
      <p className="soft">
        {say({ zh: '时限：', en: 'Limit: ' })}
        {say(policy.timeLimit)}
      </p>
      <p className="tags">
        {versions.map((each) => (
          <span key={versionKey(each)} className="plain-tag">
            {say(placeName(each.jurisdiction))} {each.issuedOn}
          </span>
        ))}
      </p>
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { placeName } from '../pieces/places.js';
import { useLanguage } from '../text/language.js';
import { PlainCite } from './plain-cite.js';
import { Loading, PlainProblem } from './plain-problem.js';
import { useVersions, versionKey } from './policies.js';
import './public.css';
import { Says } from './says.js';

type Row = Schemas['PolicyDiff']['sections'][number]['rows'][number];

/** Two versions side by side, clause by clause: province against city, old against new. */
export function Compare() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const [all, setAll] = useState(false);
  const { data: policy, error: unknown } = useVersions(id);
  const keys = policy?.versions.map(versionKey) ?? [];
  const from = search.get('from') ?? keys.at(0) ?? '';
  const to = search.get('to') ?? keys.at(-1) ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['public', 'diff', id, from, to],
    enabled: from !== '' && to !== '' && from !== to,
    queryFn: () => good(api.GET('/api/v1/policies/{id}/diff', { params: { path: { id }, query: { from, to } } })),
  });
  const pick = (side: 'from' | 'to', label: string) => (
    <label>
      {label}
      <select
        value={side === 'from' ? from : to}
        onChange={(event) => setSearch({ from, to, [side]: event.target.value }, { replace: true })}
      >
        {policy?.versions.map((each) => (
          <option key={versionKey(each)} value={versionKey(each)}>
            {say(placeName(each.jurisdiction))} {each.version}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <section className="panel">
      <h1>
        {policy === undefined ? '' : say(policy.title)} {say({ zh: '版本对照', en: 'versions compared' })}
      </h1>
      <p>
        <Link to={`/policies/${id}`}>{say({ zh: '回到政策', en: 'Back to the policy' })}</Link>
      </p>
      <form className="plain-form filter" onSubmit={(event) => event.preventDefault()}>
        {pick('from', say({ zh: '左侧', en: 'Left' }))}
        {pick('to', say({ zh: '右侧', en: 'Right' }))}
      </form>
      <label className="pick">
        <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
        {say({ zh: '相同的也显示', en: 'Show what is the same, too' })}
      </label>
      <PlainProblem thrown={unknown ?? error} again={() => void refetch()} />
      {from === to && keys.length > 0 && <p role="status">{say({ zh: '请选择两个不同的版本。', en: 'Choose two different versions.' })}</p>}
      {data === undefined && error === null && from !== to && <Loading />}
      {data !== undefined && (
        <>
          <p role="status">
            {say(
              {
                zh: '{same} 处相同，{changed} 处不同，{only} 处仅一方有。',
                en: '{same} the same, {changed} differ, {only} on one side only.',
              },
              { same: data.counts.same, changed: data.counts.changed, only: data.counts.onlyFrom + data.counts.onlyTo },
            )}
          </p>
          {data.sections.map(({ section, label, rows }) => (
            <Section key={section} label={say(label)} rows={rows.filter(({ status }) => all || status !== 'same')} />
          ))}
        </>
      )}
    </section>
  );
}

function Section({ label, rows }: { readonly label: string; readonly rows: readonly Row[] }) {
  const { say } = useLanguage();
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{label}</h2>
      {rows.map((row) => (
        <article key={row.id} className={`compared ${row.status}`}>
          <h3>
            {say(row.label)} {row.status !== 'same' && <span className="plain-tag">{say(statuses[row.status])}</span>}
          </h3>
          <div className="sides">
            {[row.from, row.to].map((side, at) => (
              <div key={at === 0 ? 'from' : 'to'}>
                {side === null ? (
                  <span className="soft">{say({ zh: '没有规定', en: 'says nothing' })}</span>
                ) : (
                  <>
                    <Says says={side.says} fields={row.status === 'same' ? [] : row.fields} />
                    <PlainCite cite={side.cite} />
                  </>
                )}
              </div>
            ))}
          </div>
        </article>
      ))}
    </section>
  );
}

const statuses = {
  same: { zh: '相同', en: 'the same' },
  changed: { zh: '不同', en: 'differs' },
  onlyFrom: { zh: '仅左侧有', en: 'left only' },
  onlyTo: { zh: '仅右侧有', en: 'right only' },
} as const;

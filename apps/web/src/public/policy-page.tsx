import { Link, useParams, useSearchParams } from 'react-router';
import { placeName } from '../pieces/places.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { PlainCite } from './plain-cite.js';
import { Loading, PlainProblem } from './plain-problem.js';
import { type PolicyVersion, usePublished, useVersions, versionKey } from './policies.js';
import { PolicySaid } from './policy-said.js';
import { PolicySources } from './policy-sources.js';
import './public.css';
import { payeeLabels } from './payees.js';

/** A policy as published: who, where, by when, how much, in which stages, on which clauses; another version by its tab. */
export function PolicyPage() {
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const { say } = useLanguage();
  const { data, error, refetch } = useVersions(id);
  if (error !== null) return <PlainProblem thrown={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const asked = search.get('version');
  const shown = data.versions.find((each) => versionKey(each) === asked) ?? data.versions.at(-1);
  if (shown === undefined) return null;
  return (
    <>
      <section className="panel">
        <h1>{say(shown.title)}</h1>
        {data.versions.length > 1 && (
          <div className="versions">
            <label>
              {say({ zh: '版本', en: 'Version' })}{' '}
              <select value={versionKey(shown)} onChange={(event) => setSearch({ version: event.target.value }, { replace: true })}>
                {data.versions.map((each) => (
                  <option key={versionKey(each)} value={versionKey(each)}>
                    {say(placeName(each.jurisdiction))} {each.version}
                  </option>
                ))}
              </select>
            </label>
            <Link className="button" to={`/policies/${id}/compare`}>
              {say({ zh: '对照各版本', en: 'Compare versions' })}
            </Link>
          </div>
        )}
        <Head policy={shown} />
      </section>
      <PolicySaid key={versionKey(shown)} policy={shown} />
      <Diagram policy={shown} />
      <PolicySources policy={shown} />
    </>
  );
}

function Head({ policy }: { readonly policy: PolicyVersion }) {
  const { say } = useLanguage();
  const { data } = usePublished(policy.from);
  const published = data?.items.find((each) => each.id === policy.id && versionKey(each) === versionKey(policy));
  return (
    <>
      <dl className="plain-facts">
        <div>
          <dt>{say({ zh: '补贴对象', en: 'Paid to' })}</dt>
          <dd>{policy.payee.map((kind) => say(payeeLabels[kind] ?? { zh: kind, en: kind })).join(say({ zh: '、', en: ', ' }))}</dd>
        </div>
        <div>
          <dt>{say({ zh: '受理单位', en: 'Office' })}</dt>
          <dd>
            {say(policy.office)} <PlainCite cite={published?.officeCite} />
          </dd>
        </div>
        <div>
          <dt>{say({ zh: '办理时限', en: 'Time limit' })}</dt>
          <dd>
            {say(policy.timeLimit)} <PlainCite cite={published?.timeLimitCite} />
          </dd>
        </div>
        <div>
          <dt>{say({ zh: '执行期', en: 'In force' })}</dt>
          <dd>
            <Day date={policy.from} /> —{' '}
            {policy.until !== null ? (
              <Day date={policy.until} />
            ) : policy.untilEvent === null ? (
              say({ zh: '未规定截止日', en: 'no last day' })
            ) : (
              say(policy.untilEvent.label)
            )}
          </dd>
        </div>
        <div>
          <dt>{say({ zh: '文件', en: 'Document' })}</dt>
          <dd lang="zh-CN">
            {policy.cite.doc} {policy.cite.clause}
          </dd>
        </div>
      </dl>
      {published !== undefined && (
        <>
          <h2>{say({ zh: '材料', en: 'Papers' })}</h2>
          {published.papers.length === 0 && <p>{say({ zh: '无需材料。', en: 'No papers.' })}</p>}
          <ul className="plain-list">
            {published.papers.map((paper) => (
              <li key={paper.id}>
                {say(paper.label)} <span className="soft">（{say(paper.how)}）</span> <PlainCite cite={paper.cite} />
              </li>
            ))}
          </ul>
          <h2>{say({ zh: '资金来源', en: 'Funds' })}</h2>
          <ul className="plain-list">
            {published.funds.map((fund) => (
              <li key={fund.code}>
                {say(fund.name)} <PlainCite cite={fund.cite} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Drawn by the api from the machine that really runs. Wider than a telephone: it scrolls in its own box, and opens by itself. */
function Diagram({ policy }: { readonly policy: PolicyVersion }) {
  const { say, language } = useLanguage();
  const address = `/api/v1/policies/${policy.id}/versions/${policy.version}/diagram?jurisdiction=${policy.jurisdiction}&lang=${language}`;
  return (
    <section className="panel">
      <h2>{say({ zh: '办理流程图', en: 'How a case runs' })}</h2>
      <p className="soft">
        {say({
          zh: '由实际运行的流程自动绘制，每一步附依据。',
          en: 'Drawn from the machine that really runs, every arrow with its clause.',
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard */}
      <section className="diagram" tabIndex={0} aria-label={say({ zh: '流程图（可滚动）', en: 'Diagram (scrolls)' })}>
        <img
          src={address}
          alt={say({ zh: '{title}的办理流程图', en: 'State diagram of {title}' }, { title: say(policy.title) })}
          loading="lazy"
        />
      </section>
      <a href={address} target="_blank" rel="noreferrer">
        {say({ zh: '单独打开', en: 'Open by itself' })}
      </a>
    </section>
  );
}

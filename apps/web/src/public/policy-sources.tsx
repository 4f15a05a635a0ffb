import { useQuery } from '@tanstack/react-query';
import { api, good } from '../api/client.js';
import { useLanguage } from '../text/language.js';
import { bases, type Cite } from './plain-cite.js';
import { PlainProblem } from './plain-problem.js';
import type { PolicyVersion } from './policies.js';

type Clause = { readonly clause: string; readonly quotes: Set<string>; readonly says: Set<Cite['basis']> };

const isCite = (value: object): value is Cite => 'doc' in value && 'clause' in value && 'basis' in value;

/** Every clause that anything in the definition stands on, document by document, with the words taken from it. */
export function sourcesOf(definition: unknown): ReadonlyMap<string, readonly Clause[]> {
  const found = new Map<string, Map<string, Clause>>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!isCite(value)) {
      for (const inner of Object.values(value)) visit(inner);
      return;
    }
    const clauses = found.get(value.doc) ?? new Map<string, Clause>();
    found.set(value.doc, clauses);
    const clause = clauses.get(value.clause) ?? { clause: value.clause, quotes: new Set(), says: new Set() };
    clauses.set(value.clause, clause);
    clause.says.add(value.basis);
    if (value.quote !== undefined) clause.quotes.add(value.quote);
  };
  visit(definition);
  return new Map([...found].map(([doc, clauses]) => [doc, [...clauses.values()]]));
}

export function PolicySources({ policy: { id, version, jurisdiction } }: { readonly policy: PolicyVersion }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['policy', id, version, jurisdiction],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      good(api.GET('/api/v1/policies/{id}/versions/{version}', { params: { path: { id, version }, query: { jurisdiction } } })),
  });
  return (
    <section className="panel">
      <h2>{say({ zh: '逐条依据', en: 'Sources, clause by clause' })}</h2>
      <PlainProblem thrown={error} again={() => void refetch()} />
      {[...sourcesOf(data)].map(([doc, clauses]) => (
        <section key={doc}>
          <h3 lang="zh-CN">{doc}</h3>
          <dl className="clauses">
            {clauses.map(({ clause, quotes, says }) => (
              <div key={clause}>
                <dt lang="zh-CN">{clause}</dt>
                <dd>
                  {[...quotes].map((quote) => (
                    <blockquote key={quote} lang="zh-CN">
                      {quote}
                    </blockquote>
                  ))}
                  <span className="soft">{[...says].map((basis) => say(bases[basis])).join(say({ zh: '；', en: '; ' }))}</span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </section>
  );
}

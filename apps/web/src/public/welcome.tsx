import { useQuery } from '@tanstack/react-query';
import { api, good } from '../api/client.js';
import { useLanguage } from '../text/language.js';

/** The first page: what is paid here and where one goes from here. */
export function Welcome() {
  const { say } = useLanguage();
  const policies = useQuery({ queryKey: ['public', 'policies'], queryFn: () => good(api.GET('/api/v1/public/policies')) });
  return (
    <>
      <section className="panel">
        <h1>{say({ zh: '就业补助，按期拨付', en: 'Employment subsidies, paid in stages' })}</h1>
        <p>
          {say({
            zh: '每一期拨多少、依据哪一条、最迟哪天到账，公开可查。',
            en: 'How much each stage pays, under which clause and by which day is public.',
          })}
        </p>
      </section>
      <section className="panel">
        <h2>{say({ zh: '公开政策', en: 'Published policies' })}</h2>
        <ul className="plain-list">
          {policies.data?.items.map((policy) => (
            <li key={`${policy.id} ${policy.jurisdiction}`}>{say(policy.title)}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

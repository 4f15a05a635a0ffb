import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { placeName } from '../pieces/places.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { Loading, PlainProblem } from './plain-problem.js';
import './public.css';

/** What share of payments came within the legal limit, by district and policy; where there were few, nothing is told. */
export function Promises() {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['public', 'promises'],
    queryFn: () => good(api.GET('/api/v1/public/promises', { params: { query: {} } })),
  });
  const districts = [...new Set(data?.items.map(({ district }) => district) ?? [])];
  return (
    <section className="panel">
      <h1>{say({ zh: '按期拨付公开榜', en: 'Promises kept' })}</h1>
      <p>
        {say({
          zh: '法定时限内到账的付款占全部已到期付款的比例。',
          en: 'Payments that came within the legal limit, out of all whose limit has ended.',
        })}
      </p>
      <PlainProblem thrown={error} again={() => void refetch()} />
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <p className="soft">
          <Day date={data.from} /> — <Day date={data.to} />
          {say(
            {
              zh: '。不足 {least} 笔的不公布数字，以免涉及个人。',
              en: '. Fewer than {least} payments are not told, so that no figure points at a person.',
            },
            { least: data.leastPayments },
          )}
        </p>
      )}
      {data?.items.length === 0 && (
        <p role="status">{say({ zh: '这一时期还没有到期的付款。', en: 'No limit has ended in this time yet.' })}</p>
      )}
      {districts.map((district) => (
        <section key={district}>
          <h2>{say(placeName(district))}</h2>
          <ul className="bars">
            {data?.items
              .filter((item) => item.district === district)
              .map((item) => (
                <li key={item.policyId}>
                  <Link to={`/policies/${item.policyId}`}>{say(item.title)}</Link>
                  {item.keptPercent === null ? (
                    <span className="soft">{say({ zh: '不足 {least} 笔', en: 'fewer than {least}' }, { least: data.leastPayments })}</span>
                  ) : (
                    <span>
                      <strong>{item.keptPercent}%</strong>{' '}
                      <span className="soft">
                        {say(
                          { zh: '{kept} / {payments} 笔按期', en: '{kept} of {payments} in time' },
                          { kept: item.kept ?? 0, payments: item.payments ?? 0 },
                        )}
                      </span>
                      <progress max={100} value={Number(item.keptPercent)} aria-label={`${say(item.title)} ${item.keptPercent}%`} />
                    </span>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

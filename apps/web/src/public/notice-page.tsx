import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api, good } from '../api/client.js';
import { Money } from '../pieces/money.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { NoticeState } from './notice-state.js';
import { ObjectionForm } from './objection-form.js';
import { Loading, PlainProblem } from './plain-problem.js';
import './public.css';

/** One notice and, while it runs, the form by which anybody objects to it. */
export function NoticePage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['public', 'notice', id],
    queryFn: () => good(api.GET('/api/v1/public/notices/{id}', { params: { path: { id } } })),
  });
  if (error !== null && data === undefined) return <PlainProblem thrown={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <section className="panel">
        <h1>
          {say({ zh: '公示', en: 'Notice' })} {data.publicNo}
        </h1>
        <NoticeState state={data.state} />
        <dl className="plain-facts">
          <div>
            <dt>{say({ zh: '政策', en: 'Policy' })}</dt>
            <dd>
              <Link to={`/policies/${data.policy.id}`}>{say(data.policy.title)}</Link>
            </dd>
          </div>
          <div>
            <dt>{say({ zh: '公示日期', en: 'Posted' })}</dt>
            <dd>
              <Day date={data.postedOn} />
            </dd>
          </div>
          <div>
            <dt>{say({ zh: '异议截止', en: 'Object until' })}</dt>
            <dd>
              <Day date={data.endsOn} />
              {say({ zh: '（含当日，共 {days} 个工作日）', en: ' (that day included; {days} working days)' }, { days: data.workingDays })}
            </dd>
          </div>
          {data.amounts.map((amount) => (
            <div key={amount.id}>
              <dt>{say(amount.label)}</dt>
              <dd>
                <Money fen={amount.fen} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="panel">
        <h2>{say({ zh: '提出异议', en: 'Object' })}</h2>
        <ObjectionForm noticeId={data.id} running={data.state === 'posted'} />
      </section>
    </>
  );
}

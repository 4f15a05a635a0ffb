import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { NoticeState } from './notice-state.js';
import { Loading, PlainProblem } from './plain-problem.js';
import './public.css';

type Wanted = 'posted' | 'all';

const noticesAfter = (wanted: Wanted, cursor: string | undefined) =>
  good(
    api.GET('/api/v1/public/notices', {
      params: { query: { ...(wanted === 'posted' ? { state: 'posted' as const } : {}), ...(cursor === undefined ? {} : { cursor }) } },
    }),
  );

/** Public notices, the newest first: until when one may object, and where. */
export function Notices() {
  const { say } = useLanguage();
  const [wanted, setWanted] = useState<Wanted>('posted');
  const pages = useInfiniteQuery({
    queryKey: ['public', 'notices', wanted],
    queryFn: ({ pageParam }) => noticesAfter(wanted, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const notices = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="panel">
      <h1>{say({ zh: '公示', en: 'Public notices' })}</h1>
      <p>
        {say({
          zh: '公示期内任何人都可以提出异议；有异议未处理完，款项不拨。',
          en: 'While a notice runs anybody may object; until an objection is decided nothing is paid.',
        })}{' '}
        <Link to="/objections">{say({ zh: '查询异议办理进度', en: 'Follow an objection' })}</Link>
      </p>
      <fieldset className="ask">
        <legend>{say({ zh: '显示', en: 'Show' })}</legend>
        {(['posted', 'all'] as const).map((each) => (
          <label key={each} className="pick">
            <input type="radio" name="wanted" checked={wanted === each} onChange={() => setWanted(each)} />
            {say(each === 'posted' ? { zh: '公示中', en: 'running' } : { zh: '全部', en: 'all' })}
          </label>
        ))}
      </fieldset>
      <PlainProblem thrown={pages.error} again={() => void pages.refetch()} />
      {pages.isPending && <Loading />}
      {pages.isSuccess && notices.length === 0 && <p role="status">{say({ zh: '目前没有公示。', en: 'No notices.' })}</p>}
      <ul className="cards">
        {notices.map((notice) => (
          <li key={notice.id} className="card">
            <h2>
              <Link to={`/notices/${notice.id}`}>{notice.publicNo}</Link>
            </h2>
            <p>{say(notice.policy.title)}</p>
            <p>
              <NoticeState state={notice.state} />
            </p>
            <p className="soft">
              {say({ zh: '截止：', en: 'Until: ' })}
              <Day date={notice.endsOn} />
            </p>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <button type="button" className="button" onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
          {say({ zh: '继续加载', en: 'More' })}
        </button>
      )}
    </section>
  );
}

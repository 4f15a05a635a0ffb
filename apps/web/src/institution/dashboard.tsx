import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { CaseCard } from './case-card.js';
import { exportCases } from './export.js';
import './institution.css';
import { OffersWaiting } from './offers-waiting.js';

type Standing = Schemas['CaseSummary']['standing'];
const pageSize = 10;

/** Own cases: of each payment what was paid, what is due by when, what is missing and who is next. */
export function Dashboard() {
  const { say } = useLanguage();
  const [standing, setStanding] = useState<Standing>('active');
  const cases = useInfiniteQuery({
    queryKey: ['cases', 'mine', standing],
    queryFn: ({ pageParam }) =>
      good(
        api.GET('/api/v1/cases/overviews', {
          params: { query: { limit: pageSize, standing, ...(pageParam === undefined ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const rows = cases.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '我的案件', en: 'My cases' })}</h1>
        <div className="page-head-end">
          <Segmented<Standing>
            value={standing}
            onChange={setStanding}
            options={[
              { value: 'active', label: say({ zh: '办理中', en: 'Active' }) },
              { value: 'held', label: say({ zh: '已暂停', en: 'On hold' }) },
              { value: 'closed', label: say({ zh: '已办结', en: 'Closed' }) },
            ]}
          />
          <ExportButton />
          <Link to="/desk/apply">
            <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
              {say({ zh: '新申报', en: 'New application' })}
            </Button>
          </Link>
        </div>
      </div>
      <OffersWaiting />
      {cases.error !== null && <ProblemAlert refused={asRefused(cases.error)} again={() => void cases.refetch()} />}
      {rows === undefined && cases.error === null && <Skeleton active />}
      {rows?.length === 0 && (
        <Empty description={say({ zh: '没有案件。可从“新申报”开始。', en: 'No cases yet; begin with “New application”.' })} />
      )}
      <div className="stack">
        {rows?.map((row) => (
          <CaseCard key={row.id} of={row} />
        ))}
      </div>
      {cases.hasNextPage && (
        <div className="more">
          <Button loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
            {say({ zh: '继续加载', en: 'More' })}
          </Button>
        </div>
      )}
    </>
  );
}

function ExportButton() {
  const { say, language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const run = () => {
    setBusy(true);
    void exportCases(language).finally(() => setBusy(false));
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={run}>
      {say({ zh: '导出 CSV', en: 'Export CSV' })}
    </Button>
  );
}

import { Button, Empty, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { Countdown } from '../pieces/deadline.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { type Notice, noticeStates, Posted } from './case-notice.js';
import { NoticeSheet } from './notice-sheet.js';
import './office.css';
import { loadQueue, placeOf, type Task } from './tasks.js';

type Filter = 'draft' | Notice['state'];

/** What is to be posted, what hangs out, and what is over. */
export function Notices() {
  const { say } = useLanguage();
  const [filter, setFilter] = useState<Filter>('draft');
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '公示', en: 'Public notices' })}</h1>
        <div className="page-head-end">
          <Segmented<Filter>
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'draft', label: say({ zh: '待发布', en: 'To be posted' }) },
              ...(['posted', 'clear', 'withdrawn'] as const).map((value) => ({ value, label: say(noticeStates[value][1]) })),
            ]}
          />
        </div>
      </div>
      {filter === 'draft' ? <Drafts /> : <Known state={filter} />}
    </>
  );
}

function Drafts() {
  const { say } = useLanguage();
  return (
    <PagedTable<Task>
      label={say({ zh: '待发布的公示', en: 'Notices to be posted' })}
      queryKey={['tasks', 'urgency', 'publish']}
      load={(cursor) => loadQueue({ mine: false, kind: 'publish' }, cursor)}
      rowKey={({ id }) => id}
      fit
      empty={<Empty description={say({ zh: '没有待发布的公示', en: 'No notice waits to be posted' })} />}
      columns={[
        {
          title: say({ zh: '案件', en: 'Case' }),
          width: 200,
          render: (_, task) => <Link to={placeOf(task) ?? ''}>{task.caseNo}</Link>,
        },
        {
          title: say({ zh: '最迟', en: 'By' }),
          width: 190,
          render: (_, { clock }) => (
            <>
              <Day date={clock?.lastDay} /> <Countdown lastDay={clock?.lastDay ?? null} />
            </>
          ),
        },
        { title: say({ zh: '单位', en: 'Organisation' }), width: 200, responsive: ['md'], render: (_, { organisation }) => organisation },
        {
          title: say({ zh: '政策', en: 'Policy' }),
          width: 260,
          responsive: ['md'],
          render: (_, { policy }) => (policy === null ? '—' : say(policy.title)),
        },
      ]}
    />
  );
}

function Known({ state }: { readonly state: Notice['state'] }) {
  const { say } = useLanguage();
  const [shown, setShown] = useState<Notice | null>(null);
  const amounts = (notice: Notice) => (notice.content['amounts'] ?? {}) as Record<string, string | null>;
  return (
    <>
      <PagedTable<Notice>
        label={say(noticeStates[state][1])}
        queryKey={['notices', state]}
        load={(cursor) => good(api.GET('/api/v1/notices', { params: { query: { state, ...(cursor === undefined ? {} : { cursor }) } } }))}
        rowKey={({ id }) => id}
        fit
        columns={[
          {
            title: say({ zh: '公示编号', en: 'Notice' }),
            width: 210,
            render: (_, notice) => (
              <>
                <Button type="link" size="small" onClick={() => setShown(notice)}>
                  {notice.publicNo}
                </Button>
                {notice.openObjections > 0 && (
                  <StateTag
                    tone="warn"
                    label={{ zh: `${notice.openObjections} 件异议未决`, en: `${notice.openObjections} objections open` }}
                  />
                )}
              </>
            ),
          },
          {
            title: say({ zh: '公示期', en: 'Days' }),
            width: 200,
            render: (_, notice) => (
              <>
                <Day date={notice.postedOn} />
                <div>
                  <Day date={notice.endsOn} /> {notice.state === 'posted' && <Countdown lastDay={notice.endsOn} />}
                </div>
              </>
            ),
          },
          { title: say({ zh: '单位', en: 'Organisation' }), width: 200, responsive: ['md'], render: (_, { organisation }) => organisation },
          {
            title: say({ zh: '案件', en: 'Case' }),
            width: 190,
            responsive: ['md'],
            render: (_, { caseId, caseNo }) => <Link to={`/desk/office/case/${caseId}`}>{caseNo}</Link>,
          },
        ]}
      />
      <Modal open={shown !== null} title={shown?.publicNo} footer={null} onCancel={() => setShown(null)} destroyOnHidden>
        {shown !== null && (
          <div className="stack">
            <NoticeSheet
              caseNo={shown.caseNo}
              title={{ zh: String(shown.content['policy']), en: String(shown.content['policy']) }}
              version={String(shown.content['policyVersion'] ?? '')}
              amounts={amounts(shown)}
            />
            <Posted notice={shown} />
          </div>
        )}
      </Modal>
    </>
  );
}

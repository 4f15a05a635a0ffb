import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StandingTag } from '../pieces/state-tag.js';
import { Day, Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';

type Standing = Schemas['CaseSummary']['standing'];
type Filter = Standing | 'all';

/** Every case the signed-in person may see, newest first. */
export function CaseList() {
  const { say } = useLanguage();
  const [filter, setFilter] = useState<Filter>('all');
  const [words, setWords] = useState('');
  const query = { ...(filter === 'all' ? {} : { standing: filter }), ...(words.length < 2 ? {} : { q: words }) };
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '案件查询', en: 'Cases' })}</h1>
        <div className="page-head-end">
          <Input.Search
            className="seek"
            allowClear
            maxLength={80}
            aria-label={say({ zh: '查找案件', en: 'Find a case' })}
            placeholder={say({ zh: '案件编号或单位名称', en: 'Case number or organisation' })}
            onSearch={(typed) => setWords(typed.trim())}
          />
          <Segmented<Filter>
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: say({ zh: '全部', en: 'All' }) },
              { value: 'active', label: say({ zh: '办理中', en: 'Active' }) },
              { value: 'held', label: say({ zh: '已暂停', en: 'On hold' }) },
              { value: 'closed', label: say({ zh: '已办结', en: 'Closed' }) },
            ]}
          />
        </div>
      </div>
      <PagedTable
        label={say({ zh: '案件', en: 'Cases' })}
        queryKey={['cases', filter, words]}
        load={(cursor) => good(api.GET('/api/v1/cases', { params: { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } } }))}
        rowKey={(row) => row.id}
        {...(words === ''
          ? {}
          : {
              empty: say({
                zh: `没有编号或单位名称与“${words}”相符的案件。`,
                en: `No case whose number or organisation matches “${words}”.`,
              }),
            })}
        columns={[
          {
            title: say({ zh: '案件编号', en: 'Case' }),
            dataIndex: 'caseNo',
            width: 170,
            render: (caseNo: string, row) => <Link to={`/desk/cases/${row.id}`}>{caseNo}</Link>,
          },
          { title: say({ zh: '政策', en: 'Policy' }), width: 260, render: (_, row) => say(row.policy.title) },
          { title: say({ zh: '状态', en: 'Standing' }), width: 110, render: (_, row) => <StandingTag standing={row.standing} /> },
          { title: say({ zh: '立案', en: 'Opened' }), width: 150, render: (_, row) => <Day date={row.openedOn} /> },
          { title: say({ zh: '最近进展', en: 'Last event' }), width: 150, render: (_, row) => <Moment at={row.lastAt} /> },
        ]}
      />
    </>
  );
}

import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { Clause } from '../pieces/clause.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';

type Proposal = Schemas['CalendarProposal'];

/** Years that wait for a second person, and what became of the others. */
export function CalendarProposals() {
  const { say } = useLanguage();
  return (
    <PagedTable<Proposal>
      label={say({ zh: '放假安排', en: 'Proposed years' })}
      queryKey={['calendar-proposals']}
      load={(cursor) => good(api.GET('/api/v1/calendar/proposals', { params: { query: cursor === undefined ? {} : { cursor } } }))}
      rowKey={({ id }) => id}
      empty={say({ zh: '没有提出的放假安排。', en: 'No year was proposed.' })}
      columns={[
        { title: say({ zh: '年份', en: 'Year' }), render: (_, row) => <Link to={`/desk/admin/calendar/${row.id}`}>{row.year}</Link> },
        { title: say({ zh: '公布日期', en: 'Published on' }), render: (_, row) => <Day date={row.publishedOn} /> },
        { title: say({ zh: '依据', en: 'Source' }), render: (_, row) => <Clause cite={row.cite} /> },
        { title: say({ zh: '状态', en: 'State' }), render: (_, row) => <ProposalState of={row} /> },
      ]}
    />
  );
}

export function ProposalState({ of }: { readonly of: Pick<Proposal, 'state'> }) {
  if (of.state === 'approved') return <StateTag tone="good" label={{ zh: '已生效', en: 'approved' }} />;
  if (of.state === 'rejected') return <StateTag tone="calm" label={{ zh: '未批准', en: 'turned down' }} />;
  return <StateTag tone="warn" label={{ zh: '待批准', en: 'waits for approval' }} />;
}

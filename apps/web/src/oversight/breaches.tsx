import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { Clause } from '../pieces/clause.js';
import { PagedTable } from '../pieces/paged-table.js';
import { placeName } from '../pieces/places.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { ClockTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';

type Breach = Schemas['Breach'];

/** Legal limits that were broken or may be, each with its clause and its case. */
export function Breaches() {
  const { say } = useLanguage();
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '逾期清单', en: 'Broken limits' })}</h1>
      </div>
      <BreachTable />
    </>
  );
}

/** Of one district, or of all one may see. */
export function BreachTable({ district }: { readonly district?: string }) {
  const { say } = useLanguage();
  const titleOf = usePolicyTitles();
  const place = district === undefined ? {} : { district };
  return (
    <PagedTable<Breach>
      label={say({ zh: '逾期清单', en: 'Broken limits' })}
      queryKey={['reports', 'breaches', district ?? 'all']}
      load={(cursor) =>
        good(api.GET('/api/v1/reports/breaches', { params: { query: { ...place, ...(cursor === undefined ? {} : { cursor }) } } }))
      }
      rowKey={({ id }) => id}
      empty={say({ zh: '没有逾期，也没有疑似逾期。', en: 'No limit was broken, and none may be.' })}
      columns={[
        {
          title: say({ zh: '案件', en: 'Case' }),
          render: (_, row) => <Link to={`/desk/cases/${row.caseId}`}>{row.caseNo}</Link>,
        },
        { title: say({ zh: '政策', en: 'Policy' }), render: (_, row) => say(titleOf(row.policyId)) },
        { title: say({ zh: '地区', en: 'District' }), render: (_, row) => say(placeName(row.district)) },
        { title: say({ zh: '时限', en: 'Limit' }), render: (_, row) => say(row.label) },
        { title: say({ zh: '最后一日', en: 'Last day' }), render: (_, row) => <Day date={row.lastDay} /> },
        { title: say({ zh: '状态', en: 'State' }), render: (_, row) => <ClockTag status={row.status} /> },
        { title: say({ zh: '依据', en: 'Clause' }), render: (_, row) => <Clause cite={row.cite} /> },
      ]}
    />
  );
}

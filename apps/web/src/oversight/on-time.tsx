import { Table } from 'antd';
import { Link } from 'react-router';
import { placeName } from '../pieces/places.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { useLanguage } from '../text/language.js';
import type { Reports } from './figures.js';
import { Share } from './share.js';

type Row = Reports['onTime'][number];

/** District by district and policy by policy. */
export function OnTime({ rows }: { readonly rows: Reports['onTime'] }) {
  const { say } = useLanguage();
  const titleOf = usePolicyTitles();
  return (
    <Table<Row>
      size="small"
      rowKey={({ district, policyId }) => `${district} ${policyId}`}
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={[...rows]}
      columns={[
        { title: say({ zh: '地区', en: 'District' }), render: (_, row) => say(placeName(row.district)) },
        {
          title: say({ zh: '政策', en: 'Policy' }),
          render: (_, row) => <Link to={`/policies/${row.policyId}`}>{say(titleOf(row.policyId))}</Link>,
        },
        { title: say({ zh: '按期', en: 'Kept' }), align: 'right', dataIndex: 'kept' },
        { title: say({ zh: '逾期', en: 'Broken' }), align: 'right', dataIndex: 'broken' },
        { title: say({ zh: '未定', en: 'Open' }), align: 'right', dataIndex: 'open' },
        {
          title: say({ zh: '按期率', en: 'In time' }),
          render: (_, row) => (
            <Share of={row.keptPercent} label={`${say(titleOf(row.policyId))} ${say({ zh: '按期率', en: 'in time' })}`} />
          ),
        },
      ]}
    />
  );
}

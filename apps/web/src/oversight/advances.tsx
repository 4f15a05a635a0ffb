import { Table } from 'antd';
import { Money } from '../pieces/money.js';
import { placeName } from '../pieces/places.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import type { Reports } from './figures.js';

type Row = Reports['advances'][number];

const ages: readonly { readonly of: 'upTo30Fen' | 'upTo90Fen' | 'upTo180Fen' | 'over180Fen'; readonly label: Text }[] = [
  { of: 'upTo30Fen', label: { zh: '30 天内', en: 'up to 30 days' } },
  { of: 'upTo90Fen', label: { zh: '31–90 天', en: '31–90 days' } },
  { of: 'upTo180Fen', label: { zh: '91–180 天', en: '91–180 days' } },
  { of: 'over180Fen', label: { zh: '180 天以上', en: 'over 180 days' } },
];

/** Money paid before it was earned, and since when: the largest first. */
export function Advances({ rows }: { readonly rows: Reports['advances'] }) {
  const { say } = useLanguage();
  return (
    <Table<Row>
      size="small"
      rowKey={({ organisationId, district }) => `${organisationId} ${district}`}
      pagination={rows.length > 20 ? { pageSize: 20 } : false}
      scroll={{ x: 'max-content' }}
      dataSource={[...rows]}
      columns={[
        { title: say({ zh: '机构', en: 'Institution' }), dataIndex: 'organisation' },
        { title: say({ zh: '地区', en: 'District' }), render: (_, row) => say(placeName(row.district)) },
        { title: say({ zh: '案件', en: 'Cases' }), align: 'right', dataIndex: 'cases' },
        { title: say({ zh: '合计', en: 'Total' }), align: 'right', render: (_, row) => <Money fen={row.totalFen} /> },
        ...ages.map(({ of, label }) => ({
          title: say(label),
          align: 'right' as const,
          render: (_: unknown, row: Row) => <Money fen={row[of]} />,
        })),
        { title: say({ zh: '最长（天）', en: 'Oldest (days)' }), align: 'right', dataIndex: 'oldestDays' },
      ]}
    />
  );
}

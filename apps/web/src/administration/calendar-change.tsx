import { Card, Table } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../api/client.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';

type Change = Schemas['CalendarChange'];
const kinds = { off: { zh: '放假', en: 'off' }, work: { zh: '调休上班', en: 'worked' } } as const;
const asItsWeekday = { zh: '按星期', en: 'as its weekday' };

/** Which days a proposed year changes, and which time limits would end on another day. */
export function CalendarChange({ change }: { readonly change: Change }) {
  const { say } = useLanguage();
  const { days, count, deadlines } = change;
  const kind = (is: Change['days'][number]['before']) => say(is === null ? asItsWeekday : kinds[is]);
  const unknown = say({ zh: '暂定', en: 'provisional' });
  return (
    <>
      <Card size="small" title={say({ zh: '改变的日期（{count}）', en: 'Days that change ({count})' }, { count: days.length })}>
        <Table<Change['days'][number]>
          size="small"
          rowKey={({ day }) => day}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={[...days]}
          columns={[
            { title: say({ zh: '日期', en: 'Day' }), render: (_, row) => <Day date={row.day} /> },
            { title: say({ zh: '现为', en: 'Before' }), render: (_, row) => kind(row.before) },
            { title: say({ zh: '改为', en: 'After' }), render: (_, row) => kind(row.after) },
          ]}
        />
      </Card>
      <Card size="small" title={say({ zh: '移动的未到期时限（{count}）', en: 'Running time limits that move ({count})' }, { count })}>
        <Table<Change['deadlines'][number]>
          size="small"
          rowKey={({ id }) => id}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={[...deadlines]}
          columns={[
            { title: say({ zh: '案件', en: 'Case' }), render: (_, row) => <Link to={`/desk/cases/${row.caseId}`}>{row.caseNo}</Link> },
            { title: say({ zh: '时限', en: 'Time limit' }), render: (_, row) => say(row.label) },
            { title: say({ zh: '现最迟', en: 'Before' }), render: (_, row) => (row.before === null ? unknown : <Day date={row.before} />) },
            { title: say({ zh: '改为', en: 'After' }), render: (_, row) => (row.after === null ? unknown : <Day date={row.after} />) },
          ]}
        />
        {count > deadlines.length && (
          <p className="soft">{say({ zh: '仅列出前 {shown} 个。', en: 'The first {shown} are listed.' }, { shown: deadlines.length })}</p>
        )}
      </Card>
    </>
  );
}

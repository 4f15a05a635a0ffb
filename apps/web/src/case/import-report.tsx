import { Table } from 'antd';
import type { Refused } from '../api/problem.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

export type RowProblem = {
  readonly row: number;
  readonly field: string;
  readonly code: string;
  readonly message: Text;
  readonly value: string;
};
export type Report = {
  readonly fileName: string;
  readonly fileSha256: string;
  readonly rowsRead: number;
  readonly problems: readonly RowProblem[];
  readonly moreProblems: number;
};

/** The report beside a refusal; null when the file was refused before its rows were looked at. */
export function reportOf({ problem }: Refused): Report | null {
  const { report } = problem as { report?: unknown };
  return typeof report === 'object' && report !== null ? (report as Report) : null;
}

/** What the columns of our lists are called at the head of a file. */
const columns: Readonly<Record<string, Text>> = {
  name: { zh: '姓名', en: 'name' },
  idNumber: { zh: '身份证号', en: 'identity number' },
  occupation: { zh: '职业（工种）', en: 'occupation' },
  level: { zh: '等级', en: 'level' },
  date: { zh: '日期', en: 'date' },
  session: { zh: '节次', en: 'session' },
  classHours: { zh: '课时', en: 'hours' },
  expected: { zh: '应到', en: 'expected' },
  present: { zh: '实到', en: 'present' },
  result: { zh: '结果', en: 'result' },
  outcome: { zh: '结果', en: 'outcome' },
};

type Props = { readonly fileName: string; readonly refused: Refused; readonly report: Report | null; readonly again: () => void };

/** Row by row, cell by cell what to correct; nothing of the file was stored, so the corrected whole file is sent again. */
export function ImportReport({ fileName, refused, report, again }: Props) {
  const { say } = useLanguage();
  return (
    <div className="stack" role="alert">
      <ProblemAlert refused={refused} {...((report?.problems.length ?? 0) > 0 ? { others: [] } : { again })} />
      {report !== null && report.problems.length > 0 && (
        <>
          <p>
            {say(
              { zh: '{fileName}：读了 {rows} 行，{count} 处需要更正。', en: '{fileName}: {rows} rows read, {count} cells to correct.' },
              { fileName, rows: report.rowsRead, count: report.problems.length + report.moreProblems },
            )}
          </p>
          <Table<RowProblem>
            size="small"
            pagination={false}
            scroll={{ x: 'max-content', y: 320 }}
            rowKey={(row) => `${row.row} ${row.field} ${row.code}`}
            dataSource={report.problems}
            columns={[
              { title: say({ zh: '行', en: 'Row' }), dataIndex: 'row', width: 64 },
              {
                title: say({ zh: '列', en: 'Column' }),
                width: 150,
                render: (_, row) => say(columns[row.field] ?? { zh: row.field, en: row.field }),
              },
              { title: say({ zh: '原值', en: 'Value' }), dataIndex: 'value', width: 160, render: (value: string) => <code>{value}</code> },
              {
                title: say({ zh: '问题与要求', en: 'What is wrong' }),
                render: (_, row) => <span className="wrap">{say(row.message)}</span>,
              },
            ]}
          />
          {report.moreProblems > 0 && (
            <p className="soft">
              {say({ zh: '另有 {count} 处未列出。', en: '{count} more are not listed.' }, { count: report.moreProblems })}
            </p>
          )}
        </>
      )}
    </div>
  );
}

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

type Props = { readonly fileName: string; readonly refused: Refused; readonly report: Report | null };

/** Row by row, cell by cell what to correct; nothing of the file was stored, so the corrected whole file is sent again. */
export function ImportReport({ fileName, refused, report }: Props) {
  const { say } = useLanguage();
  return (
    <div className="stack" role="alert">
      <ProblemAlert refused={refused} />
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
              { title: say({ zh: '列', en: 'Column' }), dataIndex: 'field', width: 120 },
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

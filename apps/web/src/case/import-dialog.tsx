import { FileDrop } from '../pieces/file-drop.js';
import { useUpload } from '../pieces/use-upload.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { ImportReport, type Report, reportOf } from './import-report.js';

const words: Readonly<Record<string, Text>> = {
  roster: { zh: '学员花名册', en: 'Roster of trainees' },
  attendance: { zh: '考勤记录', en: 'Attendance' },
  results: { zh: '验收结果', en: 'Results' },
};

type Props = { readonly caseId: string; readonly type: string; readonly onDone: (report: Report | null) => void };

/** A list of people as a file; refused as a whole with every row and cell that is wrong, then corrected and sent again. */
export function ImportDialog({ caseId, type, onDone }: Props) {
  const { say } = useLanguage();
  const kind = type.split('.')[0] ?? type;
  const sending = useUpload<{ report: Report | null }>({
    path: `cases/${caseId}/imports/${kind}`,
    touches: [['case', caseId], ['cases']],
    done: ({ report }) => onDone(report),
  });
  const { failed } = sending;
  return (
    <div className="stack">
      <FileDrop
        label={say(words[kind] ?? { zh: '名单', en: 'List' })}
        accept=".xlsx,.csv"
        hint={say({ zh: 'xlsx 或 csv，首行为表头。', en: 'xlsx or csv; the first row names the columns.' })}
        sending={sending}
      />
      {failed !== null && (
        <ImportReport fileName={failed.file.name} refused={failed.refused} report={reportOf(failed.refused)} again={sending.again} />
      )}
    </div>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asRefused, type Refused } from '../api/problem.js';
import { upload } from '../api/upload.js';
import { FileDrop } from '../pieces/file-drop.js';
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
  const queries = useQueryClient();
  const kind = type.split('.')[0] ?? type;
  const [percent, setPercent] = useState<number | null>(null);
  const [refused, setRefused] = useState<{ readonly refused: Refused; readonly fileName: string } | null>(null);
  const send = async (file: File) => {
    setPercent(0);
    setRefused(null);
    try {
      const answer = await upload<{ report: Report | null }>({ path: `cases/${caseId}/imports/${kind}`, file, onPercent: setPercent });
      await Promise.all([['case', caseId], ['cases']].map((queryKey) => queries.invalidateQueries({ queryKey })));
      onDone(answer.report);
    } catch (thrown) {
      setRefused({ refused: asRefused(thrown), fileName: file.name });
    } finally {
      setPercent(null);
    }
  };
  return (
    <div className="stack">
      <FileDrop
        label={say(words[kind] ?? { zh: '名单', en: 'List' })}
        accept=".xlsx,.csv"
        hint={say({ zh: 'xlsx 或 csv，首行为表头。', en: 'xlsx or csv; the first row names the columns.' })}
        busy={percent !== null}
        percent={percent}
        onFile={(file) => void send(file)}
      />
      {refused !== null && <ImportReport fileName={refused.fileName} refused={refused.refused} report={reportOf(refused.refused)} />}
    </div>
  );
}

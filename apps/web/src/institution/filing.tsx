import { Alert, Card, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { asRefused } from '../api/problem.js';
import { type Case, useCase } from '../case/case.js';
import '../case/case.css';
import { Evidence } from '../case/evidence.js';
import { Explanation } from '../case/explanation.js';
import { Facts } from '../case/facts.js';
import { ImportDialog } from '../case/import-dialog.js';
import type { Report } from '../case/import-report.js';
import { EventForm } from '../event-form/event-form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { FilingSteps } from './filing-steps.js';

const rosterType = 'roster.imported';
const submitType = 'application.submitted';

/** Second and third step: the roster and other files, what the rules say of it so far, and the sending. */
export function Filing() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const { data: found, error, refetch } = useCase(id);
  if (found === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  const submit = found.allowedEvents.find(({ type }) => type === submitType);
  return (
    <div className="stack filing">
      <div className="page-head">
        <h1>{found.caseNo}</h1>
        <span>{say(found.policy.title)}</span>
      </div>
      <FilingSteps at={submit === undefined ? 3 : found.version > 1 ? 2 : 1} />
      {submit === undefined && (
        <Alert
          type="success"
          showIcon
          title={say({ zh: '申报已提交', en: 'The application is sent' })}
          description={<Link to={`/desk/cases/${id}`}>{say({ zh: '查看办理进度', en: 'See how it goes on' })}</Link>}
        />
      )}
      {found.allowedEvents.some(({ type }) => type === rosterType) && <Roster of={found} />}
      <Card size="small" title={say({ zh: '佐证材料', en: 'Files' })}>
        <Evidence id={id} />
      </Card>
      <Card size="small" title={say({ zh: '核对', en: 'Check' })}>
        <Facts of={found} />
        <Explanation of={found} />
      </Card>
      {submit !== undefined && (
        <Card size="small" title={say({ zh: '提交', en: 'Send' })}>
          <EventForm of={found} event={submit} onDone={() => undefined} />
        </Card>
      )}
    </div>
  );
}

/** The roster as a file; brought again it takes the place of the one before. */
function Roster({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const [report, setReport] = useState<Report | null>(null);
  return (
    <Card size="small" title={say({ zh: '学员花名册', en: 'Roster of trainees' })}>
      {report !== null && (
        <p role="status">
          {say({ zh: '{name} 已导入：{rows} 人。', en: '{name} is in: {rows} people.' }, { name: report.fileName, rows: report.rowsRead })}
        </p>
      )}
      <ImportDialog caseId={of.id} type={rosterType} onDone={setReport} />
    </Card>
  );
}

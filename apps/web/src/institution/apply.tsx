import { Skeleton } from 'antd';
import { Link, useNavigate } from 'react-router';
import { asRefused } from '../api/problem.js';
import { BeginCase } from '../case/begin-case.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { FilingSteps } from './filing-steps.js';
import { useOwnOrganisation } from './organisation.js';

/** First step of an application: which policy, what it asks, which account is paid. Then the case exists and files can be brought. */
export function Apply() {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const { data: own, error, refetch } = useOwnOrganisation();
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (own === undefined) return <Skeleton active />;
  return (
    <div className="stack filing">
      <div className="page-head">
        <h1>{say({ zh: '新申报', en: 'New application' })}</h1>
      </div>
      <FilingSteps at={0} />
      <BeginCase
        of={own}
        label={say({ zh: '下一步：上传材料', en: 'Next: files' })}
        accounts={<Link to="/desk/accounts">{say({ zh: '管理收款账户', en: 'Manage accounts' })}</Link>}
        begun={(caseId) => void navigate(`/desk/apply/${caseId}`)}
      />
    </div>
  );
}

import { Skeleton } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { asRefused } from '../api/problem.js';
import { BeginCase } from '../case/begin-case.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { useOrganisation } from './organisation.js';

/** The case of somebody for whom nobody applies, a city: the officer opens it and goes on with it on its page. */
export function OpenCase() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const { data: found, error, refetch } = useOrganisation(id);
  if (found === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  const place = `/desk/office/organisations/${id}`;
  return (
    <div className="stack filing">
      <div className="page-head">
        <h1>{say({ zh: '代为立案', en: 'Open a case' })}</h1>
        <Link to={place}>{found.name}</Link>
      </div>
      {found.appliesAs === 'officer' ? (
        <>
          <p className="soft">
            {say({
              zh: '该单位没有自己的申报账号：由人社受理立案，随后在案件页提交申报，审核、审批仍由他人办理。',
              en: 'It has no account to apply with: the officer opens the case and hands it in on its page; others review and approve it.',
            })}
          </p>
          <BeginCase
            of={found}
            label={say({ zh: '立案', en: 'Open the case' })}
            accounts={<Link to={place}>{say({ zh: '登记收款账户', en: 'Register an account' })}</Link>}
            begun={(caseId) => void navigate(`/desk/cases/${caseId}`)}
          />
        </>
      ) : (
        <p>{say({ zh: '该单位由本单位人员申报，不由人社立案。', en: 'Its own people apply; the office opens no case for it.' })}</p>
      )}
    </div>
  );
}

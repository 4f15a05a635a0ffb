import { Button, Card, Descriptions, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { asRefused } from '../api/problem.js';
import { AccountTable } from '../pieces/account-table.js';
import { NewAccountForm } from '../pieces/new-account-form.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { roleLabels } from '../session/roles.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { Admission } from './admission.js';
import { kinds, type Organisation, useOrganisation } from './organisation.js';
import { OrganisationTags } from './organisation-tags.js';
import { CreditCode } from './organisations.js';
import { Suspension } from './suspension.js';

/** One organisation: who it is, whether it may apply and be paid, who decides that, where it is paid. */
export function OrganisationPage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const { data: person } = useSession();
  const { data: found, error, refetch } = useOrganisation(id);
  if (found === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{found.name}</h1>
        <OrganisationTags of={found} />
        {found.appliesAs === 'officer' && found.status === 'active' && person?.role === 'officer' && (
          <div className="page-head-end">
            <Link to={`/desk/office/organisations/${id}/case`} className="button">
              {say({ zh: '代为立案', en: 'Open a case' })}
            </Link>
          </div>
        )}
      </div>
      <Card size="small">
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={[
            { key: 'kind', label: say({ zh: '类别', en: 'Kind' }), children: say(kinds[found.kind]) },
            { key: 'code', label: say({ zh: '统一社会信用代码', en: 'Credit code' }), children: <CreditCode of={found} /> },
            { key: 'district', label: say({ zh: '地区', en: 'District' }), children: say(placeName(found.district)) },
            { key: 'applies', label: say({ zh: '由谁申报', en: 'Who applies' }), children: say(whoApplies(found)) },
          ]}
        />
      </Card>
      {found.kind === 'institution' && <Admission of={found} />}
      <Suspension of={found} />
      <Card size="small" title={say({ zh: '收款账户', en: 'Payee accounts' })}>
        <AccountTable organisationId={id} />
        {person?.role === 'officer' ? <AddAccount organisationId={id} /> : <Approvers role={person?.role} />}
      </Card>
    </div>
  );
}

function whoApplies({ appliesAs }: Organisation) {
  if (appliesAs === null) return { zh: '不申报', en: 'nobody: it is paid nothing' };
  if (appliesAs === 'officer') return { zh: '无人申报，由人社受理代为立案', en: 'nobody of its own; a case officer opens its cases' };
  return { zh: `本单位人员（${roleLabels[appliesAs].zh}账号）`, en: `its own people (accounts: ${roleLabels[appliesAs].en})` };
}

function AddAccount({ organisationId }: { readonly organisationId: string }) {
  const { say } = useLanguage();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <p className="soft">
        {say({
          zh: '新账户须经审核或审批人核准后才会用于拨付；核准前仍按原账户拨付。',
          en: 'A new account is used only after a reviewer or approver has approved it; until then the old one is paid.',
        })}
      </p>
      {adding ? (
        <NewAccountForm organisationId={organisationId} onDone={() => setAdding(false)} />
      ) : (
        <Button onClick={() => setAdding(true)}>{say({ zh: '登记账户', en: 'Register an account' })}</Button>
      )}
    </>
  );
}

function Approvers({ role }: { readonly role: string | undefined }) {
  const { say } = useLanguage();
  if (role !== 'reviewer' && role !== 'approver') return null;
  return <Link to="/desk/office/accounts">{say({ zh: '去复核待核准的账户', en: 'Go to accounts that wait for approval' })}</Link>;
}

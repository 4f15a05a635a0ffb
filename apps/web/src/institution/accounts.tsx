import { Alert, Card, Skeleton } from 'antd';
import { asRefused } from '../api/problem.js';
import { AccountTable } from '../pieces/account-table.js';
import { NewAccountForm } from '../pieces/new-account-form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { useOwnOrganisation } from './organisation.js';

/** The accounts subsidies are paid to; a new one waits until the office has approved it. */
export function Accounts() {
  const { say } = useLanguage();
  const { data: own, error, refetch } = useOwnOrganisation();
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (own === undefined) return <Skeleton active />;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '收款账户', en: 'Payee accounts' })}</h1>
        <span className="soft">{own.name}</span>
      </div>
      <AccountTable organisationId={own.id} />
      <Card size="small" title={say({ zh: '登记或变更账户', en: 'Register another account' })}>
        <Alert
          type="info"
          showIcon
          title={say({
            zh: '新账户须经人社部门另一人核准后才会用于拨付；核准前仍按原账户拨付。',
            en: 'A new account is used only after a person of the office has approved it; until then the old one is paid.',
          })}
        />
        <NewAccountForm organisationId={own.id} />
      </Card>
    </div>
  );
}

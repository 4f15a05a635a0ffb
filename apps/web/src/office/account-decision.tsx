import { Alert, Button, Modal } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { accountsKey } from '../pieces/accounts.js';
import { NewAccountForm } from '../pieces/new-account-form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

type Account = Schemas['AccountToSee'];
type Props = { readonly account: Account; readonly show: 'proposed' | 'doubted'; readonly onClose: () => void };

/** One account: beside the one it replaces, with what the bank said; approved or turned down, or put right by another. */
export function AccountDecision({ account, show, onClose }: Props) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const role = person?.role ?? '';
  return (
    <Modal open width={720} title={account.organisation} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="stack">
        {account.doubt !== null && (
          <Alert
            type="warning"
            showIcon
            title={say(
              { zh: '银行退回了付往{which}的款项：{code} {why}', en: 'The bank sent back what was paid to {which}: {code} {why}' },
              {
                which: say(show === 'doubted' ? { zh: '此账户', en: 'this account' } : { zh: '原账户', en: 'the former account' }),
                code: account.doubt.code,
                why: say(account.doubt.text),
              },
            )}
          />
        )}
        <Compared account={account} />
        {show === 'doubted' ? (
          role === 'officer' ? (
            <NewAccountForm organisationId={account.organisationId} onDone={onClose} />
          ) : (
            <p className="soft">
              {say({ zh: '由单位或受理岗登记正确的账户。', en: 'The organisation or an officer registers the right one.' })}
            </p>
          )
        ) : (
          <Decide
            account={account}
            mayDecide={(role === 'reviewer' || role === 'approver') && account.proposedBy !== person?.id}
            onDone={onClose}
          />
        )}
      </div>
    </Modal>
  );
}

const parts: readonly (readonly [keyof NonNullable<Account['former']>, Text])[] = [
  ['holderName', { zh: '户名', en: 'Holder' }],
  ['accountMasked', { zh: '账号', en: 'Account' }],
  ['bankNo', { zh: '行号', en: 'Bank number' }],
  ['bankName', { zh: '开户行', en: 'Bank' }],
];

/** Old beside new; what differs stands out. */
function Compared({ account }: { readonly account: Account }) {
  const { say } = useLanguage();
  const { former } = account;
  return (
    <table className="compared">
      {former !== null && (
        <thead>
          <tr>
            <td />
            <th scope="col">{say({ zh: '现用', en: 'In use' })}</th>
            <th scope="col">{say({ zh: '新登记', en: 'Proposed' })}</th>
          </tr>
        </thead>
      )}
      <tbody>
        {parts.map(([name, label]) => (
          <tr key={name}>
            <th scope="row">{say(label)}</th>
            {former !== null && <td>{former[name]}</td>}
            <td className={former !== null && former[name] !== account[name] ? 'differs' : ''}>{account[name]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Decide({ account, mayDecide, onDone }: { readonly account: Account; readonly mayDecide: boolean; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const { organisationId, id: accountId } = account;
  const wish = useWish({
    send: (decision: 'approve' | 'reject', key) => {
      const params = { path: { id: organisationId, accountId }, header: keyed(key) };
      return decision === 'approve'
        ? good(api.POST('/api/v1/organisations/{id}/accounts/{accountId}/approve', { params, body: {} }))
        : good(api.POST('/api/v1/organisations/{id}/accounts/{accountId}/reject', { params }));
    },
    touches: [['payee-accounts'], accountsKey(organisationId), ['due-payments'], ['transfers'], ['tasks']],
    done: onDone,
  });
  if (!mayDecide)
    return <p className="soft">{say({ zh: '须由另一位审核或审批人复核。', en: 'Another reviewer or approver must approve it.' })}</p>;
  return (
    <div className="stack">
      <ProblemAlert refused={wish.error} />
      <div className="actions">
        <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate('approve')}>
          {say({ zh: '核准账户', en: 'Approve' })}
        </Button>
        <Button danger loading={wish.isPending} onClick={() => wish.mutate('reject')}>
          {say({ zh: '不予核准', en: 'Turn down' })}
        </Button>
      </div>
    </div>
  );
}

import { Button, Card } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { type Organisation, touchedBy } from './organisation.js';

/** An institution enters the catalogue of approved providers by the word of another person than who registered it. */
export function Admission({ of: { id, approvedProvider } }: { readonly of: Organisation }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const wish = useWish({
    send: (_: undefined, key) => good(api.POST('/api/v1/organisations/{id}/approve', { params: { path: { id }, header: keyed(key) } })),
    touches: touchedBy(id),
  });
  const decides = person?.role === 'approver' || person?.role === 'supervisor';
  return (
    <Card size="small" title={say({ zh: '培训机构目录', en: 'Catalogue of approved providers' })}>
      <div className="stack">
        <p>
          {say(
            approvedProvider
              ? {
                  zh: '已列入目录，符合政策关于目录内机构的条件。',
                  en: 'It is in the catalogue: where a policy asks for an approved provider, it is one.',
                }
              : {
                  zh: '尚未列入目录：列入前，不符合政策关于目录内机构的条件。登记人不得自行列入，须由另一位审批人或主管决定。',
                  en: 'Not yet in the catalogue: until then it meets no policy that asks for an approved provider. Another approver or supervisor than who registered it decides.',
                },
          )}
        </p>
        <ProblemAlert refused={wish.error} />
        {!approvedProvider && decides && (
          <div className="actions">
            <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate(undefined)}>
              {say({ zh: '列入目录', en: 'Admit to the catalogue' })}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

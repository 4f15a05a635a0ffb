import { Button, Modal } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { linesOf, type RailProfile } from './rail-profile.js';
import { rails } from './words.js';

type Props = {
  readonly profile: RailProfile;
  /** what it would take the place of */
  readonly before: RailProfile | null;
  readonly onClose: () => void;
};

/** Terms held against those in force; another person than who proposed them puts them in force. */
export function RailProfileDecision({ profile, before, onClose }: Props) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const wish = useWish({
    send: (decision: 'approve' | 'reject', key) => {
      const params = { path: { id: profile.id }, header: keyed(key) };
      return decision === 'approve'
        ? good(api.POST('/api/v1/rail-profiles/{id}/approve', { params }))
        : good(api.POST('/api/v1/rail-profiles/{id}/reject', { params }));
    },
    touches: [['rail-profiles']],
    done: onClose,
  });
  const old = new Map((before === null ? [] : linesOf(before.profile)).map(({ key, value }) => [key, say(value)]));
  const decides = person?.role === 'checker' || person?.role === 'supervisor';
  const own = profile.proposedBy === person?.id;
  return (
    <Modal open width={760} title={say(rails[profile.rail])} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="stack">
        <p>
          {say({ zh: '自', en: 'From' })} <Day date={profile.effectiveFrom} />{' '}
          {profile.bankCode === null
            ? say({ zh: '起，适用于没有单独约定的所有银行。', en: ', for every bank without terms of its own.' })
            : say(
                { zh: '起，适用于行号以 {code} 开头的银行。', en: ', for the bank whose numbers begin with {code}.' },
                { code: profile.bankCode },
              )}{' '}
          {profile.proposedBy === null ? say({ zh: '随系统交付的初始约定', en: 'as delivered' }) : profile.reason}
        </p>
        <table className="compared">
          <thead>
            <tr>
              <th scope="col">{say({ zh: '项目', en: 'Term' })}</th>
              {before !== null && <th scope="col">{say({ zh: '现行', en: 'In force' })}</th>}
              <th scope="col">{before === null ? say({ zh: '约定', en: 'Agreed' }) : say({ zh: '拟改为', en: 'Proposed' })}</th>
            </tr>
          </thead>
          <tbody>
            {linesOf(profile.profile).map(({ key, label, value }) => (
              <tr key={key}>
                <th scope="row">{say(label)}</th>
                {before !== null && <td>{old.get(key) ?? '—'}</td>}
                <td className={before !== null && old.get(key) !== say(value) ? 'differs' : ''}>{say(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <ProblemAlert refused={wish.error} />
        {profile.state === 'proposed' && decides && !own && (
          <div className="actions">
            <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate('approve')}>
              {say({ zh: '批准', en: 'Approve' })}
            </Button>
            <Button danger loading={wish.isPending} onClick={() => wish.mutate('reject')}>
              {say({ zh: '不批准', en: 'Turn it down' })}
            </Button>
          </div>
        )}
        {profile.state === 'proposed' && (own || !decides) && (
          <p className="soft">
            {say({
              zh: '须由另一位复核人或主管批准；已制的拨付单沿用原参数。',
              en: 'Another checker or supervisor approves it; batches made before keep their terms.',
            })}
          </p>
        )}
      </div>
    </Modal>
  );
}

import { Alert } from 'antd';
import { Link } from 'react-router';
import { useLanguage } from '../text/language.js';
import { useOwnLines } from './own-lines.js';

/** Says that money waits for a word on its account; nothing where none does. */
export function OffersWaiting() {
  const { say } = useLanguage();
  const waiting = (useOwnLines().data ?? []).filter(({ outcome }) => outcome === 'pending');
  if (waiting.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={say(
        {
          zh: '有 {count} 笔免申即享的补贴等待您确认收款账户，确认前不会拨付。',
          en: 'Nothing is paid before you confirm the account: {count} waiting, without application.',
        },
        { count: waiting.length },
      )}
      action={
        <Link to="/desk/no-application" className="in-text">
          {say({ zh: '去确认', en: 'Look at it' })}
        </Link>
      }
    />
  );
}

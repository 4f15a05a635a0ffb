import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';

type Notification = Schemas['Notification'];

/** Limits that come near and limits that passed, told to this organisation or role. */
export function Bell() {
  const { say } = useLanguage();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['notifications'],
    queryFn: () => good(api.GET('/api/v1/notifications', { params: { query: { limit: 20, unread: 'true' } } })),
    refetchInterval: 120_000,
  });
  const read = useWish({
    send: (ids: readonly string[], key) =>
      good(api.POST('/api/v1/notifications/read', { params: { header: keyed(key) }, body: { ids: [...ids] } })),
    touches: [['notifications']],
  });
  const unread = data?.items ?? [];
  const count = unread.length;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={say({ zh: '通知', en: 'Notifications' })}
      content={
        <div className="bell">
          {count === 0 && <p className="soft">{say({ zh: '没有未读通知。', en: 'Nothing unread.' })}</p>}
          <ul>
            {unread.map((each) => (
              <OneNotification key={each.id} of={each} onGo={() => setOpen(false)} />
            ))}
          </ul>
          {count > 0 && (
            <Button size="small" loading={read.isPending} onClick={() => read.mutate(unread.map(({ id }) => id))}>
              {say({ zh: '全部标为已读', en: 'Mark all as read' })}
            </Button>
          )}
        </div>
      }
    >
      <Button
        type="text"
        aria-label={say({ zh: '通知，{count} 条未读', en: 'Notifications, {count} unread' }, { count })}
        icon={
          <Badge count={count} size="small" overflowCount={19}>
            <BellOutlined style={{ fontSize: 18 }} />
          </Badge>
        }
      />
    </Popover>
  );
}

function OneNotification({ of, onGo }: { readonly of: Notification; readonly onGo: () => void }) {
  const { say } = useLanguage();
  return (
    <li>
      {of.caseId === null ? null : (
        <Link to={`/desk/cases/${of.caseId}`} onClick={onGo}>
          {of.caseNo ?? ''}
        </Link>
      )}{' '}
      {say(of.text)}
      <div className="soft">
        <Moment at={of.recordedAt} />
      </div>
    </li>
  );
}

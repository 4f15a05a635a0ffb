import { Button, Card } from 'antd';
import { useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { PagedTable } from '../pieces/paged-table.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { roleLabels } from '../session/roles.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import './administration.css';
import { NewUser } from './new-user.js';

type User = Schemas['User'];

const states: Readonly<Record<User['status'], readonly [Tone, Text]>> = {
  active: ['good', { zh: '已启用', en: 'active' }],
  locked: ['warn', { zh: '已锁定', en: 'locked' }],
  disabled: ['calm', { zh: '未启用', en: 'not granted' }],
};

/** Accounts: one administrator makes them, the other grants them, the auditor reads. */
export function Users() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [making, setMaking] = useState(false);
  const change = useWish({
    send: ({ id, to }: { id: string; to: 'activate' | 'disable' }, key) => {
      const params = { path: { id }, header: keyed(key) };
      return good(
        to === 'activate' ? api.POST('/api/v1/users/{id}/activate', { params }) : api.POST('/api/v1/users/{id}/disable', { params }),
      );
    },
    touches: [['users']],
  });
  const role = person?.role;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '账号与角色', en: 'Accounts' })}</h1>
        {role === 'admin' && (
          <div className="page-head-end">
            <Button type="primary" onClick={() => setMaking(true)} disabled={making}>
              {say({ zh: '建立账号', en: 'New account' })}
            </Button>
          </div>
        )}
      </div>
      {making && (
        <Card size="small" title={say({ zh: '建立账号（由安全管理员授权后生效）', en: 'New account (the security officer grants it)' })}>
          <NewUser onDone={() => setMaking(false)} />
        </Card>
      )}
      <ProblemAlert refused={change.error} />
      <PagedTable<User>
        label={say({ zh: '账号', en: 'Accounts' })}
        queryKey={['users']}
        load={(cursor) => good(api.GET('/api/v1/users', { params: { query: cursor === undefined ? {} : { cursor } } }))}
        rowKey={({ id }) => id}
        columns={[
          { title: say({ zh: '用户名', en: 'User name' }), dataIndex: 'username' },
          { title: say({ zh: '姓名', en: 'Name' }), dataIndex: 'displayName' },
          { title: say({ zh: '角色', en: 'Role' }), render: (_, user) => say(roleLabels[user.role]) },
          {
            title: say({ zh: '地区', en: 'District' }),
            render: (_, user) => (user.district === null ? '—' : say(placeName(user.district))),
          },
          {
            title: say({ zh: '状态', en: 'State' }),
            render: (_, user) => <StateTag tone={states[user.status][0]} label={states[user.status][1]} />,
          },
          {
            title: say({ zh: '办理', en: 'Act' }),
            render: (_, user) => {
              const may = user.status === 'disabled' ? role === 'security' : role === 'admin' || role === 'security';
              if (!may || user.id === person?.id) return null;
              const to = user.status === 'disabled' ? ('activate' as const) : ('disable' as const);
              const label = to === 'activate' ? { zh: '授权', en: 'Grant' } : { zh: '停用', en: 'Disable' };
              return (
                <Button
                  size="small"
                  danger={to === 'disable'}
                  loading={change.isPending && change.variables.id === user.id}
                  onClick={() => change.mutate({ id: user.id, to })}
                >
                  {say(label)} <span className="spoken">{user.username}</span>
                </Button>
              );
            },
          },
        ]}
      />
    </div>
  );
}

import { Button, Card } from 'antd';
import { useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { ConfirmedButton } from '../pieces/confirmed-button.js';
import { PagedTable } from '../pieces/paged-table.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { roleLabels } from '../session/roles.js';
import { type Role, useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import './administration.css';
import { NewUser } from './new-user.js';
import { type SecretAsked, UserSecret } from './user-secret.js';

type User = Schemas['User'];

const states: Readonly<Record<User['status'], readonly [Tone, Text]>> = {
  active: ['good', { zh: '已启用', en: 'active' }],
  locked: ['warn', { zh: '已锁定', en: 'locked' }],
  disabled: ['calm', { zh: '未启用', en: 'not granted' }],
};

const acts = {
  grant: { zh: '授权', en: 'Grant' },
  reset: { zh: '重设密码', en: 'New first password' },
  disable: { zh: '停用', en: 'Disable' },
} as const;
type Act = keyof typeof acts;

/** What this administrator may do with an account. */
function actsOn({ status }: User, role: Role | undefined): readonly Act[] {
  if (role === 'security') return status === 'disabled' ? ['grant'] : ['disable'];
  if (role !== 'admin') return [];
  return status === 'disabled' ? ['reset'] : ['reset', 'disable'];
}

/** Accounts: one administrator makes them, the other grants them, the auditor reads. */
export function Users() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState<SecretAsked | null>(null);
  const change = useWish({
    send: ({ id, to }: { id: string; to: 'activate' | 'disable' }, key) => {
      const params = { path: { id }, header: keyed(key) };
      return good(
        to === 'activate'
          ? api.POST('/api/v1/users/{id}/activate', { params, body: {} })
          : api.POST('/api/v1/users/{id}/disable', { params }),
      );
    },
    touches: [['users']],
  });
  const role = person?.role;
  const carryOut = (user: User, act: Act) => {
    if (act === 'disable' || (act === 'grant' && user.ownPassword))
      change.mutate({ id: user.id, to: act === 'disable' ? 'disable' : 'activate' });
    else setAsked({ user, what: act });
  };
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
      {asked !== null && <UserSecret key={`${asked.what} ${asked.user.id}`} {...asked} onDone={() => setAsked(null)} />}
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
            render: (_, user) =>
              user.id === person?.id ? null : (
                <span className="actions">
                  {actsOn(user, role).map((act) => (
                    <Button
                      key={act}
                      size="small"
                      danger={act !== 'grant'}
                      loading={
                        change.isPending && change.variables.id === user.id && (act === 'disable') === (change.variables.to === 'disable')
                      }
                      onClick={() => carryOut(user, act)}
                    >
                      {say(acts[act])} <span className="spoken">{user.username}</span>
                    </Button>
                  ))}
                  {user.hasDevice === true && <RemoveDevice of={user} />}
                </span>
              ),
          },
        ]}
      />
    </div>
  );
}

/** A lost device is taken away by the security administrator; its person enrols another one. */
function RemoveDevice({ of: { id, username } }: { readonly of: User }) {
  const { say } = useLanguage();
  return (
    <ConfirmedButton
      label={{ zh: '解除口令设备', en: 'Remove the device' }}
      about={username}
      confirm={{ zh: '确认解除', en: 'Remove it' }}
      danger
      small
      send={(key) => good(api.POST('/api/v1/users/{id}/otp/remove', { params: { path: { id }, header: keyed(key) } }))}
      touches={[['users']]}
    >
      <p>
        {say({
          zh: '请先核实确系本人遗失或更换设备。解除后，原设备和恢复码立即失效；重新登记之前，其签发和账户核准不再要求动态口令，除非本系统规定必须登记。',
          en: 'Make sure first that its person has lost or changed it. The device and its recovery codes stop working at once; until another one is enrolled, signatures and account approvals of this person ask for no code, unless this house demands one.',
        })}
      </p>
    </ConfirmedButton>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { roleLabels } from '../session/roles.js';
import type { Role } from '../session/session.js';
import { useLanguage } from '../text/language.js';

type Typed = {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly district: string;
  readonly organisationId: string;
};
const nothing: Typed = { username: '', displayName: '', role: 'officer', district: '', organisationId: '' };
const fields = ['username', 'displayName', 'role', 'district', 'organisationId', 'password'];
const applicants: readonly Role[] = ['institution', 'enterprise', 'citizen'];

/** A new account. The password stays in this form and is never kept in the browser. */
export function NewUser({ onDone }: { readonly onDone: () => void }) {
  const { say } = useLanguage();
  const [typed, setTyped, clear] = useDraft<Typed>('new-user', nothing);
  const [password, setPassword] = useState('');
  const applies = applicants.includes(typed.role);
  const organisations = useQuery({
    queryKey: ['organisations', 'names'],
    enabled: applies,
    queryFn: () => good(api.GET('/api/v1/organisations', { params: { query: { limit: 200 } } })),
  });
  const wish = useWish({
    send: (body: Schemas['NewUser'], key) => good(api.POST('/api/v1/users', { params: { header: keyed(key) }, body })),
    touches: [['users']],
    done: () => {
      clear();
      onDone();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { district, organisationId, ...rest } = typed;
    const place = applies ? (organisationId === '' ? {} : { organisationId }) : district === '' ? {} : { district };
    wish.mutate({ ...rest, ...place, password });
  };
  const errors = wish.error?.problem.errors;
  const put = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  return (
    <form onSubmit={send} noValidate aria-label={say({ zh: '建立账号', en: 'New account' })}>
      <Field
        label={say({ zh: '用户名', en: 'User name' })}
        required
        errors={errorsAt(errors, 'username')}
        hint={say({ zh: '小写字母、数字、点、横线', en: 'lower-case letters, digits, dots, dashes' })}
      >
        {(control) => (
          <Input
            {...control}
            value={typed.username}
            maxLength={63}
            autoComplete="off"
            onChange={(event) => put({ username: event.target.value })}
          />
        )}
      </Field>
      <Field label={say({ zh: '姓名', en: 'Name' })} required errors={errorsAt(errors, 'displayName')}>
        {(control) => (
          <Input {...control} value={typed.displayName} maxLength={100} onChange={(event) => put({ displayName: event.target.value })} />
        )}
      </Field>
      <Field label={say({ zh: '角色', en: 'Role' })} required errors={errorsAt(errors, 'role')}>
        {(control) => (
          <Select<Role>
            id={control.id}
            value={typed.role}
            onChange={(role) => put({ role })}
            options={Object.entries(roleLabels).map(([value, label]) => ({ value: value as Role, label: say(label) }))}
          />
        )}
      </Field>
      {applies ? (
        <Field label={say({ zh: '所属单位', en: 'Organisation' })} required errors={errorsAt(errors, 'organisationId')}>
          {(control) => (
            <Select<string>
              id={control.id}
              value={typed.organisationId}
              onChange={(organisationId) => put({ organisationId })}
              options={organisations.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            />
          )}
        </Field>
      ) : (
        <Field
          label={say({ zh: '地区代码', en: 'District' })}
          errors={errorsAt(errors, 'district')}
          hint={say({ zh: '6 位，如 210200；留空为全部地区', en: 'six digits, such as 210200; empty: every district' })}
        >
          {(control) => (
            <Input
              {...control}
              value={typed.district}
              maxLength={6}
              inputMode="numeric"
              onChange={(event) => put({ district: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field
        label={say({ zh: '初始密码', en: 'First password' })}
        required
        errors={errorsAt(errors, 'password')}
        hint={say({ zh: '至少 12 位', en: 'at least 12 characters' })}
      >
        {(control) => (
          <Input.Password
            {...control}
            value={password}
            maxLength={256}
            autoComplete="new-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <ProblemAlert refused={wish.error} shownAt={fields} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '建立', en: 'Make' })}
        </Button>
        <Button onClick={onDone}>{say({ zh: '取消', en: 'Cancel' })}</Button>
      </div>
    </form>
  );
}

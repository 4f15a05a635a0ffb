import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { useForm } from '../pieces/use-form.js';
import { roleLabels } from '../session/roles.js';
import type { Role } from '../session/session.js';
import { useLanguage } from '../text/language.js';

type Typed = {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly district: string;
  readonly organisationId: string;
  readonly password: string;
};
const nothing: Typed = { username: '', displayName: '', role: 'officer', district: '', organisationId: '', password: '' };
const applicants: readonly Role[] = ['institution', 'enterprise', 'citizen'];

/** A new account. The password stays in this form and is never kept in the browser. */
export function NewUser({ onDone }: { readonly onDone: () => void }) {
  const { say } = useLanguage();
  const form = useForm({
    draft: 'new-user',
    initial: nothing,
    secret: ['password'],
    send: ({ district, organisationId, ...rest }, key) => {
      const place = applicants.includes(rest.role) ? organisationId !== '' && { organisationId } : district !== '' && { district };
      return good(api.POST('/api/v1/users', { params: { header: keyed(key) }, body: { ...rest, ...place } }));
    },
    touches: [['users']],
    done: onDone,
  });
  const { typed, put } = form;
  const applies = applicants.includes(typed.role);
  const organisations = useQuery({
    queryKey: ['organisations', 'names'],
    enabled: applies,
    queryFn: () => good(api.GET('/api/v1/organisations', { params: { query: { limit: 200 } } })),
  });
  return (
    <Form of={form} name={say({ zh: '建立账号', en: 'New account' })}>
      <Field
        label={say({ zh: '用户名', en: 'User name' })}
        required
        at="username"
        hint={say({ zh: '小写字母、数字、点、横线', en: 'lower-case letters, digits, dots, dashes' })}
      >
        {(control) => <Input {...control} {...form.text('username')} maxLength={63} autoComplete="off" />}
      </Field>
      <Field label={say({ zh: '姓名', en: 'Name' })} required at="displayName">
        {(control) => <Input {...control} {...form.text('displayName')} maxLength={100} />}
      </Field>
      <Field label={say({ zh: '角色', en: 'Role' })} required at="role">
        {(control) => (
          <Select<Role>
            {...control}
            value={typed.role}
            onChange={(role) => put({ role })}
            options={Object.entries(roleLabels).map(([value, label]) => ({ value: value as Role, label: say(label) }))}
          />
        )}
      </Field>
      {applies ? (
        <Field label={say({ zh: '所属单位', en: 'Organisation' })} required at="organisationId">
          {(control) => (
            <Select<string>
              {...control}
              value={typed.organisationId}
              onChange={(organisationId) => put({ organisationId })}
              options={organisations.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            />
          )}
        </Field>
      ) : (
        <Field
          label={say({ zh: '地区代码', en: 'District' })}
          at="district"
          hint={say({ zh: '6 位，如 210200；留空为全部地区', en: 'six digits, such as 210200; empty: every district' })}
        >
          {(control) => <Input {...control} {...form.text('district')} maxLength={6} inputMode="numeric" />}
        </Field>
      )}
      <Field
        label={say({ zh: '初始密码', en: 'First password' })}
        required
        at="password"
        hint={say({ zh: '至少 12 位', en: 'at least 12 characters' })}
      >
        {(control) => <Input.Password {...control} {...form.text('password')} maxLength={256} autoComplete="new-password" />}
      </Field>
      <FormEnd of={form} label={say({ zh: '建立', en: 'Make' })} onCancel={onDone} />
    </Form>
  );
}

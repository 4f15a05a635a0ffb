import { Card, Input } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';

export type SecretAsked = { readonly user: Schemas['User']; readonly what: 'grant' | 'reset' };

const words = {
  grant: {
    title: { zh: '授权 {name}：设定启用码', en: 'Grant {name}: an activation code' },
    label: { zh: '启用码', en: 'Activation code' },
    hint: {
      zh: '至少 8 位。只交给本人：本人以管理员给的初始密码和此码首次登录，并设定自己的密码。',
      en: 'At least 8 characters, for this person only: with it and the administrator’s first password they sign in once and choose their own.',
    },
    send: { zh: '授权', en: 'Grant' },
  },
  reset: {
    title: { zh: '重设 {name} 的初始密码', en: 'A first password anew for {name}' },
    label: { zh: '初始密码', en: 'First password' },
    hint: {
      zh: '至少 12 位。账号随即停用、会话全部结束，待安全管理员重新授权。',
      en: 'At least 12 characters. The account is shut and its sessions end until the security officer grants it again.',
    },
    send: { zh: '重设', en: 'Set it' },
  },
} as const;

/** What one of the two administrators gives a person: neither half opens the account alone. */
export function UserSecret({ user, what, onDone }: SecretAsked & { readonly onDone: () => void }) {
  const { say } = useLanguage();
  const { title, label, hint, send } = words[what];
  const form = useForm({
    draft: `user-${what}-${user.id}`,
    initial: { secret: '' },
    secret: ['secret'],
    placeOf: (field) => (field === 'activationCode' || field === 'password' ? 'secret' : field),
    send: ({ secret }, key) => {
      const params = { path: { id: user.id }, header: keyed(key) };
      return what === 'grant'
        ? good(api.POST('/api/v1/users/{id}/activate', { params, body: { activationCode: secret } }))
        : good(api.POST('/api/v1/users/{id}/password', { params, body: { password: secret } }));
    },
    touches: [['users']],
    done: onDone,
  });
  return (
    <Card size="small" title={say(title, { name: user.username })}>
      <Form of={form} name={say(title, { name: user.username })}>
        <Field label={say(label)} required at="secret" hint={say(hint)}>
          {(tied) => <Input.Password {...tied} {...form.text('secret')} autoFocus maxLength={256} autoComplete="new-password" />}
        </Field>
        <FormEnd of={form} label={say(send)} onCancel={onDone} />
      </Form>
    </Card>
  );
}

import { Alert, Card, Input } from 'antd';
import { useState } from 'react';
import { api, good } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';

const nothing = { password: '', newPassword: '', again: '' };

/** Another password of one's own. What is typed stays in this form and is never kept in the browser. */
export function PasswordPage() {
  const { say } = useLanguage();
  const [changed, setChanged] = useState(false);
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '更换密码', en: 'Change your password' })}</h1>
      </div>
      {changed && (
        <Alert
          type="success"
          showIcon
          title={say({
            zh: '密码已更换。您在其他设备上的会话已全部结束。',
            en: 'Your password was changed. Your sessions on other devices have ended.',
          })}
        />
      )}
      <Card size="small">
        <OwnPassword onDone={() => setChanged(true)} />
      </Card>
    </div>
  );
}

function OwnPassword({ onDone }: { readonly onDone: () => void }) {
  const { say } = useLanguage();
  const form = useForm({
    draft: 'password',
    initial: nothing,
    secret: ['password', 'newPassword', 'again'],
    check: ({ newPassword, again }) => (again === newPassword ? {} : { again: { zh: '两次输入的新密码不一致。', en: 'The two differ.' } }),
    send: ({ password, newPassword }) => good(api.POST('/api/v1/session/password', { body: { password, newPassword } })),
    done: onDone,
  });
  const fields = [
    ['password', { zh: '原密码', en: 'Old password' }, 'current-password'],
    ['newPassword', { zh: '新密码', en: 'New password' }, 'new-password'],
    ['again', { zh: '再次输入新密码', en: 'New password once more' }, 'new-password'],
  ] as const;
  return (
    <Form of={form} className="narrow-form" name={say({ zh: '更换密码', en: 'Change your password' })}>
      {fields.map(([name, label, autoComplete]) => (
        <Field
          key={name}
          label={say(label)}
          required
          at={name}
          hint={name === 'newPassword' ? say({ zh: '至少 12 位', en: 'at least 12 characters' }) : undefined}
        >
          {(tied) => <Input.Password {...tied} {...form.text(name)} maxLength={256} autoComplete={autoComplete} />}
        </Field>
      ))}
      <FormEnd of={form} label={say({ zh: '更换密码', en: 'Change it' })} />
    </Form>
  );
}

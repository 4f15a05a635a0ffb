import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { asRefused, type Refused, wordsOf } from '../api/problem.js';
import { useLanguage } from '../text/language.js';
import { type Person, signIn, signInFirst } from './session.js';

type Props = {
  /** given: only this person may sign in (a session that ran out) */
  readonly username?: string;
  readonly onDone: (person: Person) => void;
  readonly beside?: ReactNode;
};

/**
 * Name and password; the one-time password, or what a first sign-in takes, appears when the server asks for it. Plain controls: the public
 * page uses it too.
 */
export function SignInForm({ username: fixed, onDone, beside }: Props) {
  const { say, language } = useLanguage();
  const id = useId();
  const [username, setUsername] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null);
  const [first, setFirst] = useState<First | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      const name = username.trim();
      if (first === null) onDone(await signIn(name, password, otp ?? undefined));
      else onDone(await signInFirst({ username: name, password, activationCode: first.code.trim(), newPassword: first.chosen }));
    } catch (thrown) {
      const problem = asRefused(thrown);
      if (problem.code === 'otp-required') setOtp((old) => old ?? '');
      if (problem.code === 'first-sign-in-required') setFirst((old) => old ?? { code: '', chosen: '', again: '' });
      setRefused(problem);
      setBusy(false);
    }
  }

  const words = refused === null ? null : wordsOf(refused, language);
  return (
    <form className="plain-form" onSubmit={(event) => void send(event)}>
      <label htmlFor={`${id}-name`}>{say({ zh: '用户名', en: 'User name' })}</label>
      <input
        id={`${id}-name`}
        name="username"
        autoComplete="username"
        value={username}
        readOnly={fixed !== undefined}
        required
        maxLength={64}
        onChange={(event) => setUsername(event.target.value)}
      />
      <label htmlFor={`${id}-password`}>{say({ zh: '密码', en: 'Password' })}</label>
      <input
        id={`${id}-password`}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        required
        maxLength={256}
        onChange={(event) => setPassword(event.target.value)}
      />
      {otp !== null && (
        <>
          <label htmlFor={`${id}-otp`}>{say({ zh: '动态口令（6 位）', en: 'One-time password (6 digits)' })}</label>
          <input
            id={`${id}-otp`}
            name="otp"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={otp}
            required
            maxLength={16}
            onChange={(event) => setOtp(event.target.value)}
          />
        </>
      )}
      {first !== null && <FirstFields id={id} value={first} onChange={setFirst} />}
      {words !== null && (
        <p className="plain-error" role="alert">
          <strong>{words.title}</strong> {words.detail} {refused?.problem.errors.map(({ message }) => message).join(' ')}
        </p>
      )}
      <div className="plain-actions">
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? say({ zh: '正在登录…', en: 'Signing in…' }) : say({ zh: '登录', en: 'Sign in' })}
        </button>
        {beside}
      </div>
    </form>
  );
}

type First = { readonly code: string; readonly chosen: string; readonly again: string };
type FirstProps = { readonly id: string; readonly value: First; readonly onChange: (value: First) => void };

/** What turns an account that two administrators prepared into one's own. */
function FirstFields({ id, value, onChange }: FirstProps) {
  const { say } = useLanguage();
  const differs = value.again !== '' && value.again !== value.chosen;
  const words = say({ zh: '两次输入的新密码不一致。', en: 'The two new passwords differ.' });
  return (
    <>
      <label htmlFor={`${id}-code`}>{say({ zh: '启用码（由安全管理员给出）', en: 'Activation code (from the security officer)' })}</label>
      <input
        id={`${id}-code`}
        name="activation-code"
        autoComplete="off"
        value={value.code}
        required
        maxLength={64}
        onChange={(event) => onChange({ ...value, code: event.target.value })}
      />
      <label htmlFor={`${id}-chosen`}>{say({ zh: '新密码（至少 12 位）', en: 'New password (at least 12 characters)' })}</label>
      <input
        id={`${id}-chosen`}
        name="new-password"
        type="password"
        autoComplete="new-password"
        value={value.chosen}
        required
        minLength={12}
        maxLength={256}
        onChange={(event) => onChange({ ...value, chosen: event.target.value })}
      />
      <label htmlFor={`${id}-again`}>{say({ zh: '再次输入新密码', en: 'New password once more' })}</label>
      <input
        id={`${id}-again`}
        name="new-password-again"
        type="password"
        autoComplete="new-password"
        value={value.again}
        required
        maxLength={256}
        aria-invalid={differs}
        // the browser itself keeps a form from being sent that says so
        ref={(input) => input?.setCustomValidity(differs ? words : '')}
        onChange={(event) => onChange({ ...value, again: event.target.value })}
      />
    </>
  );
}

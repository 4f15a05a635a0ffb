import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { asRefused, type Refused, wordsOf } from '../api/problem.js';
import { useLanguage } from '../text/language.js';
import { type Person, signIn } from './session.js';

type Props = {
  /** given: only this person may sign in (a session that ran out) */
  readonly username?: string;
  readonly onDone: (person: Person) => void;
  readonly beside?: ReactNode;
};

/** Name and password; the one-time password appears when the server asks for it. Plain controls: the public page uses it too. */
export function SignInForm({ username: fixed, onDone, beside }: Props) {
  const { say, language } = useLanguage();
  const id = useId();
  const [username, setUsername] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      onDone(await signIn(username.trim(), password, otp ?? undefined));
    } catch (thrown) {
      const problem = asRefused(thrown);
      if (problem.code === 'otp-required') setOtp((old) => old ?? '');
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
      {words !== null && (
        <p className="plain-error" role="alert">
          <strong>{words.title}</strong> {words.detail}
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

import { useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { sessionKey, useSession } from '../session/session.js';
import { SignInForm } from '../session/sign-in-form.js';
import { useLanguage } from '../text/language.js';

/** Where to go after signing in: a place of this site, never another address. */
const placeOf = (asked: string | null): string => (asked?.startsWith('/desk') ? asked : '/desk');

export function SignIn() {
  const { say } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const session = useSession();
  const place = placeOf(search.get('to'));
  if (session.data) return <Navigate to={place} replace />;
  return (
    <section className="panel narrow">
      <h1>{say({ zh: '登录', en: 'Sign in' })}</h1>
      <SignInForm
        onDone={(person) => {
          queries.clear();
          queries.setQueryData(sessionKey, person);
          void navigate(place, { replace: true });
        }}
      />
    </section>
  );
}

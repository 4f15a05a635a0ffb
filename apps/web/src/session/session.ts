// Who is signed in. The token lives in a cookie no script can read; the page only knows the person.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';
import { Refused } from '../api/problem.js';
import { draftsOf } from '../pieces/draft.js';

export type Person = Schemas['SessionUser'];
export type Role = Schemas['Role'];

export const sessionKey = ['session'] as const;

async function whoIsThere(): Promise<Person | null> {
  try {
    const person = await good(api.GET('/api/v1/session'));
    draftsOf(person.id);
    return person;
  } catch (refused) {
    if (refused instanceof Refused && refused.code === 'sign-in-required') return null;
    throw refused;
  }
}

/** The person; null when nobody is signed in; undefined while it is not known. */
export const useSession = () => useQuery({ queryKey: sessionKey, queryFn: whoIsThere, staleTime: 60_000 });

export async function signIn(username: string, password: string, otp?: string): Promise<Person> {
  const body = { username, password, ...(otp === undefined || otp === '' ? {} : { otp }) };
  const { user } = await good(api.POST('/api/v1/session', { body }));
  draftsOf(user.id);
  return user;
}

/** The first sign-in: the first password and the activation code are given up for a password of one's own. */
export async function signInFirst(body: Schemas['FirstCredentials']): Promise<Person> {
  const { user } = await good(api.POST('/api/v1/session/first', { body }));
  draftsOf(user.id);
  return user;
}

/** Ends the session here and there; what was read and typed in it is forgotten. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await api.DELETE('/api/v1/session').catch(() => undefined);
    draftsOf(null);
    queries.clear();
    queries.setQueryData(sessionKey, null);
  };
}

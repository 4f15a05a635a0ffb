import { done, type HttpClient, sandboxPassword } from './http-client.js';

type Person = {
  readonly username: string;
  readonly displayName: string;
  readonly role: string;
  readonly district?: string;
  readonly organisationId?: string;
};

/** An account as people get theirs: one administrator makes it, the other grants it, its person chooses the password that all tests use. */
export async function addAccount(client: HttpClient, person: Person, by = { admin: 'admin', security: 'security' }): Promise<string> {
  const [password, activationCode] = ['of-the-administrator', 'of-security'];
  const { id } = await client.post<{ id: string }>(by.admin, 'users', { ...person, password });
  await client.post(by.security, `users/${id}/activate`, { activationCode });
  const body = { username: person.username, password, activationCode, newPassword: sandboxPassword };
  done('first sign-in', await client.ask('POST', 'session/first', { body }));
  return id;
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openServer, password, type Server } from './server.js';

let now = Date.parse('2026-11-22T08:00:00Z');
let server: Server;
beforeAll(async () => {
  server = await openServer({ systemNow: () => now });
});
afterAll(() => server.close());

const signIn = (username: string, secret = password) => server.ask('POST', '/api/v1/session', { body: { username, password: secret } });
const whoAmI = (token: string) => server.ask('GET', '/api/v1/session', { headers: { authorization: `Bearer ${token}` } });

describe('a session', () => {
  it('is opened with name and password and answers who is signed in', async () => {
    const opened = await signIn('officer');
    expect(opened.status).toBe(201);
    expect(opened.body['user']).toMatchObject({ username: 'officer', role: 'officer', district: '210200' });
    expect(opened.headers.get('set-cookie')).toMatch(/^tranche-session=[\w-]{43}; .*HttpOnly; SameSite=Strict$/);
    expect((await whoAmI(String(opened.body['token']))).body).toMatchObject({ username: 'officer' });
  });

  it('also lives in a cookie', async () => {
    const { body } = await signIn('officer');
    const { status } = await server.ask('GET', '/api/v1/session', { headers: { cookie: `a=b; tranche-session=${body['token']}` } });
    expect(status).toBe(200);
  });

  it('is kept as a hash only', async () => {
    const { body } = await signIn('reviewer');
    const rows = await server.rows<{ token_sha256: Buffer }>('SELECT token_sha256 FROM sessions');
    expect(
      rows.every((row) => row.token_sha256.length === 32 && !row.token_sha256.equals(Buffer.from(String(body['token']), 'base64url'))),
    ).toBe(true);
  });

  it('ends at sign-out, at once', async () => {
    const token = String((await signIn('auditor')).body['token']);
    const ended = await server.ask('DELETE', '/api/v1/session', { headers: { authorization: `Bearer ${token}` }, key: null });
    expect(ended.status).toBe(204);
    expect((await whoAmI(token)).status).toBe(401);
  });

  it('ends after half an hour without a request, and after eight hours whatever happens', async () => {
    const token = String((await signIn('auditor')).body['token']);
    now += 29 * 60_000;
    expect((await whoAmI(token)).status).toBe(200);
    now += 29 * 60_000;
    expect((await whoAmI(token)).status).toBe(200);
    now += 31 * 60_000;
    expect((await whoAmI(token)).status).toBe(401);
    const busy = String((await signIn('auditor')).body['token']);
    for (let minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
      now += 20 * 60_000;
      expect((await whoAmI(busy)).status).toBe(200);
    }
    now += 20 * 60_000;
    expect((await whoAmI(busy)).status).toBe(401);
  });

  it('ends when the account is disabled', async () => {
    const victim = String((await signIn('citizen')).body['token']);
    const admin = String((await signIn('admin')).body['token']);
    const id = server.seed.users.find(({ username }) => username === 'citizen')?.id;
    const { status } = await server.ask('POST', `/api/v1/users/${id}/disable`, { headers: { authorization: `Bearer ${admin}` } });
    expect(status).toBe(200);
    expect((await whoAmI(victim)).status).toBe(401);
    expect((await signIn('citizen')).status).toBe(401);
  });
});

describe('sign-in', () => {
  it('says the same of a wrong password and of an unknown name', async () => {
    const wrong = await signIn('maker', 'not the password');
    const unknown = await signIn('nobody-of-that-name', 'not the password');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.body['code']).toBe('sign-in-refused');
  });

  it('is locked for fifteen minutes by the fifth failure, even for the right password', async () => {
    for (let tries = 0; tries < 5; tries += 1) expect((await signIn('checker', 'guess')).status).toBe(401);
    expect((await signIn('checker')).status).toBe(401);
    now += 14 * 60_000;
    expect((await signIn('checker')).status).toBe(401);
    now += 16 * 60_000;
    expect((await signIn('checker')).status).toBe(201);
  });

  it('counts parallel guesses as well', async () => {
    await Promise.all(Array.from({ length: 12 }, () => signIn('cashier', 'guess')));
    expect((await signIn('cashier')).status).toBe(401);
  });

  it('forgets four failures after a success, and after fifteen minutes', async () => {
    for (const pause of [0, 16 * 60_000]) {
      for (let tries = 0; tries < 4; tries += 1) await signIn('approver', 'guess');
      now += pause;
      expect((await signIn('approver')).status).toBe(201);
    }
    for (let tries = 0; tries < 4; tries += 1) await signIn('approver', 'guess');
    expect((await signIn('approver')).status).toBe(201);
  });
});

describe('tokens, cases and persons', () => {
  it('are kept by no cache on the way, whatever the answer', async () => {
    const answers = await Promise.all([
      signIn('auditor'),
      server.ask('GET', '/api/v1/cases', { as: 'auditor' }),
      server.ask('GET', '/api/v1/public/notices'),
      server.ask('GET', '/api/v1/cases'),
    ]);
    expect(answers.map(({ status, headers }) => [status, headers.get('cache-control')])).toEqual(
      [201, 200, 200, 401].map((status) => [status, 'no-store']),
    );
  });
});

describe('the rate of sign-ins', () => {
  it('is limited by address', async () => {
    const slow = await openServer({ loginsPerMinute: 3 });
    try {
      const statuses: number[] = [];
      for (let tries = 0; tries < 4; tries += 1)
        statuses.push((await slow.ask('POST', '/api/v1/session', { body: { username: 'x', password: 'y' } })).status);
      expect(statuses).toEqual([401, 401, 401, 429]);
    } finally {
      await slow.close();
    }
  });
});

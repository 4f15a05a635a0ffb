import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { caseDetail } from '../src/cases/case-detail.js';
import { type Answer, enrol, openDraft, openServer, password, type Server } from './server.js';

let now = Date.parse('2026-11-22T08:00:00Z');
let server: Server;
let id: string;
beforeAll(async () => {
  server = await openServer({ systemNow: () => now });
});
afterAll(() => server.close());
beforeEach(async () => {
  id = await openDraft(server);
  await enrol(server, id, 100);
});

const say = async (as: string, type: string): Promise<void> => {
  const { status, body } = await server.ask('POST', `/api/v1/cases/${id}/events`, { as, body: { type, data: {} } });
  if (status !== 200) throw new Error(`${type}: ${JSON.stringify(body)}`);
};
const approval = [
  ['institution', 'application.submitted'],
  ['officer', 'application.accepted'],
  ['reviewer', 'application.reviewed'],
  ['approver', 'application.approved'],
] as const;
const walk = async (): Promise<void> => {
  for (const [as, type] of approval) await say(as, type);
};

const signIn = async (username: string): Promise<string> =>
  String((await server.ask('POST', '/api/v1/session', { body: { username, password } })).body['token']);
const showTo = (token: string): Promise<Answer> =>
  server.ask('GET', `/api/v1/cases/${id}`, { headers: { authorization: `Bearer ${token}` } });
/** Thrice: the session becomes known, then the page is kept, then it is shown from what was kept. */
const readOften = async (token: string): Promise<Answer> => {
  await showTo(token);
  await showTo(token);
  return showTo(token);
};
const userOf = (username: string) => server.seed.users.find((user) => user.username === username)?.id ?? '';

const typesOn = ({ body }: Answer) => (body['allowedEvents'] as { type: string }[]).map(({ type }) => type);

/** The page as it is made anew. */
async function anew(username: string): Promise<unknown> {
  const [user] = await server.rows<{ role: 'officer'; organisation_id: string | null; district: string | null }>(
    'SELECT role, organisation_id, district FROM users WHERE username = $1',
    [username],
  );
  if (user === undefined) throw new Error(username);
  const actor = { userId: userOf(username), role: user.role, organisationId: user.organisation_id, district: user.district };
  return JSON.parse(JSON.stringify(await caseDetail(server.house, actor, id)));
}

/** While facts cannot be read no page can be made, only shown as it was kept. */
async function whilePagesCannotBeMade<T>(work: () => Promise<T>): Promise<T> {
  await server.asOwner('REVOKE SELECT ON case_facts FROM tranche_app');
  try {
    return await work();
  } finally {
    await server.asOwner('GRANT SELECT ON case_facts TO tranche_app');
  }
}

describe('the page of a case', () => {
  it('is shown as it was kept, and by nothing but what was kept', async () => {
    const token = await signIn('officer');
    const made = await readOften(token);
    const [kept, reviewers] = await whilePagesCannotBeMade(() =>
      Promise.all([showTo(token), server.ask('GET', `/api/v1/cases/${id}`, { as: 'reviewer' })]),
    );
    expect([kept.status, kept.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(kept.body).toEqual(made.body);
    expect(reviewers.status).toBe(500);
  });

  it('is for every person and after every event what it would be if made anew', async () => {
    const people = ['institution', 'officer', 'reviewer', 'approver', 'auditor'];
    const tokens = await Promise.all(people.map(signIn));
    const compare = async () => {
      for (const [index, token] of tokens.entries()) {
        const person = people[index] ?? '';
        expect([person, (await readOften(token)).body]).toEqual([person, await anew(person)]);
      }
    };
    await compare();
    for (const [as, type] of approval) {
      await say(as, type);
      await compare();
    }
  });

  it('tells two persons of one role apart by the duties they hold on the case', async () => {
    await say('institution', 'application.submitted');
    await say('officer', 'application.accepted');
    const [bound, free] = [await signIn('officer'), await signIn('reviewer')];
    await server.asOwner(`UPDATE users SET role = 'reviewer' WHERE username = 'officer'`);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(typesOn(await showTo(bound))).not.toContain('application.reviewed');
      expect(typesOn(await showTo(free))).toContain('application.reviewed');
    }
    await server.asOwner(`UPDATE users SET role = 'officer' WHERE username = 'officer'`);
  });

  it('shows a deadline that was moved without an event: a calendar was imported', async () => {
    await walk();
    await say('institution', 'milestone.started');
    const token = await signIn('officer');
    await readOften(token);
    await server.asOwner(`UPDATE deadlines SET last_day = last_day + 1 WHERE case_id = $1 AND status = 'running'`, [id]);
    const { body } = await showTo(token);
    expect(body).toEqual(await anew('officer'));
    expect((body['deadlines'] as { lastDay: string }[]).map(({ lastDay }) => lastDay)).toEqual(['2020-12-10']);
  });

  it('keeps the terms it was promised when a parameter changes; a case opened later has the new ones', async () => {
    const token = await signIn('officer');
    const attempts = ({ body }: Answer) => (body['attempts'] as { allowed: number }).allowed;
    const before = await readOften(token);
    const proposal = {
      policyId: 'training-subsidy-staged',
      key: 'maxReinspections',
      scope: '210200',
      effectiveFrom: '2020-01-01',
      value: 5,
      cite: { doc: '示例通知', clause: '一', basis: 'external' },
      reason: '示例',
    };
    const proposed = await server.ask('POST', '/api/v1/parameters', { as: 'officer', body: proposal });
    const approvedPath = `/api/v1/parameters/${proposed.body['id']}/approve`;
    expect((await server.ask('POST', approvedPath, { as: 'approver' })).status).toBe(200);
    const after = await showTo(token);
    expect(after.body).toEqual(before.body);
    expect(after.body).toEqual(await anew('officer'));
    id = await openDraft(server);
    expect(attempts(await readOften(token))).not.toBe(attempts(before));
  });

  it('is hidden at once from whom row security hides the case', async () => {
    const token = await signIn('officer');
    expect((await readOften(token)).status).toBe(200);
    await server.asOwner(`UPDATE users SET district = '210100' WHERE username = 'officer'`);
    expect((await showTo(token)).status).toBe(404);
    await server.asOwner(`UPDATE users SET district = '210200' WHERE username = 'officer'`);
    expect((await showTo(token)).status).toBe(200);
    const applicants = await signIn('institution');
    expect((await readOften(applicants)).status).toBe(200);
    const { institutionId, enterpriseId } = server.seed;
    await server.asOwner(`UPDATE users SET organisation_id = $1 WHERE username = 'institution'`, [enterpriseId]);
    expect((await showTo(applicants)).status).toBe(404);
    await server.asOwner(`UPDATE users SET organisation_id = $1 WHERE username = 'institution'`, [institutionId]);
  });

  it("is not shown to another organisation, whatever was kept for the case's own", async () => {
    const [own, other] = [await signIn('institution'), await signIn('enterprise')];
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await showTo(own)).status).toBe(200);
      expect((await showTo(other)).status).toBe(404);
    }
  });

  it('is that of the role a person has now, and none for a role that may not read cases', async () => {
    const token = await signIn('officer');
    await say('institution', 'application.submitted');
    expect(typesOn(await readOften(token))).toContain('application.accepted');
    await server.asOwner(`UPDATE users SET role = 'auditor' WHERE username = 'officer'`);
    for (let turn = 0; turn < 3; turn += 1) expect(typesOn(await showTo(token))).toEqual([]);
    await server.asOwner(`UPDATE users SET role = 'admin' WHERE username = 'officer'`);
    expect((await showTo(token)).status).toBe(403);
    await server.asOwner(`UPDATE users SET role = 'officer' WHERE username = 'officer'`);
    expect(typesOn(await readOften(token))).toContain('application.accepted');
  });
});

describe('a session that is known and a page that is kept', () => {
  const kept = async (username = 'officer'): Promise<string> => {
    const token = await signIn(username);
    expect((await readOften(token)).status).toBe(200);
    return token;
  };

  it('end at once with a sign-out', async () => {
    const token = await kept();
    await server.ask('DELETE', '/api/v1/session', { headers: { authorization: `Bearer ${token}` }, key: null });
    expect((await showTo(token)).status).toBe(401);
  });

  it('end at once when another process ends the session', async () => {
    const token = await kept();
    await server.asOwner('UPDATE sessions SET revoked_at = now() WHERE token_sha256 = sha256($1)', [Buffer.from(token)]);
    expect((await showTo(token)).status).toBe(401);
  });

  it('end at once when the account is disabled', async () => {
    const token = await kept('reviewer');
    await server.asOwner(`UPDATE users SET status = 'disabled' WHERE username = 'reviewer'`);
    expect((await showTo(token)).status).toBe(401);
    await server.asOwner(`UPDATE users SET status = 'active' WHERE username = 'reviewer'`);
  });

  it('are good for nobody without the token', async () => {
    await kept();
    const { status } = await server.ask('GET', `/api/v1/cases/${id}`, { headers: { authorization: `Bearer ${'A'.repeat(43)}` } });
    expect([status, (await server.ask('GET', `/api/v1/cases/${id}`)).status]).toEqual([401, 401]);
  });
});

describe('the legal clock', () => {
  it('moves the kept page along: a deadline that passed is shown as passed', async () => {
    await walk();
    await say('institution', 'milestone.started');
    const token = await signIn('officer');
    const statuses = ({ body }: Answer) => (body['deadlines'] as { key: string; status: string }[]).map(({ key, status }) => [key, status]);
    expect(statuses(await readOften(token))).toContainEqual(['payment:s1', 'running']);
    const moved = await server.ask('POST', '/api/v1/sandbox/clock', { as: 'admin', body: { now: '2020-12-10T09:00:00+08:00' } });
    expect(moved.status).toBe(200);
    const shown = await showTo(token);
    expect(statuses(shown)).not.toContainEqual(['payment:s1', 'running']);
    expect(shown.body).toEqual(await anew('officer'));
  });
});

describe('time', () => {
  it('ends a known session after half an hour without a request, and after eight hours whatever happens', async () => {
    const idle = await signIn('auditor');
    await readOften(idle);
    now += 31 * 60_000;
    expect((await showTo(idle)).status).toBe(401);
    const busy = await signIn('auditor');
    for (let turn = 0; turn < 23; turn += 1) {
      now += 20 * 60_000;
      expect((await showTo(busy)).status).toBe(200);
    }
    now += 21 * 60_000;
    expect((await showTo(busy)).status).toBe(401);
  });
});

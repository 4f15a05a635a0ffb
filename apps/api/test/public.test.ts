import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispatch, removeOldContacts, runEffects, sha256Of } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { classFacts, enrol, openServer, type Server } from './server.js';

let server: Server;
let caseId: string;
beforeAll(async () => {
  server = await openServer();
  caseId = await acceptedCase();
});
afterAll(() => server.close());

const policyId = 'training-subsidy-staged';
const say = async (as: string, type: string, data: object = {}, on?: string) => {
  const { status, body } = await server.ask('POST', `/api/v1/cases/${caseId}/events`, {
    as,
    body: { type, data, ...(on === undefined ? {} : { on }) },
  });
  if (status !== 200) throw new Error(`${type}: ${JSON.stringify(body)}`);
};
const clock = (now: string) => server.ask('POST', '/api/v1/sandbox/clock', { as: 'admin', body: { now } });

/** A class of a hundred, taught and accepted; the head counts come in as if read from files, which are proven elsewhere. */
async function acceptedCase(): Promise<string> {
  const people = [{ occupation: '电工', level: '中级', count: 100 }];
  const { institutionId: organisationId, payeeAccountId } = server.seed;
  const opened = await server.ask('POST', '/api/v1/cases', {
    as: 'institution',
    body: { policyId, organisationId, payeeAccountId, facts: classFacts },
  });
  caseId = String(opened.body['id']);
  await enrol(server, caseId, 100);
  for (const [as, type] of [
    ['institution', 'application.submitted'],
    ['officer', 'application.accepted'],
    ['reviewer', 'application.reviewed'],
    ['approver', 'application.approved'],
    ['institution', 'milestone.started'],
  ] as const)
    await say(as, type);
  await clock('2020-12-21T09:00:00+08:00');
  await say('institution', 'milestone.ended');
  const key = v7();
  const inspector = server.seed.users.find(({ username }) => username === 'inspector')?.id ?? '';
  const answer = await dispatch(
    server.house,
    { userId: inspector, role: 'inspector', organisationId: null, district: '210200' },
    {
      caseId,
      type: 'results.imported',
      data: { fileSha256: 'ab'.repeat(32), facts: { qualified: people, completedHours: 80 } },
      key,
      requestSha256: sha256Of({ key }),
      cause: 'import',
    },
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  await say('inspector', 'acceptance.passed');
  await say('officer', 'notice.posted');
  return caseId;
}

describe('the public', () => {
  it('reads policies with accepting office and time limit, without signing in', async () => {
    const { body } = await server.ask('GET', '/api/v1/public/policies');
    expect(body.items?.length).toBeGreaterThan(0);
    for (const item of body.items ?? [])
      expect(item).toMatchObject({ office: { zh: expect.any(String) }, timeLimit: { zh: expect.any(String) } });
  });

  it('reads notices without names, and objects with a receipt; the same objection twice is one', async () => {
    const { body } = await server.ask('GET', '/api/v1/public/notices');
    const [notice] = body.items ?? [];
    expect(notice).toMatchObject({ caseId, state: 'posted', postedOn: '2020-12-21' });
    const path = `/api/v1/public/notices/${notice?.['id']}/objections`;
    const key = v7();
    const first = await server.ask('POST', path, { key, body: { ground: '名单中有人未到课' } });
    const again = await server.ask('POST', path, { key, body: { ground: '名单中有人未到课' } });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(first.body).toMatchObject({ receiptNo: expect.any(String), raisedOn: '2020-12-21' });
    expect(again.body).toEqual(first.body);
    const other = await server.ask('POST', path, { key, body: { ground: '另一理由' } });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
    const rows = await server.rows('SELECT ground FROM objections');
    expect(rows).toEqual([{ ground: '名单中有人未到课' }]);
    const { body: tasks } = await server.ask('GET', '/api/v1/tasks', { as: 'reviewer' });
    expect(tasks.items?.map(({ kind }) => kind)).toContain('objection');
  });

  it('reads one notice with the words of its policy, and picks notices by state', async () => {
    const { body } = await server.ask('GET', '/api/v1/public/notices?state=posted');
    const [first] = body.items ?? [];
    const one = await server.ask('GET', `/api/v1/public/notices/${first?.['id']}`);
    expect(one.body).toEqual(first);
    expect(one.body).toMatchObject({ policy: { id: policyId, title: { zh: expect.any(String) } } });
    expect(one.body['amounts']).toContainEqual({
      id: 'estimate',
      label: { zh: expect.any(String), en: expect.any(String) },
      fen: '30000000',
    });
    expect((await server.ask('GET', '/api/v1/public/notices?state=clear')).body.items).toEqual([]);
    expect((await server.ask('GET', `/api/v1/public/notices/${v7()}`)).status).toBe(404);
    expect((await server.ask('GET', '/api/v1/public/notices?state=withdrawn')).status).toBe(422);
  });

  it('follows an objection by its receipt; the decision is told to whoever holds the id, what was said to nobody', async () => {
    const { body: posted } = await server.ask('GET', '/api/v1/public/notices');
    const path = `/api/v1/public/notices/${posted.items?.[0]?.['id']}/objections`;
    const kept = (await server.ask('POST', path, { body: { ground: '名单中有人未到课，另附说明' } })).body;
    const status = (query = '') => server.ask('GET', `/api/v1/public/objections/${kept['receiptNo']}${query}`);
    const open = { receiptNo: kept['receiptNo'], raisedOn: '2020-12-21', state: 'open', decidedOn: null, decision: null };
    expect((await status()).body).toMatchObject(open);
    expect(JSON.stringify((await status(`?id=${kept['id']}`)).body)).not.toContain('未到课');
    await say('reviewer', 'objection.rejected', { objection: kept['id'], decision: '经核查属实' });
    expect((await status()).body).toMatchObject({ state: 'rejected', decidedOn: '2020-12-21', decision: null });
    expect((await status(`?id=${v7()}`)).body).toMatchObject({ decision: null });
    expect((await status(`?id=${kept['id']}`)).body).toMatchObject({ decision: '经核查属实' });
    expect((await server.ask('GET', '/api/v1/public/objections/NO-SUCH-1')).status).toBe(404);
    expect((await server.ask('GET', `/api/v1/public/objections/${encodeURIComponent("' OR 1=1")}`)).status).toBe(422);
  });

  it('may leave a number or an address: the office that decides reads it, others see it masked, a notice or an event never holds it', async () => {
    const { body: posted } = await server.ask('GET', '/api/v1/public/notices');
    const path = `/api/v1/public/notices/${posted.items?.[0]?.['id']}/objections`;
    for (const [field, wrong] of [
      ['phone', '不便透露'],
      ['phone', '110'],
      ['email', 'nobody'],
    ] as const) {
      const { status, body } = await server.ask('POST', path, { body: { ground: '有异议', [field]: wrong } });
      expect([status, body['errors']]).toEqual([422, [expect.objectContaining({ field })]]);
    }
    const contact = { phone: '+86 138 1234 5678', email: 'li.ming@example.cn' };
    const kept = (await server.ask('POST', path, { body: { ground: '愿当面说明', ...contact } })).body;
    const seen = async (as: string) =>
      (await server.ask('GET', `/api/v1/objections?caseId=${caseId}`, { as })).body.items?.find(({ id }) => id === kept['id'])?.['contact'];
    expect(await seen('reviewer')).toEqual({ ...contact, masked: false });
    expect(await seen('officer')).toEqual({ phone: '861********78', email: 'l***@example.cn', masked: true });
    const written = await server.rows<{ all: string }>(
      `SELECT concat((SELECT json_agg(e) FROM case_events e), (SELECT json_agg(n) FROM notices n), (SELECT json_agg(c) FROM commands c),
         (SELECT json_agg(o) FROM objections o), (SELECT json_agg(t) FROM tasks t), (SELECT json_agg(k) FROM objection_contacts k)) AS all`,
    );
    expect(written[0]?.all).not.toMatch(/138 1234|li\.ming/);
    const asked = await server.ask('GET', `/api/v1/public/objections/${kept['receiptNo']}?id=${kept['id']}`);
    expect(JSON.stringify([asked.body, (await server.ask('GET', '/api/v1/public/notices')).body])).not.toMatch(/138|ming/);
    const early = server.house.database.transaction(systemActor('test'), (tx) => tx.query('DELETE FROM objection_contacts'));
    await expect(early).rejects.toMatchObject({ constraint: 'objection_contacts_while_open' });
    await say('reviewer', 'objection.rejected', { objection: kept['id'], decision: '已当面说明' });
    expect(await removeOldContacts(server.house)).toBe(0);
    await server.asOwner('UPDATE objections SET decided_on = decided_on - 31 WHERE id = $1', [kept['id']]);
    expect([await removeOldContacts(server.house), await seen('reviewer')]).toEqual([1, null]);
  });

  it('cannot object to a notice that is not there, nor without a ground', async () => {
    const path = `/api/v1/public/notices/${v7()}/objections`;
    expect((await server.ask('POST', path, { body: { ground: 'x' } })).status).toBe(404);
    expect((await server.ask('POST', path, { body: { ground: '' } })).status).toBe(422);
    expect((await server.ask('POST', path, { body: { ground: 'x' }, key: null })).status).toBe(400);
  });
});

describe('the desk of the office', () => {
  type Task = { id: string; caseId: string | null; caseVersion: number | null; clock: { lastDay: string | null; cite: object } | null };

  it('has its tasks by legal urgency, page by page, each with its case, the clock that runs out first, and its clause', async () => {
    const walked: Task[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await server.ask('GET', `/api/v1/tasks?order=urgency&limit=1${cursor}`, { as: 'supervisor' });
      walked.push(...((body.items ?? []) as unknown as Task[]));
      if (body['nextCursor'] === null) break;
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
    const days = walked.map(({ clock: told }) => told?.lastDay ?? '9999-12-31');
    expect(days).toEqual([...days].sort());
    const { body: newest } = await server.ask('GET', '/api/v1/tasks?limit=200', { as: 'supervisor' });
    expect(walked.map(({ id }) => id).sort()).toEqual(newest.items?.map(({ id }) => id).sort());
    const [nearest] = await server.rows<{ day: string }>(
      `SELECT min(last_day)::text AS day FROM deadlines WHERE case_id = $1 AND status IN ('running', 'suspected')`,
      [caseId],
    );
    const [own] = await server.rows<{ version: number }>('SELECT version FROM cases WHERE id = $1', [caseId]);
    expect(walked.filter((task) => task.caseId === caseId).map((task) => [task.caseVersion, task.clock?.lastDay])).toContainEqual([
      own?.version,
      nearest?.day,
    ]);
    const wrong = await server.ask('GET', `/api/v1/tasks?order=urgency&cursor=${Buffer.from('2020-13-45 x').toString('base64url')}`, {
      as: 'officer',
    });
    expect([wrong.status, wrong.body['code']]).toEqual([422, 'cursor-invalid']);
  });

  it('narrows them to one kind, and to what I have taken', async () => {
    const ask = async (query: string) =>
      (await server.ask('GET', `/api/v1/tasks?order=urgency&${query}`, { as: 'reviewer' })).body.items ?? [];
    const [task] = await ask('kind=objection');
    expect(await ask('kind=publish')).toEqual([]);
    expect(await ask('mine=true')).toEqual([]);
    await server.ask('POST', `/api/v1/tasks/${String(task?.['id'])}/claim`, { as: 'reviewer' });
    expect((await ask('mine=true')).map(({ id }) => id)).toEqual([task?.['id']]);
  });

  it('sees a notice as the public reads it, and each objection with its ground and the day it must be answered by', async () => {
    const { body: notices } = await server.ask('GET', `/api/v1/notices?caseId=${caseId}&state=posted`, { as: 'officer' });
    const { body: shown } = await server.ask('GET', '/api/v1/public/notices');
    expect(notices.items).toEqual([expect.objectContaining({ content: shown.items?.[0]?.['content'], openObjections: 1 })]);
    const { body: objections } = await server.ask('GET', `/api/v1/objections?state=open&caseId=${caseId}`, { as: 'reviewer' });
    const [due] = await server.rows<{ day: string }>(
      `SELECT last_day::text AS day FROM deadlines WHERE case_id = $1 AND key LIKE 'objection:%'`,
      [caseId],
    );
    expect(objections.items).toEqual([expect.objectContaining({ ground: '名单中有人未到课', state: 'open', lastDay: due?.day })]);
    expect((await server.ask('GET', '/api/v1/objections?state=upheld', { as: 'reviewer' })).body.items).toEqual([]);
  });
});

describe('policies', () => {
  it('are listed by day, shown with versions, and tried without a case', async () => {
    const on = async (day: string) =>
      (await server.ask('GET', `/api/v1/policies?on=${day}`)).body.items
        ?.filter(({ id }) => id === policyId)
        .map(({ jurisdiction }) => jurisdiction);
    expect(await on('2020-10-31')).toEqual([]);
    expect(await on('2020-11-10')).toEqual(['CN-21']);
    expect(await on('2020-11-25')).toEqual(['CN-21', 'CN-2102']);
    expect((await server.ask('GET', `/api/v1/policies/${policyId}`)).body['versions']).toHaveLength(2);
    expect((await server.ask('GET', '/api/v1/policies/no-such-policy')).status).toBe(404);
    expect((await server.ask('GET', `/api/v1/policies/${policyId}/versions/2020-11-24`)).body).toMatchObject({ jurisdiction: 'CN-2102' });
    expect((await server.ask('GET', `/api/v1/policies/${policyId}/versions/1999-01-01`)).status).toBe(404);
  });

  it('answer what they would pay, and name the fact that is wrong', async () => {
    const ask = (body: object) => server.ask('POST', `/api/v1/policies/${policyId}/assess`, { body, key: null });
    const facts = { ...classFacts, providerApproved: true, enrolled: [{ occupation: '电工', level: '中级', count: 100 }] };
    const good = await ask({ on: '2020-11-25', jurisdiction: 'CN-2102', facts });
    expect(good.body).toMatchObject({ eligible: true, amounts: { estimate: { fen: '30000000' } } });
    const bad = await ask({ on: '2020-11-25', facts: { ...facts, plannedHours: 'many' } });
    expect([bad.status, bad.body['code'], bad.body['errors']]).toEqual([
      422,
      'facts-invalid',
      [expect.objectContaining({ field: 'facts.plannedHours' })],
    ]);
    expect((await ask({ on: '2019-01-01', facts })).status).toBe(422);
  });

  it('show their machine, every arrow with its reason, and draw it', async () => {
    const machine = (await server.ask('GET', `/api/v1/policies/${policyId}/versions/2020-11-24/machine`)).body;
    const regions = machine['regions'] as { id: string; arrows: { why: { zh: string } }[] }[];
    expect(regions.map(({ id }) => id)).toEqual(expect.arrayContaining(['intake', 'delivery', 'standing', 's1', 's2', 's3']));
    expect(regions.flatMap(({ arrows }) => arrows).every(({ why }) => why.zh !== '')).toBe(true);
    const diagram = await server.ask('GET', `/api/v1/policies/${policyId}/versions/2020-11-24/diagram`);
    expect(diagram.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(diagram.body['text']).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>$/);
  });
});

describe('the sandbox clock', () => {
  it('moves forward only, and answers after every deadline on the way was applied', async () => {
    expect((await clock('2021-01-11T09:00:00+08:00')).status).toBe(200);
    const back = await clock('2020-12-01T09:00:00+08:00');
    expect([back.status, back.body['code']]).toEqual([409, 'clock-backwards']);
    const overdue = await server.rows('SELECT 1 FROM deadlines WHERE status = $1 AND due_at <= $2', [
      'running',
      new Date('2021-01-11T01:00:00Z'),
    ]);
    expect(overdue).toEqual([]);
    const { body } = await server.ask('GET', '/api/v1/deadlines?status=suspected', { as: 'supervisor' });
    expect(body.items?.map(({ key }) => key)).toContain('payment:s1');
    expect(String((await server.ask('GET', '/api/v1/sandbox/clock')).body['now'])).toMatch(/^2021-01-11T09:0/);
  });

  it.each(['yesterday', '2021-02-30T09:00:00+08:00', '2021-02-01', '2200-01-01T00:00:00+08:00'])('refuses %s', async (now) => {
    expect((await clock(now)).status).toBe(422);
  });
});

describe('operations', () => {
  it('tell whether the process lives, may serve, and what it counts', async () => {
    expect((await server.ask('GET', '/health/live')).body).toEqual({ status: 'live' });
    expect((await server.ask('GET', '/health/ready')).body).toMatchObject({
      status: 'ready',
      calendarYears: [2020, 2021, 2022, 2023, 2024, 2025, 2026],
    });
    const { body } = await server.ask('GET', '/metrics');
    expect(body['text']).toMatch(/tranche_api_request_seconds_count\{method="POST",route="\/api\/v1\/session",status="201"\}/);
    expect(body['text']).not.toContain(caseId);
  });

  it('show the queue of a role, claimed by one person only', async () => {
    const { body } = await server.ask('GET', '/api/v1/tasks', { as: 'reviewer' });
    const id = body.items?.[0]?.['id'];
    const claims = await Promise.all([1, 2].map(() => server.ask('POST', `/api/v1/tasks/${id}/claim`, { as: 'reviewer' })));
    expect(claims.map(({ status }) => status)).toEqual([200, 200]);
    expect((await server.ask('POST', `/api/v1/tasks/${id}/claim`, { as: 'maker' })).status).toBe(404);
  });
});

describe('work that failed for good', () => {
  it('is a task of the supervisor, who closes it; it is tried again with it', async () => {
    const lost = v7();
    await server.database.transaction(systemActor('test'), (tx) =>
      tx.query(`INSERT INTO outbox (kind, case_id, params, due_at) VALUES ('payment.request', $1, '{"payment":"s1"}', now())`, [lost]),
    );
    while ((await runEffects(server.house, 'test')) > 0);
    const state = async () =>
      (await server.rows<{ state: string }>('SELECT state FROM outbox WHERE case_id = $1', [lost])).map((row) => row.state);
    expect(await state()).toEqual(['dead']);
    const queues = async () => (await server.ask('GET', '/api/v1/queues', { as: 'admin' })).body;
    const before = await queues();
    expect(before.items?.find(({ kind }) => kind === 'payment.request')).toMatchObject({ dead: 1, pending: 0, oldestDueAt: null });
    expect(JSON.stringify(before)).not.toContain(lost);
    const { body } = await server.ask('GET', '/api/v1/tasks', { as: 'supervisor' });
    const task = body.items?.find(({ kind }) => String(kind).startsWith('outbox:'));
    expect(task).toMatchObject({ role: 'supervisor', state: 'open' });
    const done = (as: string, id = task?.['id']) => server.ask('POST', `/api/v1/tasks/${id}/done`, { as });
    expect((await done('maker')).status).toBe(404);
    expect([(await done('supervisor')).body, await state()]).toEqual([{ id: task?.['id'], state: 'done' }, ['pending']]);
    expect((await done('supervisor')).body['code']).toBe('already-decided');
    expect((await queues()).items?.find(({ kind }) => kind === 'payment.request')).toMatchObject({ dead: 0, pending: 1 });
  });

  it('is counted with its reason while it waits for somebody', async () => {
    await server.asOwner(
      `INSERT INTO outbox (kind, params, due_at, state, reason) SELECT 'payment.request', '{}', now(), 'parked', r FROM unnest($1::text[]) AS r`,
      [['fund-short', 'fund-short', 'organisation-suspended']],
    );
    const { body } = await server.ask('GET', '/api/v1/queues', { as: 'admin' });
    expect(body.items?.[0]).toMatchObject({ parked: 3, parkedFor: { 'fund-short': 2, 'organisation-suspended': 1 } });
    await server.asOwner(`DELETE FROM outbox WHERE state = 'parked'`);
  });

  it('is not how a step of a case is ticked off', async () => {
    const { body } = await server.ask('GET', '/api/v1/tasks', { as: 'reviewer' });
    const { status } = await server.ask('POST', `/api/v1/tasks/${body.items?.[0]?.['id']}/done`, { as: 'reviewer' });
    expect(status).toBe(422);
  });
});

describe('the reference for people', () => {
  it('speaks of the document that is served', async () => {
    const { body } = await server.ask('GET', '/api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0', paths: { '/api/v1/cases/{id}/events': { post: expect.any(Object) } } });
    expect((await server.ask('GET', '/api/problems')).body).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'case-changed', status: 409 })]),
    );
  });

  it('is served whole from here', async () => {
    const page = await server.ask('GET', '/reference');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const files = [...String(page.body['text']).matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files).toHaveLength(3);
    for (const file of files) expect((await server.ask('GET', file)).status).toBe(200);
  });
});

describe('the board of promises', () => {
  /** so many payment clocks of the case, ended so */
  const ended = (status: string, count: number) =>
    server.asOwner(
      `INSERT INTO deadlines SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'key', 'payment:x' || i || $1, 'status', $1::text,
         'kind', 'statutory', 'last_day', '2020-12-31', 'due_at', '2021-01-01T00:00:00+08:00', 'ended_on', '2020-12-30'))).*
       FROM deadlines d, generate_series(1, $2::int) AS i WHERE d.id = (SELECT min(id::text)::uuid FROM deadlines WHERE case_id = $3)`,
      [status, count, caseId],
    );

  const board = async (query = '?from=2020-12-31&to=2020-12-31') =>
    (await server.ask('GET', `/api/v1/public/promises${query}`)).body as { leastPayments: number; items: Record<string, unknown>[] };

  it('withholds number and share where so few were paid that a figure could point at somebody', async () => {
    expect((await board()).items).toEqual([]);
    await ended('met', 4);
    expect((await board()).items).toEqual([
      {
        district: '210200',
        policyId,
        title: { zh: expect.any(String), en: expect.any(String) },
        payments: null,
        kept: null,
        keptPercent: null,
      },
    ]);
  });

  it('tells the share of all that was decided, rounded down, from five payments on', async () => {
    await ended('confirmed', 1);
    await ended('suspected', 1);
    expect((await board()).items).toMatchObject([{ payments: 6, kept: 4, keptPercent: '66.6' }]);
    expect((await board('?from=2021-06-01&to=2021-06-30')).items).toEqual([]);
    expect(JSON.stringify(await board())).not.toMatch(/caseId|organisation/);
  });
});

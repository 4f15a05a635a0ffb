import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { classFacts, openDraft, openServer, password, type Server } from './server.js';

const header = '姓名,身份证号,职业（工种）,等级';
/** Synthetic people of a district that issued none: the last character is the check digit of GB 11643. */
const people = (count: number, from = 1) => Array.from({ length: count }, (_, index) => idNumber(from + index));
function idNumber(sequence: number): string {
  const first17 = `21020219900101${String(sequence).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return first17 + '10X98765432'.charAt(weights.reduce((sum, weight, at) => sum + weight * Number(first17[at]), 0) % 11);
}
const rosterCsv = (ids: readonly string[]): string => [header, ...ids.map((id) => `学员某,${id},电工,中级`)].join('\r\n');

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

async function upload(caseId: string, kind: string, text: string, as: string, key = v7(), name = `${kind}.csv`) {
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'text/csv' }), name);
  return server.ask('POST', `/api/v1/cases/${caseId}/imports/${kind}`, { as, raw: form, key });
}
const say = (caseId: string, as: string, type: string, data: object = {}, on?: string) =>
  server.ask('POST', `/api/v1/cases/${caseId}/events`, { as, body: { type, data, ...(on === undefined ? {} : { on }) } });
const show = async (caseId: string, as = 'officer') => (await server.ask('GET', `/api/v1/cases/${caseId}`, { as })).body;

async function approved(from: number): Promise<string> {
  const id = await openDraft(server);
  expect((await upload(id, 'roster', rosterCsv(people(100, from)), 'institution')).status).toBe(200);
  for (const [as, type] of [
    ['institution', 'application.submitted'],
    ['officer', 'application.accepted'],
    ['reviewer', 'application.reviewed'],
    ['approver', 'application.approved'],
  ] as const) {
    const { status, body } = await say(id, as, type);
    expect([type, status, body['code']]).toEqual([type, 200, undefined]);
  }
  return id;
}

describe('a case over HTTP', () => {
  it('goes from a roster to an approval with its estimate, its clocks and its explanation', async () => {
    const id = await approved(100);
    const shown = await show(id);
    expect(shown).toMatchObject({ state: 'approved', estimateFen: '30000000', paidFen: '0' });
    const tranches = shown['tranches'] as { id: string; amountFen: string; state: string; cite: { clause: string } }[];
    expect(tranches.map(({ id: payment, amountFen }) => [payment, amountFen]).slice(0, 2)).toEqual([
      ['s1', '15000000'],
      ['s2', '7500000'],
    ]);
    expect(tranches.every(({ cite }) => cite.clause !== '')).toBe(true);
    const started = await say(id, 'institution', 'milestone.started');
    expect(started.status).toBe(200);
    const { items = [] } = (await server.ask('GET', `/api/v1/cases/${id}/deadlines`, { as: 'auditor' })).body;
    expect(items).toEqual([
      expect.objectContaining({
        key: 'payment:s1',
        from: '2020-11-25',
        lastDay: '2020-12-09',
        status: 'running',
        dueAt: '2020-12-10T00:00:00+08:00',
      }),
    ]);
    const explanation = (await server.ask('GET', `/api/v1/cases/${id}/explanation`, { as: 'institution' })).body;
    expect(explanation).toMatchObject({ eligible: true, verdict: 'may', amounts: { estimate: { fen: '30000000' } }, periods: [] });
    expect(explanation['next']).toContainEqual(expect.objectContaining({ type: 'delivery.interrupted', by: ['institution', 'officer'] }));
    expect(explanation['until']).toMatchObject([{ key: 'payment:s1', lastDay: '2020-12-09', kind: 'statutory' }]);
    expect((explanation['rules'] as { result: boolean; cite: object }[]).every(({ result }) => result)).toBe(true);
    const history = (await server.ask('GET', `/api/v1/cases/${id}/history?limit=3`, { as: 'auditor' })).body;
    expect(history.items?.map((event) => event['seq'])).toEqual([1, 2, 3]);
    const rest = (await server.ask('GET', `/api/v1/cases/${id}/history?cursor=${history['nextCursor']}`, { as: 'auditor' })).body;
    expect(rest.items?.map((event) => event['type'])).toEqual([
      'application.accepted',
      'application.reviewed',
      'application.approved',
      'milestone.started',
    ]);
    expect(rest.items?.[0]?.['prevHash']).toBe(history.items?.at(-1)?.['hash']);
  });

  it('shows each person what that person may do next', async () => {
    const id = await openDraft(server);
    const types = async (as: string) => ((await show(id, as))['allowedEvents'] as { type: string }[]).map(({ type }) => type);
    expect(await types('institution')).toEqual(expect.arrayContaining(['roster.imported', 'application.submitted']));
    expect(await types('institution')).not.toContain('application.accepted');
    expect(await types('auditor')).toEqual([]);
  });

  it('refuses a roster with a wrong check digit and a person twice, by row and with the number masked', async () => {
    const id = await openDraft(server);
    const [good = '', twice = ''] = people(2, 900);
    const wrong = `${good.slice(0, 17)}${good.endsWith('1') ? '2' : '1'}`;
    const { status, body } = await upload(id, 'roster', rosterCsv([twice, twice, wrong]), 'institution');
    expect([status, body['code']]).toEqual([422, 'import-refused']);
    const problems = (body['report'] as { problems: { row: number; code: string }[] }).problems;
    expect(problems.map(({ row, code }) => [row, code])).toEqual(expect.arrayContaining([[4, 'id-invalid']]));
    expect(problems.some(({ code }) => code === 'duplicate-in-file')).toBe(true);
    expect(JSON.stringify(body)).not.toContain(twice);
    expect((await show(id))['version']).toBe(1);
  });

  it('takes the same upload twice as one, and another file under the same key not at all', async () => {
    const id = await openDraft(server);
    const key = v7();
    const text = rosterCsv(people(5, 800));
    const first = await upload(id, 'roster', text, 'institution', key);
    const again = await upload(id, 'roster', text, 'institution', key);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual({ ...first.body, replayed: true });
    const other = await upload(id, 'roster', rosterCsv(people(6, 800)), 'institution', key);
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
    expect((await show(id))['version']).toBe(2);
  });

  it('refuses what is no spreadsheet, no file, and no multipart', async () => {
    const id = await openDraft(server);
    const broken = await upload(id, 'roster', 'PK\u0003\u0004 not a zip', 'institution', v7(), 'roster.xlsx');
    expect([broken.status, broken.body['code']]).toEqual([422, 'import-refused']);
    const form = new FormData();
    form.append('note', 'no file here');
    const none = await server.ask('POST', `/api/v1/cases/${id}/imports/roster`, { as: 'institution', raw: form });
    expect([none.status, none.body['code']]).toEqual([422, 'file-missing']);
    const plain = await server.ask('POST', `/api/v1/cases/${id}/imports/roster`, { as: 'institution', body: { file: 'x' } });
    expect([plain.status, plain.body['code']]).toEqual([415, 'media-type-unsupported']);
    const large = await upload(id, 'roster', 'x'.repeat(17 * 1024 * 1024), 'institution');
    expect([large.status, large.body['code']]).toEqual([413, 'body-too-large']);
  });
});

describe('idempotency', () => {
  it('answers the same event twice with one effect, whatever the order of its members', async () => {
    const id = await openDraft(server);
    const key = v7();
    const path = `/api/v1/cases/${id}/events`;
    const first = await server.ask('POST', path, {
      as: 'institution',
      key,
      raw: '{"type":"application.withdrawn","data":{"reason":"改期"}}',
    });
    const again = await server.ask('POST', path, {
      as: 'institution',
      key,
      raw: '{ "data": {"reason":"改期"}, "type":"application.withdrawn" }',
    });
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual({ ...first.body, replayed: true });
    const other = await server.ask('POST', path, {
      as: 'institution',
      key,
      body: { type: 'application.withdrawn', data: { reason: '另因' } },
    });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
  });

  it('does not remember a refusal', async () => {
    const id = await openDraft(server);
    const key = v7();
    const early = await server.ask('POST', `/api/v1/cases/${id}/events`, { as: 'officer', key, body: { type: 'application.accepted' } });
    expect(early.status).toBe(409);
    await upload(id, 'roster', rosterCsv(people(3, 700)), 'institution');
    expect((await say(id, 'institution', 'application.submitted')).status).toBe(200);
    const late = await server.ask('POST', `/api/v1/cases/${id}/events`, { as: 'officer', key, body: { type: 'application.accepted' } });
    expect(late.status).toBe(200);
  });

  it('holds for opening a case, also when ten ask at once', async () => {
    const key = v7();
    const { institutionId: organisationId, payeeAccountId } = server.seed;
    const body = { policyId: 'training-subsidy-staged', organisationId, payeeAccountId, facts: classFacts };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => server.ask('POST', '/api/v1/cases', { as: 'institution', key, body })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
  });
});

describe('lists', () => {
  it('are walked by cursor, each case once, newest first', async () => {
    for (let count = 0; count < 5; count += 1) await openDraft(server);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await server.ask('GET', `/api/v1/cases?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`, { as: 'officer' });
      expect(body.items?.length).toBeLessThanOrEqual(2);
      seen.push(...(body.items ?? []).map((item) => String(item['id'])));
      cursor = body['nextCursor'] as string | null;
    }
    const [{ count } = { count: 0n }] = await server.rows<{ count: bigint }>('SELECT count(*) FROM cases');
    expect(seen).toHaveLength(Number(count));
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });
});

describe('a case is sought', () => {
  it('by how its number begins or ends, by its organisation, and never beyond what one may see', async () => {
    const id = await openDraft(server);
    const { caseNo } = (await show(id)) as { caseNo: string };
    const [firm] = await server.rows<{ name: string }>('SELECT name FROM organisations WHERE id = $1', [server.seed.institutionId]);
    const found = async (q: string, as = 'officer') =>
      ((await server.ask('GET', `/api/v1/cases?q=${encodeURIComponent(q)}`, { as })).body.items ?? []).map((item) => item['id']);
    for (const q of [caseNo, caseNo.toLowerCase(), caseNo.slice(0, 6), caseNo.slice(-5), firm?.name.slice(1, 5) ?? '']) {
      expect([q, await found(q)]).toEqual([q, expect.arrayContaining([id])]);
      expect([q, await found(q, 'enterprise')]).toEqual([q, []]);
    }
    for (const q of ['%%', '__', `${caseNo.slice(0, -1)}%`, '没有这家单位']) expect([q, await found(q)]).toEqual([q, []]);
  });
});

describe('cases at a glance', () => {
  it('tell in one answer what each case and its explanation tell: payments with their clocks, what is missing, who is next', async () => {
    const { body, headers } = await server.ask('GET', '/api/v1/cases/overviews?limit=50', { as: 'institution' });
    expect(body.items?.length).toBeGreaterThan(5);
    expect(headers.get('server-timing')).toMatch(/^app;dur=\d+\.\d$/);
    for (const overview of body.items ?? []) {
      const [shown, said] = await Promise.all([
        show(String(overview['id']), 'institution'),
        server.ask('GET', `/api/v1/cases/${overview['id']}/explanation`, { as: 'institution' }),
      ]);
      const { missing, next } = said.body as {
        missing: { fact: string; label: object }[];
        next: { type: string; label: object; by: string[] }[];
      };
      const { caseNo, version, facts, regions, tranches } = shown;
      expect(overview).toMatchObject({ caseNo, version, facts, regions, tranches });
      expect(overview['next']).toEqual(next.map(({ type, label, by }) => ({ type, label, by })));
      expect(overview['missing']).toEqual(missing.map(({ fact, label }) => ({ fact, label })));
    }
  });
});

describe('another institution', () => {
  it('sees, touches and counts nothing of the first', async () => {
    const organisation = await server.ask('POST', '/api/v1/organisations', {
      as: 'officer',
      body: { name: '大连另一培训学校', uscc: '52210200MJ00000025', kind: 'institution', district: '210200' },
    });
    const made = await server.ask('POST', '/api/v1/users', {
      as: 'admin',
      body: {
        username: 'other-school',
        displayName: '另一学校经办',
        role: 'institution',
        organisationId: organisation.body['id'],
        password: 'of-the-administrator',
      },
    });
    expect(made.status).toBe(201);
    const [username, activationCode] = ['other-school', 'of-security'];
    await server.ask('POST', `/api/v1/users/${made.body['id']}/activate`, { as: 'security', body: { activationCode } });
    const first = { username, password: 'of-the-administrator', activationCode, newPassword: password };
    expect((await server.ask('POST', '/api/v1/session/first', { body: first })).status).toBe(201);
    const id = await openDraft(server);
    for (const path of ['', '/history', '/deadlines', '/explanation', '/evidence'])
      expect((await server.ask('GET', `/api/v1/cases/${id}${path}`, { as: 'other-school' })).status).toBe(404);
    expect((await say(id, 'other-school', 'application.withdrawn', { reason: 'x' })).status).toBe(404);
    expect((await upload(id, 'roster', rosterCsv(people(2, 600)), 'other-school')).status).toBe(404);
    const { body } = await server.ask('GET', '/api/v1/cases', { as: 'other-school' });
    expect(body.items).toEqual([]);
    expect((await server.ask('GET', '/api/v1/cases/overviews', { as: 'other-school' })).body.items).toEqual([]);
    const theirs = server.seed.institutionId;
    expect((await server.ask('GET', `/api/v1/organisations/${theirs}`, { as: 'other-school' })).status).toBe(404);
    expect((await server.ask('GET', `/api/v1/organisations/${theirs}/accounts`, { as: 'other-school' })).body.items).toEqual([]);
    const borrowed = await server.ask('POST', '/api/v1/cases', {
      as: 'other-school',
      body: { policyId: 'training-subsidy-staged', organisationId: theirs, payeeAccountId: server.seed.payeeAccountId, facts: classFacts },
    });
    expect(borrowed.status).toBe(404);
  });
});

import 'reflect-metadata';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { waitFor } from '../../../test/support/http-client.js';
import { openServer, type Server } from './server.js';

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

type Heard = { readonly id: string; readonly event: string; readonly data: { moved?: { id: string; caseNo: string; version: number }[] } };
type Stream = {
  readonly status: number;
  readonly heard: Heard[];
  readonly ended: () => boolean;
  readonly close: () => void;
};

const open: Stream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

/** Listens as a browser's EventSource does, on a connection of its own that ends with it (fetch would open the next one at once). */
async function listen(username: string | null, lastEventId?: string): Promise<Stream> {
  const headers = {
    ...(username === null ? {} : { authorization: `Bearer ${await server.token(username)}` }),
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const asked = get(`${server.url}/api/v1/events`, { headers, agent: false });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const heard: Heard[] = [];
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    heard.push(...parts.flatMap(eventOf));
  });
  response.on('error', () => undefined);
  const stream = { status: response.statusCode ?? 0, heard, ended: () => response.closed, close: () => void asked.destroy() };
  open.push(stream);
  return stream;
}

function eventOf(part: string): Heard[] {
  const lines = Object.fromEntries(part.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]));
  if (lines['event'] === undefined) return [];
  return [{ id: lines['id'] ?? '', event: lines['event'], data: JSON.parse(lines['data'] ?? '{}') as Heard['data'] }];
}

async function openCase(): Promise<string> {
  const { institutionId: organisationId, payeeAccountId } = server.seed;
  const facts = { plannedHours: 8, classFiled: true, traineesEligible: true, startsOn: '2020-11-25', endsOn: '2021-01-25' };
  const { body } = await server.ask('POST', '/api/v1/cases', {
    as: 'institution',
    body: { policyId: 'training-subsidy-staged', organisationId, payeeAccountId, facts },
  });
  return String(body['id']);
}

const movedIn = ({ heard }: Stream, id: string): number[] =>
  heard.flatMap(({ data }) => (data.moved ?? []).filter((each) => each.id === id).map(({ version }) => version));

describe('live changes', () => {
  it('tell whoever may see a case that it moved, and nobody else', async () => {
    const [owner, officer, firm] = await Promise.all([listen('institution'), listen('officer'), listen('enterprise')]);
    expect(owner.status).toBe(200);
    const id = await openCase();
    await waitFor('both hear of it', async () => movedIn(owner, id).length > 0 && movedIn(officer, id).length > 0);
    expect(movedIn(owner, id)).toEqual([1]);
    await server.ask('POST', `/api/v1/cases/${id}/events`, {
      as: 'institution',
      body: { type: 'facts.recorded', data: { facts: { plannedHours: 9 } } },
    });
    await waitFor('the next version', async () => movedIn(officer, id).includes(2));
    expect(movedIn(firm, id)).toEqual([]);
  });

  it('go on where a lost connection left off', async () => {
    const first = await listen('institution');
    const seen = await openCase();
    await waitFor('the first', async () => movedIn(first, seen).length > 0);
    first.close();
    const missed = await openCase();
    const second = await listen('institution', first.heard.at(-1)?.id);
    await waitFor('what was missed', async () => movedIn(second, missed).length > 0);
    expect(movedIn(second, seen)).toEqual([]);
  });

  it('tell of a slow transaction too, whose events are older than news already told', async () => {
    const id = await openCase();
    const stream = await listen('officer');
    const quick = await openCase();
    await waitFor('the quick one', async () => movedIn(stream, quick).length > 0);
    await server.asOwner(
      `INSERT INTO case_events (case_id, seq, type, data, stamp, actor, role, cause, occurred_on, at, recorded_at, alg, prev_hash, hash, organisation_id, district)
       SELECT case_id, 99, type, data, stamp, actor, role, cause, occurred_on, at, recorded_at - interval '1 hour', alg, prev_hash, '\\x99', organisation_id, district
       FROM case_events WHERE case_id = $1`,
      [id],
    );
    await waitFor('the slow one', async () => movedIn(stream, id).length > 0);
    expect(movedIn(stream, quick)).toEqual([1]);
  });

  it.each([
    ['a mark of another server, whose time is later', '4000000000:4000000000:'],
    ['a mark that is none', String(Date.now())],
  ])('ask a reader who comes with %s to read everything anew', async (_, mark) => {
    const stream = await listen('institution', mark);
    await waitFor('reload', async () => stream.heard.some(({ event }) => event === 'reload'));
  });

  it('are refused without a session, to roles without cases, and beyond eight of one person', async () => {
    expect((await listen(null)).status).toBe(401);
    expect((await listen('admin')).status).toBe(403);
    const streams = await Promise.all(Array.from({ length: 8 }, () => listen('cashier')));
    expect(streams.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const { status } = await listen('cashier');
    expect(status).toBe(429);
    streams[0]?.close();
    await waitFor('a place is free', async () => (await listen('cashier')).status === 200);
  });
});

describe('a stream', () => {
  it('ends when the house closes its door, so that nothing has to wait for a reader', async () => {
    const other = await openServer();
    const token = await other.token('officer');
    const asked = get(`${other.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` }, agent: false });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    await Promise.all([once(response, 'end'), other.close()]);
  });

  it('ends with its session', async () => {
    const other = await openServer({ liveBeatMs: 100 });
    const token = await other.token('officer');
    const asked = get(`${other.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` }, agent: false });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const beats: string[] = [];
    response.setEncoding('utf8').on('data', (chunk: string) => beats.push(chunk));
    await waitFor('three beats', async () => beats.length > 3);
    await Promise.all([once(response, 'end'), other.ask('DELETE', '/api/v1/session', { as: 'officer' })]);
    await other.close();
  });
});

describe('notifications', () => {
  const write = (role: string | null, organisation: string | null, text: string) =>
    server.asOwner(
      `INSERT INTO notifications (id, audience_role, organisation_id, kind, text, recorded_at) VALUES ($1, $2, $3, 'deadline.near', $4, '2026-01-01T00:00:00Z')`,
      [v7(), role, organisation, JSON.stringify({ zh: text, en: text })],
    );
  const list = async (as: string, query = '') => {
    const { body } = await server.ask('GET', `/api/v1/notifications?${query}`, { as });
    return body as unknown as { items: { id: string; text: { zh: string }; readAt: string | null }[]; nextCursor: string | null };
  };

  it('reach the organisation or the role they are for, page by page, and are read once', async () => {
    for (const text of ['甲', '乙', '丙']) await write(null, server.seed.institutionId, text);
    await write('supervisor', null, '丁');
    expect((await list('enterprise')).items).toEqual([]);
    expect((await list('supervisor')).items.map(({ text }) => text.zh)).toContain('丁');
    const first = await list('institution', 'limit=2');
    const second = await list('institution', `limit=2&cursor=${first.nextCursor}`);
    const all = [...first.items, ...second.items];
    expect(all.map(({ text }) => text.zh).sort()).toEqual(['丙', '乙', '甲']);
    expect(second.nextCursor).toBeNull();
    const ids = all.slice(0, 2).map(({ id }) => id);
    expect((await server.ask('POST', '/api/v1/notifications/read', { as: 'enterprise', body: { ids } })).body).toEqual({ read: 0 });
    expect((await server.ask('POST', '/api/v1/notifications/read', { as: 'institution', body: { ids } })).body).toEqual({ read: 2 });
    expect((await list('institution', 'unread=true')).items).toHaveLength(1);
    expect((await server.ask('POST', '/api/v1/notifications/read', { as: 'institution', body: { ids } })).body).toEqual({ read: 0 });
  });

  it('are read by a person, not by his organisation', async () => {
    await server.asOwner(
      `INSERT INTO users (id, username, password_hash, display_name, role, organisation_id, district, created_by, own_password)
       SELECT gen_random_uuid(), 'colleague', password_hash, '同事', role, organisation_id, district, created_by, true FROM users WHERE username = 'institution'`,
    );
    expect((await list('colleague', 'unread=true')).items).toHaveLength(3);
    expect((await list('institution', 'unread=true')).items).toHaveLength(1);
  });

  it('refuse a cursor nobody gave', async () => {
    const cursor = Buffer.from('2020-99-99T00:00:00+08:00 x').toString('base64url');
    const { status, body } = await server.ask('GET', `/api/v1/notifications?cursor=${cursor}`, { as: 'institution' });
    expect([status, body['code']]).toEqual([422, 'cursor-invalid']);
  });
});

describe('the working days of a stretch', () => {
  it('leave out holidays and take in make-up days', async () => {
    const { body } = await server.ask('GET', '/api/v1/calendar/days?from=2020-09-26&until=2020-10-10');
    expect(body['working']).toEqual(['2020-09-27', '2020-09-28', '2020-09-29', '2020-09-30', '2020-10-09', '2020-10-10']);
    expect(body['unpublished']).toEqual([]);
  });

  it('name a year whose calendar is not out, and refuse more than 400 days', async () => {
    expect((await server.ask('GET', '/api/v1/calendar/days?from=2031-12-30&until=2032-01-02')).body['unpublished']).toEqual([2031, 2032]);
    const { status, body } = await server.ask('GET', '/api/v1/calendar/days?from=2020-01-01&until=2021-12-31');
    expect([status, body['code']]).toEqual([422, 'request-invalid']);
  });
});

describe('the file of a case', () => {
  it('comes back byte for byte, never as a page of ours, and not to those who only pay', async () => {
    const id = await openCase();
    const form = new FormData();
    form.append('file', new Blob(['<script>alert(1)</script>']), '说明.html');
    const { body } = await server.ask('POST', `/api/v1/cases/${id}/evidence`, { as: 'institution', raw: form });
    const file = async (as: string) =>
      fetch(`${server.url}/api/v1/cases/${id}/evidence/${String(body['id'])}`, {
        headers: { authorization: `Bearer ${await server.token(as)}` },
      });
    const answer = await file('officer');
    expect(await answer.text()).toBe('<script>alert(1)</script>');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('说明.html')}`);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect((await file('enterprise')).status).toBe(404);
    expect((await file('maker')).status).toBe(403);
  });
});

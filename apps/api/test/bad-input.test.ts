import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { isProblemCode } from '../src/http/problem-codes.js';
import { type Answer, classFacts, openDraft, openServer, type Server } from './server.js';

let server: Server;
let caseId: string;
beforeAll(async () => {
  server = await openServer();
  caseId = await openDraft(server);
});
afterAll(() => server.close());

/** Every refusal is a problem document with a code of the table, in two languages. */
function expectProblem({ status, headers, body }: Answer, wanted: number, code: string): void {
  expect([status, body['code']]).toEqual([wanted, code]);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(isProblemCode(code)).toBe(true);
  expect(body).toMatchObject({
    status: wanted,
    type: `/api/problems#${code}`,
    title: expect.any(String),
    detail: expect.any(String),
    requestId: expect.any(String),
  });
  expect(body['requestId']).toBe(headers.get('x-request-id'));
  const { zh, en } = body['messages'] as Record<'zh' | 'en', { title: string; detail: string }>;
  expect(zh.title).toMatch(/\p{Script=Han}/u);
  expect(en.title).not.toMatch(/\p{Script=Han}/u);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|SELECT |at \w+ \(/);
}

const events = (ask: object) => server.ask('POST', `/api/v1/cases/${caseId}/events`, ask);
const everything = async () =>
  server.rows(
    `SELECT (SELECT count(*) FROM case_events) AS events, (SELECT count(*) FROM commands) AS commands, (SELECT max(version) FROM cases) AS version`,
  );

/** Asks, expects the problem, and that no table changed. */
async function refused(ask: () => Promise<Answer>, status: number, code: string): Promise<Answer> {
  const before = await everything();
  const answer = await ask();
  expectProblem(answer, status, code);
  expect(await everything()).toEqual(before);
  return answer;
}

describe('a request that is no request', () => {
  it.each([
    ['broken JSON', { raw: '{"type":' }, 400, 'json-malformed'],
    ['an empty body', { raw: '' }, 400, 'json-malformed'],
    ['an array for an object', { body: [] }, 422, 'request-invalid'],
    ['a poisoned prototype', { raw: '{"__proto__":{"type":"x"}}' }, 400, 'json-malformed'],
    ['another media type', { raw: '<event/>', headers: { 'content-type': 'application/xml' } }, 415, 'media-type-unsupported'],
    ['a body over a megabyte', { body: { type: 'x', data: { reason: 'x'.repeat(1_100_000) } } }, 413, 'body-too-large'],
    ['nesting without end', { raw: `{"type":"x","data":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}` }, 400, 'request-malformed'],
    ['an unknown member', { body: { type: 'application.submitted', data: {}, sudo: true } }, 422, 'request-invalid'],
    ['no type', { body: { data: {} } }, 422, 'request-invalid'],
    ['a type that is a number', { body: { type: 7 } }, 422, 'request-invalid'],
    ['a version that is a text', { body: { type: 'application.submitted', expectedVersion: '1' } }, 422, 'request-invalid'],
    ['U+0000 in a value', { raw: '{"type":"application.withdrawn","data":{"reason":"a\\u0000b"}}' }, 422, 'text-invalid'],
    ['U+0000 in a key', { raw: '{"type":"application.withdrawn","data":{"rea\\u0000son":"a"}}' }, 422, 'text-invalid'],
    ['a lone surrogate', { raw: '{"type":"application.withdrawn","data":{"reason":"\\ud800"}}' }, 422, 'text-invalid'],
    ['no key', { body: { type: 'application.submitted' }, key: null }, 400, 'idempotency-key-missing'],
    ['a key with a blank', { body: { type: 'application.submitted' }, key: 'a b' }, 400, 'idempotency-key-invalid'],
    ['a key of 129 characters', { body: { type: 'application.submitted' }, key: 'k'.repeat(129) }, 400, 'idempotency-key-invalid'],
  ])('is refused: %s', async (_, ask, status, code) => {
    await refused(() => events({ as: 'institution', ...ask }), status, code);
  });

  it('is refused by address: unknown, malformed, without handler, with U+0000, with a wrong id', async () => {
    await refused(() => server.ask('GET', '/api/v1/nothing'), 404, 'route-unknown');
    await refused(() => server.ask('GET', '/api/v1/%E0%A4%A'), 400, 'url-malformed');
    await refused(() => server.ask('PATCH', '/api/v1/cases', { as: 'officer', body: {} }), 404, 'route-unknown');
    await refused(() => server.ask('GET', '/api/v1/policies/a%00b'), 422, 'text-invalid');
    await refused(() => server.ask('GET', '/api/v1/cases/1', { as: 'officer' }), 422, 'request-invalid');
    await refused(() => server.ask('GET', `/api/v1/cases/${'1'.repeat(500)}`, { as: 'officer' }), 414, 'url-too-long');
    await refused(() => server.ask('GET', `/api/v1/cases/${v7()}`, { as: 'officer' }), 404, 'not-found');
    await refused(() => server.ask('GET', '/api/v1/cases?limit=0', { as: 'officer' }), 422, 'request-invalid');
    await refused(() => server.ask('GET', '/api/v1/cases?sort=name', { as: 'officer' }), 422, 'request-invalid');
    await refused(() => server.ask('GET', '/api/v1/cases?q=%20a%20', { as: 'officer' }), 422, 'request-invalid');
    await refused(() => server.ask('GET', '/api/v1/cases?cursor=bm90aGluZw', { as: 'officer' }), 422, 'cursor-invalid');
    // a number, where ids are uuids
    await refused(() => server.ask('GET', '/api/v1/public/notices?cursor=MTIz', {}), 422, 'cursor-invalid');
  });

  it('is answered on the wire when it is not HTTP', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.end('BLAH\r\n\r\n'));
      let text = '';
      socket
        .on('data', (chunk) => (text += chunk))
        .on('close', () => resolve(text))
        .on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).toContain('application/problem+json');
  });
});

describe('a field that is wrong', () => {
  it.each([
    ['zh', '应为文字。'],
    ['en', 'A text is wanted.'],
  ])('is named with what was expected, in %s', async (language, message) => {
    const { body } = await events({ as: 'institution', body: { type: 7, sudo: true }, headers: { 'accept-language': language } });
    expect(body['errors']).toEqual(expect.arrayContaining([{ field: 'type', code: 'invalid_type', message }]));
    expect(body['errors']).toHaveLength(2);
  });

  it('is not echoed at length', async () => {
    const { body } = await events({ as: 'institution', body: { type: 'x', ['y'.repeat(5000)]: 1 } });
    expect(JSON.stringify(body).length).toBeLessThan(3000);
  });
});

describe('what a list must prove', () => {
  const count = [{ occupation: '电工', level: '中级', count: 500 }];
  it.each([
    ['enrolled', count],
    ['completedHours', 80],
    ['qualified', count],
  ])('is never typed in: %s', async (name, value) => {
    const { institutionId: organisationId, payeeAccountId } = server.seed;
    const body = { policyId: 'training-subsidy-staged', organisationId, payeeAccountId, facts: { ...classFacts, [name]: value } };
    const { body: problem } = await refused(() => server.ask('POST', '/api/v1/cases', { as: 'institution', body }), 422, 'facts-invalid');
    expect(problem['errors']).toEqual([expect.objectContaining({ field: `facts.${name}`, code: 'fact-from-list' })]);
    const typed = { type: 'facts.recorded', data: { facts: { [name]: value } } };
    await refused(() => events({ as: 'institution', body: typed }), 422, 'data-invalid');
  });
});

describe('an event that may not be', () => {
  it.each([
    ['unknown', 'institution', { type: 'application.bribed' }, 422, 'event-unknown'],
    ['of the system', 'institution', { type: 'disbursement.settled', data: {} }, 422, 'event-unknown'],
    ['of the system, from finance', 'cashier', { type: 'payment.requested', data: {} }, 422, 'event-unknown'],
    [
      'an import without its file',
      'institution',
      { type: 'roster.imported', data: { fileSha256: 'ab'.repeat(32), facts: {} } },
      422,
      'event-unknown',
    ],
    ['of another role', 'institution', { type: 'application.accepted' }, 403, 'role-not-allowed'],
    ['not possible in this state', 'officer', { type: 'application.accepted' }, 409, 'event-not-allowed'],
    ['with data it does not take', 'institution', { type: 'application.withdrawn', data: { reason: 'x', and: 1 } }, 422, 'data-invalid'],
    ['with a negative amount', 'cashier', { type: 'recovery.received', data: { amountFen: '-1', reference: 'r' } }, 422, 'data-invalid'],
    ['with an amount as a number', 'cashier', { type: 'recovery.received', data: { amountFen: 100, reference: 'r' } }, 422, 'data-invalid'],
    [
      'with a huge amount',
      'cashier',
      { type: 'recovery.received', data: { amountFen: '9'.repeat(25), reference: 'r' } },
      422,
      'data-invalid',
    ],
    ['for an older version of the case', 'institution', { type: 'application.submitted', expectedVersion: 99 }, 409, 'case-changed'],
    ['dated tomorrow', 'institution', { type: 'application.submitted', on: '2020-11-26' }, 422, 'date-invalid'],
  ])('is refused: %s', async (_, as, body, status, code) => {
    await refused(() => events({ as, body }), status, code);
  });

  it('names what is possible instead, with the schema of each', async () => {
    const { body } = await refused(() => events({ as: 'institution', body: { type: 'delivery.resumed' } }), 409, 'event-not-allowed');
    const allowed = body['allowedEvents'] as { type: string; dataSchema: { type: string }; via: string }[];
    expect(allowed.map(({ type }) => type)).toEqual(expect.arrayContaining(['application.withdrawn', 'roster.imported']));
    expect(allowed.every(({ dataSchema }) => dataSchema.type === 'object')).toBe(true);
    expect(allowed.find(({ type }) => type === 'roster.imported')?.via).toBe('imports');
  });
});

describe('amounts', () => {
  it.each(['-1', '0', '1.5', '1e9', '９', '9'.repeat(17), 100])('an appropriation takes no %p', async (amountFen) => {
    const fund = server.seed.funds['F4/2020'];
    await refused(
      () => server.ask('POST', `/api/v1/funds/${fund}/appropriations`, { as: 'maker', body: { amountFen, documentNo: 'n' } }),
      422,
      'request-invalid',
    );
  });
});

describe('the calendar', () => {
  it('counts working days as the State Council has them', async () => {
    const { body } = await server.ask('GET', '/api/v1/calendar/working-days?from=2020-09-25&days=5');
    expect(body).toEqual({ from: '2020-09-25', days: 5, due: '2020-10-09' });
  });

  it('refuses to count in a year that is not published', async () => {
    const answer = await refused(
      () => server.ask('GET', '/api/v1/calendar/working-days?from=2026-12-28&days=10'),
      422,
      'calendar-not-published',
    );
    expect(answer.body['year']).toBe(2027);
  });

  it.each(['from=2020-02-30&days=1', 'from=2020-01-01&days=0', 'from=2020-01-01&days=1e9', 'days=1'])('refuses %s', async (query) => {
    await refused(() => server.ask('GET', `/api/v1/calendar/working-days?${query}`), 422, 'request-invalid');
  });
});

describe('the words', () => {
  it('come in the language asked for, Chinese when nothing is asked', async () => {
    const say = async (language?: string) =>
      (await server.ask('GET', '/api/v1/nothing', language === undefined ? {} : { headers: { 'accept-language': language } })).body[
        'title'
      ];
    expect(await say('en-GB,en;q=0.9')).toBe('No such address');
    expect(await say('zh-CN,zh;q=0.9,en;q=0.8')).toBe('没有此地址');
    expect(await say('en;q=0.2, zh;q=0.7')).toBe('没有此地址');
    expect(await say('fr')).toBe('没有此地址');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { openServer, type Server } from './server.js';

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const post = (as: string, path: string, body: unknown = {}) => server.ask('POST', `/api/v1/${path}`, { as, body, key: v7() });
const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body['code']];
const cite = { doc: '示例公告', clause: '第一条', basis: 'external' };
const event = { landmark: 'epidemicTo', on: '2020-11-20', cite, reason: '公告疫情防控结束' };
const refundOn = async (on: string) => {
  const { body } = await server.ask('GET', `/api/v1/public/policies?on=${on}&jurisdiction=CN-2102`);
  return body.items?.find(({ id }) => id === 'job-stabilisation-refund');
};

describe('an event in the world over HTTP', () => {
  it('asks for its source, is recorded by a supervisor and confirmed by another after the list was seen, and closes windows for the public', async () => {
    const { body: waiting } = await server.ask('GET', '/api/v1/world-events');
    expect(waiting.items?.find(({ landmark }) => landmark === 'epidemicTo')).toMatchObject({
      recorded: null,
      policies: expect.arrayContaining(['job-stabilisation-refund']),
    });
    const { cite: _, ...unsourced } = event;
    expect(told(await post('supervisor', 'world-events', unsourced))).toEqual([422, 'request-invalid']);
    expect(told(await post('officer', 'world-events', event))).toEqual([403, 'role-not-allowed']);
    const { status, body } = await post('supervisor', 'world-events', event);
    expect(status).toBe(201);
    const path = `parameters/${body['id']}`;
    expect(told(await post('approver', `${path}/approve`))).toEqual([409, 'preview-required']);
    const shown = (await server.ask('GET', `/api/v1/${path}`, { as: 'approver' })).body;
    const touched = shown['touched'] as { count: number; sha256: string };
    expect(touched).toMatchObject({ count: 0, cases: [], byPolicy: [] });
    expect(await refundOn('2020-11-25')).toMatchObject({ until: null });
    expect((await post('approver', `${path}/approve`, { touchedSha256: touched.sha256 })).body).toMatchObject({
      state: 'approved',
      touched: 0,
    });
    expect(await refundOn('2020-11-25')).toBeUndefined();
    expect(await refundOn('2020-11-20')).toMatchObject({ until: '2020-11-20', untilEvent: null });
    const { body: recorded } = await server.ask('GET', '/api/v1/world-events');
    expect(recorded.items?.find(({ landmark }) => landmark === 'epidemicTo')).toMatchObject({ recorded: { on: '2020-11-20', cite } });
  });
});

describe('a shared table over HTTP', () => {
  const wage = {
    shared: 'minimumWage',
    key: 'minimumWageFen',
    scope: '210200',
    effectiveFrom: '2020-12-01',
    value: '200000',
    cite,
    reason: '调整',
  };

  it('is changed once; a proposal turned down changes nothing', async () => {
    const no = await post('officer', 'parameters', wage);
    expect((await post('approver', `parameters/${no.body['id']}/reject`)).body).toMatchObject({ state: 'rejected' });
    expect(told(await post('approver', `parameters/${no.body['id']}/approve`))).toEqual([409, 'already-decided']);
    const assessed = async () => {
      const { body } = await server.ask('POST', '/api/v1/policies/hard-to-employ-post-subsidy/assess', {
        key: null,
        body: {
          on: '2020-12-01',
          jurisdiction: 'CN-2102',
          facts: { payeeKind: 'unit' },
          period: { id: '2020-12', facts: { workers: [{ person: 'w1', certified: true, contract: true, contributionsPaid: true }] } },
        },
      });
      return (body['amounts'] as Record<string, { fen: string }>)['monthly']?.fen;
    };
    expect(await assessed()).toBe('90500');
    const yes = await post('supervisor', 'parameters', { ...wage, scope: 'CN-2102' });
    expect((await post('approver', `parameters/${yes.body['id']}/approve`)).status).toBe(200);
    expect(await assessed()).toBe('100000');
  });
});

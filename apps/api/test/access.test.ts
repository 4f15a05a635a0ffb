import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles } from '@tranche/policies';
import { v7 } from 'uuid';
import { access, isWrite, routeKey } from '../src/access.js';
import { controllersFor } from '../src/controllers.js';
import { routesOf } from '../src/http/route-list.js';
import { openServer, type Server } from './server.js';

const routes = routesOf(controllersFor(true));
const path = (pattern: string): string =>
  pattern.replace(/:(\w+)/g, (_, name) => (name === 'kind' ? 'roster' : name === 'file' ? 'start.js' : v7()));

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

describe('the table of roles', () => {
  it('has an entry for every route, and no entry without a route', () => {
    const served = routes.map((route) => routeKey(route.method, route.path)).sort();
    expect(served).toEqual(Object.keys(access).sort());
    expect(new Set(served).size).toBe(served.length);
  });

  it('describes every route for the API reference', () => {
    expect(routes.filter((route) => route.operation === undefined)).toEqual([]);
  });

  it('lets nobody without a session into a route that is not open', async () => {
    for (const route of routes) {
      if (access[routeKey(route.method, route.path)]?.who === 'everybody') continue;
      const { status, body } = await server.ask(route.method, path(route.path), isWrite(route.method) ? { body: {} } : {});
      expect([route.method, route.path, status, body['code']]).toEqual([route.method, route.path, 401, 'sign-in-required']);
    }
  });

  it.each(roles)('keeps %s out of every route that is not of this role', async (role) => {
    for (const route of routes) {
      const rule = access[routeKey(route.method, route.path)];
      if (!Array.isArray(rule?.who)) continue;
      // a stream that may be opened does not end (events.test.ts)
      if (route.operation?.media === 'text/event-stream' && rule.who.includes(role)) continue;
      const { status, body } = await server.ask(route.method, path(route.path), {
        as: role,
        ...(isWrite(route.method) ? { body: {} } : {}),
      });
      const told = [route.method, route.path, body['code'] === 'role-not-allowed'];
      expect(told).toEqual([route.method, route.path, !rule.who.includes(role)]);
      if (!rule.who.includes(role)) expect(status).toBe(403);
    }
  });

  it('keeps the three administrators apart and away from business', () => {
    const of = (role: string) =>
      Object.entries(access)
        .filter(([, rule]) => Array.isArray(rule.who) && rule.who.includes(role as never))
        .map(([key]) => key);
    const writes = (role: string) => of(role).filter((key) => !key.startsWith('GET'));
    expect(writes('admin')).toEqual(['POST /api/v1/users', 'POST /api/v1/users/:id/password', 'POST /api/v1/users/:id/disable']);
    expect(writes('security')).toEqual([
      'POST /api/v1/users/:id/otp/remove',
      'POST /api/v1/users/:id/activate',
      'POST /api/v1/users/:id/disable',
    ]);
    expect(writes('auditor')).toEqual([]);
    expect(of('security')).not.toContain('GET /api/v1/cases');
  });

  it('never lets one role both make and sign money', () => {
    const who = (key: string) => access[key]?.who as readonly string[];
    const both = (a: string, b: string) => who(a).filter((role) => who(b).includes(role));
    expect(both('POST /api/v1/batches', 'POST /api/v1/batches/:id/approve')).toEqual([]);
    expect(both('POST /api/v1/batches/:id/approve', 'POST /api/v1/batches/:id/hand-over')).toEqual([]);
    expect(both('POST /api/v1/users', 'POST /api/v1/users/:id/activate')).toEqual([]);
    expect(both('POST /api/v1/users/:id/password', 'POST /api/v1/users/:id/activate')).toEqual([]);
  });
});

describe('without the sandbox', () => {
  it('the clock does not exist', () => {
    expect(routesOf(controllersFor(false)).some((route) => route.path.includes('sandbox'))).toBe(false);
  });
});

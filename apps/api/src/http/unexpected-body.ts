import type { FastifyInstance } from 'fastify';
import { isWrite, routeKey } from '../access.js';
import { Problem } from './problem.js';
import type { RouteDeclaration } from './route-list.js';

/** A route that takes no body refuses one with content: a client that thinks it says something is not left in that belief. */
export function refuseUnexpectedBodies(fastify: FastifyInstance, routes: readonly RouteDeclaration[]): void {
  const bodiless = new Set(
    routes
      .filter(({ method, body, operation }) => isWrite(method) && body === undefined && operation?.upload !== true)
      .map(({ method, path }) => routeKey(method, path)),
  );
  fastify.addHook('preValidation', (request, _, done) => {
    const { body } = request;
    const empty = body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
    if (empty || !bodiless.has(routeKey(request.method, request.routeOptions.url ?? ''))) return done();
    const message = { zh: '此请求不带正文', en: 'this request takes no body' };
    done(new Problem('request-invalid', { errors: [{ field: '', code: 'body-unexpected', message }] }));
  });
}

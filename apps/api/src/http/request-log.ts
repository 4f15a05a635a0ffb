import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Metrics } from '../operations/metrics.js';
import { callerOf } from './actor.js';

/** Pino; an error is logged with type, code and stack, never with the statement's values. */
export function requestLog(level: string): FastifyServerOptions['logger'] {
  if (level === 'silent') return false;
  return {
    level,
    base: { process: 'api' },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
    serializers: {
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        code: error.code,
        message: masked(error.message),
        stack: masked(error.stack ?? ''),
      }),
    },
  };
}

/** Runs of eight or more digits (accounts, identity numbers, telephones) lose their middle. */
export const masked = (text: string): string =>
  text.replace(/\d{4,}(?=\d{4})[\dXx]*/g, (digits) => `${digits.slice(0, 2)}***${digits.slice(-2)}`);

/** One log line and one measurement per answer: the route's pattern, never its parameters, query or body. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onRequest', async (request, reply) => {
    // tokens, cases and persons: nothing is kept on the way unless its route says so
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    metrics.requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    const caller = callerOf(request);
    request.log.info(
      { method: request.method, route, status, ms: Math.round(reply.elapsedTime), actor: caller?.actor.userId, role: caller?.actor.role },
      'answered',
    );
  });
}

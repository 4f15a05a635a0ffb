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
      err: (error: unknown) => describeError(error),
    },
  };
}

type DatabaseError = { readonly severity?: string; readonly constraint?: string; readonly table?: string };

type ToldError = { readonly [name: string]: unknown; type: string; message: string; stack: string };

/** What may be told of an error: a database's message can quote a name or a sentence somebody wrote, so only its codes and the way to it are. */
export function describeError(thrown: unknown): ToldError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: '', stack: '' };
  const { name: type, code, severity, constraint, table, message, stack = '' } = thrown as Error & { code?: string } & DatabaseError;
  const frames = stack.slice(Math.max(stack.indexOf('\n    at '), 0));
  if (severity !== undefined)
    return { type: 'database', message: '', code, constraint, table, stack: stack.includes('\n    at ') ? frames : '' };
  return { type, code, message: masked(message), stack: masked(stack) };
}

/** Runs of eight or more digits (accounts, identity numbers, telephones) lose their middle, addresses their name. */
export const masked = (text: string): string =>
  text
    .replace(/[^\s@<>"'（(,;]+@(?=[^\s@.]+\.)/g, '***@')
    .replace(/\d{4,}(?=\d{4})[\dXx]*/g, (digits) => `${digits.slice(0, 2)}***${digits.slice(-2)}`);

/** Says in every answer how long the server took for it, in milliseconds; for the sandbox, where clients may measure us. */
export function tellTimes(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('server-timing', `app;dur=${reply.elapsedTime.toFixed(1)}`);
    done(null, payload);
  });
}

/** One log line and one measurement per answer: the route's pattern, never its parameters, query or body. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    metrics.requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    const caller = callerOf(request);
    request.log.info(
      { method: request.method, route, status, ms: Math.round(reply.elapsedTime), actor: caller?.actor.userId, role: caller?.actor.role },
      'answered',
    );
    done();
  });
}

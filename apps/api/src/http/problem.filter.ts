import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentOf, languageOf, statusOf } from './problem.js';
import { problemOf } from './problem-of.js';

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Also called for errors that Fastify meets before any route is found (a malformed address). */
export function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(thrown);
  const status = statusOf(problem);
  if (status >= 500) request.log.error({ err: thrown, code: problem.code }, 'request failed');
  if (reply.sent) return;
  const language = languageOf(request.headers['accept-language']);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(documentOf(problem, language, request.id)));
}

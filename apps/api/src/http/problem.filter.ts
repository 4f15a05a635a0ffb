import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { documentOf, languageOf, Problem, statusOf } from './problem.js';
import { problemOf } from './problem-of.js';

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** What comes over the wire and is not HTTP: no request exists yet, so the answer is written by hand. */
export function answerBrokenWire(error: { readonly code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const code =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request-timeout'
        : 'request-malformed';
  const problem = new Problem(code);
  const body = JSON.stringify(documentOf(problem, 'zh', v7()));
  socket.end(
    `HTTP/1.1 ${statusOf(problem)} ${STATUS_CODES[statusOf(problem)]}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
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
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(documentOf(problem, language, request.id)));
}

import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** The client's key and the fingerprint of what it was sent with. */
export type CommandKey = { readonly key: string; readonly requestSha256: string };

/** 1–128 visible ASCII characters. */
export function keyOf(request: FastifyRequest): string {
  const header = request.headers['idempotency-key'];
  if (header === undefined || header === '') throw new Problem('idempotency-key-missing');
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(header)) throw new Problem('idempotency-key-invalid');
  return header;
}

/**
 * SHA-256 over method, path and the RFC 8785 form of the body; of an upload the file's own SHA-256 stands for it.
 * Order of members and white space do not matter, so a client may serialise a retry anew.
 */
export function requestSha256(request: FastifyRequest, body: unknown): string {
  const path = request.url.split('?', 1)[0];
  return createHash('sha256')
    .update(`${request.method} ${path}\n${canonicalize(body ?? {})}`)
    .digest('hex');
}

export const commandKey = (request: FastifyRequest, body: unknown): CommandKey => ({
  key: keyOf(request),
  requestSha256: requestSha256(request, body),
});

/** The command key of a JSON request; uploads compute theirs when the file has been read. */
export const Key = createParamDecorator((_: unknown, context: ExecutionContext): CommandKey => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return commandKey(request, request.body);
});

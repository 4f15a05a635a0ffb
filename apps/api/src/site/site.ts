import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem } from '../http/problem.filter.js';
import { Problem } from '../http/problem.js';

/** Where the portals lie when they have been built. */
export const builtSite = (): string | null => {
  const folder = fileURLToPath(new URL('../../../web/dist/site', import.meta.url));
  return existsSync(join(folder, 'index.html')) ? folder : null;
};

/** A name with a hash in it never changes what it holds. */
const yearMs = 365 * 24 * 3_600_000;
/** addresses that belong to programs: an unknown one is told so, never answered with a page */
const ofPrograms = /^\/(api|assets|health|metrics|reference)(\/|$)/;

/**
 * Serves the portals from this folder: hashed files compressed when they were built and kept for good by the browser; every other address
 * that a person opens gets the one page, which finds its own way.
 */
export async function serveSite(application: NestFastifyApplication, folder: string): Promise<void> {
  const page = readFileSync(join(folder, 'index.html'));
  const fastify = application.getHttpAdapter().getInstance();
  const show = (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const person = request.headers.accept?.includes('text/html') === true || path === '/';
    if (!person || ofPrograms.test(path)) return answerProblem(new Problem('route-unknown'), request, reply);
    void reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  };
  await application.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: yearMs,
    index: false,
    decorateReply: true,
  });
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.svg')))
    fastify.get(`/${name}`, (_, reply) => reply.sendFile(name, folder, { maxAge: 3_600_000, immutable: false }));
  fastify.get('/*', show);
}

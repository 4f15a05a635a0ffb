import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import fastify, { type FastifyInstance } from 'fastify';

/**
 * Programs only from here. Styles also from the page itself: the portals' component library writes its rules into the document, a nonce of
 * every single answer would forbid keeping the page, and a style can neither run nor call out (images and connections stay with us).
 * Uploads and documents are shown from memory (`blob:`).
 */
const contentSecurity = (sandbox: boolean) => ({
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  frameSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: sandbox ? null : [],
});

const ofEveryAnswer = new Set(['content-length', 'content-type', 'date', 'connection']);

/** Helmet's headers are the same for every answer, and dear to compute: asked of it once, before the first request. */
export async function securityHeaders(sandbox: boolean): Promise<Readonly<Record<string, string>>> {
  const options: FastifyHelmetOptions = { contentSecurityPolicy: { directives: contentSecurity(sandbox) }, hsts: !sandbox };
  const asked = fastify();
  await asked.register(helmet, options);
  asked.get('/', () => '');
  const { headers } = await asked.inject('/');
  await asked.close();
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (ofEveryAnswer.has(name) ? [] : [[name, String(value)]])));
}

/** On every answer, with the request's id; tokens, cases and persons: nothing is kept on the way unless its route says so. */
export function sendHeaders(instance: FastifyInstance, always: Readonly<Record<string, string>>): void {
  const headers = { ...always, 'cache-control': 'no-store' };
  instance.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-request-id', request.id);
    done();
  });
}

import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-` demands https; the sandbox speaks plain http and uses the plain name. */
const nameFor = (sandbox: boolean): string => (sandbox ? 'tranche-session' : '__Host-tranche-session');
const attributes = (sandbox: boolean): string => `Path=/; HttpOnly; SameSite=Strict${sandbox ? '' : '; Secure'}`;

/** 32 random bytes in base64url. */
const token = /^[\w-]{43}$/;

export function setSessionCookie(reply: FastifyReply, sandbox: boolean, value: string, expiresAtMs: number): void {
  void reply.header('set-cookie', `${nameFor(sandbox)}=${value}; Expires=${new Date(expiresAtMs).toUTCString()}; ${attributes(sandbox)}`);
}

export function clearSessionCookie(reply: FastifyReply, sandbox: boolean): void {
  void reply.header('set-cookie', `${nameFor(sandbox)}=; Max-Age=0; ${attributes(sandbox)}`);
}

/** The token of the request: `Authorization: Bearer …`, else the cookie. */
export function tokenOf(request: FastifyRequest, sandbox: boolean): string | null {
  const header = request.headers.authorization;
  const value = header === undefined ? cookieOf(request.headers.cookie ?? '', nameFor(sandbox)) : /^Bearer (\S+)$/i.exec(header)?.[1];
  return value !== undefined && token.test(value) ? value : null;
}

const cookieOf = (header: string, name: string): string | undefined =>
  header
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1];

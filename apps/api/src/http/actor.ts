import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '@tranche/database';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** Who acts when nobody is signed in. */
export const publicActor: Actor = { userId: 'public', role: 'public', organisationId: null, district: null };
/** Who acts for the house itself: logins, session look-ups, readiness. */
export const houseActor: Actor = { userId: 'system:api', role: 'system', organisationId: null, district: null };

/** What the guard has found out about the caller. */
export type SignedIn = { readonly actor: Actor; readonly tokenSha256: Buffer; readonly username: string; readonly displayName: string };

const callers = new WeakMap<FastifyRequest, SignedIn>();

export const rememberCaller = (request: FastifyRequest, caller: SignedIn): void => void callers.set(request, caller);
export const callerOf = (request: FastifyRequest): SignedIn | undefined => callers.get(request);

/** The signed-in person as the actor of use-cases; the public where a route is open to everybody. */
export const By = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => callerOf(context.switchToHttp().getRequest<FastifyRequest>())?.actor ?? publicActor,
);

export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) throw new Problem('sign-in-required');
  return caller;
});

import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Access, access, isWrite, routeKey } from '../access.js';
import { CasePages } from '../cases/case-pages.js';
import type { HttpSettings } from '../config.js';
import { rememberCaller, type SignedIn } from '../http/actor.js';
import { keyOf } from '../http/idempotency.js';
import { Problem } from '../http/problem.js';
import { SETTINGS } from '../ports.js';
import { tokenOf } from './session-cookie.js';
import { SessionStore } from './session-store.js';

/** In this order: is the route in the table, who calls, may this role, is there an Idempotency-Key. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionStore,
    private readonly pages: CasePages,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = routeKey(request.method, request.routeOptions.url ?? '');
    const rule = access[key];
    if (rule === undefined) throw new Error(`no entry in the access table for ${key}`);
    const caller = await this.callerOf(request, key);
    if (caller !== null) rememberCaller(request, caller);
    demandRole(rule, caller);
    if (isWrite(request.method) && rule.keyless !== true) keyOf(request);
    return true;
  }

  private async callerOf(request: FastifyRequest, key: string): Promise<SignedIn | null> {
    const token = tokenOf(request, this.settings.sandbox);
    if (token === null) return null;
    const proven = key === 'GET /api/v1/cases/:id' ? await this.pages.callerOf(request, token) : null;
    return proven ?? this.sessions.find(token);
  }
}

function demandRole(rule: Access, caller: SignedIn | null): void {
  if (rule.who === 'everybody') return;
  if (caller === null) throw new Problem('sign-in-required');
  if (rule.who === 'signed-in') return;
  if (!rule.who.some((role) => role === caller.actor.role)) throw new Problem('role-not-allowed');
}

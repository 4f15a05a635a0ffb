import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { formatInstant } from '@tranche/calendar';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { HttpSettings } from '../config.js';
import { instant, uuid } from '../fields/fields.js';
import { roleName } from '../fields/roles.js';
import { Caller, type SignedIn } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { SETTINGS } from '../ports.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { SessionStore } from './session-store.js';

const credentials = z
  .strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256), otp: z.string().max(16).optional() })
  .meta({ id: 'Credentials' });
const user = z
  .object({
    id: uuid,
    username: z.string(),
    displayName: z.string(),
    role: roleName,
    organisationId: uuid.nullable(),
    district: z.string().nullable(),
  })
  .meta({ id: 'SessionUser' });
const session = z.object({ token: z.string(), expiresAt: instant, user }).meta({ id: 'Session' });

@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionStore,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
  ) {}

  @Post()
  @HttpCode(201)
  @RouteConfig({ rateLimit: {} })
  @Operation({ summary: { zh: '登录', en: 'Sign in' }, answer: session, problems: ['sign-in-refused', 'rate-limited'] })
  async open(@Body({ schema: credentials }) body: z.infer<typeof credentials>, @Res({ passthrough: true }) reply: FastifyReply) {
    const opened = await this.sessions.open(body.username, body.password);
    if (opened === null) throw new Problem('sign-in-refused');
    setSessionCookie(reply, this.settings.sandbox, opened.token, opened.expiresAtMs);
    return { token: opened.token, expiresAt: formatInstant(opened.expiresAtMs), user: opened.user };
  }

  @Get()
  @Operation({ summary: { zh: '当前登录人', en: 'Who is signed in' }, answer: user })
  show(@Caller() caller: SignedIn) {
    const { userId: id, ...actor } = caller.actor;
    return { id, username: caller.username, displayName: caller.displayName, ...actor };
  }

  @Delete()
  @HttpCode(204)
  @Operation({ summary: { zh: '退出登录', en: 'Sign out' } })
  async end(@Caller() caller: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(caller.tokenSha256);
    clearSessionCookie(reply, this.settings.sandbox);
  }
}

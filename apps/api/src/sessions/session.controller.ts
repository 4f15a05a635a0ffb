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
import { type Opened, SessionStore } from './session-store.js';

const credentials = z
  .strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256), otp: z.string().max(16).optional() })
  .meta({ id: 'Credentials' });
/** What a person chooses; an administrator's first password is none of one's own. */
const ownPassword = z.string().min(12).max(256);
const firstCredentials = z
  .strictObject({
    username: z.string().min(1).max(64),
    password: z.string().min(1).max(256),
    activationCode: z.string().min(1).max(64),
    newPassword: ownPassword,
  })
  .meta({ id: 'FirstCredentials' });
const passwords = z.strictObject({ password: z.string().min(1).max(256), newPassword: ownPassword }).meta({ id: 'Passwords' });
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

function mustDiffer({ password, newPassword }: z.infer<typeof passwords>): void {
  const message = { zh: '新密码须与原密码不同。', en: 'Choose another password than the one you had.' };
  if (password === newPassword)
    throw new Problem('data-invalid', { errors: [{ field: 'newPassword', code: 'password-unchanged', message }] });
}

const wrongPassword = {
  field: 'password',
  code: 'password-refused',
  message: { zh: '原密码不正确。', en: 'This is not your password.' },
};

@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionStore,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
  ) {}

  @Post()
  @HttpCode(201)
  @RouteConfig({ rateLimit: {} })
  @Operation({
    summary: { zh: '登录', en: 'Sign in' },
    answer: session,
    problems: ['sign-in-refused', 'first-sign-in-required', 'rate-limited'],
  })
  async open(@Body({ schema: credentials }) body: z.infer<typeof credentials>, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer(await this.sessions.open(body.username, body.password), reply);
  }

  @Post('first')
  @HttpCode(201)
  @RouteConfig({ rateLimit: {} })
  @Operation({
    summary: {
      zh: '首次登录:以初始密码和启用码设定本人密码',
      en: 'First sign-in: a password of one’s own for the first password and the activation code',
    },
    answer: session,
    problems: ['sign-in-refused', 'data-invalid', 'rate-limited'],
  })
  async openFirst(
    @Body({ schema: firstCredentials }) body: z.infer<typeof firstCredentials>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustDiffer(body);
    return this.answer(await this.sessions.openFirst(body.username, body), reply);
  }

  @Post('password')
  @HttpCode(201)
  @RouteConfig({ rateLimit: {} })
  @Operation({
    summary: { zh: '更换本人密码(其他会话随即结束)', en: 'Another password of one’s own (every other session ends)' },
    answer: session,
    problems: ['password-refused', 'data-invalid', 'rate-limited'],
  })
  async renew(
    @Caller() { username }: SignedIn,
    @Body({ schema: passwords }) body: z.infer<typeof passwords>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustDiffer(body);
    return this.answer(await this.sessions.renew(username, body), reply);
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

  private answer(opened: Opened, reply: FastifyReply) {
    if (!opened.ok) throw new Problem(opened.code, opened.code === 'password-refused' ? { errors: [wrongPassword] } : {});
    const { token, expiresAtMs, user: who } = opened.session;
    setSessionCookie(reply, this.settings.sandbox, token, expiresAtMs);
    return { token, expiresAt: formatInstant(expiresAtMs), user: who };
  }
}

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { activateUser, createUser, disableUser, type House, resetPassword } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { district, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { afterId, type PageQuery, page, pageOf, pageQuery } from '../fields/paging.js';
import { roleName } from '../fields/roles.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { hashPassword } from '../sessions/password.js';

const firstPassword = z.string().min(12).max(256);
const newUser = z
  .strictObject({
    username: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,62}$/),
    displayName: line(100),
    role: roleName,
    organisationId: uuid.optional(),
    district: district.optional(),
    password: firstPassword,
  })
  .meta({ id: 'NewUser' });
const grant = z
  .strictObject({ activationCode: z.string().min(8).max(64).optional() })
  .meta({ id: 'UserGrant', description: '启用码当面或以密封件交给本人 · the activation code is handed to its person alone' });
const firstPasswordAnew = z.strictObject({ password: firstPassword }).meta({ id: 'FirstPassword' });
const status = z.enum(['active', 'locked', 'disabled']);
const user = z
  .object({
    id: uuid,
    username: z.string(),
    displayName: z.string(),
    role: roleName,
    organisationId: uuid.nullable(),
    district: z.string().nullable(),
    status,
    ownPassword: z.boolean().meta({ description: '本人已设定密码 · its person has chosen a password' }),
    hasDevice: z.boolean().nullable().meta({
      description:
        '已启用动态口令设备；只有安全管理员可见 · a device for one-time passwords is in use; null to all but the security administrator',
    }),
  })
  .meta({ id: 'User' });
type UserView = z.infer<typeof user>;
const changed = z.object({ id: uuid, status });

@Controller('api/v1/users')
export class UsersController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '账号', en: 'Accounts' }, answer: pageOf(user), problems: ['cursor-invalid'] })
  async list(@By() actor: Actor, @Query({ schema: pageQuery }) { limit, cursor }: PageQuery) {
    const rows = await this.house.database.read<UserView>(
      actor,
      `SELECT id, username, display_name AS "displayName", role, organisation_id AS "organisationId", district, status, own_password AS "ownPassword",
         CASE WHEN $3 THEN EXISTS (SELECT FROM otp_secrets s WHERE s.user_id = users.id AND s.confirmed_at IS NOT NULL) END AS "hasDevice"
       FROM users WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, actor.role === 'security'],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Post()
  @Operation({
    summary: { zh: '建立账号(待安全管理员授权)', en: 'Make an account (the security administrator grants it)' },
    answer: z.object({ id: uuid, username: z.string(), role: roleName, status }),
    problems: ['already-exists', 'data-invalid'],
  })
  async create(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newUser }) body: z.infer<typeof newUser>) {
    const { password, organisationId = null, district: place = null, ...person } = body;
    const passwordHash = await hashPassword(password);
    return answerOf(createUser(this.house, { actor, ...key }, { ...person, organisationId, district: place, passwordHash }));
  }

  @Post(':id/activate')
  @HttpCode(200)
  @Operation({
    summary: {
      zh: '授权账号(本人尚无密码的,同时给出启用码)',
      en: 'Grant an account (with an activation code, while its person has no password)',
    },
    answer: changed,
    problems: ['four-eyes-required', 'already-decided', 'data-invalid'],
  })
  async activate(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: grant }) { activationCode }: z.infer<typeof grant>,
  ) {
    const activationHash = activationCode === undefined ? null : await hashPassword(activationCode);
    return answerOf(activateUser(this.house, { actor, ...key }, id, activationHash));
  }

  @Post(':id/password')
  @HttpCode(200)
  @Operation({
    summary: {
      zh: '重设初始密码(账号停用,待安全管理员重新授权)',
      en: 'A first password anew (the account is shut until it is granted again)',
    },
    answer: changed,
    problems: ['four-eyes-required'],
  })
  async reset(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: firstPasswordAnew }) { password }: z.infer<typeof firstPasswordAnew>,
  ) {
    return answerOf(resetPassword(this.house, { actor, ...key }, id, await hashPassword(password)));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Operation({
    summary: { zh: '停用账号', en: 'Disable an account' },
    answer: changed,
    problems: ['four-eyes-required', 'already-decided'],
  })
  disable(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(disableUser(this.house, { actor, ...key }, id));
  }
}

import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { confirmDevice, enrolDevice, type FieldKeys, type House, removeDevice } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { type IdPath, idPath, uuid } from '../fields/fields.js';
import { By, Caller, houseActor, type SignedIn } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { problemOfRefusal } from '../http/outcome.js';
import { HOUSE, KEYS } from '../ports.js';

const firstCode = z.strictObject({ otp: z.string().regex(/^\d{6}$/) }).meta({ id: 'FirstCode' });
const enrolled = z.object({ uri: z.string(), secret: z.string() }).meta({
  id: 'DeviceEnrolled',
  description: '以验证器扫描 uri,再以首个口令确认 · scan the uri with an authenticator, then confirm with its first code',
});

/** A device for one-time passwords: enrolled by its owner, removed by the security administrator. Answers are never stored with the command. */
@Controller('api/v1')
export class DevicesController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
  ) {}

  @Get('session/otp')
  @Operation({ summary: { zh: '是否已启用动态口令', en: 'Is a device enrolled?' }, answer: z.object({ enrolled: z.boolean() }) })
  async show(@By() { userId }: Actor) {
    const rows = await this.house.database.read(houseActor, 'SELECT 1 FROM otp_secrets WHERE user_id = $1 AND confirmed_at IS NOT NULL', [
      userId,
    ]);
    return { enrolled: rows.length > 0 };
  }

  @Post('session/otp')
  @HttpCode(201)
  @Operation({
    summary: { zh: '登记动态口令设备', en: 'Enrol a device for one-time passwords' },
    answer: enrolled,
    problems: ['already-exists'],
  })
  async enrol(@Caller() { actor, username }: SignedIn) {
    const { uri, secret } = orRefuse(await enrolDevice(this.house, actor, username, { keys: this.keys, randomBytes }));
    return { uri, secret };
  }

  @Post('session/otp/confirm')
  @HttpCode(200)
  @Operation({
    summary: { zh: '以首个口令确认设备,取得恢复码', en: 'Confirm the device with its first code; answers the recovery codes, once' },
    answer: z.object({ recoveryCodes: z.array(z.string()) }),
    problems: ['not-found', 'otp-refused'],
  })
  async confirm(@By() actor: Actor, @Body({ schema: firstCode }) { otp }: z.infer<typeof firstCode>) {
    const { recoveryCodes } = orRefuse(await confirmDevice(this.house, actor, otp, { keys: this.keys, randomBytes }));
    return { recoveryCodes };
  }

  @Post('users/:id/otp/remove')
  @HttpCode(200)
  @Operation({
    summary: { zh: '解除他人的动态口令设备', en: 'Remove another person’s device' },
    answer: z.object({ id: uuid }),
    problems: ['not-found'],
  })
  async remove(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    return { id: orRefuse(await removeDevice(this.house, actor, id)).id };
  }
}

function orRefuse<T extends { readonly ok: boolean }>(answer: T): Extract<T, { ok: true }> {
  if (!answer.ok) throw problemOfRefusal(answer as never);
  return answer as Extract<T, { ok: true }>;
}

import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { formatInstant, toInstant } from '@tranche/calendar';
import { type House, legalNow, moveSandboxClock, remembered } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { instant } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { problemKinds } from '../http/problem-codes.js';
import { HOUSE } from '../ports.js';

const wanted = z.strictObject({ now: instant }).meta({ id: 'SandboxClock' });
const clock = z.object({ now: instant });
/** the State Council calendar of the sandbox ends in 2026; nobody needs a clock beyond this */
const latest = '2100-01-01T00:00:00+08:00';

/** Exists only in the sandbox. */
@Controller('api/v1/sandbox/clock')
export class SandboxClockController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '沙箱业务时钟', en: 'Legal clock of the sandbox' }, answer: clock })
  async show() {
    return { now: formatInstant(await legalNow(this.house)) };
  }

  @Post()
  @HttpCode(200)
  @Operation({
    summary: {
      zh: '前移业务时钟,到期时限全部处理后返回',
      en: 'Move the clock forward; answers after every deadline on the way was applied',
    },
    answer: clock,
    problems: ['clock-backwards'],
  })
  move(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: wanted }) { now }: z.infer<typeof wanted>) {
    const toMs = Date.parse(now);
    if (toMs > toInstant(latest)) throw new Problem('request-invalid', { errors: [{ field: 'now', code: 'too-late', message: latest }] });
    return answerOf(
      remembered(this.house, { actor, ...key }, async () => {
        if (!(await moveSandboxClock(this.house, toMs))) return backwards;
        return { now: formatInstant(await legalNow(this.house)) };
      }),
    );
  }
}

const backwards = { ok: false as const, code: 'clock-backwards', detail: problemKinds['clock-backwards'].detail };

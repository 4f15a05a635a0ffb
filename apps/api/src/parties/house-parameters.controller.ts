import { Controller, Get, Inject } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import { type House, houseParameters, legalNow } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { text } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { value } from './parameter.view.js';

/** `value`: null where nobody has set one yet */
const houseParameter = z.object({ key: z.string(), label: text, takes: text, value: value.nullable(), district: z.string() }).meta({
  id: 'HouseParameter',
  description: '以 policyId "house" 经两人设定 · set with policyId "house" under four eyes, by POST parameters',
});

@Controller('api/v1/house-parameters')
export class HouseParametersController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '本级参数现行取值', en: 'Rules the house sets for itself, as in force today' },
    answer: z.object({ items: z.array(houseParameter) }),
  })
  async list(@By() actor: Actor) {
    const place = actor.district ?? '';
    const rows = await this.house.database.read<{ key: string; value: z.infer<typeof value> }>(
      actor,
      'SELECT key, house_parameter(key, $2, $3) AS value FROM unnest($1::text[]) AS key',
      [houseParameters.map(({ key }) => key), place, dateOf(await legalNow(this.house))],
    );
    const inForce = new Map(rows.map((row) => [row.key, row.value]));
    return {
      items: houseParameters.map(({ key, label, takes }) => ({ key, label, takes, value: inForce.get(key) ?? null, district: place })),
    };
  }
}

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { addDays, dateOf } from '@tranche/calendar';
import { type House, legalNow } from '@tranche/casework';
import {
  type Landmarks,
  landmarksIn,
  landmarkTerms,
  type ParameterOverride,
  type Policy,
  payeeKinds,
  placesAround,
} from '@tranche/policies';
import { z } from 'zod';
import { date, district, text } from '../fields/fields.js';
import { Operation } from '../http/operation.js';
import { publishedPolicy, registry } from '../policies/policy.view.js';
import { approvedOverrides, inForceOn } from '../policies/registry.js';
import { HOUSE } from '../ports.js';
import { leastPayments, promisesKept } from './promises.query.js';

const registryQuery = z.strictObject({
  on: date.optional(),
  jurisdiction: z
    .string()
    .regex(/^CN(-\d{2,6})?$/)
    .optional(),
  payee: z.enum(payeeKinds).optional(),
});
const period = z.strictObject({ from: date.optional(), to: date.optional() });
const board = z.object({
  from: date,
  to: date,
  leastPayments: z.int(),
  items: z.array(
    z
      .object({
        district,
        policyId: z.string(),
        title: text,
        /** null: too few to be told */
        payments: z.int().nullable(),
        kept: z.int().nullable(),
        keptPercent: z.string().nullable(),
      })
      .meta({ id: 'KeptPromise' }),
  ),
});

/** The landmarks as they are recorded on a day. */
const landmarksOf = (policy: Policy, on: string, overrides: readonly ParameterOverride[]): Landmarks =>
  landmarksIn(landmarkTerms(policy, { on, scopes: placesAround(policy.jurisdiction), overrides }));

/** No login. */
@Controller('api/v1/public')
export class PublicController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('policies')
  @Operation({
    summary: { zh: '公开政策(受理单位、时限、材料、依据)', en: 'Published policies: office, time limit, papers, windows, sources' },
    answer: registry,
  })
  async policies(@Query({ schema: registryQuery }) { on, jurisdiction, payee }: z.infer<typeof registryQuery>) {
    const day = on ?? dateOf(await legalNow(this.house));
    const overrides = await approvedOverrides(this.house);
    const wanted = inForceOn(day, overrides).filter(
      (policy) =>
        (jurisdiction === undefined || policy.jurisdiction === jurisdiction) && (payee === undefined || policy.payee.includes(payee)),
    );
    return {
      on: day,
      items: wanted.map((policy) => publishedPolicy(policy, landmarksOf(policy, day, overrides(policy.id)))),
      nextCursor: null,
    };
  }

  @Get('promises')
  @Operation({
    summary: { zh: '按期拨付公开榜(不足 5 笔不公布)', en: 'What share of payments came in time; fewer than five are not told' },
    answer: board,
  })
  async promises(@Query({ schema: period }) query: z.infer<typeof period>) {
    const to = query.to ?? dateOf(await legalNow(this.house));
    const from = query.from ?? addDays(to, -364);
    return { from, to, leastPayments, items: await promisesKept(this.house, from, to) };
  }
}

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { approveProvider, type House, registerOrganisation } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { district, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { type PageQuery, pageOf, pageQuery } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE } from '../ports.js';
import { listOrganisations, oneOrganisation } from './organisations.query.js';

const kind = z.enum(['institution', 'enterprise', 'bureau']);
const newOrganisation = z.strictObject({ name: line(200), uscc: z.string().max(40), kind, district }).meta({ id: 'NewOrganisation' });
const organisation = z
  .object({
    id: uuid,
    name: z.string(),
    uscc: z.string(),
    usccChecked: z.boolean(),
    kind,
    district,
    status: z.enum(['active', 'suspended']),
    approvedProvider: z.boolean(),
  })
  .meta({ id: 'Organisation' });

@Controller('api/v1/organisations')
export class OrganisationsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '单位名录', en: 'Organisations' }, answer: pageOf(organisation), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: pageQuery }) query: PageQuery) {
    return listOrganisations(this.house, actor, query);
  }

  @Get(':id')
  @Operation({ summary: { zh: '单位', en: 'One organisation' }, answer: organisation })
  show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    return oneOrganisation(this.house, actor, id);
  }

  @Post()
  @Operation({
    summary: { zh: '登记单位', en: 'Register an organisation' },
    answer: z.object({ id: uuid, uscc: z.string(), usccChecked: z.boolean() }),
    problems: ['already-exists', 'data-invalid'],
  })
  register(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newOrganisation }) body: z.infer<typeof newOrganisation>) {
    return answerOf(registerOrganisation(this.house, { actor, ...key }, body));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '列入定点培训机构目录(另一人)', en: 'Admit to the catalogue of approved providers (another person)' },
    answer: z.object({ id: uuid, approvedProvider: z.boolean() }),
    problems: ['four-eyes-required', 'already-decided'],
  })
  approve(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(approveProvider(this.house, { actor, ...key }, id));
  }
}

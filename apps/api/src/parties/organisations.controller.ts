import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { approveProvider, type FieldKeys, type House, organisationKinds, registerCitizen, registerOrganisation } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { district, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { pageOf } from '../fields/paging.js';
import { roleName } from '../fields/roles.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { HOUSE, KEYS } from '../ports.js';
import {
  listOrganisations,
  type OrganisationQuery,
  oneOrganisation,
  organisationQuery,
  organisationStatus,
} from './organisations.query.js';

const kind = z.enum(organisationKinds);
/** An organisation by its credit code; a person (`citizen`) by the identity number, which is kept encrypted and shown masked. */
const newOrganisation = z
  .union([
    z.strictObject({ name: line(200), uscc: z.string().max(40), kind: kind.exclude(['citizen']), district }),
    z.strictObject({ name: line(50), idNumber: z.string().max(40), kind: z.literal('citizen'), district }),
  ])
  .meta({ id: 'NewOrganisation' });
const registered = z.object({
  id: uuid,
  uscc: z.string().optional(),
  usccChecked: z.boolean().optional(),
  name: z.string().optional(),
  idMasked: z.string().optional(),
});
const organisation = z
  .object({
    id: uuid,
    name: z.string(),
    /** null for a person */
    uscc: z.string().nullable(),
    usccChecked: z.boolean(),
    kind,
    district,
    status: organisationStatus,
    /** what somebody proposed that it should be; another person decides. null: nothing is proposed, or it is none of the reader's business */
    proposedStatus: organisationStatus.nullable(),
    approvedProvider: z.boolean(),
    /** the role in which its own people apply; `officer`: nobody applies, the office opens its cases. null: the office's own, paid nothing */
    appliesAs: roleName.nullable(),
  })
  .meta({ id: 'Organisation' });

@Controller('api/v1/organisations')
export class OrganisationsController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
  ) {}

  @Get()
  @Operation({ summary: { zh: '单位名录', en: 'Organisations' }, answer: pageOf(organisation), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: organisationQuery }) query: OrganisationQuery) {
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
    answer: registered,
    problems: ['already-exists', 'data-invalid'],
  })
  register(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newOrganisation }) body: z.infer<typeof newOrganisation>) {
    const request = { actor, ...key };
    return body.kind === 'citizen'
      ? answerOf(registerCitizen(this.house, request, { keys: this.keys, randomBytes }, body))
      : answerOf(registerOrganisation(this.house, request, body));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '列入培训机构目录(另一人)', en: 'Admit to the catalogue of approved providers (another person)' },
    answer: z.object({ id: uuid, approvedProvider: z.boolean() }),
    problems: ['four-eyes-required', 'already-decided'],
  })
  approve(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(approveProvider(this.house, { actor, ...key }, id));
  }
}

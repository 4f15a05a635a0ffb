import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { type IdPath, idPath, uuid } from '../fields/fields.js';
import { pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { disbursement, disbursementState, disbursementWithTransfers } from './disbursement.view.js';
import { listDisbursements, oneDisbursement } from './disbursements.query.js';

const listQuery = z.strictObject({
  ...paging,
  state: disbursementState.optional(),
  caseId: uuid.optional(),
  fundId: uuid.optional(),
  unbatched: z.stringbool().optional(),
});
export type DisbursementQuery = z.infer<typeof listQuery>;

@Controller('api/v1/disbursements')
export class DisbursementsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '拨付', en: 'Disbursements' }, answer: pageOf(disbursement), problems: ['cursor-invalid'] })
  list(@By() actor: Actor, @Query({ schema: listQuery }) query: DisbursementQuery) {
    return listDisbursements(this.house, actor, query);
  }

  @Get(':id')
  @Operation({ summary: { zh: '一笔拨付及其转账', en: 'One disbursement with its transfers' }, answer: disbursementWithTransfers })
  show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    return oneDisbursement(this.house, actor, id);
  }
}

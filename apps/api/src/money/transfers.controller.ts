import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { policyColumns, withLabel } from '../cases/payment-label.js';
import { date, positiveFen, text, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';

/** What went another way than it should: nobody knows, the bank refused, or it came back. */
const troubled = z.enum(['unknown', 'failed', 'returned']);
const transfer = z
  .object({
    id: uuid,
    state: troubled,
    caseId: uuid,
    caseNo: z.string(),
    payment: z.string(),
    label: text,
    batchId: uuid,
    batchNo: z.string(),
    endToEndId: z.string(),
    bankReference: z.string().nullable(),
    amountFen: positiveFen,
    holderName: z.string(),
    organisation: z.string(),
    reason: z.string().nullable(),
    settledOn: date.nullable(),
    /** what the payment does now: waits again, was paid by another transfer, or lapsed */
    disbursementState: z.string(),
    organisationId: uuid,
    /** the bank names the account as the reason: its code, and whether an account that nobody doubts stands approved, waits for a second person, or is still to come */
    account: z.object({ code: z.string(), state: z.enum(['sound', 'proposed', 'doubted']) }).nullable(),
    /** somebody says that an unknown one was not paid; another person confirms */
    release: z.object({ id: uuid, note: z.string(), proposedBy: uuid }).nullable(),
  })
  .meta({ id: 'TroubledTransfer' });
type Row = Omit<z.infer<typeof transfer>, 'label'> & { policyId: string; policyVersion: string; jurisdiction: string };
const listQuery = z.strictObject({ ...paging, state: troubled });

@Controller('api/v1/transfers')
export class TransfersController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '退票、失败和结果未明的转账', en: 'Transfers that came back, failed, or whose outcome is unknown' },
    answer: pageOf(transfer),
    problems: ['cursor-invalid'],
  })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, state }: z.infer<typeof listQuery>) {
    const rows = await this.house.database.read<Row>(
      actor,
      `SELECT ${policyColumns}, t.id, t.state, d.case_id AS "caseId", c.case_no AS "caseNo", d.payment, t.batch_id AS "batchId", b.batch_no AS "batchNo", t.end_to_end_id AS "endToEndId",
         t.bank_reference AS "bankReference", t.amount_fen::text AS "amountFen", t.holder_name AS "holderName", o.name AS organisation, t.reason,
         t.settled_on AS "settledOn", (SELECT x.state FROM disbursements x WHERE x.case_id = d.case_id AND x.payment = d.payment ORDER BY x.round DESC LIMIT 1) AS "disbursementState", o.id AS "organisationId",
         CASE WHEN q.code IS NOT NULL THEN jsonb_build_object('code', q.code, 'state', CASE
           WHEN EXISTS (SELECT FROM payee_accounts p WHERE p.organisation_id = o.id AND p.state = 'approved'
             AND NOT EXISTS (SELECT FROM payee_account_doubts x WHERE x.payee_account_id = p.id)) THEN 'sound'
           WHEN EXISTS (SELECT FROM payee_accounts p WHERE p.organisation_id = o.id AND p.state = 'proposed') THEN 'proposed' ELSE 'doubted' END) END AS account,
         CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('id', r.id, 'note', r.note, 'proposedBy', r.proposed_by) END AS release
       FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id JOIN batches b ON b.id = t.batch_id
       JOIN organisations o ON o.id = d.organisation_id
       LEFT JOIN payee_account_doubts q ON q.transfer_id = t.id LEFT JOIN transfer_releases r ON r.transfer_id = t.id AND r.state = 'proposed'
       WHERE t.state = $3 AND ($1::uuid IS NULL OR t.id < $1) ORDER BY t.id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, state],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => withLabel(this.house, row),
    );
  }
}

import { z } from 'zod';
import { date, positiveFen, uuid } from '../fields/fields.js';

export const disbursementState = z.enum(['requested', 'sent', 'settled', 'returned', 'failed', 'cancelled']);

/** One tranche's obligation to pay; `round` counts new tries after a return or failure. */
export const disbursement = z
  .object({
    id: uuid,
    caseId: uuid,
    caseNo: z.string(),
    payment: z.string(),
    round: z.int(),
    amountFen: positiveFen,
    state: disbursementState,
    fundId: uuid,
    payeeName: z.string(),
    accountMasked: z.string(),
    batchId: uuid.nullable(),
    requestedOn: date,
    settledOn: date.nullable(),
  })
  .meta({ id: 'Disbursement' });
export type DisbursementView = z.infer<typeof disbursement>;

export const transfer = z
  .object({
    id: uuid,
    batchId: uuid,
    line: z.int(),
    state: z.string(),
    endToEndId: z.string(),
    amountFen: positiveFen,
    bankReference: z.string().nullable(),
    reason: z.string().nullable(),
    settledOn: date.nullable(),
  })
  .meta({ id: 'Transfer' });
export type TransferView = z.infer<typeof transfer>;

export const disbursementWithTransfers = z.object({ ...disbursement.shape, transfers: z.array(transfer) });

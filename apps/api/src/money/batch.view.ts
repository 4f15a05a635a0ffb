import { z } from 'zod';
import { date, fen, instant, positiveFen, text, uuid } from '../fields/fields.js';

export const batch = z
  .object({
    id: uuid,
    batchNo: z.string(),
    fundId: uuid,
    rail: z.enum(['http', 'file', 'csv', 'allocation']),
    state: z.enum(['draft', 'pending_approval', 'approved', 'rejected', 'cancelled', 'processing', 'done']),
    makerId: uuid,
    contentHash: z.string().nullable(),
    lineCount: z.int(),
    totalFen: fen,
    submittedAt: instant.nullable(),
    approvedAt: instant.nullable(),
    executionOn: date.nullable(),
    /** who signed exactly this content, in the order they did, and how many its total demands today */
    signedBy: z.array(uuid),
    signaturesNeeded: z.int(),
  })
  .meta({ id: 'Batch' });
export type BatchView = z.infer<typeof batch>;

/** The account is shown whole to those who make, sign and hand over the list, masked to everybody else. */
export const batchLine = z
  .object({
    transferId: uuid,
    disbursementId: uuid,
    caseNo: z.string(),
    payment: z.string(),
    label: text,
    line: z.int(),
    state: z.string(),
    endToEndId: z.string(),
    amountFen: positiveFen,
    holderName: z.string(),
    accountNo: z.string(),
    bankNo: z.string(),
    remittance: z.string(),
  })
  .meta({ id: 'BatchLine' });
export type BatchLineView = z.infer<typeof batchLine>;

/** A file of a batch: named by its hash, taken and handed over by a cashier. */
export const batchFile = z
  .object({
    id: uuid,
    part: z.int(),
    fileName: z.string(),
    format: z.string(),
    sha256: z.string(),
    lines: z.int(),
    totalFen: positiveFen,
    executionOn: date,
    downloads: z.int(),
    handedOverAt: instant.nullable(),
    handedOverBy: uuid.nullable(),
    withdrawal: z.object({ id: uuid, state: z.enum(['proposed', 'confirmed']), evidence: z.string(), proposedBy: uuid }).nullable(),
  })
  .meta({ id: 'BatchFile' });
export type BatchFileView = z.infer<typeof batchFile>;

export const batchWithLines = z.object({ ...batch.shape, lines: z.array(batchLine) });

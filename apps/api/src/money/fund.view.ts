import { appropriationKinds } from '@tranche/casework';
import { z } from 'zod';
import { date, district, instant, line, positiveFen, signedFen, text, uuid } from '../fields/fields.js';

const year = z.int().min(2000).max(2200);

export const newFund = z
  .strictObject({
    code: z.string().regex(/^F\d{1,2}[A-Z]?$/),
    district,
    fiscalYear: year,
    name: z.strictObject({ zh: line(100), en: line(100) }),
    debtorName: line(140),
    debtorAccountNo: z.string().regex(/^\d{6,32}$/),
    debtorBankNo: z.string().regex(/^\d{12}$/),
  })
  .meta({ id: 'NewFund' });

/** A fund of one fiscal year; budget in fen: available, reserved for due tranches, in payment, spent, lapsed or recalled; cash due to the treasury. */
export const fund = z
  .object({
    id: uuid,
    code: z.string(),
    district: z.string(),
    fiscalYear: year,
    name: text,
    debtorName: z.string(),
    debtorAccountMasked: z.string(),
    availableFen: signedFen,
    reservedFen: signedFen,
    inPaymentFen: signedFen,
    spentFen: signedFen,
    lapsedFen: signedFen,
    dueToTreasuryFen: signedFen,
    closedOn: date.nullable(),
  })
  .meta({ id: 'Fund' });

export const appropriation = z
  .object({
    id: uuid,
    amountFen: positiveFen,
    documentNo: z.string(),
    kind: z.enum(appropriationKinds),
    state: z.enum(['proposed', 'approved', 'rejected']),
    proposedBy: uuid,
    approvedBy: uuid.nullable(),
    recordedAt: instant,
  })
  .meta({ id: 'Appropriation' });

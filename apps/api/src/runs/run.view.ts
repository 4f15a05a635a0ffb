import { type House, type ReasonShown, type Run, type RunLine, shownReason } from '@tranche/casework';
import { maskAccount } from '@tranche/identifiers';
import { z } from 'zod';
import { cite, date, fen, text, uuid } from '../fields/fields.js';

const reason = z
  .object({ code: z.string(), text, rules: z.array(z.object({ id: z.string(), reason: text, cite })) })
  .meta({ id: 'RunReason' });
const counted = z.object({ outcome: z.string(), reason: reason.nullable(), lines: z.int(), amountFen: fen });
const total = z.object({ district: z.string(), fund: z.string(), lines: z.int(), amountFen: fen });
const list = z
  .object({
    list: z.int().nullable(),
    state: z.enum(['open', 'confirmed', 'approved', 'opened']),
    contentHash: z.string(),
    lines: z.int(),
    totalFen: fen,
    opened: z.int(),
  })
  .meta({ id: 'RunList' });
const summary = {
  id: uuid,
  runNo: z.string(),
  policyId: z.string(),
  policyVersion: z.string(),
  jurisdiction: z.string(),
  district: z.string().nullable(),
  state: z.enum(['loading', 'screening', 'screened', 'cancelled']),
  stopped: z.boolean(),
  fileName: z.string(),
  fileSha256: z.string(),
  declared: z.record(z.string(), z.json()),
  screenedOn: date,
  lineCount: z.int().nullable(),
  createdBy: uuid,
};
export const runSummary = z.object(summary).meta({ id: 'NoApplicationRun' });
export const runDetail = z
  .object({ ...summary, outcomes: z.array(counted), totals: z.array(total), lists: z.array(list) })
  .meta({ id: 'NoApplicationRunPreview' });
export const runLine = z
  .object({
    row: z.int(),
    lineSha256: z.string(),
    uscc: z.string(),
    idMasked: z.string().nullable(),
    fromBooks: z.boolean(),
    name: z.string(),
    district: z.string(),
    outcome: z.enum(['new', 'included', 'excluded', 'pending', 'optedOut']),
    reason: reason.nullable(),
    amountFen: fen.nullable(),
    fund: z.string().nullable(),
    accountMasked: z.string().nullable(),
    bankName: z.string().nullable(),
    list: z.int().nullable(),
    caseId: uuid.nullable(),
  })
  .meta({ id: 'RunLine' });

export const summaryOf = ({ id, runNo, policyId, policyVersion, jurisdiction, district, ...run }: Run): z.infer<typeof runSummary> => ({
  ...{ id, runNo, policyId, policyVersion, jurisdiction, district },
  ...{ state: run.state, stopped: run.stopped, fileName: run.fileName, fileSha256: run.fileSha256 },
  declared: run.declared as z.infer<typeof runSummary>['declared'],
  ...{ screenedOn: run.screenedOn, lineCount: run.lineCount, createdBy: run.createdBy },
});

/** Words and clauses of a reason, from the policy version the run is bound to. */
export const reasonOf = (house: House, run: Run, reason: RunLine['reason']): ReasonShown | null =>
  reason && shownReason(house.policies.of(run).policy, reason);

export function lineOf(house: House, run: Run, { fen: amountFen, accountNo, reason: why, ...row }: RunLine): z.infer<typeof runLine> {
  return {
    ...row,
    outcome: row.outcome as z.infer<typeof runLine>['outcome'],
    reason: reasonOf(house, run, why) as z.infer<typeof reason> | null,
    amountFen,
    accountMasked: accountNo === null ? null : maskAccount(accountNo),
  };
}

export const runForm = z
  .object({
    policyId: z.string(),
    policyVersion: z.string(),
    jurisdiction: z.string(),
    title: text,
    about: z.enum(['firms', 'people']),
    declared: z.array(z.object({ name: z.string(), label: text, type: z.string(), optional: z.boolean() })),
    columns: z.array(z.string()),
  })
  .meta({ id: 'RunForm' });

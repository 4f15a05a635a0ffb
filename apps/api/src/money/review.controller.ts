import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { paymentLabel, withLabel } from '../cases/payment-label.js';
import { date, fen, type IdPath, idPath, instant, positiveFen, signedFen, text, uuid } from '../fields/fields.js';
import { pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { oneBatch } from './batches.query.js';
import { type Due, dueList } from './due.query.js';
import { budgetMoves, changeKinds, changes, subtotals } from './review.query.js';

const budget = z.object({ availableFen: signedFen, reservedFen: signedFen, inPaymentFen: signedFen, spentFen: signedFen });
const review = z
  .object({
    batchId: uuid,
    contentHash: z.string().nullable(),
    subtotals: z.array(
      z.object({
        by: z.enum(['policy', 'organisation', 'district']),
        key: z.string(),
        name: z.string(),
        lines: z.int(),
        amountFen: positiveFen,
      }),
    ),
    budget: z.array(
      z.object({ fundId: uuid, fund: z.string(), fiscalYear: z.int(), amountFen: positiveFen, before: budget, after: budget }),
    ),
    changes: z.array(
      z.object({
        line: z.int(),
        caseNo: z.string(),
        payment: z.string(),
        label: text,
        organisation: z.string(),
        amountFen: positiveFen,
        kinds: z.array(z.enum(changeKinds)),
        formerAccount: z.string().nullable(),
        plannedFen: fen.nullable(),
      }),
    ),
  })
  .meta({
    id: 'BatchReview',
    description: '复核所需:小计、指标变动、与以往不同之处 · subtotals, budget before and after, and what differs from before',
  });
const due = z
  .object({
    caseId: uuid,
    caseNo: z.string(),
    payment: z.string(),
    lastDay: date.nullable(),
    disbursementId: uuid.nullable(),
    amountFen: positiveFen.nullable(),
    organisation: z.string(),
    policy: z.object({ id: z.string(), title: text }),
    /** what the plan calls this payment */
    label: text,
    /** the source it is charged to, and whether it goes through a bank or moves budget; null before it was requested */
    fundId: uuid.nullable(),
    fund: z.string().nullable(),
    means: z.enum(['transfer', 'allocation']),
    reason: z
      .enum([
        'case-held',
        'organisation-suspended',
        'recovery-overdue',
        'fund-short',
        'not-requested',
        'payee-account-missing',
        'payee-account-cooling',
        'payee-account-doubted',
      ])
      .nullable(),
    payableFrom: instant.nullable(),
  })
  .meta({ id: 'DuePayment' });
type DueView = z.infer<typeof due>;
const dueQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  cursor: paging.cursor,
  /** those that can be collected now, or those that wait with a reason; all when absent */
  show: z.enum(['ready', 'waiting']).optional(),
});

/** What a maker and a checker look at before they act. */
@Controller('api/v1')
export class ReviewController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('batches/:id/review')
  @Operation({ summary: { zh: '拨付单复核要点', en: 'What to look at before signing a batch' }, answer: review, problems: ['not-found'] })
  async review(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const { contentHash } = await oneBatch(this.house, actor, id);
    const [parts, moves, differing] = await Promise.all([
      subtotals(this.house, actor, id),
      budgetMoves(this.house, actor, id),
      changes(this.house, actor, id),
    ]);
    return { batchId: id, contentHash, subtotals: parts, budget: moves, changes: differing.map((row) => withLabel(this.house, row)) };
  }

  @Get('due-payments')
  @Operation({
    summary: { zh: '待付清单(含不能付款的原因)', en: 'Payments that are due, and why some cannot be paid now' },
    answer: pageOf(due),
    problems: ['cursor-invalid'],
  })
  due(@By() actor: Actor, @Query({ schema: dueQuery }) query: z.infer<typeof dueQuery>) {
    return dueList(this.house, actor, query, (row) => this.dueView(row));
  }

  /** With the words of the policy version that the case lives under. */
  private dueView({ policyId, policyVersion, jurisdiction, ...row }: Due) {
    const { policy } = this.house.policies.of({ policyId, policyVersion, jurisdiction });
    return {
      ...row,
      reason: row.reason as DueView['reason'],
      policy: { id: policyId, title: policy.title },
      label: paymentLabel(this.house, { policyId, policyVersion, jurisdiction }, row.payment),
      means: policy.means ?? 'transfer',
    } as const;
  }
}

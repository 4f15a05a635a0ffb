import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { accounts } from '@tranche/ledger';
import { z } from 'zod';
import { date, signedFen, text, uuid } from '../fields/fields.js';
import { afterId, type PageQuery, page, pageOf, pageQuery } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';

const book = z.enum(['cash', 'budget']);
const accountId = z.string().regex(/^\d{1,18}$/);
const balance = z.object({ accountId, fundId: uuid, fund: z.string(), book, code: z.string(), name: text, balanceFen: signedFen });
const trialBalance = z.object({ items: z.array(balance), totals: z.object({ cashFen: signedFen, budgetFen: signedFen }) }).meta({
  id: 'TrialBalance',
  description: '借方为正、贷方为负;每本账合计为零 · debits positive, credits negative; each book sums to zero',
});
const entry = z
  .object({
    postingId: uuid,
    line: z.int(),
    amountFen: signedFen,
    eventType: z.string(),
    eventId: z.string(),
    businessDate: date,
    caseId: uuid.nullable(),
    batchId: uuid.nullable(),
  })
  .meta({ id: 'LedgerEntry' });
type Balance = z.infer<typeof balance>;
const trialQuery = z.strictObject({ fundId: uuid.optional(), fiscalYear: z.coerce.number().int().min(2000).max(2200).optional() });
const accountPath = z.strictObject({ id: accountId });

const nameOf = (code: string) => accounts.find((account) => account.code === code)?.name ?? { zh: code, en: code };
const total = (rows: readonly Omit<Balance, 'name'>[], wanted: string): string =>
  rows
    .filter((row) => row.book === wanted)
    .reduce((sum, row) => sum + BigInt(row.balanceFen), 0n)
    .toString();

@Controller('api/v1/ledger')
export class LedgerController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('trial-balance')
  @Operation({ summary: { zh: '试算平衡表', en: 'Trial balance' }, answer: trialBalance })
  async trialBalance(@By() actor: Actor, @Query({ schema: trialQuery }) { fundId, fiscalYear }: z.infer<typeof trialQuery>) {
    const rows = await this.house.database.read<Omit<Balance, 'name'>>(
      actor,
      `SELECT a.id::text AS "accountId", f.id AS "fundId", f.code || '/' || f.fiscal_year AS fund, a.book, a.code, coalesce(sum(e.amount_fen), 0)::text AS "balanceFen"
       FROM accounts a JOIN funds f ON f.id = a.fund_id LEFT JOIN entries e ON e.account_id = a.id
       WHERE ($1::uuid IS NULL OR f.id = $1) AND ($2::int IS NULL OR f.fiscal_year = $2)
       GROUP BY a.id, f.id ORDER BY f.fiscal_year, f.code, a.book DESC, a.code`,
      [fundId ?? null, fiscalYear ?? null],
    );
    const totals = { cashFen: total(rows, 'cash'), budgetFen: total(rows, 'budget') };
    return { items: rows.map((row) => ({ ...row, name: nameOf(row.code) })), totals };
  }

  @Get('accounts/:id/entries')
  @Operation({ summary: { zh: '科目明细', en: 'Entries of an account' }, answer: pageOf(entry), problems: ['cursor-invalid'] })
  async entries(
    @By() actor: Actor,
    @Param({ schema: accountPath }) { id }: z.infer<typeof accountPath>,
    @Query({ schema: pageQuery }) { limit, cursor }: PageQuery,
  ) {
    const rows = await this.house.database.read<z.infer<typeof entry>>(
      actor,
      `SELECT e.posting_id AS "postingId", e.line_no AS line, e.amount_fen::text AS "amountFen", p.event_type AS "eventType", p.event_id AS "eventId",
         p.business_date AS "businessDate", p.case_id AS "caseId", p.batch_id AS "batchId"
       FROM entries e JOIN postings p ON p.id = e.posting_id
       WHERE e.account_id = $3 AND ($1::uuid IS NULL OR e.posting_id < $1) ORDER BY e.posting_id DESC, e.line_no LIMIT $2`,
      [afterId(cursor), limit + 1, id],
    );
    return page(
      rows,
      limit,
      (row) => row.postingId,
      (row) => row,
    );
  }
}

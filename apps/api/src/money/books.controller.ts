import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { dateOf, formatInstant } from '@tranche/calendar';
import { bankBalances, type House, legalNow } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { maskAccount } from '@tranche/identifiers';
import { z } from 'zod';
import { date, fen, instant, signedFen, text, uuid } from '../fields/fields.js';
import { afterId, type PageQuery, page, pageOf, pageQuery, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { statementOf } from './statement.query.js';

const line = z
  .object({
    postingId: uuid,
    line: z.int(),
    businessDate: date,
    eventType: z.string(),
    eventId: z.string(),
    amountFen: signedFen,
    caseNo: z.string().nullable(),
    batchNo: z.string().nullable(),
  })
  .meta({ id: 'StatementEntry' });
const statement = z
  .object({
    openingFen: signedFen,
    closingFen: signedFen,
    debitFen: fen,
    creditFen: fen,
    items: z.array(line),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'AccountStatement' });
const statementQuery = z.strictObject({ ...paging, from: date, to: date });
const accountPath = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) });

const bankBalance = z
  .object({
    accountMasked: z.string(),
    bankNo: z.string(),
    day: date,
    openingFen: signedFen,
    inFen: fen,
    outFen: fen,
    closingFen: signedFen,
  })
  .meta({ id: 'BankBalance' });
const dayQuery = z.strictObject({ day: date.optional() });

const finding = z.object({ kind: z.string(), text, caseId: uuid.optional(), caseNo: z.string().optional(), seq: z.int().optional() });
const proof = z
  .object({
    id: uuid,
    legalDay: date,
    startedAt: instant,
    finishedAt: instant,
    ok: z.boolean(),
    findingsTotal: z.int(),
    findings: z.array(finding),
    figures: z.record(z.string(), z.int()),
  })
  .meta({ id: 'LedgerProof', description: '夜间重算全部账簿的结果 · all books computed again, night by night' });
type ProofRow = Omit<z.infer<typeof proof>, 'startedAt' | 'finishedAt'> & { startedAt: number; finishedAt: number };

@Controller('api/v1/ledger')
export class BooksController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('accounts/:id/statement')
  @Operation({
    summary: { zh: '科目对账单(期初、明细、期末)', en: 'Statement of an account: opening, entries, closing' },
    answer: statement,
    problems: ['not-found', 'cursor-invalid'],
  })
  statement(
    @By() actor: Actor,
    @Param({ schema: accountPath }) { id }: z.infer<typeof accountPath>,
    @Query({ schema: statementQuery }) query: z.infer<typeof statementQuery>,
  ) {
    return statementOf(this.house, actor, { id, ...query });
  }

  @Get('bank-balances')
  @Operation({
    summary: { zh: '银行账户账面日余额', en: 'Bank accounts by the books, on a day' },
    answer: z.object({ items: z.array(bankBalance) }),
  })
  async bank(@By() actor: Actor, @Query({ schema: dayQuery }) { day }: z.infer<typeof dayQuery>) {
    const rows = await bankBalances(this.house.database, actor, day ?? dateOf(await legalNow(this.house)));
    return { items: rows.map(({ accountNo, ...row }) => ({ ...row, accountMasked: maskAccount(accountNo) })) };
  }

  @Get('proofs')
  @Operation({ summary: { zh: '账务夜间核对', en: 'Nightly proofs of the books' }, answer: pageOf(proof), problems: ['cursor-invalid'] })
  async proofs(@By() actor: Actor, @Query({ schema: pageQuery }) { limit, cursor }: PageQuery) {
    const rows = await this.house.database.read<ProofRow>(
      actor,
      `SELECT id, legal_day AS "legalDay", started_at AS "startedAt", finished_at AS "finishedAt", ok, findings_total AS "findingsTotal", findings, figures
       FROM ledger_proofs WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [afterId(cursor), limit + 1],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => ({ ...row, startedAt: formatInstant(row.startedAt), finishedAt: formatInstant(row.finishedAt) }),
    );
  }
}

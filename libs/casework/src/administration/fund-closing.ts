import { lapsed } from '@tranche/ledger';
import type { Cite } from '@tranche/policies';
import { refusingByConstraint, yearClosed } from './appropriations.js';
import { type Done, type Office, once, type Request, type Tx } from './once.js';
import { postForFund } from './post-for-fund.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

/**
 * Year end. Budget Law: the budget year runs from 1 January to 31 December (第十八条); what is carried over is spent in the next year on the
 * items it was carried over for (第四十二条). So what is reserved or in payment stays with its payments, and what nobody reserved lapses.
 */
export const yearEndCite: Cite = {
  doc: '中华人民共和国预算法',
  clause: '第十八条、第四十二条',
  basis: 'external',
  quote: '各级政府上一年预算的结转资金，应当在下一年用于结转项目的支出',
};

export type NewClosing = { readonly fundId: string; readonly documentNo: string };

/** Proposes to close a fund's year; nothing changes before another person approves. */
export function proposeClosing(
  office: Office,
  request: Request,
  given: NewClosing & { readonly today: string },
): Promise<Done<{ id: string; state: 'proposed' }> | NotDone> {
  return once(office, request, async (tx) => {
    const { rows } = await tx.query<{ fiscal_year: number; known: boolean }>(
      `SELECT fiscal_year, EXISTS (SELECT FROM fund_closings c WHERE c.fund_id = f.id AND c.state IN ('proposed', 'approved')) AS known FROM funds f WHERE f.id = $1`,
      [given.fundId],
    );
    const [fund] = rows;
    if (fund === undefined) return notFound();
    if (fund.fiscal_year >= Number(given.today.slice(0, 4))) return yearNotOver(fund.fiscal_year);
    if (fund.known) return yearClosed();
    const id = office.newId();
    await tx.query(
      `INSERT INTO fund_closings (id, fund_id, document_no, cite, state, proposed_by, recorded_at) VALUES ($1, $2, $3, $4, 'proposed', $5, $6)`,
      [id, given.fundId, given.documentNo, JSON.stringify(yearEndCite), request.actor.userId, new Date(office.systemNow())],
    );
    return { id, state: 'proposed' as const };
  });
}

export type ClosingDecision = {
  readonly fundId: string;
  readonly closingId: string;
  readonly decision: 'approved' | 'rejected';
  readonly on: string;
};
export type Closed = {
  readonly id: string;
  readonly state: 'approved' | 'rejected';
  readonly lapsedFen: string | null;
  readonly carriedFen: string | null;
};

/** Closes the year (available budget lapses, its money is due to the treasury, reservations are carried over) or turns the proposal down. */
export function decideClosing(office: Office, request: Request, asked: ClosingDecision): Promise<Done<Closed> | NotDone> {
  return refusingByConstraint(
    once(office, request, async (tx) => {
      const { rows } = await tx.query<{ state: string; proposed_by: string; district: string }>(
        `SELECT c.state, c.proposed_by, f.district FROM fund_closings c JOIN funds f ON f.id = c.fund_id WHERE c.id = $1 AND c.fund_id = $2 FOR UPDATE OF c`,
        [asked.closingId, asked.fundId],
      );
      const [row] = rows;
      if (row === undefined) return notFound();
      if (row.proposed_by === request.actor.userId) return anotherPerson();
      if (row.state !== 'proposed') return decidedAlready();
      const sums = asked.decision === 'approved' ? await lapse(office, tx, asked, row.district) : { lapsedFen: null, carriedFen: null };
      await tx.query(
        'UPDATE fund_closings SET state = $2, decided_by = $3, decided_on = $4, lapsed_fen = $5, carried_fen = $6 WHERE id = $1',
        [asked.closingId, asked.decision, request.actor.userId, asked.on, sums.lapsedFen, sums.carriedFen],
      );
      return { id: asked.closingId, state: asked.decision, ...sums };
    }),
  );
}

async function lapse(
  office: Office,
  tx: Tx,
  { fundId, closingId, on }: ClosingDecision,
  district: string,
): Promise<{ lapsedFen: string; carriedFen: string }> {
  const { rows } = await tx.query<{ available: string; carried: string }>(
    `SELECT coalesce(sum(e.amount_fen) FILTER (WHERE a.code = 'B2'), 0)::text AS available,
       coalesce(sum(e.amount_fen) FILTER (WHERE a.code IN ('B3', 'B4')), 0)::text AS carried
     FROM accounts a JOIN entries e ON e.account_id = a.id WHERE a.fund_id = $1 AND a.book = 'budget'`,
    [fundId],
  );
  const { available, carried } = rows[0]!;
  const event = { fundId, district, type: 'fund.closed' as const, id: closingId, on };
  if (available !== '0') await postForFund(office, tx, event, lapsed(fundId, BigInt(available)));
  return { lapsedFen: available, carriedFen: carried };
}

const yearNotOver = (year: number): NotDone =>
  notDone('year-not-over', `${year} 预算年度尚未结束。`, `The fiscal year ${year} is not over.`, 'fundId');

import { accounts, appropriated, type Entry } from '@tranche/ledger';
import type { Text } from '@tranche/policies';
import { type Done, type Office, once, type Request, type Tx } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

export type NewFund = {
  /** F1, F2, F4 … as the policies name them */
  readonly code: string;
  readonly district: string;
  readonly fiscalYear: number;
  readonly name: Text;
  readonly debtorName: string;
  readonly debtorAccountNo: string;
  readonly debtorBankNo: string;
};

/** Opens a fund of one fiscal year with its accounts in both books. It has no money until an appropriation is approved. */
export function openFund(office: Office, request: Request, given: NewFund): Promise<Done<{ id: string }> | NotDone> {
  return once(office, request, async (tx) => {
    const id = office.newId();
    const { rowCount } = await tx.query(
      `INSERT INTO funds (id, code, district, fiscal_year, name, debtor_name, debtor_account_no, debtor_bank_no)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code, district, fiscal_year) DO NOTHING`,
      [
        id,
        given.code,
        given.district,
        given.fiscalYear,
        JSON.stringify(given.name),
        given.debtorName,
        given.debtorAccountNo,
        given.debtorBankNo,
      ],
    );
    if (rowCount === 0) return notDone('already-exists', '该年度的此项资金已经建立。', 'This fund exists already for that year.', 'code');
    for (const account of accounts)
      await tx.query('INSERT INTO accounts (fund_id, book, code, min_zero) VALUES ($1, $2, $3, $4)', [
        id,
        account.book,
        account.code,
        account.minZero,
      ]);
    return { id };
  });
}

export type NewAppropriation = { readonly fundId: string; readonly amountFen: bigint; readonly documentNo: string };

/** Proposes that the fund receives money under a budget document; nothing is posted before another person approves. */
export function proposeAppropriation(
  office: Office,
  request: Request,
  given: NewAppropriation,
): Promise<Done<{ id: string; state: 'proposed' }> | NotDone> {
  return once(office, request, async (tx) => {
    const { rowCount } = await tx.query('SELECT id FROM funds WHERE id = $1', [given.fundId]);
    if (rowCount === 0) return notFound();
    const id = office.newId();
    await tx.query(
      `INSERT INTO appropriations (id, fund_id, amount_fen, document_no, state, proposed_by, recorded_at) VALUES ($1, $2, $3, $4, 'proposed', $5, $6)`,
      [id, given.fundId, given.amountFen.toString(), given.documentNo, request.actor.userId, new Date(office.systemNow())],
    );
    return { id, state: 'proposed' as const };
  });
}

export type AppropriationDecision = {
  readonly fundId: string;
  readonly appropriationId: string;
  readonly decision: 'approved' | 'rejected';
  /** the day the money counts from */
  readonly on: string;
};

/** Approves (and posts to both books) or rejects an appropriation; never by the person who proposed it. */
export function decideAppropriation(
  office: Office,
  request: Request,
  { fundId, appropriationId, decision, on }: AppropriationDecision,
): Promise<Done<{ id: string; state: 'approved' | 'rejected' }> | NotDone> {
  return once(office, request, async (tx) => {
    const { rows } = await tx.query<{ state: string; proposed_by: string; amount_fen: string; district: string }>(
      `SELECT a.state, a.proposed_by, a.amount_fen::text AS amount_fen, f.district
       FROM appropriations a JOIN funds f ON f.id = a.fund_id WHERE a.id = $1 AND a.fund_id = $2 FOR UPDATE OF a`,
      [appropriationId, fundId],
    );
    const [row] = rows;
    if (row === undefined) return notFound();
    if (row.proposed_by === request.actor.userId) return anotherPerson();
    if (row.state !== 'proposed') return decidedAlready();
    await tx.query('UPDATE appropriations SET state = $2, approved_by = $3 WHERE id = $1', [
      appropriationId,
      decision,
      request.actor.userId,
    ]);
    if (decision === 'approved')
      await postAppropriation(office, tx, { fundId, appropriationId, on, amountFen: BigInt(row.amount_fen), district: row.district });
    return { id: appropriationId, state: decision };
  });
}

type Money = {
  readonly fundId: string;
  readonly appropriationId: string;
  readonly on: string;
  readonly amountFen: bigint;
  readonly district: string;
};

async function postAppropriation(office: Office, tx: Tx, money: Money): Promise<void> {
  const entries = appropriated(money.fundId, money.amountFen);
  for (const book of ['cash', 'budget'] as const) {
    const postingId = office.newId();
    await tx.query(
      `INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, district, recorded_at)
       VALUES ($1, $2, $3, 'appropriation.approved', $4, $5, $6, $7)`,
      [postingId, money.fundId, book, money.appropriationId, money.on, money.district, new Date(office.systemNow())],
    );
    await insertEntries(
      tx,
      postingId,
      money.fundId,
      entries.filter((entry) => entry.book === book),
    );
  }
}

async function insertEntries(tx: Tx, postingId: string, fundId: string, entries: readonly Entry[]): Promise<void> {
  const { rowCount } = await tx.query(
    `INSERT INTO entries (posting_id, line_no, account_id, amount_fen)
     SELECT $1, line.no, a.id, line.fen FROM unnest($3::text[], $4::text[], $5::bigint[]) WITH ORDINALITY AS line(book, code, fen, no)
     JOIN accounts a ON a.fund_id = $2 AND a.book = line.book AND a.code = line.code`,
    [
      postingId,
      fundId,
      entries.map((entry) => entry.book),
      entries.map((entry) => entry.account),
      entries.map((entry) => entry.amountFen.toString()),
    ],
  );
  if (rowCount !== entries.length) throw new Error(`fund ${fundId} lacks accounts: ${rowCount} of ${entries.length} entries posted`);
}

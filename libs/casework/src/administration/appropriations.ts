import { appropriated, type Entry, recalled, remitted } from '@tranche/ledger';
import { type Done, type Office, once, type Request } from './once.js';
import { type FundEvent, postForFund } from './post-for-fund.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

/**
 * What a budget document does to a fund: gives it money (`increase`), lessens or recalls it (`decrease`, never below what is reserved),
 * or pays to the treasury what is due to it (`remittance`, out of 2103).
 */
export const appropriationKinds = ['increase', 'decrease', 'remittance'] as const;
export type AppropriationKind = (typeof appropriationKinds)[number];

export type NewAppropriation = {
  readonly fundId: string;
  readonly amountFen: bigint;
  readonly documentNo: string;
  /** `increase` unless told */
  readonly kind?: AppropriationKind;
};

/** Proposes a change under a budget document; nothing is posted before another person approves. */
export function proposeAppropriation(
  office: Office,
  request: Request,
  given: NewAppropriation,
): Promise<Done<{ id: string; state: 'proposed' }> | NotDone> {
  return once(office, request, async (tx) => {
    const kind = given.kind ?? 'increase';
    const { rows } = await tx.query<{ closed: boolean }>(
      `SELECT EXISTS (SELECT FROM fund_closings c WHERE c.fund_id = f.id AND c.state = 'approved') AS closed FROM funds f WHERE f.id = $1`,
      [given.fundId],
    );
    if (rows[0] === undefined) return notFound();
    if (rows[0].closed && kind !== 'remittance') return yearClosed();
    const id = office.newId();
    await tx.query(
      `INSERT INTO appropriations (id, fund_id, amount_fen, document_no, kind, state, proposed_by, recorded_at) VALUES ($1, $2, $3, $4, $5, 'proposed', $6, $7)`,
      [id, given.fundId, given.amountFen.toString(), given.documentNo, kind, request.actor.userId, new Date(office.systemNow())],
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

const meaning: Readonly<
  Record<AppropriationKind, { readonly type: FundEvent['type']; readonly entries: (fund: string, fen: bigint) => Entry[] }>
> = {
  increase: { type: 'appropriation.approved', entries: appropriated },
  decrease: { type: 'appropriation.decreased', entries: recalled },
  remittance: { type: 'treasury.remitted', entries: remitted },
};

type Proposed = { state: string; proposed_by: string; amount_fen: string; kind: AppropriationKind; district: string };

/** Approves (and posts to the books) or rejects what was proposed; never by the person who proposed it. */
export function decideAppropriation(
  office: Office,
  request: Request,
  { fundId, appropriationId, decision, on }: AppropriationDecision,
): Promise<Done<{ id: string; state: 'approved' | 'rejected' }> | NotDone> {
  return refusingByConstraint(
    once(office, request, async (tx) => {
      const { rows } = await tx.query<Proposed>(
        `SELECT a.state, a.proposed_by, a.amount_fen::text AS amount_fen, a.kind, f.district
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
      const { type, entries } = meaning[row.kind];
      const event = { fundId, district: row.district, type, id: appropriationId, on };
      if (decision === 'approved') await postForFund(office, tx, event, entries(fundId, BigInt(row.amount_fen)));
      return { id: appropriationId, state: decision };
    }),
  );
}

/** What the database refuses and a person can do something about. */
const byConstraint: Readonly<Record<string, () => NotDone>> = {
  account_balances_not_negative: () =>
    notDone(
      'fund-short',
      '收回金额超过可用指标：已预占和已支付的部分不能收回。',
      'More than the available budget: what is reserved or spent cannot be recalled.',
      'amountFen',
    ),
  account_balances_closed_year: () => yearClosed(),
  remittances_within_due: () => notDone('fund-short', '上缴金额超过应缴财政款。', 'More than is due to the treasury (2103).', 'amountFen'),
};

/** The refusal of a control that speaks when the transaction is written or ends. */
export async function refusingByConstraint<T>(outcome: Promise<T | NotDone>): Promise<T | NotDone> {
  try {
    return await outcome;
  } catch (error) {
    const refusal = byConstraint[(error as { constraint?: string }).constraint ?? ''];
    if (refusal === undefined) throw error;
    return refusal();
  }
}

export const yearClosed = (): NotDone => notDone('fund-closed', '该年度指标已关账。', 'The fiscal year of this fund is closed.', 'fundId');

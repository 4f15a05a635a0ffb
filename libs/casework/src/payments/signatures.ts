import type { Tx } from '@tranche/database';

export type Signatures = {
  /** people who signed exactly this content, and how many its total demands */
  readonly signatures: number;
  readonly signaturesNeeded: number;
};

/** Signatures of this content by others than the maker; one that was given to another content counts for nothing. */
export async function signaturesOf(tx: Tx, batchId: string, contentHash: string): Promise<Signatures> {
  const { rows } = await tx.query<Signatures>(
    `SELECT (SELECT count(DISTINCT a.person_id)::int FROM batch_approvals a WHERE a.batch_id = b.id AND a.decision = 'approve' AND a.content_hash = $2 AND a.person_id <> b.maker_id) AS signatures,
       signers_needed(b.total_fen, f.district, legal_today()) AS "signaturesNeeded"
     FROM batches b JOIN funds f ON f.id = b.fund_id WHERE b.id = $1`,
    [batchId, contentHash],
  );
  return rows[0] ?? { signatures: 0, signaturesNeeded: 1 };
}

export async function hasSigned(tx: Tx, batchId: string, personId: string, contentHash: string): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT 1 FROM batch_approvals WHERE batch_id = $1 AND person_id = $2 AND decision = 'approve' AND content_hash = $3`,
    [batchId, personId, contentHash],
  );
  return rows.length > 0;
}

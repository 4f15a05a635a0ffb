import type { Tx } from '@tranche/database';

/** One file of a batch as people see it: which it is, by its hash, and who had it in hand. */
export type BatchFile = {
  readonly id: string;
  readonly part: number;
  readonly fileName: string;
  readonly format: string;
  /** of its bytes, hex */
  readonly sha256: string;
  readonly lines: number;
  readonly totalFen: string;
  readonly executionOn: string;
  readonly downloads: number;
  /** epoch milliseconds; null while it has not been handed to the bank */
  readonly handedOverAtMs: number | null;
  readonly handedOverBy: string | null;
  /** two people withdraw a file that no bank ever had; null while nobody wants that */
  readonly withdrawal: {
    readonly id: string;
    readonly state: 'proposed' | 'confirmed';
    readonly evidence: string;
    readonly proposedBy: string;
  } | null;
};

const select = `SELECT f.id, p.part_no AS part, f.file_name AS "fileName", f.kind AS format, encode(f.sha256, 'hex') AS sha256, p.line_count AS lines,
    p.total_fen::text AS "totalFen", p.execution_on::text AS "executionOn",
    (SELECT count(*)::int FROM bank_file_deliveries d WHERE d.bank_file_id = f.id AND d.kind = 'downloaded') AS downloads,
    (extract(epoch FROM h.recorded_at) * 1000)::float8 AS "handedOverAtMs", h.person_id AS "handedOverBy",
    CASE WHEN w.id IS NOT NULL THEN jsonb_build_object('id', w.id, 'state', w.state, 'evidence', w.evidence, 'proposedBy', w.proposed_by) END AS withdrawal
  FROM bank_file_parts p JOIN bank_files f ON f.id = p.bank_file_id
  LEFT JOIN bank_file_deliveries h ON h.bank_file_id = f.id AND h.kind = 'handed-over'
  LEFT JOIN bank_file_withdrawals w ON w.bank_file_id = f.id AND w.state <> 'rejected'`;

/** Files written for a batch, in the order of their parts. */
export async function filesOfBatch(tx: Pick<Tx, 'query'>, batchId: string): Promise<BatchFile[]> {
  const { rows } = await tx.query<BatchFile>(`${select} WHERE p.batch_id = $1 ORDER BY p.part_no`, [batchId]);
  return rows;
}

/** One part, or undefined. */
export async function fileOfBatch(tx: Pick<Tx, 'query'>, batchId: string, part: number): Promise<BatchFile | undefined> {
  const { rows } = await tx.query<BatchFile>(`${select} WHERE p.batch_id = $1 AND p.part_no = $2`, [batchId, part]);
  return rows[0];
}

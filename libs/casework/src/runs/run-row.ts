import type { Actor, Tx } from '@tranche/database';
import type { Facts, ParameterOverride } from '@tranche/policies';
import type { House } from '../house.js';
import type { ExtractColumns } from './extract-columns.js';
import type { Encoding } from './extract-lines.js';

export type RunState = 'loading' | 'screening' | 'screened' | 'cancelled';

/** A run as its row has it. */
export type Run = {
  readonly id: string;
  readonly runNo: string;
  readonly policyId: string;
  readonly policyVersion: string;
  readonly jurisdiction: string;
  readonly district: string | null;
  readonly state: RunState;
  readonly stopped: boolean;
  readonly fileName: string;
  /** hex */
  readonly fileSha256: string;
  readonly encoding: Encoding;
  readonly columns: ExtractColumns;
  /** facts that the office declared for every line; of a run over firms none */
  readonly declared: Facts;
  readonly overrides: readonly ParameterOverride[];
  /** the day as of which the firms are judged */
  readonly screenedOn: string;
  readonly lineCount: number | null;
  readonly createdBy: string;
};

export const runColumns = `id, run_no AS "runNo", policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, district, state, stopped,
  file_name AS "fileName", encode(file_sha256, 'hex') AS "fileSha256", encoding, columns, declared, overrides, screened_on AS "screenedOn",
  line_count AS "lineCount", created_by AS "createdBy"`;

/** The run as this actor may see it, or undefined. */
export async function readRun(house: House, actor: Actor, runId: string): Promise<Run | undefined> {
  const [run] = await house.database.read<Run>(actor, `SELECT ${runColumns} FROM no_application_runs WHERE id = $1`, [runId]);
  return run;
}

/** The same inside a transaction, locked until its end. */
export async function lockRun(tx: Pick<Tx, 'query'>, runId: string): Promise<Run | undefined> {
  const { rows } = await tx.query<Run>(`SELECT ${runColumns} FROM no_application_runs WHERE id = $1 FOR UPDATE`, [runId]);
  return rows[0];
}

/** The house at work on runs. */
export const runKeeper: Actor = { userId: 'system:runs', role: 'system', organisationId: null, district: null };

/** Runs in this actor's sight, the latest first. */
export function readRuns(
  house: House,
  actor: Actor,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<Run[]> {
  return house.database.read<Run>(
    actor,
    `SELECT ${runColumns} FROM no_application_runs WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [before, limit],
  );
}

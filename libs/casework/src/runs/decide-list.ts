import { dateOf, formatInstant } from '@tranche/calendar';
import { type Done, once, type Request } from '../administration/once.js';
import type { NotDone } from '../administration/refused.js';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { type Refused, refuse } from '../refusal.js';
import { lockRun, type Run } from './run-row.js';

export type ListDecided = {
  readonly list: number;
  readonly state: 'confirmed' | 'approved';
  readonly contentHash: string;
  readonly lines: number;
  readonly totalFen: string;
};
type Asked = { readonly runId: string; readonly contentHash: string };
type Outcome = Promise<Done<ListDecided> | Refused | NotDone>;

/**
 * The check of the preview (抽核): puts all included lines that stand on no list yet on one, under the hash of the content the reviewer
 * has seen. Firms whose account is confirmed later go on a later list. Not by whoever made the run.
 */
export async function confirmList(house: House, request: Request, { runId, contentHash }: Asked): Outcome {
  const today = dateOf(await legalNow(house));
  return once(house, request, async (tx): Promise<ListDecided | Refused> => {
    const { userId } = request.actor;
    const run = await lockRun(tx, runId);
    const refusal = refuseRun(run, userId);
    if (refusal) return refusal;
    const { rows } = await tx.query<{ hash: string; lines: number; fen: string }>(
      `SELECT encode(content_hash, 'hex') AS hash, line_count AS lines, total_fen::text AS fen FROM no_application_content($1, NULL)`,
      [runId],
    );
    const content = rows[0];
    if (!content || content.lines === 0) return nothingToConfirm;
    if (content.hash !== contentHash) return changed;
    const { rows: numbered } = await tx.query<{ list: number }>(
      `INSERT INTO no_application_lists (run_id, list_no, content_hash, line_count, total_fen, state, confirmed_by, confirmed_on)
       SELECT $1, coalesce(max(list_no), 0) + 1, decode($2, 'hex'), $3, $4, 'confirmed', $5, $6 FROM no_application_lists WHERE run_id = $1 RETURNING list_no AS list`,
      [runId, contentHash, content.lines, content.fen, userId, today],
    );
    const list = numbered[0]?.list ?? 0;
    await tx.query(`UPDATE no_application_lines SET list_no = $2 WHERE run_id = $1 AND list_no IS NULL AND outcome = 'included'`, [
      runId,
      list,
    ]);
    await decide(house, tx, { runId, list, step: 'confirm', userId, contentHash });
    return { list, state: 'confirmed', contentHash, lines: content.lines, totalFen: content.fen };
  }) as Outcome;
}

/**
 * The approval of a list by a third person, on the very content that was confirmed; the database computes it again. From this day the
 * limit of payment runs; the cases are opened by the worker.
 */
export async function approveList(house: House, request: Request, { runId, contentHash }: Asked): Outcome {
  const nowMs = await legalNow(house);
  const outcome = await once(house, request, async (tx): Promise<ListDecided | Refused> => {
    const { userId } = request.actor;
    const run = await lockRun(tx, runId);
    const refusal = refuseRun(run, userId);
    if (refusal) return refusal;
    const { rows } = await tx.query<{ list: number; state: string; hash: string; by: string; lines: number; fen: string }>(
      `SELECT list_no AS list, state, encode(content_hash, 'hex') AS hash, confirmed_by AS by, line_count AS lines, total_fen::text AS fen
       FROM no_application_lists WHERE run_id = $1 ORDER BY list_no FOR UPDATE`,
      [runId],
    );
    const listed = rows.find(({ hash }) => hash === contentHash);
    if (!listed) return rows.some(({ state }) => state === 'confirmed') ? changed : notConfirmed;
    if (listed.state !== 'confirmed') return decidedAlready;
    if (listed.by === userId) return anotherPerson;
    const { list } = listed;
    await decide(house, tx, { runId, list, step: 'approve', userId, contentHash });
    await tx.query(
      `UPDATE no_application_lists SET state = 'approved', approved_by = $3, approved_on = $4, approved_at = $5 WHERE run_id = $1 AND list_no = $2`,
      [runId, list, userId, dateOf(nowMs), formatInstant(nowMs)],
    );
    return { list, state: 'approved', contentHash, lines: listed.lines, totalFen: listed.fen };
  });
  if (outcome.ok) house.wake('runs');
  return outcome as Awaited<Outcome>;
}

type Sql = Parameters<typeof lockRun>[0];

const decide = (
  house: House,
  tx: Sql,
  { runId, list, step, userId, contentHash }: { runId: string; list: number; step: string; userId: string; contentHash: string },
) =>
  tx.query(
    `INSERT INTO no_application_decisions (run_id, list_no, step, person_id, content_hash, recorded_at) VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6)`,
    [runId, list, step, userId, contentHash, formatInstant(house.systemNow())],
  );

/** Nobody decides on a run that is not there, not screened, or the own one. */
function refuseRun(run: Run | undefined, userId: string): Refused | null {
  if (!run) return runNotFound;
  if (run.createdBy === userId) return anotherPerson;
  return run.state === 'screened'
    ? null
    : refuse('run-state', '筛查尚未完成或已作废。', 'The screening is not finished, or was called off.');
}

export const runNotFound = refuse('not-found', '没有这次筛查，或不属于您可见的范围。', 'There is no such run, or it is not yours to see.');
const anotherPerson = refuse(
  'four-eyes-required',
  '筛查、抽核、审批须由三人分别办理。',
  'Screening, check and approval are three persons’ work.',
);
const changed = refuse(
  'run-content-changed',
  '名单内容已变化，请重新核对预览后再办理。',
  'The list has changed; look at the preview again, then decide.',
);
const nothingToConfirm = refuse('run-state', '没有可列入名单的企业。', 'There is no firm to be listed.');
const notConfirmed = refuse('run-state', '尚无经抽核确认的名单。', 'No list has been checked and confirmed yet.');
const decidedAlready = refuse('already-decided', '该名单已审批。', 'This list has been approved already.');

import { inspectReceipt, type ReceiptFormat, readReceipt } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { finishBatches } from '../payments/send-batch.js';
import { returnFilesAgreed } from '../rails/profiles.js';
import { applyLines } from './apply-lines.js';
import { applyStatuses } from './apply-statuses.js';
import { checkStatements } from './check-statements.js';
import { bytesOf, keepFile, type ReceiptReport, type ReceivedFile, readReceivedFile, type Upload } from './received-file.js';
import { rematchLines } from './rematch-lines.js';
import { Stage, type Staged } from './stage.js';
import { postSuspense } from './suspense.js';

/** An import belongs to one process for so long; after that another may take it up. */
const LEASE_MS = 60_000;

/** Larger files are answered as `received` and imported by the worker: nobody waits minutes for an answer. */
const AT_ONCE_BYTES = 16 * 1024 * 1024;

export type ReceiptImported = { readonly fresh: boolean; readonly file: ReceivedFile };

/**
 * Takes a file of a bank in: keeps it, looks at all of it, writes down what it says, matches and applies that. A file that breaks its schema or
 * cannot be read is set aside for a second person. The same bytes again change nothing and answer the same report.
 */
export async function importReceipt(house: House, actor: Actor, upload: Upload): Promise<ReceiptImported> {
  const { id, fresh } = await keepFile(house, actor, upload);
  if (upload.bytes <= AT_ONCE_BYTES) await carryOn(house, id);
  else house.wake('bank');
  const file = await readReceivedFile(house, worker, id);
  if (file === undefined) throw new Error(`file ${id} is gone`);
  return { fresh, file };
}

/** Files whose import was cut off (their process ended) are taken up where their rows say. Returns how many. */
export async function resumeImports(house: House): Promise<number> {
  const rows = await house.database.read<{ id: string }>(
    worker,
    `SELECT id FROM received_files WHERE state IN ('received', 'importing') AND (lease_until IS NULL OR lease_until < $1) ORDER BY id LIMIT 10`,
    [formatInstant(house.systemNow())],
  );
  for (const { id } of rows) await carryOn(house, id);
  return rows.length;
}

/** Does what is left to do for a file, unless somebody else is at it. Every step may be done again: rows that stand are left as they are. */
export async function carryOn(house: House, fileId: string): Promise<void> {
  const claimed = await claim(house, fileId);
  if (claimed === undefined) return;
  const renewed = setInterval(() => void renew(house, fileId).catch(() => undefined), LEASE_MS / 3);
  try {
    const format = claimed.format !== null && claimed.state === 'importing' ? claimed.format : await inspect(house, fileId);
    if (format !== null) await take(house, fileId, format as ReceiptFormat);
  } finally {
    clearInterval(renewed);
  }
}

/** Looks at all of the file; null when it is set aside. */
async function inspect(house: House, fileId: string): Promise<string | null> {
  const inspection = await inspectReceipt(bytesOf(house, fileId), await returnFilesAgreed(house));
  if (inspection.kind === 'accepted') {
    await move(house, fileId, { state: 'importing', format: inspection.format });
    return inspection.format;
  }
  const { code, text, faults, format } = inspection;
  await move(house, fileId, { state: 'quarantined', format, reason: { code, text, faults } });
  return null;
}

async function take(house: House, fileId: string, format: ReceiptFormat): Promise<void> {
  const stage = new Stage(house, fileId);
  const templates = format.startsWith('csv:') ? await returnFilesAgreed(house) : [];
  const staged = await stageAll(stage, readReceipt(format, bytesOf(house, fileId), templates));
  await checkStatements(house, fileId);
  await applyStatuses(house, fileId);
  await applyLines(house, fileId);
  await postSuspense(house, fileId);
  await rematchLines(house);
  await finishBatches(house);
  await move(house, fileId, { state: 'imported', report: await reportOf(house, fileId, staged.lines) });
}

/** Whatever breaks off: nothing of this file is written behind the back of who takes it up again. */
async function stageAll(stage: Stage, pages: ReturnType<typeof readReceipt>): Promise<Staged> {
  try {
    for await (const events of pages) await stage.take(events);
    return await stage.finish();
  } finally {
    await stage.idle();
  }
}

async function renew(house: House, fileId: string): Promise<void> {
  const until = formatInstant(house.systemNow() + LEASE_MS);
  await house.database.transaction(worker, (tx) =>
    tx.query(`UPDATE received_files SET lease_until = $2 WHERE id = $1 AND state IN ('received', 'importing')`, [fileId, until]),
  );
}

async function claim(house: House, fileId: string): Promise<{ state: string; format: string | null } | undefined> {
  const now = house.systemNow();
  return house.database.transaction(worker, async (tx) => {
    const { rows } = await tx.query<{ state: string; format: string | null }>(
      `UPDATE received_files SET lease_until = $2 WHERE id = $1 AND state IN ('received', 'importing') AND (lease_until IS NULL OR lease_until < $3) RETURNING state, format`,
      [fileId, formatInstant(now + LEASE_MS), formatInstant(now)],
    );
    return rows[0];
  });
}

type Change = {
  readonly state: 'quarantined' | 'importing' | 'imported';
  readonly format?: string | null;
  readonly reason?: unknown;
  readonly report?: ReceiptReport;
};

async function move(house: House, fileId: string, { state, format, reason, report }: Change): Promise<void> {
  const done = state !== 'importing';
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `UPDATE received_files SET state = $2, format = coalesce(format, $3), reason = coalesce($4::jsonb, reason), report = coalesce($5::jsonb, report),
         lease_until = CASE WHEN $6 THEN NULL ELSE lease_until END, imported_at = CASE WHEN $2 = 'imported' THEN $7::timestamptz END WHERE id = $1`,
      [
        fileId,
        state,
        format ?? null,
        reason ? JSON.stringify(reason) : null,
        report ? JSON.stringify(report) : null,
        done,
        formatInstant(house.systemNow()),
      ],
    ),
  );
}

async function reportOf(house: House, fileId: string, linesInFile: number): Promise<ReceiptReport> {
  const [row] = await house.database.read<Omit<ReceiptReport, 'known'>>(
    worker,
    `SELECT (SELECT count(*)::int FROM statements WHERE file_id = $1) AS statements, (SELECT count(*)::int FROM statement_lines WHERE file_id = $1) AS lines,
       (SELECT count(*)::int FROM bank_statuses WHERE file_id = $1) AS statuses, (SELECT count(*)::int FROM matches m JOIN statement_lines l ON l.id = m.line_id WHERE l.file_id = $1) AS matched,
       (SELECT count(*)::int FROM suspense_items s JOIN statement_lines l ON l.id = s.line_id WHERE l.file_id = $1) AS suspense,
       (SELECT coalesce(sum(s.amount_fen), 0)::text FROM suspense_items s JOIN statement_lines l ON l.id = s.line_id WHERE l.file_id = $1) AS "suspenseFen",
       (SELECT count(*)::int FROM receipt_worklist WHERE file_id = $1 AND state = 'open') AS open`,
    [fileId],
  );
  if (row === undefined) throw new Error(`no counts of file ${fileId}`);
  return { ...row, known: linesInFile - row.lines };
}

import { dateOf, formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { executionDay, refuseDay, rememberDay } from '../rails/execution-day.js';
import { type Refused, refuse } from '../refusal.js';
import { lockBatch } from './batches.js';
import { type BatchFile, fileOfBatch } from './files-of-batch.js';
import { ANSWER_WITHIN_MS } from './transfer-news.js';

export type FileTaken = { readonly ok: true; readonly fileName: string; readonly sha256: string; readonly content: Buffer };

/** The cashier takes a file of a batch: the bytes as they were written, and a line in the log that says who took them. */
export async function takeFile(
  house: House,
  actor: Actor,
  { batchId, part }: { readonly batchId: string; readonly part: number },
): Promise<FileTaken | Refused> {
  return house.database.transaction(actor, async (tx): Promise<FileTaken | Refused> => {
    const file = await fileOfBatch(tx, batchId, part);
    if (!file) return noFile();
    const { rows } = await tx.query<{ content: Buffer }>('SELECT content FROM bank_files WHERE id = $1', [file.id]);
    await deliver(tx, house, actor, file, 'downloaded');
    return { ok: true, fileName: file.fileName, sha256: file.sha256, content: rows[0]!.content };
  });
}

export type HandedOver = {
  readonly ok: true;
  readonly batchId: string;
  readonly part: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly lines: number;
  readonly totalFen: string;
  readonly executionOn: string;
};

/**
 * The cashier says that the bank has this file, named by its hash: once. Its lines are `submitted` from now on; a bank that leaves them without
 * an answer for three days makes them `unknown`. Runs in the caller's transaction, in the cashier's own name.
 */
export async function handOverFile(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { readonly batchId: string; readonly part: number; readonly sha256: string; readonly executionOn?: string },
): Promise<HandedOver | Refused> {
  const { batchId, part } = asked;
  if (!(await lockBatch(tx, batchId))) return refuse('batch-not-found', '没有这张拨付单。', 'There is no such batch.');
  const file = await fileOfBatch(tx, batchId, part);
  if (!file) return noFile();
  if (file.handedOverAtMs !== null)
    return refuse('batch-state', '该文件已登记交付银行，不得再次交付。', 'This file was handed to the bank already; it goes there once.');
  if (file.withdrawal !== null)
    return refuse('batch-state', '该文件已撤回或正在撤回，不得交付银行。', 'This file is withdrawn, or about to be: it goes to no bank.');
  if (file.sha256 !== asked.sha256)
    return refuse(
      'bank-file-changed',
      '文件摘要与系统留存的不一致，请重新下载。',
      'The hash is not that of the stored file; download it again.',
    );
  if (file.downloads === 0) return refuse('batch-state', '该文件尚未下载。', 'Nobody has downloaded this file yet.');
  const day = await executionDay(tx, house, batchId, asked.executionOn);
  if (!day.ok) return refuseDay(day);
  await rememberDay(tx, house, actor, batchId, day.date);
  await deliver(tx, house, actor, file, 'handed-over');
  const now = house.systemNow();
  await tx.query(
    `UPDATE transfers t SET state = 'submitted', sent_on = $4, updated_at = $2, lease_until = $3 FROM bank_file_lines l
     WHERE l.bank_file_id = $1 AND t.id = l.transfer_id AND t.state = 'submitting'`,
    [file.id, formatInstant(now), formatInstant(now + ANSWER_WITHIN_MS), dateOf(await legalNow(house))],
  );
  const { fileName, sha256, lines, totalFen } = file;
  return { ok: true, batchId, part, fileName, sha256, lines, totalFen, executionOn: day.date };
}

const deliver = (tx: Tx, house: House, actor: Actor, file: BatchFile, kind: 'downloaded' | 'handed-over'): Promise<unknown> =>
  tx.query('INSERT INTO bank_file_deliveries (id, bank_file_id, person_id, kind, sha256, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    house.newId(),
    file.id,
    actor.userId,
    kind,
    Buffer.from(file.sha256, 'hex'),
    formatInstant(house.systemNow()),
  ]);

const noFile = (): Refused =>
  refuse('not-found', '此拨付单没有这个银行文件，请先生成。', 'This batch has no such bank file; have it written first.');

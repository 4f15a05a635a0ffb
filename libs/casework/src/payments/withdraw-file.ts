import { formatInstant } from '@tranche/calendar';
import { type Done, once, type Request } from '../administration/once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from '../administration/refused.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { fileOfBatch } from './files-of-batch.js';
import { recordAnswers } from './record-answer.js';
import { finishBatches } from './send-batch.js';

const PAGE = 500;

/**
 * Says that a file which was written never reached a bank, and what shows it (`evidence`). Refused once it was handed over, or the bank said
 * anything of it or of one of its lines; nothing happens before another person confirms.
 */
export function proposeWithdrawal(
  house: House,
  request: Request,
  { batchId, part, evidence }: { readonly batchId: string; readonly part: number; readonly evidence: string },
): Promise<Done<{ id: string; state: 'proposed' }> | NotDone> {
  return guarded(() =>
    once(house, request, async (tx) => {
      const file = await fileOfBatch(tx, batchId, part);
      if (file === undefined) return notFound();
      const id = house.newId();
      const { rowCount } = await tx.query(
        `INSERT INTO bank_file_withdrawals (id, bank_file_id, evidence, state, proposed_by, recorded_at) VALUES ($1, $2, $3, 'proposed', $4, $5)
         ON CONFLICT (bank_file_id) WHERE state <> 'rejected' DO NOTHING`,
        [id, file.id, evidence, request.actor.userId, formatInstant(house.systemNow())],
      );
      if (rowCount === 0)
        return notDone(
          'already-exists',
          '此文件已撤回或已有待确认的撤回。',
          'This file is withdrawn, or a withdrawal awaits confirmation.',
        );
      return { id, state: 'proposed' as const };
    }),
  );
}

/** The second person: the lines failed, their obligations are due again and go into new batches; or the file may be handed over after all. */
export async function decideWithdrawal(
  house: House,
  request: Request,
  { withdrawalId, decision }: { readonly withdrawalId: string; readonly decision: 'confirm' | 'reject' },
): Promise<Done<{ id: string; state: string }> | NotDone> {
  const decided = await guarded(() =>
    once(house, request, async (tx) => {
      const { rows } = await tx.query<{ state: string; proposedBy: string }>(
        'SELECT state, proposed_by AS "proposedBy" FROM bank_file_withdrawals WHERE id = $1',
        [withdrawalId],
      );
      const [found] = rows;
      if (found === undefined) return notFound();
      if (found.state !== 'proposed') return decidedAlready();
      if (found.proposedBy === request.actor.userId) return anotherPerson();
      const state = decision === 'confirm' ? 'confirmed' : 'rejected';
      await tx.query('UPDATE bank_file_withdrawals SET state = $2, decided_by = $3 WHERE id = $1', [
        withdrawalId,
        state,
        request.actor.userId,
      ]);
      return { id: withdrawalId, state };
    }),
  );
  if (decided.ok && decision === 'confirm') await failWithdrawn(house);
  return decided;
}

/** Lines of withdrawn files that have not heard of it yet (a process ended in between). Returns how many. */
export async function failWithdrawn(house: House): Promise<number> {
  // every sweep asks: where no file was ever withdrawn, looking for its lines need not be planned
  const withdrawn = await house.database.read(worker, `SELECT FROM bank_file_withdrawals WHERE state = 'confirmed' LIMIT 1`);
  if (withdrawn.length === 0) return 0;
  for (let failed = 0; ; ) {
    const rows = await house.database.read<{ transferId: string }>(
      worker,
      `SELECT t.id AS "transferId" FROM bank_file_withdrawals w JOIN bank_file_lines l ON l.bank_file_id = w.bank_file_id JOIN transfers t ON t.id = l.transfer_id
       WHERE w.state = 'confirmed' AND t.state = 'submitting' ORDER BY t.id LIMIT ${PAGE}`,
    );
    if (rows.length === 0) return failed;
    const answer = { kind: 'rejected' as const, code: 'WDRN', text: '银行文件未交付，经两人撤回' };
    await recordAnswers(
      house,
      house.bank,
      rows.map(({ transferId }) => ({ transferId, exchange: { answer, response: null }, fromFile: {} })),
    );
    await finishBatches(house);
    failed += rows.length;
  }
}

const refusals: Readonly<Record<string, () => NotDone>> = {
  bank_file_withdrawals_handed_over: () =>
    notDone(
      'data-invalid',
      '该文件已登记交付银行，不能撤回；请等待银行回单。',
      'This file was handed to the bank and cannot be withdrawn; wait for its answer.',
      'part',
    ),
  bank_file_withdrawals_known: () =>
    notDone(
      'data-invalid',
      '银行回单或对账单已提到该文件，不能撤回。',
      'A status or a statement refers to this file or one of its lines: it cannot be withdrawn.',
      'part',
    ),
};

/** What the database refuses is an expected answer here. */
async function guarded<T>(work: () => Promise<T>): Promise<T | NotDone> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusals[(error as { constraint?: string }).constraint ?? ''];
    if (refusal === undefined) throw error;
    return refusal();
  }
}

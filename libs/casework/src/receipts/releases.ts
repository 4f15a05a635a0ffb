import { formatInstant } from '@tranche/calendar';
import { type Done, once, type Request } from '../administration/once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from '../administration/refused.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { recordAnswers } from '../payments/record-answer.js';
import { finishBatches } from '../payments/send-batch.js';

/**
 * Says that an unknown transfer was not paid: the closed statement of its day does not show it. The database refuses this while that day is
 * not closed or a line names the transfer; nothing happens before another person confirms.
 */
export async function proposeRelease(
  house: House,
  request: Request,
  { transferId, note }: { readonly transferId: string; readonly note: string },
): Promise<Done<{ id: string; state: 'proposed' }> | NotDone> {
  return guarded(() =>
    once(house, request, async (tx) => {
      const { rows } = await tx.query<{ state: string }>('SELECT state FROM transfers WHERE id = $1', [transferId]);
      if (rows[0] === undefined) return notFound();
      const id = house.newId();
      const { rowCount } = await tx.query(
        `INSERT INTO transfer_releases (id, transfer_id, note, state, proposed_by, recorded_at) VALUES ($1, $2, $3, 'proposed', $4, $5)
         ON CONFLICT (transfer_id) WHERE state <> 'rejected' DO NOTHING`,
        [id, transferId, note, request.actor.userId, formatInstant(house.systemNow())],
      );
      if (rowCount === 0)
        return notDone('already-exists', '此转账已提出核定未付，待确认。', 'A release of this transfer awaits confirmation already.');
      return { id, state: 'proposed' as const };
    }),
  );
}

/** The second person: the transfer failed, its obligation is due again; or the proposal is rejected and the transfer stays unknown. */
export async function decideRelease(
  house: House,
  request: Request,
  { releaseId, decision }: { readonly releaseId: string; readonly decision: 'confirm' | 'reject' },
): Promise<Done<{ id: string; state: string; transferId: string }> | NotDone> {
  const decided = await guarded(() =>
    once(house, request, async (tx) => {
      const { rows } = await tx.query<{ state: string; proposedBy: string; transferId: string }>(
        'SELECT state, proposed_by AS "proposedBy", transfer_id AS "transferId" FROM transfer_releases WHERE id = $1',
        [releaseId],
      );
      const [found] = rows;
      if (found === undefined) return notFound();
      if (found.state !== 'proposed') return decidedAlready();
      if (found.proposedBy === request.actor.userId) return anotherPerson();
      const state = decision === 'confirm' ? 'confirmed' : 'rejected';
      await tx.query('UPDATE transfer_releases SET state = $2, decided_by = $3 WHERE id = $1', [releaseId, state, request.actor.userId]);
      return { id: releaseId, state, transferId: found.transferId };
    }),
  );
  if (decided.ok && decision === 'confirm') await release(house, decided.answer.transferId);
  return decided;
}

/** Confirmed releases whose transfer has not heard of it yet (a process ended in between). Returns how many. */
export async function resumeReleases(house: House): Promise<number> {
  const rows = await house.database.read<{ transferId: string }>(
    worker,
    `SELECT r.transfer_id AS "transferId" FROM transfer_releases r JOIN transfers t ON t.id = r.transfer_id WHERE r.state = 'confirmed' AND t.state = 'unknown' LIMIT 100`,
  );
  for (const { transferId } of rows) await release(house, transferId);
  return rows.length;
}

async function release(house: House, transferId: string): Promise<void> {
  const answer = { kind: 'rejected' as const, code: 'NOTB', text: '当日对账单未见扣款，经两人确认' };
  await recordAnswers(house, house.bank, [{ transferId, exchange: { answer, response: null }, fromFile: {} }]);
  await finishBatches(house);
}

const refusals: Readonly<Record<string, () => NotDone>> = {
  transfer_releases_unknown: () =>
    notDone('data-invalid', '只有结果不明的转账可以核定未付。', 'Only a transfer whose outcome is unknown can be released.', 'transferId'),
  transfer_releases_closed_day: () =>
    notDone(
      'data-invalid',
      '尚无该转账所在账户、发送当日的完整对账单；请先导入。',
      'No closed statement of its account covers the day it was sent yet; import that first.',
      'transferId',
    ),
  transfer_releases_booked: () =>
    notDone('data-invalid', '对账单中已有此转账的明细。', 'A statement line names this transfer; it was paid.', 'transferId'),
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

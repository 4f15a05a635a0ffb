import { systemCommand } from '../command.js';
import { dispatch } from '../dispatch.js';
import type { House } from '../house.js';
import { type OutboxOutcome, type OutboxRow, worker } from '../outbox.js';

/** The payment a debt was kept back of failed or came back: the case of the debt hears that it is owed again. */
export async function restoreDebt(house: House, row: OutboxRow): Promise<OutboxOutcome> {
  const [setOff] = await house.database.read<{ caseId: string; state: string; payer: string }>(
    worker,
    `SELECT s.case_id AS "caseId", s.state, c.case_no AS payer FROM set_offs s JOIN cases c ON c.id = s.paying_case_id WHERE s.id = $1`,
    [row.subject],
  );
  if (!setOff) return { kind: 'dead', why: `set-off ${row.subject} not found` };
  if (setOff.state === 'restored') return { kind: 'done' };
  const reason = `案件 ${setOff.payer} 的付款未成功或退票`;
  const answer = await dispatch(
    house,
    worker,
    systemCommand({
      caseId: setOff.caseId,
      type: 'recovery.restored',
      data: { setOff: row.subject, reason },
      key: `restore:${row.subject}`,
      cause: 'worker',
    }),
  );
  return answer.ok ? { kind: 'done' } : { kind: 'later', afterMs: 60_000, why: `${answer.code}: ${answer.detail.en}` };
}

import { formatInstant } from '@tranche/calendar';
import { type Done, forTheHouse, type Office, once, type Request } from './once.js';
import { type NotDone, notDone, notFound } from './refused.js';

type Task = { kind: string; role: string; state: string };

/** Tasks that no event of a case closes: what the bank said, and work that failed for good. */
const closedByHand = /^(?:bank-news:|ledger-proof:|outbox:(\d+)$)/;

/**
 * A person has looked into it: the task is done. Work that had failed for good is tried again with it, from the beginning; a task of
 * a case is closed by the case.
 */
export async function finishTask(office: Office, request: Request, id: string): Promise<Done<{ id: string; state: 'done' }> | NotDone> {
  const { actor } = request;
  // seen with the person's own eyes before it is written with those of the house
  const [seen] = await office.database.read<Task>(actor, 'SELECT kind, role, state FROM tasks WHERE id = $1', [id]);
  if (seen?.role !== actor.role) return notFound();
  const [found, row] = closedByHand.exec(seen.kind) ?? [];
  if (found === undefined)
    return notDone('data-invalid', '此待办由案件办理自动办结。', 'This task closes with the step of the case that it asks for.');
  return once(
    office,
    request,
    async (tx) => {
      const now = formatInstant(office.systemNow());
      const { rowCount } = await tx.query(
        `UPDATE tasks SET state = 'done', claimed_by = $2, closed_at = $3 WHERE id = $1 AND state IN ('open', 'claimed')`,
        [id, actor.userId, now],
      );
      if (rowCount === 0) return notDone('already-decided', '此待办已经办结。', 'This task is closed already.');
      if (row !== undefined)
        await tx.query(`UPDATE outbox SET state = 'pending', attempts = 0, due_at = $2 WHERE id = $1 AND state = 'dead'`, [row, now]);
      return { id, state: 'done' as const };
    },
    forTheHouse(actor),
  );
}

import type { Actor } from '@tranche/database';
import type { Answer } from '../command.js';
import { dispatch } from '../dispatch.js';
import type { House } from '../house.js';
import { refuse } from '../refusal.js';

type Asked = { readonly recoveryId: string; readonly key: string; readonly requestSha256: string };
type Change = {
  readonly type: 'recovery.instalmentsAgreed' | 'recovery.writtenOff';
  readonly data: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly cite: string;
};

const unknown = (): Answer =>
  refuse('not-found', '没有这笔追回或建议，或不属于您可见的范围。', 'There is no such recovery or proposal that you may see.');

/** Proposes instalments or a write-off; another person confirms it. */
export async function proposeForRecovery(house: House, actor: Actor, { recoveryId, ...request }: Asked, change: Change): Promise<Answer> {
  const [row] = await house.database.read<{ caseId: string }>(actor, 'SELECT case_id AS "caseId" FROM recoveries WHERE id = $1', [
    recoveryId,
  ]);
  if (row === undefined) return unknown();
  const { type, data, reason, cite } = change;
  const said = { correction: { type, data }, reason, cite };
  return dispatch(house, actor, { caseId: row.caseId, type: 'correction.proposed', data: said, cause: 'http', ...request });
}

/** Confirms what somebody else proposed, word for word: `proposal` is the number of the event that said it. */
export async function confirmForRecovery(
  house: House,
  actor: Actor,
  { recoveryId, ...request }: Asked,
  type: Change['type'],
  proposal: number,
): Promise<Answer> {
  const [row] = await house.database.read<{ caseId: string; data: Readonly<Record<string, unknown>> }>(
    actor,
    `SELECT e.case_id AS "caseId", e.data #> '{correction,data}' AS data FROM recoveries r JOIN case_events e ON e.case_id = r.case_id
     WHERE r.id = $1 AND e.seq = $2 AND e.type = 'correction.proposed' AND e.data #>> '{correction,type}' = $3`,
    [recoveryId, proposal, type],
  );
  if (row === undefined) return unknown();
  return dispatch(house, actor, { caseId: row.caseId, type, data: { ...row.data, proposal }, cause: 'http', ...request });
}

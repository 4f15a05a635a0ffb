import { decidePayeeAccount, proposePayeeAccount, sha256Of } from '@tranche/casework';
import { v7 } from 'uuid';
import type { World } from './world.js';

const request = (actor: ReturnType<World['by']>) => {
  const key = v7();
  return { actor, key, requestSha256: sha256Of({ key }) };
};

/** The institution registers an account, or the same once more, and a second person approves it. */
export async function correctAccount(world: World, accountNo = '21001501234567890999'): Promise<void> {
  const organisationId = world.seed.institutionId;
  const given = { organisationId, holderName: '大连海港职业培训学校', accountNo, bankNo: '105100000017', bankName: '建设银行' };
  const proposed = await proposePayeeAccount(world.house, request(world.by('institution')), given);
  if (!proposed.ok) throw new Error(`not proposed: ${proposed.code}`);
  const accountId = proposed.answer.id;
  const decided = await decidePayeeAccount(world.house, request(world.by('approver')), { organisationId, accountId, decision: 'approved' });
  if (!decided.ok) throw new Error(`not approved: ${decided.code}`);
  // cases opened from now on are paid there
  Object.assign(world.seed, { payeeAccountId: accountId });
}

/** What the bank refused in an earlier test is corrected before the next. */
export async function soundAccount(world: World): Promise<void> {
  const doubted = await world.rows(
    "SELECT 1 AS one FROM payee_account_doubts q JOIN payee_accounts p ON p.id = q.payee_account_id WHERE p.state = 'approved'",
  );
  if (doubted.length > 0) await correctAccount(world);
}

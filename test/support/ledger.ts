import { verifyHouse } from '@tranche/casework';
import { openAuditReader } from '@tranche/database';
import type { World } from './world.js';

/**
 * Balances of a case's postings by account code, in fen; + debit, − credit. Accounts that came to nothing are left out, and B3 and B4
 * too: a signed batch moves from reserved to in-payment as a whole, in a posting of no case.
 */
export async function caseLedger(world: World, caseId: string): Promise<Record<string, string>> {
  const rows = await world.rows<{ code: string; fen: string }>(
    `SELECT a.code, sum(e.amount_fen)::text AS fen FROM entries e JOIN postings p ON p.id = e.posting_id JOIN accounts a ON a.id = e.account_id
     WHERE p.case_id = $1 AND a.code NOT IN ('B3', 'B4') GROUP BY a.code HAVING sum(e.amount_fen) <> 0 ORDER BY a.code`,
    [caseId],
  );
  return Object.fromEntries(rows.map(({ code, fen }) => [code, fen]));
}

/** Balances of all funds together, by account code: what the trial balance shows. */
export async function trialBalance(world: World): Promise<Record<string, bigint>> {
  const rows = await world.rows<{ code: string; fen: string }>(
    'SELECT a.code, coalesce(sum(e.amount_fen), 0)::text AS fen FROM accounts a LEFT JOIN entries e ON e.account_id = a.id GROUP BY a.code',
  );
  return Object.fromEntries(rows.map(({ code, fen }) => [code, BigInt(fen)]));
}

/**
 * Every posting sums to zero, the guarded balance is the sum of its entries, and every event, state, posting, disbursement and recovery
 * of every case is what a verification computes again.
 */
export async function ledgerFaults(world: World): Promise<unknown[]> {
  return [...(await unbalanced(world)), ...(await auditFindings(world))];
}

/** What a verification under the read-only role finds. */
export async function auditFindings({ test, house }: World): Promise<readonly unknown[]> {
  const reader = await openAuditReader(test.auditUrl);
  try {
    const witness = { dir: null, publicKeys: new Map() };
    return (await verifyHouse(reader, { policies: house.policies, witness, systemNow: Date.now })).findings;
  } finally {
    await reader.close();
  }
}

function unbalanced(world: World): Promise<unknown[]> {
  return world.rows(
    `SELECT 'posting' AS what, p.id::text AS id FROM postings p JOIN entries e ON e.posting_id = p.id GROUP BY p.id HAVING sum(e.amount_fen) <> 0
     UNION ALL
     SELECT 'balance', b.account_id::text FROM account_balances b LEFT JOIN entries e ON e.account_id = b.account_id
     GROUP BY b.account_id, b.posted_fen HAVING b.posted_fen <> coalesce(sum(e.amount_fen), 0)`,
  );
}

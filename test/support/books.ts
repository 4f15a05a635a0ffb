import { expect } from '@jest/globals';
import { casePolicies, verifyHouse } from '@tranche/casework';
import { openAuditReader } from '@tranche/database';
import type { RunningHouse } from './processes.js';

type Booking = { endToEndId: string; status: string; amountFen: string; creditor: { name: string; accountNo: string } };
type Trial = { items: { book: string; code: string; balanceFen: string }[]; totals: { cashFen: string; budgetFen: string } };

/** Every booking in the bank's own book, over HTTP. */
export async function bankBook({ bank }: RunningHouse): Promise<Booking[]> {
  const { body } = await bank.call('GET', '/book');
  return body['bookings'] as Booking[];
}

export const sum = (amounts: readonly (string | null)[]): bigint => amounts.reduce((total, fen) => total + BigInt(fen ?? '0'), 0n);

/** Balances of all funds by account code, over HTTP. */
export async function trialBalance({ client }: RunningHouse): Promise<Record<string, bigint>> {
  const { items } = await client.get<Trial>('auditor', 'ledger/trial-balance');
  const balances: Record<string, bigint> = {};
  for (const { code, balanceFen } of items) balances[code] = (balances[code] ?? 0n) + BigInt(balanceFen);
  return balances;
}

/**
 * The books agree: both sum to zero, every posting does, and what the bank's own book says was paid is what our ledger says left
 * the bank account for subsidies (appropriations in, recoveries in, payments out). And every event, state and posting can be computed again.
 */
export async function expectBooksToAgree(house: RunningHouse): Promise<void> {
  const { totals } = await house.client.get<Trial>('auditor', 'ledger/trial-balance');
  expect(totals).toEqual({ cashFen: '0', budgetFen: '0' });
  const faults = await house.rows('SELECT posting_id FROM entries GROUP BY posting_id HAVING sum(amount_fen) <> 0');
  expect(faults).toEqual([]);
  const [ours] = await house.rows<{ fen: string; lines: number }>(
    `SELECT coalesce(sum(amount_fen), 0)::text AS fen, count(*)::int AS lines FROM disbursements d JOIN batches b ON b.id = d.batch_id AND b.rail = 'http' WHERE d.state = 'settled'`,
  );
  const theirs = (await bankBook(house)).filter(({ status }) => status === 'settled');
  expect({ fen: sum(theirs.map(({ amountFen }) => amountFen)).toString(), lines: theirs.length }).toEqual(ours);
  expect(await auditFindings(house)).toEqual([]);
}

/** What a verification under the read-only role finds. */
export async function auditFindings({ test }: RunningHouse): Promise<readonly unknown[]> {
  const reader = await openAuditReader(test.auditUrl);
  try {
    const witness = { dir: null, publicKeys: new Map() };
    return (await verifyHouse(reader, { policies: casePolicies(), witness, systemNow: Date.now })).findings;
  } finally {
    await reader.close();
  }
}

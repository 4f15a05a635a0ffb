import { expect } from '@jest/globals';
import { ledgerFaults } from '../../../../test/support/ledger.js';
import type { CaseStory } from '../../../../test/support/story.js';
import type { Scene } from './scene.js';

type Line = { caseId: string; payment: string; reference: string; state: string; fen: string };
type Booking = { endToEndId: string; status: string; amountFen: string };

/** What is owed to a case for a payment: nothing more may ever be with the payee or on its way. */
const live = ['draft', 'pending_approval', 'approved', 'submitting', 'submitted', 'accepted', 'unknown', 'settled'];
const open = live.filter((state) => state !== 'settled');
const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, fen) => total + BigInt(fen), 0n);

/** What must be true of the payments of these cases, at any moment and at rest. */
export function claimsOf({ world, bank }: Scene, cases: readonly CaseStory[]) {
  const ids = cases.map(({ id }) => id);
  const lines = () =>
    world.rows<Line>(
      `SELECT d.case_id AS "caseId", d.payment, t.end_to_end_id AS reference, t.state, t.amount_fen::text AS fen
       FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = ANY($1::uuid[]) ORDER BY t.id`,
      [ids],
    );
  const bookings = async (ours: readonly Line[]): Promise<Booking[]> => {
    if (bank.child.exitCode !== null || bank.child.signalCode !== null) return [];
    const { bookings: all } = (await bank.call('GET', '/book')).body as { bookings: Booking[] };
    return all.filter(({ endToEndId }) => ours.some(({ reference }) => reference === endToEndId));
  };
  /** obligations still waiting for their transfer */
  const waiting = async (): Promise<number> =>
    (await world.rows(`SELECT FROM disbursements WHERE case_id = ANY($1::uuid[]) AND state = 'requested' AND batch_id IS NULL`, [ids]))
      .length;
  const entitled = async (): Promise<{ caseId: string; id: string; state: string; amountFen: string | null }[]> => {
    const all = [];
    for (const story of cases)
      for (const { id, state, amountFen } of (await story.view()).tranches) all.push({ caseId: story.id, id, state, amountFen });
    return all;
  };

  return {
    /** At any moment: no payment has two live transfers, and the bank never has more of an obligation than it is. */
    async hold(): Promise<void> {
      const ours = await lines();
      const booked = await bookings(ours);
      for (const payment of byPayment(ours)) {
        expect(payment.filter(({ state }) => live.includes(state)).length).toBeLessThanOrEqual(1);
        const references = payment.map(({ reference }) => reference);
        const out = booked.filter(({ endToEndId, status }) => references.includes(endToEndId) && ['pending', 'settled'].includes(status));
        expect(sum(out.map(({ amountFen }) => amountFen))).toBeLessThanOrEqual(BigInt(payment[0]?.fen ?? '0'));
      }
    },

    async atRest(): Promise<boolean> {
      const ours = await lines();
      const due = (await entitled()).filter(({ state }) => ['due', 'requested', 'sent'].includes(state));
      return due.length === 0 && (await waiting()) === 0 && !ours.some(({ state }) => open.includes(state));
    },

    /** Some of them went, or are to go, in a file. */
    async inFiles(): Promise<boolean> {
      const found = await world.rows(
        `SELECT FROM transfers t JOIN batches b ON b.id = t.batch_id JOIN disbursements d ON d.id = t.disbursement_id
         WHERE b.rail IN ('file', 'csv') AND d.case_id = ANY($1::uuid[]) LIMIT 1`,
        [ids],
      );
      return found.length > 0;
    },

    /** Once nothing is under way: the bank's book and ours say the same of every transfer, each obligation is paid once, and all books prove. */
    async holdAtRest(): Promise<void> {
      const ours = await lines();
      const booked = new Map((await bookings(ours)).map((booking) => [booking.endToEndId, booking]));
      const said = ours.map(({ reference }) => [reference, bankWord(booked.get(reference)?.status)]);
      expect(ours.map(({ reference, state }) => [reference, ourWord(state)])).toEqual(said);
      const settled = ours.filter(({ state }) => state === 'settled');
      const inBook = [...booked.values()].filter(({ status }) => status === 'settled');
      expect(sum(settled.map(({ fen }) => fen))).toBe(sum(inBook.map(({ amountFen }) => amountFen)));
      const paid = (await entitled()).filter(({ state }) => state !== 'locked');
      expect(paid.map(({ caseId, id, state, amountFen }) => [caseId, id, state, amountFen]).toSorted()).toEqual(
        settled.map(({ caseId, payment, fen }) => [caseId, payment, 'paid', fen]).toSorted(),
      );
      expect(await contradictions(ours)).toEqual([]);
      expect(await unexplained(ours)).toEqual([]);
      expect(await ledgerFaults(world)).toEqual([]);
    },
  };

  /** Each line of a statement that names one of ours is matched with it, and no person was needed for that. */
  function unexplained(ours: readonly Line[]): Promise<unknown[]> {
    return world.rows(
      `SELECT l.end_to_end_id AS reference, l.direction, w.code FROM statement_lines l LEFT JOIN receipt_worklist w ON w.line_id = l.id AND w.state = 'open'
       WHERE l.end_to_end_id = ANY($1::text[]) AND (w.id IS NOT NULL OR NOT EXISTS (SELECT FROM matches m WHERE m.line_id = l.id))`,
      [ours.map(({ reference }) => reference)],
    );
  }

  /** A bank that tells the truth, in whatever order, contradicts nothing. */
  function contradictions(ours: readonly Line[]): Promise<unknown[]> {
    return world.rows(
      `SELECT k.kind FROM tasks k JOIN transfers t ON k.kind LIKE 'bank-news:transfer:' || t.id || ':%' WHERE t.end_to_end_id = ANY($1::text[])`,
      [ours.map(({ reference }) => reference)],
    );
  }
}

function byPayment(ours: readonly Line[]): Line[][] {
  const groups = new Map<string, Line[]>();
  for (const line of ours) {
    const name = `${line.caseId} ${line.payment}`;
    groups.set(name, [...(groups.get(name) ?? []), line]);
  }
  return [...groups.values()];
}

/** Where the money is: with the payee, back, or it never left. */
const ourWord = (state: string): string =>
  state === 'settled' || state === 'returned' ? state : open.includes(state) ? 'open' : 'not paid';
const bankWord = (status: string | undefined): string =>
  status === 'settled' || status === 'returned' ? status : status === 'pending' ? 'open' : 'not paid';

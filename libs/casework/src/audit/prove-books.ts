import { dateOf, formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { type BookReader, checkBooks } from './books.js';
import { type Finding, Findings } from './findings.js';

export type ProofFigures = { readonly postings: number; readonly entries: number; readonly funds: number; readonly disbursements: number };
export type LedgerProof = {
  readonly id: string;
  readonly legalDay: string;
  readonly ok: boolean;
  readonly findingsTotal: number;
  readonly findings: readonly Finding[];
  readonly figures: ProofFigures;
};

const KEEP_PER_KIND = 50;

/**
 * Computes all books again in one frozen view (as `tranche verify` does, without the cases' stories), keeps the result, and opens a task
 * for a person where something differs. Once a legal day: null when the day has its proof, or another worker is at it.
 */
export async function proveBooks(house: House): Promise<LedgerProof | null> {
  const startedMs = house.systemNow();
  const legalDay = dateOf(await legalNow(house));
  const work = async (tx: Tx): Promise<LedgerProof | null> => {
    const { rows } = await tx.query<{ mine: boolean; known: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('ledger-proof', 0)) AS mine, EXISTS (SELECT FROM ledger_proofs WHERE legal_day = $1) AS known`,
      [legalDay],
    );
    if (!rows[0]?.mine || rows[0].known) return null;
    const findings = new Findings(KEEP_PER_KIND);
    const reader: BookReader = { read: async (sql) => (await tx.query(sql)).rows };
    await checkBooks(reader, findings);
    const { rows: counted } = await tx.query<ProofFigures>(
      `SELECT (SELECT count(*)::int FROM postings) AS postings, (SELECT count(*)::int FROM entries) AS entries, (SELECT count(*)::int FROM funds) AS funds,
         (SELECT count(*)::int FROM disbursements) AS disbursements`,
    );
    const proof: LedgerProof = {
      id: house.newId(),
      legalDay,
      ok: findings.total === 0,
      findingsTotal: findings.total,
      findings: findings.list(),
      figures: counted[0]!,
    };
    await keep(house, tx, proof, startedMs);
    return proof;
  };
  return house.database.transaction(worker, work, { frozen: true });
}

async function keep(house: House, tx: Tx, proof: LedgerProof, startedMs: number): Promise<void> {
  const now = formatInstant(house.systemNow());
  await tx.query(
    `INSERT INTO ledger_proofs (id, legal_day, started_at, finished_at, ok, findings_total, findings, figures) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      proof.id,
      proof.legalDay,
      formatInstant(startedMs),
      now,
      proof.ok,
      proof.findingsTotal,
      JSON.stringify(proof.findings),
      JSON.stringify(proof.figures),
    ],
  );
  if (proof.ok) return;
  const label = {
    zh: `${proof.legalDay} 账务核对发现 ${proof.findingsTotal} 处不符，请查明原因`,
    en: `The proof of the books of ${proof.legalDay} found ${proof.findingsTotal} differences: find out why`,
  };
  await tx.query(
    `INSERT INTO tasks (id, kind, role, label, state, opened_at) VALUES ($1, 'ledger-proof:' || $2, 'supervisor', $3, 'open', $4)`,
    [house.newId(), proof.legalDay, JSON.stringify(label), now],
  );
}

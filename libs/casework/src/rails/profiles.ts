import {
  type CsvReceiptTemplate,
  namedTemplate,
  type RailAdapter,
  type RailKind,
  type RailProfile,
  type ReturnFileTemplate,
  railOf,
  railProfile,
  returnFileTemplate,
} from '@tranche/bank';
import { dateOf, formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import { type Done, once, type Request } from '../administration/once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from '../administration/refused.js';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';

/** A profile in force, and the adapter it describes. */
export type AgreedRail = { readonly id: string; readonly profile: RailProfile; readonly adapter: RailAdapter };

/**
 * What the bank of this debtor account agreed for a rail, as in force on a day: its own profile before that of every bank, the latest first.
 * Null where none is in force.
 */
export async function agreedRail(tx: Pick<Tx, 'query'>, rail: RailKind, debtorBankNo: string, on: string): Promise<AgreedRail | null> {
  const { rows } = await tx.query<{ id: string; profile: unknown }>(
    `SELECT id, profile FROM rail_profiles WHERE rail = $1 AND state = 'approved' AND effective_from <= $3 AND (bank_code IS NULL OR bank_code = left($2, 3))
     ORDER BY bank_code NULLS LAST, effective_from DESC LIMIT 1`,
    [rail, debtorBankNo, on],
  );
  return rows[0] ? toAgreed(rows[0]) : null;
}

/** The profile a batch was made with. Throws when there is none: a batch that goes to a bank has one. */
export async function railOfBatch(tx: Pick<Tx, 'query'>, batchId: string): Promise<AgreedRail> {
  const { rows } = await tx.query<{ id: string; profile: unknown }>(
    'SELECT p.id, p.profile FROM batches b JOIN rail_profiles p ON p.id = b.rail_profile_id WHERE b.id = $1',
    [batchId],
  );
  if (!rows[0]) throw new Error(`batch ${batchId} has no rail profile`);
  return toAgreed(rows[0]);
}

function toAgreed({ id, profile: stored }: { id: string; profile: unknown }): AgreedRail {
  const profile = railProfile.parse(stored);
  return { id, profile, adapter: railOf(profile) };
}

/**
 * How banks write their return files, by every profile that was ever in force: an answer may come long after its profile was replaced. The newest
 * first.
 */
export async function returnFilesAgreed(house: House): Promise<readonly CsvReceiptTemplate[]> {
  const rows = await house.database.read<{ id: string; template: ReturnFileTemplate }>(
    worker,
    `SELECT id, profile -> 'returnFile' AS template FROM rail_profiles WHERE state = 'approved' AND profile -> 'returnFile' IS NOT NULL ORDER BY effective_from DESC, id DESC`,
  );
  return rows.map(({ id, template }) => namedTemplate(id, returnFileTemplate.parse(template)));
}

export type NewRailProfile = {
  /** first three digits of the bank's number; null: every bank without a profile of its own */
  readonly bankCode: string | null;
  readonly effectiveFrom: string;
  readonly profile: RailProfile;
  readonly reason: string;
};

/** Proposes what a bank agreed with us; nothing is paid by it before another person approves it. */
export async function proposeRailProfile(house: House, request: Request, given: NewRailProfile): Promise<Done<{ id: string }> | NotDone> {
  const today = dateOf(await legalNow(house));
  return once(house, request, async (tx) => {
    if (given.effectiveFrom < today)
      return notDone('data-invalid', '生效日期不得早于今天。', 'A profile takes effect today or later.', 'effectiveFrom');
    const id = house.newId();
    await tx.query(
      `INSERT INTO rail_profiles (id, rail, bank_code, effective_from, profile, reason, state, proposed_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8)`,
      [
        id,
        given.profile.rail,
        given.bankCode,
        given.effectiveFrom,
        JSON.stringify(given.profile),
        given.reason,
        request.actor.userId,
        formatInstant(house.systemNow()),
      ],
    );
    return { id };
  });
}

/** Puts a profile in force from its day on, or turns it down. Batches made before keep theirs. */
export function decideRailProfile(
  house: House,
  request: Request,
  { id, decision }: { readonly id: string; readonly decision: 'approved' | 'rejected' },
): Promise<Done<{ id: string; state: 'approved' | 'rejected' }> | NotDone> {
  return once(house, request, async (tx) => {
    const { rows } = await tx.query<{ state: string; proposedBy: string | null; taken: boolean }>(
      `SELECT p.state, p.proposed_by AS "proposedBy", EXISTS (SELECT FROM rail_profiles o WHERE o.state = 'approved' AND o.rail = p.rail
         AND o.bank_code IS NOT DISTINCT FROM p.bank_code AND o.effective_from = p.effective_from) AS taken
       FROM rail_profiles p WHERE p.id = $1 FOR NO KEY UPDATE OF p`,
      [id],
    );
    const [row] = rows;
    if (!row) return notFound();
    if (row.state !== 'proposed') return decidedAlready();
    if (row.proposedBy === request.actor.userId) return anotherPerson();
    if (decision === 'approved' && row.taken)
      return notDone(
        'already-exists',
        '同一银行同一渠道同日已有生效的参数。',
        'A profile of this bank and rail takes effect on that day already.',
      );
    await tx.query('UPDATE rail_profiles SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1', [
      id,
      decision,
      request.actor.userId,
      formatInstant(house.systemNow()),
    ]);
    return { id, state: decision };
  });
}

export type RailProfileRow = {
  readonly id: string;
  readonly rail: RailKind;
  readonly bankCode: string | null;
  readonly effectiveFrom: string;
  readonly profile: RailProfile;
  readonly reason: string;
  readonly state: 'proposed' | 'approved' | 'rejected';
  readonly proposedBy: string | null;
  readonly decidedBy: string | null;
};

/** All profiles, of each rail and bank the latest first. */
export async function listRailProfiles(house: House, actor: Request['actor']): Promise<RailProfileRow[]> {
  return house.database.read<RailProfileRow>(
    actor,
    `SELECT id, rail, bank_code AS "bankCode", effective_from AS "effectiveFrom", profile, reason, state, proposed_by AS "proposedBy", decided_by AS "decidedBy"
     FROM rail_profiles ORDER BY rail, bank_code NULLS FIRST, effective_from DESC, id DESC`,
    [],
  );
}

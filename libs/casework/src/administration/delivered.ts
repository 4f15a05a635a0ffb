import { stateCouncilYears } from '@tranche/calendar';
import { type Database, systemActor } from '@tranche/database';
import { policies, policyHash } from '@tranche/policies';
import { sha256Of } from '../command.js';
import { bringCalendarYear } from './calendar-import.js';
import type { Office } from './once.js';

const delivery = systemActor('delivery');

/**
 * What the software itself brings to an office: every version of every policy it knows, and the years of the State Council's calendar. Part of
 * every migration and safe to repeat; what stands is left as it is.
 */
export async function bringDelivered(office: Office): Promise<void> {
  await registerPolicies(office.database);
  await bringYears(office);
}

async function registerPolicies(database: Database): Promise<void> {
  const versions = policies().map((policy) => ({
    id: policy.id,
    version: policy.version,
    jurisdiction: policy.jurisdiction,
    hash: policyHash(policy),
    definition: policy,
  }));
  await database.transaction(delivery, (tx) =>
    tx.query(
      `INSERT INTO policy_versions (id, version, jurisdiction, hash, definition)
       SELECT id, version, jurisdiction, hash, definition FROM jsonb_to_recordset($1::jsonb) AS v(id text, version text, jurisdiction text, hash text, definition jsonb)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(versions)],
    ),
  );
}

/** Every later year is proposed and approved by two people. */
async function bringYears(office: Office): Promise<void> {
  for (const { year, notice, off, work } of stateCouncilYears) {
    if (year < 2020 || year > 2026) continue;
    const given = { year, notice, off, work };
    const requestSha256 = sha256Of(given);
    const brought = await bringCalendarYear(office, { actor: delivery, key: `calendar:${year}:${requestSha256}`, requestSha256 }, given);
    if (!brought.ok) throw new Error(`the calendar of ${year} was refused: ${brought.code}: ${brought.detail.en}`);
  }
}

import type { House } from '@tranche/casework';
import { binds, landmarkTerms, type ParameterOverride, type Policy, placesAround, policies } from '@tranche/policies';
import { publicActor } from '../http/actor.js';
import { found } from '../http/outcome.js';

/** The versions of a policy, the widest jurisdiction first, then by version. */
export const versionsOf = (id: string): Policy[] =>
  policies()
    .filter((policy) => policy.id === id)
    .sort((a, b) => a.jurisdiction.length - b.jurisdiction.length || (a.version < b.version ? -1 : 1));

/** Values that two people have put in force: of one policy, together with those of the tables it shares. */
export type Overrides = (policyId: string) => readonly ParameterOverride[];

/** In every jurisdiction the newest version whose window holds that day; a landmark that was recorded has closed what waited for it. */
export function inForceOn(on: string, overrides: Overrides): Policy[] {
  const newest = new Map<string, Policy>();
  for (const policy of policies()) {
    const { from } = policy.window;
    const key = `${policy.id}/${policy.jurisdiction}`;
    const known = newest.get(key);
    const terms = landmarkTerms(policy, { on, scopes: placesAround(policy.jurisdiction), overrides: overrides(policy.id) });
    if (binds(policy, on, terms) && (known === undefined || known.window.from < from)) newest.set(key, policy);
  }
  return [...newest.values()];
}

/** One version; where two jurisdictions use the same version name, `jurisdiction` tells them apart. */
export const versionOf = (id: string, version: string, jurisdiction: string | undefined): Policy =>
  found(
    versionsOf(id).find((policy) => policy.version === version && (jurisdiction === undefined || policy.jurisdiction === jurisdiction)),
  );

/** Everything approved, read once, newest first. */
export async function approvedOverrides(house: House): Promise<Overrides> {
  const rows = await house.database.read<ParameterOverride & { policyId: string }>(
    publicActor,
    `SELECT policy_id AS "policyId", key, scope, effective_from AS "from", value, cite, shared FROM parameters WHERE approved_by IS NOT NULL ORDER BY id DESC`,
  );
  return (id) => rows.filter(({ policyId }) => policyId === id || policyId === '*');
}

import type { House } from '@tranche/casework';
import { binds, type ParameterOverride, type Policy, policies } from '@tranche/policies';
import { publicActor } from '../http/actor.js';
import { found } from '../http/outcome.js';

/** The versions of a policy, the widest jurisdiction first, then by version. */
export const versionsOf = (id: string): Policy[] =>
  policies()
    .filter((policy) => policy.id === id)
    .sort((a, b) => a.jurisdiction.length - b.jurisdiction.length || (a.version < b.version ? -1 : 1));

/** In every jurisdiction the newest version whose window holds that day. */
export function inForceOn(on: string): Policy[] {
  const newest = new Map<string, Policy>();
  for (const policy of policies()) {
    const { from } = policy.window;
    const key = `${policy.id}/${policy.jurisdiction}`;
    const known = newest.get(key);
    if (binds(policy, on) && (known === undefined || known.window.from < from)) newest.set(key, policy);
  }
  return [...newest.values()];
}

/** One version; where two jurisdictions use the same version name, `jurisdiction` tells them apart. */
export const versionOf = (id: string, version: string, jurisdiction: string | undefined): Policy =>
  found(
    versionsOf(id).find((policy) => policy.version === version && (jurisdiction === undefined || policy.jurisdiction === jurisdiction)),
  );

/** Local values that two people have put in force. */
export function approvedOverrides(house: House, policyId: string): Promise<ParameterOverride[]> {
  return house.database.read<ParameterOverride>(
    publicActor,
    `SELECT key, scope, effective_from AS "from", value, cite FROM parameters WHERE policy_id = $1 AND approved_by IS NOT NULL`,
    [policyId],
  );
}

export const policySummary = ({ id, version, jurisdiction, title, cite, issuedOn, window, payee, office, timeLimit }: Policy) => ({
  id,
  version,
  jurisdiction,
  title,
  cite,
  issuedOn,
  from: window.from,
  until: typeof window.until === 'string' ? window.until : null,
  payee,
  office,
  timeLimit,
});

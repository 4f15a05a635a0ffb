import type { Actor } from '@tranche/database';
import { type Cite, checkOverride, type ParameterValue, policies } from '@tranche/policies';
import { type Done, forTheHouse, type Office, once, type Request } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

export type NewParameter = {
  readonly policyId: string;
  readonly key: string;
  /** a place (`CN-2102`, `210200`) or `*` */
  readonly scope: string;
  readonly effectiveFrom: string;
  readonly value: ParameterValue;
  readonly cite: Cite;
  readonly reason: string;
};

/** Proposes a local value of a policy parameter; cases opened from its first day on resolve it, once it is approved. */
export function proposeParameter(office: Office, request: Request, given: NewParameter): Promise<Done<{ id: string }> | NotDone> {
  return once(
    office,
    request,
    async (tx) => {
      const refusal = refuseScope(request.actor, given.scope) ?? refuseValue(given);
      if (refusal !== null) return refusal;
      const id = office.newId();
      await tx.query(
        `INSERT INTO parameters (id, policy_id, key, scope, effective_from, value, cite, reason, proposed_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          given.policyId,
          given.key,
          given.scope,
          given.effectiveFrom,
          JSON.stringify(given.value),
          JSON.stringify(given.cite),
          given.reason,
          request.actor.userId,
          new Date(office.systemNow()),
        ],
      );
      return { id };
    },
    forTheHouse(request.actor),
  );
}

/**
 * A bureau sets values for its own place, not for the province and not for its neighbours: `210202` for the district `210202`,
 * `210200` for the city `CN-2102` as well, `210000` for the province `CN-21`. Who works for every district may set any.
 */
function refuseScope({ district }: Actor, scope: string): NotDone | null {
  if (district === null || district === '') return null;
  const place = district.replace(/(00){1,2}$/, '');
  if ([district, `CN-${district}`, `CN-${place}`].includes(scope)) return null;
  return notDone('role-not-allowed', '只能设定本地区的参数。', 'Only parameters of your own district can be set.', 'scope');
}

/** The value must suit every version of the policy that has the parameter. */
function refuseValue({ policyId, key, value }: NewParameter): NotDone | null {
  const versions = policies().filter((policy) => policy.id === policyId && policy.parameters.some((parameter) => parameter.key === key));
  if (versions.length === 0) return notDone('data-invalid', '该政策没有这个参数。', 'The policy has no such parameter.', 'key');
  for (const policy of versions) {
    const refused = checkOverride(policy, { key, value });
    if (refused !== null) return notDone('data-invalid', refused.message.zh, refused.message.en, 'value');
  }
  return null;
}

export function approveParameter(office: Office, request: Request, id: string): Promise<Done<{ id: string; state: 'approved' }> | NotDone> {
  return once(
    office,
    request,
    async (tx) => {
      const { rows } = await tx.query<{ proposed_by: string; approved_by: string | null; scope: string }>(
        'SELECT proposed_by, approved_by, scope FROM parameters WHERE id = $1 FOR UPDATE',
        [id],
      );
      const [row] = rows;
      if (row === undefined) return notFound();
      const elsewhere = refuseScope(request.actor, row.scope);
      if (elsewhere !== null) return elsewhere;
      if (row.proposed_by === request.actor.userId) return anotherPerson();
      if (row.approved_by !== null) return decidedAlready();
      await tx.query('UPDATE parameters SET approved_by = $2 WHERE id = $1', [id, request.actor.userId]);
      return { id, state: 'approved' as const };
    },
    forTheHouse(request.actor),
  );
}

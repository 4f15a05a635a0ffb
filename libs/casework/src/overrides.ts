import type { Tx } from '@tranche/database';
import type { ParameterOverride, Policy } from '@tranche/policies';

/** Does the window or a rule of this policy hang on the day something happened in the world? */
export const followsTheWorld = ({ parameters }: Policy): boolean => parameters.some(({ landmark }) => landmark === true);

export type Overrides = ReadonlyMap<string, readonly ParameterOverride[]>;

/** Values set under four eyes, by policy, the newest first; those of shared tables belong to every policy. What a new case resolves. */
export const loadOverrides = (tx: Pick<Tx, 'query'>, policyIds: readonly string[]): Promise<Overrides> =>
  load(tx, policyIds, ['keep', 'refresh']);

/** Those of them that running cases follow. What was set for new cases only is not among them: a running case keeps what it was promised. */
export const loadFollowed = (tx: Pick<Tx, 'query'>, policyIds: readonly string[]): Promise<Overrides> => load(tx, policyIds, ['refresh']);

async function load(tx: Pick<Tx, 'query'>, policyIds: readonly string[], running: readonly string[]): Promise<Overrides> {
  const { rows } = await tx.query<{ policyId: string; all: ParameterOverride[] }>(
    `SELECT policy_id AS "policyId", jsonb_agg(jsonb_build_object('key', key, 'scope', scope, 'from', effective_from, 'value', value, 'cite', cite, 'shared', shared) ORDER BY id DESC) AS "all"
     FROM parameters WHERE (policy_id = ANY($1::text[]) OR policy_id = '*') AND approved_by IS NOT NULL AND running = ANY($2::text[]) GROUP BY policy_id`,
    [policyIds, running],
  );
  const of = new Map(rows.map(({ policyId, all }) => [policyId, all]));
  return new Map(policyIds.map((id) => [id, [...(of.get(id) ?? []), ...(of.get('*') ?? [])]]));
}

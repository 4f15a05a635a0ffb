import type { Tx } from '@tranche/database';
import type { ParameterOverride } from '@tranche/policies';

/** Values set by administration under four eyes, by policy. */
export async function loadOverrides(
  tx: Pick<Tx, 'query'>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ParameterOverride[]>> {
  const { rows } = await tx.query<{ policyId: string; all: ParameterOverride[] }>(
    `SELECT policy_id AS "policyId", jsonb_agg(jsonb_build_object('key', key, 'scope', scope, 'from', effective_from, 'value', value, 'cite', cite)) AS "all"
     FROM parameters WHERE policy_id = ANY($1::text[]) AND approved_by IS NOT NULL GROUP BY policy_id`,
    [policyIds],
  );
  return new Map(rows.map(({ policyId, all }) => [policyId, all]));
}

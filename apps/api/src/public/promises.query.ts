import type { House } from '@tranche/casework';
import { policies, type Text } from '@tranche/policies';
import { houseActor } from '../http/actor.js';

/** Below so many payments a figure could point at somebody: neither the number nor the share is told. */
export const leastPayments = 5;

type Row = { readonly district: string; readonly policyId: string; readonly decided: number; readonly kept: number };
export type PromiseRow = {
  readonly district: string;
  readonly policyId: string;
  readonly title: Text;
  readonly payments: number | null;
  readonly kept: number | null;
  readonly keptPercent: string | null;
};

/**
 * Payments whose legal limit ended in the period, by district and policy: kept where they came in time; not, where it was broken or may be. Nothing is added up across them, so what
 * is withheld cannot be found by subtraction.
 */
export async function promisesKept(house: House, from: string, to: string): Promise<PromiseRow[]> {
  const rows = await house.database.read<Row>(
    houseActor,
    `SELECT d.district, c.policy_id AS "policyId", count(*)::int AS decided, count(*) FILTER (WHERE d.status IN ('met', 'cleared'))::int AS kept
     FROM deadlines d JOIN cases c ON c.id = d.case_id
     WHERE d.key LIKE 'payment:%' AND d.kind = 'statutory' AND d.status IN ('met', 'cleared', 'suspected', 'confirmed') AND d.last_day BETWEEN $1 AND $2
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [from, to],
  );
  return rows.map(told);
}

function told({ district, policyId, decided, kept }: Row): PromiseRow {
  const title = policies().find(({ id }) => id === policyId)?.title ?? { zh: policyId, en: policyId };
  if (decided < leastPayments) return { district, policyId, title, payments: null, kept: null, keptPercent: null };
  return { district, policyId, title, payments: decided, kept, keptPercent: percent(kept, decided) };
}

/** One decimal, rounded down: 999 of 1,000 is never a hundred. */
function percent(part: number, whole: number): string {
  const tenths = Math.floor((part * 1000) / whole);
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

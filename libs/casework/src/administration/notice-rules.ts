import type { Tx } from '@tranche/database';
import {
  type NoticeConflict,
  noticeChosen,
  noticeConflict,
  type ParameterOverride,
  type Policy,
  policies,
  resolveTerms,
} from '@tranche/policies';
import { loadOverrides } from '../overrides.js';
import { scopesOf } from '../places.js';
import type { ParameterRow } from './parameters.js';
import { type NotDone, notDone } from './refused.js';

type Proposed = Pick<ParameterRow, 'policyId' | 'key' | 'scope' | 'effectiveFrom' | 'value' | 'cite'>;

/**
 * A notice before payment and the limit for payment must both be possible in every place and from every day on which a value of this
 * policy begins to hold: where the notice takes as long as the limit, the jurisdiction has to say first that the clock stands still.
 */
export async function refuseNotice(tx: Pick<Tx, 'query'>, proposed: Proposed): Promise<NotDone | null> {
  const versions = policies().filter(({ id, plan }) => id === proposed.policyId && noticeChosen(plan) !== undefined);
  if (versions.length === 0) return null;
  const kept = (await loadOverrides(tx, [proposed.policyId])).get(proposed.policyId) ?? [];
  const { key, scope, effectiveFrom: from, value, cite } = proposed;
  const all = [{ key, scope, from, value, cite }, ...kept];
  const conflict = versions.flatMap((policy) => conflictIn(policy, all) ?? [])[0];
  return conflict === undefined ? null : refused(conflict);
}

function conflictIn(policy: Policy, overrides: readonly ParameterOverride[]): NoticeConflict | null {
  const places = [...new Set(overrides.map(({ scope }) => scope ?? '*'))];
  const days = [...new Set(overrides.map(({ from }) => (from < policy.window.from ? policy.window.from : from)))];
  for (const scopes of places.map(around))
    for (const on of days) {
      const conflict = noticeConflict(policy, resolveTerms(policy, { on, scopes, overrides }));
      if (conflict) return conflict;
    }
  return null;
}

/** A place of a parameter with those around it, the smallest first. */
function around(scope: string): string[] {
  if (scope === '*') return [];
  const digits = scope.replace('CN-', '');
  const wider = [4, 2].filter((length) => length < digits.length).map((length) => `CN-${digits.slice(0, length)}`);
  return scope === digits ? scopesOf(scope) : [scope, ...wider];
}

const refused = ({ days, limit, cite }: NoticeConflict): NotDone =>
  notDone(
    'data-invalid',
    `拨付前公示${days}个工作日与${limit}个工作日的拨付时限（${cite.doc} ${cite.clause}）不能同时满足；请先将 clockPausesDuringNotice 设为 true（公示期间停止计算）。未作更改。`,
    `A notice of ${days} working days before payment and a limit of ${limit} working days (${cite.doc} ${cite.clause}) cannot both be kept; set clockPausesDuringNotice to true first, so that the clock stands still. Nothing was changed.`,
    'value',
  );

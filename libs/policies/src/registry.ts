import { isLocalDate } from '@tranche/calendar';
import { folders } from './folders.js';
import { checkVersions, deepFreeze, loadPolicy } from './loader.js';
import { placesAround } from './places.js';
import type { Policy, Until, WorkedExample } from './policy.js';
import { type PolicyRefusal, refuse } from './refusal.js';
import { binds } from './window.js';

const loaded: { all?: readonly Policy[] } = {};

/** All policy versions, checked and frozen; loaded on first use. Throws PolicyError when one cannot be loaded. */
export function policies(): readonly Policy[] {
  if (loaded.all) return loaded.all;
  const all = Object.freeze(Object.values(folders).flatMap(({ versions }) => versions.map(loadPolicy)));
  checkVersions(all);
  loaded.all = all;
  return all;
}

/** One version of a policy as a case stores it, or undefined. */
export const policyVersion = (id: string, version: string, jurisdiction: string): Policy | undefined =>
  policies().find((policy) => policy.id === id && policy.version === version && policy.jurisdiction === jurisdiction);

/** The worked examples of a policy; none where the policy is unknown. */
export const workedExamples = (id: string): readonly WorkedExample[] => deepFreeze(folders[id]?.examples ?? []);

export type InForce = { readonly ok: true; readonly policy: Policy } | PolicyRefusal;

/**
 * The version that binds in a place on a day: its own where one is in force, else that of the next larger place
 * (district → city → province). Refuses `policy-unknown`, `jurisdiction-unknown`, `date-malformed`, `date-outside-versions`.
 */
export function versionInForce(id: string, { jurisdiction, on }: { readonly jurisdiction: string; readonly on: string }): InForce {
  const versions = policies().filter((policy) => policy.id === id);
  if (versions.length === 0) return refuse('policy-unknown', 'policyId', `没有编号为 ${id} 的政策。`, `There is no policy ${id}.`);
  if (!isLocalDate(on))
    return refuse('date-malformed', 'on', '日期无法识别，请写成 "2020-11-25"。', 'The date was not understood; write it as "2020-11-25".');
  const chain = placesAround(jurisdiction);
  const binding = versions.filter((policy) => chain.includes(policy.jurisdiction));
  if (binding.length === 0) return outsidePlaces(id, jurisdiction, versions);
  const policy = chain.flatMap((place) => binding.find((item) => item.jurisdiction === place && binds(item, on)) ?? [])[0];
  return policy ? { ok: true, policy } : outsideDates(id, on, binding);
}

function outsidePlaces(id: string, jurisdiction: string, versions: readonly Policy[]): PolicyRefusal {
  const places = [...new Set(versions.map((item) => item.jurisdiction))].join('、');
  return refuse(
    'jurisdiction-unknown',
    'jurisdiction',
    `政策 ${id} 不适用于 ${jurisdiction}；适用地区：${places}。`,
    `Policy ${id} does not bind ${jurisdiction}; it holds in: ${places}.`,
  );
}

const untilText = (until: Until | undefined): string =>
  typeof until === 'object' ? `${until.landmark}${until.plusMonths ? ` + ${until.plusMonths}` : ''}` : (until ?? '');

function outsideDates(id: string, on: string, versions: readonly Policy[]): PolicyRefusal {
  const spans = versions.map(({ jurisdiction, window }) => `${jurisdiction} ${window.from}…${untilText(window.until)}`).join('; ');
  return refuse(
    'date-outside-versions',
    'on',
    `${on} 不在政策 ${id} 任何版本的有效期内（${spans}）。`,
    `${on} lies outside every version of policy ${id} (${spans}).`,
  );
}

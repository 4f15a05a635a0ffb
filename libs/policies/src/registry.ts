import { isLocalDate } from '@tranche/calendar';
import { compilePolicy } from './compile.js';
import { folders } from './folders.js';
import { checkVersions, deepFreeze, readPolicy } from './loader.js';
import { placesAround } from './places.js';
import type { Policy, Until, WorkedExample } from './policy.js';
import { type PolicyRefusal, refuse } from './refusal.js';
import { landmarkTerms, type ParameterOverride } from './terms.js';
import { binds } from './window.js';

const loaded: { all?: readonly Policy[] } = {};

/**
 * All policy versions, frozen; read on first use. Throws PolicyError when the structure of one is wrong. Their expressions are checked where
 * programs are built (`assertPolicies`), and again when the first one is asked.
 */
export function policies(): readonly Policy[] {
  if (loaded.all) return loaded.all;
  const all = Object.freeze(Object.values(folders).flatMap(({ versions }) => versions.map(readPolicy)));
  checkVersions(all);
  loaded.all = all;
  return all;
}

/** Parses and type-checks every expression of every policy. Throws PolicyError listing what is wrong: such a tree is not built. */
export function assertPolicies(): void {
  for (const policy of policies()) compilePolicy(policy);
}

/** One version of a policy as a case stores it, or undefined. */
export const policyVersion = (id: string, version: string, jurisdiction: string): Policy | undefined =>
  policies().find((policy) => policy.id === id && policy.version === version && policy.jurisdiction === jurisdiction);

/** The worked examples of a policy; none where the policy is unknown. */
export const workedExamples = (id: string): readonly WorkedExample[] => deepFreeze(folders[id]?.examples ?? []);

export type InForce = { readonly ok: true; readonly policy: Policy } | PolicyRefusal;

/** `overrides`: values set by administration; a recorded landmark among them ends the windows that wait for it. */
export type WhereAndWhen = {
  readonly jurisdiction: string;
  readonly on: string;
  readonly overrides?: readonly ParameterOverride[];
  /** the versions to choose from; absent: those the machines can run */
  readonly among?: readonly Policy[];
};

/**
 * The version that binds in a place on a day: its own where one is in force, else that of the next larger place
 * (district → city → province). Refuses `policy-unknown`, `jurisdiction-unknown`, `date-malformed`, `date-outside-versions`.
 */
export function versionInForce(id: string, where: WhereAndWhen): InForce {
  const found = bindingIn(id, where);
  if (!found.ok) return found;
  return found.policy ? { ok: true, policy: found.policy } : outsideDates(id, where.on, found.binding);
}

/** One place on the way from the smallest to the largest: its versions, and the one of them that binds on the day. */
export type PlaceAsked = { readonly place: string; readonly versions: readonly Policy[]; readonly inForce: Policy | null };
export type Binding = {
  readonly ok: true;
  readonly places: readonly PlaceAsked[];
  readonly binding: readonly Policy[];
  /** null: the places have versions, none binds on that day */
  readonly policy: Policy | null;
};

/** Which version binds, and how it was found: place by place. Refuses as `versionInForce`, except for days outside every version. */
export function bindingIn(id: string, { jurisdiction, on, overrides = [], among = policies() }: WhereAndWhen): Binding | PolicyRefusal {
  const versions = among.filter((policy) => policy.id === id);
  if (versions.length === 0) return refuse('policy-unknown', 'policyId', `没有编号为 ${id} 的政策。`, `There is no policy ${id}.`);
  if (!isLocalDate(on))
    return refuse('date-malformed', 'on', '日期无法识别，请写成 "2020-11-25"。', 'The date was not understood; write it as "2020-11-25".');
  const chain = placesAround(jurisdiction);
  const binding = versions.filter((policy) => chain.includes(policy.jurisdiction));
  if (binding.length === 0) return outsidePlaces(id, jurisdiction, versions);
  const places = chain.map((place): PlaceAsked => {
    const own = binding.filter((policy) => policy.jurisdiction === place);
    const held = own.find((policy) => binds(policy, on, landmarkTerms(policy, { on, scopes: chain, overrides })));
    return { place, versions: own, inForce: held ?? null };
  });
  return { ok: true, places, binding, policy: places.find(({ inForce }) => inForce)?.inForce ?? null };
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

import { type Cite, type Policy, policies, type Text } from '@tranche/policies';
import type { Done, Office, Request } from './once.js';
import { proposeParameter } from './parameters.js';
import { type NotDone, notDone } from './refused.js';

/** Something that happens in the world once, and on which windows and rates of policies hang. */
export type Landmark = {
  /** the parameter that holds its day */
  readonly key: string;
  readonly label: Text;
  readonly shared: string | null;
  /** the first day from which the value is read: a landmark holds for all time */
  readonly from: string;
  readonly policies: readonly string[];
};

/** Every landmark that a loaded policy declares; one that several share stands once. */
export function landmarks(among: readonly Policy[] = policies()): Landmark[] {
  const found = new Map<string, Landmark>();
  for (const policy of among)
    for (const { key, label, shared, from, landmark } of policy.parameters) {
      if (!landmark) continue;
      const name = shared === undefined ? `${policy.id} ${key}` : `${shared} ${key}`;
      const known = found.get(name);
      const users = [...new Set([...(known?.policies ?? []), policy.id])];
      found.set(name, { key, label, shared: shared ?? null, from: earlier(known?.from, from ?? policy.window.from), policies: users });
    }
  return [...found.values()];
}

const earlier = (a: string | undefined, b: string): string => (a === undefined || b < a ? b : a);

export type WorldEvent = {
  readonly landmark: string;
  /** where several policies have a landmark of this name of their own */
  readonly policyId?: string;
  readonly on: string;
  readonly cite: Cite;
  readonly reason: string;
};

/**
 * Proposes to record that something has happened, with its source. Once another person has seen the running cases it touches and
 * approved it, windows and rates that wait for it end everywhere, for new and for running cases.
 */
export function proposeWorldEvent(office: Office, request: Request, given: WorldEvent): Promise<Done<{ id: string }> | NotDone> {
  const named = landmarks().filter(({ key }) => key === given.landmark);
  const chosen = named.filter((each) => each.shared !== null || given.policyId === undefined || each.policies.includes(given.policyId));
  const [landmark] = chosen;
  if (!landmark || chosen.length > 1) return Promise.resolve(unknownLandmark());
  const { key, shared, from } = landmark;
  return proposeParameter(office, request, {
    ...(shared === null ? { policyId: landmark.policies[0]! } : { shared }),
    key,
    scope: '*',
    effectiveFrom: from < given.on ? from : given.on,
    value: given.on,
    cite: given.cite,
    reason: given.reason,
    running: 'refresh',
  });
}

function unknownLandmark(): NotDone {
  const names = landmarks()
    .map(({ key, label }) => `${key}（${label.zh}）`)
    .join('、');
  return notDone('data-invalid', `没有这个事件；可登记：${names}。`, `There is no such event; there are: ${names}.`, 'landmark');
}

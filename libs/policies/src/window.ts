import type { EvaluationInput } from './evaluate.js';
import { periodOf } from './periods.js';
import type { Policy, Terms, Text } from './policy.js';
import { FOREVER, type Landmarks, landmarksIn, lastDay } from './until.js';

/** The landmarks as the policy's own parameters have them, where no case's terms are at hand. */
export const defaultLandmarks =
  (policy: Policy): Landmarks =>
  (key) => {
    const found = policy.parameters.find((item) => item.key === key && item.landmark)?.value;
    return typeof found === 'string' ? found : undefined;
  };

/** Does a day lie in the policy's window? Both ends are included; a window that ends at a landmark is open until that is recorded. */
export function inWindow(policy: Policy, on: string | null, terms?: Terms): boolean {
  const { window } = policy;
  if (on === null) return true;
  return window.from <= on && on <= (lastDay(window.until, terms ? landmarksIn(terms) : defaultLandmarks(policy)) ?? FOREVER);
}

/** The day that must lie in the window; null = none yet, or the window is asked of every period. */
export function anchorOf({ window }: Policy, { on, facts }: EvaluationInput): string | null {
  if (window.anchor === 'received') return on;
  if (window.anchor === 'period') return null;
  const day = facts[window.anchor.fact];
  return typeof day === 'string' ? day : null;
}

/** Has the period a day in the window? A month that begins or ends outside counts whole. Always true where the window is not asked of periods. */
export function periodInWindow(policy: Policy, id: string, terms: Terms): boolean {
  if (policy.window.anchor !== 'period') return true;
  const period = periodOf(id);
  if (!period) return false;
  const until = lastDay(policy.window.until, landmarksIn(terms)) ?? FOREVER;
  return period.to >= policy.window.from && period.from <= until;
}

/**
 * May an application received on this day fall under this version? Where periods or a fact are tested against the window,
 * an application may also come later: the version binds from its issue on.
 */
export const binds = (policy: Policy, on: string, terms?: Terms): boolean =>
  policy.window.anchor === 'received' ? inWindow(policy, on, terms) : policy.issuedOn <= on;

/** The last day of a window for people to read: a day, what it waits for, or null where no end is laid down. */
export function windowEnd({ window, parameters }: Policy): string | Text | null {
  const { until } = window;
  if (until === undefined || typeof until === 'string') return until ?? null;
  const label = parameters.find(({ key }) => key === until.landmark)?.label ?? { zh: until.landmark, en: until.landmark };
  const more = until.plusMonths;
  return more === undefined ? label : { zh: `${label.zh}后${more}个月`, en: `${more} months after: ${label.en}` };
}

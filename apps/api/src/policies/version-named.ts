import type { Policy } from '@tranche/policies';
import { found } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { versionsOf } from './registry.js';

/** `CN-2102` (the newest there), `2020-11-24`, or `CN-2102@2020-11-24`. Refuses a name that fits none, or versions of several places. */
export function versionNamed(id: string, name: string, field: string): Policy {
  const versions = versionsOf(id);
  found(versions[0]);
  const [place, day] = name.includes('@') ? name.split('@', 2) : name.startsWith('CN') ? [name, undefined] : [undefined, name];
  const fitting = versions.filter(
    (policy) => (place === undefined || policy.jurisdiction === place) && (day === undefined || policy.version === day),
  );
  const places = new Set(fitting.map(({ jurisdiction }) => jurisdiction));
  const chosen = fitting.at(-1);
  if (chosen && places.size === 1) return chosen;
  const known = versions.map(({ jurisdiction, version }) => `${jurisdiction}@${version}`).join('、');
  const message = { zh: `“${name}”不能确定一个版本；可用：${known}。`, en: `"${name}" does not name one version; there are: ${known}.` };
  throw new Problem('request-invalid', { detail: message, errors: [{ field, code: 'version-unknown', message }] });
}

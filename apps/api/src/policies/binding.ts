import type { Binding, Text } from '@tranche/policies';
import type { z } from 'zod';
import type { binding } from './diff.view.js';

/** The binding version with the way to it: from the smallest place to the first that has one in force. */
export function bindingView(
  { policy, places }: Binding,
  { on, jurisdiction }: { readonly on: string; readonly jurisdiction: string },
): z.infer<typeof binding> {
  return {
    on,
    jurisdiction,
    policy: policy && { id: policy.id, version: policy.version, jurisdiction: policy.jurisdiction, title: policy.title },
    anchor: policy && (typeof policy.window.anchor === 'object' ? 'fact' : policy.window.anchor),
    places: places.map(({ place, versions, inForce }) => ({
      place,
      versions: versions.map(({ version }) => version),
      binds: inForce?.version ?? null,
    })),
    why: why(policy?.jurisdiction ?? null, jurisdiction, on),
  };
}

function why(binds: string | null, asked: string, on: string): Text {
  if (binds === null) return { zh: `${on} 没有在 ${asked} 适用的版本。`, en: `No version binds in ${asked} on ${on}.` };
  if (binds === asked) return { zh: `${asked} 有自己的版本在 ${on} 有效。`, en: `${asked} has a version of its own in force on ${on}.` };
  return {
    zh: `${asked} 在 ${on} 没有自己的有效版本，适用上级地区 ${binds} 的版本。`,
    en: `${asked} has no version of its own in force on ${on}; that of the wider place ${binds} binds.`,
  };
}

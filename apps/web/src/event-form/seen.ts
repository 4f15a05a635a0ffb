// What a person had seen of the case when the typing began. It is kept with what is typed, so that somebody else's step in between is never
// overwritten unseen, not even after a reload.

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, good, type Schemas } from '../api/client.js';
import { useSession } from '../session/session.js';
import type { Typed } from './schema.js';

/** The version of the case, and what the form began with. */
export type Seen = { readonly version: number; readonly began: Typed };
export type Told = Schemas['CaseEvent'];

/** Beside what is typed, under a name no event has. */
export const SEEN = '@seen';
export const seenOf = (typed: Typed): Seen => typed[SEEN] as Seen;
export const beginning = (initial: Typed, version: number): Typed => ({ ...initial, [SEEN]: { version, began: initial } });

/** What was typed, on what is true now: whatever the person left as it was takes the new value. */
export function rebased(typed: Typed, now: Typed, version: number): Typed {
  return { ...taken(typed, seenOf(typed).began, now), [SEEN]: { version, began: now } };
}

function taken(typed: Typed, before: Typed, now: Typed): Typed {
  const names = new Set([...Object.keys(typed), ...Object.keys(now)]);
  return Object.fromEntries([...names].map((name) => [name, newer(typed[name], before[name], now[name])]));
}

function newer(typed: unknown, before: unknown, now: unknown): unknown {
  if (isGroup(typed) && isGroup(now)) return taken(typed, isGroup(before) ? before : {}, now);
  return JSON.stringify(typed) === JSON.stringify(before) ? now : typed;
}

const isGroup = (value: unknown): value is Typed => typeof value === 'object' && value !== null && !Array.isArray(value);

type Of = { readonly id: string; readonly version: number };
type Form = { readonly typed: Typed; readonly set: (typed: Typed) => void };

/**
 * What other people did to the case since the typing began; `goOn` takes note of it. One's own steps and those of the house itself
 * (payments, days that pass) ask for no attention: the form follows them.
 */
export function useOthersSteps(
  of: Of,
  { typed, set }: Form,
  initial: Typed,
): { readonly steps: readonly Told[]; readonly goOn: () => void } {
  const { data: person } = useSession();
  const { version } = seenOf(typed);
  const moved = of.version > version;
  const { data } = useQuery({
    queryKey: ['case', of.id, 'since', version, of.version],
    enabled: moved,
    queryFn: () =>
      good(
        api.GET('/api/v1/cases/{id}/history', { params: { path: { id: of.id }, query: { limit: 100, cursor: btoa(String(version)) } } }),
      ),
  });
  const known = moved && data !== undefined;
  const steps = known ? data.items.filter(({ actor, role }) => role !== 'system' && actor !== person?.id) : [];
  const goOn = () => set(rebased(typed, initial, of.version));
  useEffect(() => {
    if (known && steps.length === 0) goOn();
  });
  return { steps, goOn };
}

// Whether the server could be reached at the last try; the banner and the queries listen.

import { useSyncExternalStore } from 'react';

export type Connection = 'there' | 'lost';

let current: Connection = 'there';
const listeners = new Set<() => void>();

export function note(next: Connection): void {
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => current);

/** Asks whether the server is alive; true when it answered. */
export async function tryConnection(): Promise<boolean> {
  try {
    await fetch('/health/live', { cache: 'no-store' });
    note('there');
    return true;
  } catch {
    note('lost');
    return false;
  }
}

// What is being typed, kept in this tab until it is sent: a reload, a crash or a wrong click loses nothing.

import { useCallback, useState } from 'react';

const place = (key: string) => `draft:${key}`;
const ownerPlace = 'drafts-of';

function stored<T>(key: string, initial: T): T {
  try {
    const text = sessionStorage.getItem(place(key));
    if (text === null) return initial;
    const found = JSON.parse(text) as T;
    return isPlain(initial) ? { ...initial, ...found } : found;
  } catch {
    return initial;
  }
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

function keep<T>(key: string, value: T, secret: readonly string[]): void {
  try {
    const shown = isPlain(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !secret.includes(name))) : value;
    sessionStorage.setItem(place(key), JSON.stringify(shown));
  } catch {
    // a full or refused store: the page itself still holds it
  }
}

const none: readonly string[] = [];

/**
 * State that survives a reload of the tab. `clear` after it was sent. The key names person-independent things: a case, an event. What is
 * `secret` (a password, an account number) lives in the page alone and is never stored.
 */
export function useDraft<T>(key: string, initial: T, secret: readonly string[] = none): readonly [T, (next: T) => void, () => void] {
  const [held, setHeld] = useState(() => ({ key, value: stored(key, initial) }));
  const value = held.key === key ? held.value : stored(key, initial);
  const set = useCallback(
    (next: T) => {
      setHeld({ key, value: next });
      keep(key, next, secret);
    },
    [key, secret],
  );
  const clear = useCallback(() => {
    try {
      sessionStorage.removeItem(place(key));
    } catch {
      // nothing was stored
    }
    setHeld({ key, value: initial });
  }, [key, initial]);
  return [value, set, clear];
}

/** What a person typed is for that person alone: when another signs in on this tab, or one signs out, it is gone. */
export function draftsOf(person: string | null): void {
  try {
    if (person !== null && sessionStorage.getItem(ownerPlace) === person) return;
    const kept = Object.keys(sessionStorage).filter((key) => key.startsWith('draft:'));
    // what was typed before anybody signed in belongs to whoever sits here
    if (person === null || sessionStorage.getItem(ownerPlace) !== null) for (const key of kept) sessionStorage.removeItem(key);
    if (person === null) sessionStorage.removeItem(ownerPlace);
    else sessionStorage.setItem(ownerPlace, person);
  } catch {
    // no store, no drafts
  }
}

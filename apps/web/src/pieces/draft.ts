// What is being typed, kept in this tab until it is sent: a reload, a crash or a wrong click loses nothing.

import { useCallback, useState } from 'react';

const place = (key: string) => `draft:${key}`;

function stored<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(place(key));
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** State that survives a reload of the tab. `clear` after it was sent. The key names person-independent things: a case, an event. */
export function useDraft<T>(key: string, initial: T): readonly [T, (next: T) => void, () => void] {
  const [held, setHeld] = useState(() => ({ key, value: stored<T>(key) ?? initial }));
  const value = held.key === key ? held.value : (stored<T>(key) ?? initial);
  const set = useCallback(
    (next: T) => {
      setHeld({ key, value: next });
      try {
        sessionStorage.setItem(place(key), JSON.stringify(next));
      } catch {
        // a full or refused store: the page itself still holds it
      }
    },
    [key],
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

// One wish, one Idempotency-Key: sent again after a lost connection it is the same wish, changed it is another one.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newKey } from './client.js';
import { asRefused, type Refused } from './problem.js';

type Kept = { readonly said: string; readonly key: string };

/** The key for this content: the one before while the content is the same and no answer came. */
export function useKey(): { readonly keyFor: (content: unknown) => string; readonly answered: () => void } {
  const kept = useRef<Kept | null>(null);
  return {
    keyFor: (content) => {
      // a wish without content is one too
      const said = JSON.stringify(content) ?? '';
      if (kept.current?.said !== said) kept.current = { said, key: newKey() };
      return kept.current.key;
    },
    answered: () => {
      kept.current = null;
    },
  };
}

export type Wish<Content, Answer> = {
  readonly send: (content: Content, key: string) => Promise<Answer>;
  /** query keys that are no longer true after it */
  readonly touches?: readonly (readonly unknown[])[];
  readonly done?: (answer: Answer, content: Content) => void;
};

/**
 * A write: `mutate(content)` sends it under its key; what it touches is read anew. `error` is a Refused.
 * After `unreachable` the same content goes out under the same key, so nothing is done twice.
 */
export function useWish<Content, Answer>({ send, touches = [], done }: Wish<Content, Answer>) {
  const queries = useQueryClient();
  const { keyFor, answered } = useKey();
  return useMutation<Answer, Refused, Content>({
    networkMode: 'always',
    mutationFn: async (content) => {
      try {
        return await send(content, keyFor(content));
      } catch (thrown) {
        throw asRefused(thrown);
      }
    },
    onSuccess: async (answer, content) => {
      answered();
      done?.(answer, content);
      await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: (refused) => {
      if (refused.code !== 'unreachable') answered();
    },
  });
}

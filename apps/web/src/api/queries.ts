// How answers are kept: fresh for a moment, asked again when the window is looked at; a refusal is never asked again by itself.

import { QueryClient } from '@tanstack/react-query';
import { Refused } from './problem.js';

export const makeQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: 10 * 60_000,
        networkMode: 'always',
        refetchOnWindowFocus: true,
        retry: (count, error) => (error instanceof Refused ? error.status >= 500 && count < 2 : count < 2),
      },
    },
  });

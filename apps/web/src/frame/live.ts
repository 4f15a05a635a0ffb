// What moves while one looks: the server says which cases changed, and what is shown of them is read anew.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isLong } from '../pieces/paged-table.js';

type Moved = { readonly id: string; readonly caseNo: string; readonly version: number };

/** lists that a change of any case may touch */
const lists = [
  ['cases'],
  ['tasks'],
  ['deadlines'],
  ['notifications'],
  ['disbursements'],
  ['due-payments'],
  ['batches'],
  ['transfers'],
  ['recoveries'],
  ['own-lines'],
  ['reports'],
];
const settleMs = 400;
const againMs = 30_000;

/** Listens as long as the page stands; a burst of news is answered with one reading. Pages need do nothing for it. */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
    let stale = new Set<string>();
    const refresh = () => {
      const ids = stale;
      stale = new Set();
      settling = undefined;
      for (const queryKey of [...lists, ...[...ids].map((id) => ['case', id])]) {
        // a list of many pages is not read anew page after page under the reader's eyes; it says that it is old and waits to be asked
        void queries.invalidateQueries({ queryKey, refetchType: 'none' });
        void queries.refetchQueries({ queryKey, type: 'active', predicate: ({ state }) => !isLong(state.data) });
      }
    };
    const later = () => {
      settling ??= setTimeout(refresh, settleMs);
    };
    const open = () => {
      source = new EventSource('/api/v1/events');
      // it tells what happens from now on; what was read before may have missed something. Coming back, it goes on where it was.
      const begun = () => void queries.invalidateQueries({ predicate: ({ state }) => state.dataUpdatedAt > 0 }, { cancelRefetch: false });
      source.addEventListener('open', begun, { once: true });
      source.addEventListener('cases', ({ data }) => {
        for (const { id } of (JSON.parse(String(data)) as { moved: Moved[] }).moved) stale.add(id);
        later();
      });
      source.addEventListener('reload', () => void queries.invalidateQueries());
      source.addEventListener('error', () => {
        // refused (signed out, too many): the browser does not try again by itself
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, againMs);
      });
    };
    open();
    return () => {
      source?.close();
      clearTimeout(again);
      clearTimeout(settling);
    };
  }, [queries]);
}

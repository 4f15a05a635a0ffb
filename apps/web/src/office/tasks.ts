// The queue as it is read: by legal urgency, page by page; and what is next in it.

import { api, good, keyed, type Schemas } from '../api/client.js';

export type Task = Schemas['Task'];

export type QueueFilter = { readonly mine: boolean; readonly kind: string | null };

export const loadQueue = ({ mine, kind }: QueueFilter, cursor: string | undefined, limit = 50) =>
  good(
    api.GET('/api/v1/tasks', {
      params: {
        query: {
          order: 'urgency',
          limit,
          ...(mine ? { mine: 'true' } : {}),
          ...(kind === null ? {} : { kind }),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
    }),
  );

export const claim = (id: string, key: string) =>
  good(api.POST('/api/v1/tasks/{id}/claim', { params: { path: { id }, header: keyed(key) } }));

/** Where a task is worked on; what has no case is done from the list. */
export const placeOf = ({ id, caseId, kind }: Pick<Task, 'id' | 'caseId' | 'kind'>): string | null => {
  if (kind === 'account-correction') return '/desk/office/accounts?show=doubted';
  return caseId === null ? null : `/desk/office/case/${caseId}?task=${id}`;
};

/** The most urgent task that nobody else has taken, other than this one; null when the queue is empty. */
export async function nextTask(me: string, other: string | null): Promise<Task | null> {
  const { items } = await loadQueue({ mine: false, kind: null }, undefined, 50);
  const free = items.filter(({ id, caseId, claimedBy }) => id !== other && caseId !== null && (claimedBy === null || claimedBy === me));
  return free[0] ?? null;
}

/** Steps that say nothing but yes, so that many may be taken at once: each is still heard by its own case. */
export const steps: Readonly<Record<string, string>> = {
  accept: 'application.accepted',
  review: 'application.reviewed',
  approve: 'application.approved',
  publish: 'notice.posted',
};

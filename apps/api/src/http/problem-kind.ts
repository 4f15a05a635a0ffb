import type { Text } from '@tranche/policies';

/** One kind of refusal: the HTTP status, and what it says when the place that refuses has nothing better to say. */
export type ProblemKind = { readonly status: number; readonly title: Text; readonly detail: Text };

/** status, then title and detail in Chinese and English */
export const kind = (status: number, zhTitle: string, enTitle: string, zh: string, en: string): ProblemKind => ({
  status,
  title: { zh: zhTitle, en: enTitle },
  detail: { zh, en },
});

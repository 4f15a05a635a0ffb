/** A text shown to people, in the two languages of the product. */
export type Text = { readonly zh: string; readonly en: string };

/** Where a statement comes from. Only `stated` may be shown as "the policy says". */
export type Cite = {
  readonly doc: string;
  readonly clause: string;
  readonly basis: 'stated' | 'inferred' | 'open' | 'external';
  /** verbatim words of the document */
  readonly quote?: string;
  /** why it is read so, where the words alone do not say it */
  readonly note?: Text;
};

import type { Cite, Text } from '../cite.js';

/** A document that policies stand on. */
export type Document = {
  readonly doc: string;
  readonly issuedOn: string;
  readonly jurisdiction: string;
  /** who accepts applications under it, and the words this is inferred from */
  readonly office: Text;
  readonly officeClause: string;
  readonly officeQuote: string;
};

/** How a statement of a policy is grounded in one clause of one document. */
export type Grounds = {
  readonly document: Document;
  /** the document says so, in these words */
  readonly stated: (quote: string, note?: Text) => Cite;
  /** read so from these words, for the reason given */
  readonly inferred: (quote: string, note: Text) => Cite;
  /** the document is silent; the default and why */
  readonly open: (note: Text) => Cite;
  /** the same document, another clause */
  readonly clause: (clause: string) => Grounds;
};

/** The grounds of one clause. A quote must be verbatim; a test compares it with the document's text. */
export const groundsIn = (document: Document, clause: string): Grounds => {
  const { doc } = document;
  return {
    document,
    stated: (quote, note) => ({ doc, clause, basis: 'stated', quote, ...(note ? { note } : {}) }),
    inferred: (quote, note) => ({ doc, clause, basis: 'inferred', quote, note }),
    open: (note) => ({ doc, clause, basis: 'open', note }),
    clause: (other) => groundsIn(document, other),
  };
};

/** A statement taken from outside the documents. */
export const external = (doc: string, clause: string, note: Text): Cite => ({ doc, clause, basis: 'external', note });

/** Two languages. */
export const text = (zh: string, en: string): Text => ({ zh, en });

/** A code of a fact or a parameter, and what it is called. */
export const choice = <Value>(value: Value, zh: string, en: string) => ({ value, label: text(zh, en) });

/** The accepting office of a policy under a document, with its ground. */
export const officeOf = (document: Document): { readonly office: Text; readonly officeCite: Cite } => ({
  office: document.office,
  officeCite: groundsIn(document, document.officeClause).inferred(
    document.officeQuote,
    text('受理机构由文件所列单位推定。', 'The accepting office is inferred from the bodies the document names.'),
  ),
});

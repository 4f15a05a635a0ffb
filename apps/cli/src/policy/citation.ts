import type { Cite } from '@tranche/policies';
import type { Language } from '../terminal/language.js';

/**
 * A citation in words. Only what the document states is shown as its words; a reading says that it is one, and what the
 * document leaves open says so.
 */
export function citation({ doc, clause, basis, quote, note }: Cite, language: Language): string {
  const why = note?.[language] ?? '';
  const words = quote === undefined ? '' : `“${quote}”`;
  const place = `${withoutTitle(doc)} ${clause}`;
  return sentences[language][basis]({ place, words, why });
}

/** The number of a document without its title. */
const withoutTitle = (doc: string): string => doc.replace(/《[^》]*》$/, '');

type Parts = { readonly place: string; readonly words: string; readonly why: string };
const sentences: Readonly<Record<Language, Readonly<Record<Cite['basis'], (parts: Parts) => string>>>> = {
  zh: {
    stated: ({ place, words }) => `文件规定：${place}${words}`,
    inferred: ({ place, words, why }) => `推定（非原文）：${why}〔${place}${words}〕`,
    open: ({ why }) => `文件未规定，取可调整的默认值：${why}`,
    external: ({ place, why }) => `取自其他文件：${place}。${why}`,
  },
  en: {
    stated: ({ place, words }) => `the document states: ${place} ${words}`,
    inferred: ({ place, words, why }) => `our reading, not its words: ${why} [${place} ${words}]`,
    open: ({ why }) => `left open by the document, an adjustable default: ${why}`,
    external: ({ place, why }) => `from another document: ${place}. ${why}`,
  },
};

// The policy finder's questions: what to ask next, and what a typed answer means. Pure.

import type { Schemas } from '../api/client.js';
import { fenOf } from '../pieces/fen.js';
import type { Text } from '../text/text.js';

export type Match = Schemas['PolicyMatches']['items'][number];
type Wanted = Match['missing'][number];
export type Question = { readonly fact: string; readonly label: Text; readonly kind: 'yesNo' | 'number' | 'money' | 'day' | 'choice' };
/** What was answered, as typed; null: the person does not know. */
export type Answers = Readonly<Record<string, string | null>>;
export type Group = 'applies' | 'likely' | 'nearly' | 'open' | 'no';

export type Choice = { readonly value: string; readonly label: Text };

/** `企业规模（LARGE 大型、SMALL 小型）` → its two codes; nothing where a label lists none. */
export function choicesOf({ zh }: Text): Choice[] {
  const listed = /（([^（）]+)）$/.exec(zh)?.[1]?.split('、') ?? [];
  const choices = listed.flatMap((each) => {
    const found = /^([A-Za-z][A-Za-z0-9_]*)(?:\s+(.+))?$/.exec(each.trim());
    const [, value, word] = found ?? [];
    return value === undefined ? [] : [{ value, label: word === undefined ? sizeWords(value) : { zh: word, en: value } }];
  });
  return choices.length >= 2 && choices.length === listed.length ? choices : [];
}

const sizes: Readonly<Record<string, Text>> = {
  LARGE: { zh: '大型', en: 'large' },
  MEDIUM: { zh: '中型', en: 'medium' },
  SMALL: { zh: '小型', en: 'small' },
  MICRO: { zh: '微型', en: 'micro' },
};
const sizeWords = (value: string): Text => sizes[value] ?? { zh: value, en: value };

/** A label without the codes it lists. */
export const plainLabel = (label: Text): Text =>
  choicesOf(label).length > 0 ? { ...label, zh: label.zh.replace(/（[^（）]+）$/, '') } : label;

/** How a fact is asked; null where it is a list or a code that only an application can carry. */
export function questionOf({ fact, label, type }: Wanted): Question | null {
  if (type === 'bool') return { fact, label, kind: 'yesNo' };
  if (type === 'date') return { fact, label, kind: 'day' };
  if (type === 'int') return { fact, label, kind: fact.endsWith('Fen') ? 'money' : 'number' };
  return type === 'string' && choicesOf(label).length > 0 ? { fact, label, kind: 'choice' } : null;
}

export function groupOf({ match, failed, missing }: Match, answers: Answers): Group {
  if (match !== 'nearly') return match;
  if (failed.length > 0) return 'nearly';
  return missing.every((each) => questionOf(each) === null || answers[each.fact] === null) ? 'likely' : 'open';
}

/**
 * What to ask next: a fact counts more, the more policies wait for it and the fewer others they wait for besides. `standing`: what is asked
 * already keeps its place, so that no question moves under somebody's hand.
 */
export function nextQuestions(items: readonly Match[], answers: Answers, most: number, standing: readonly string[] = []): Question[] {
  const found = new Map<string, { question: Question; weight: number }>();
  for (const item of items) {
    if (groupOf(item, answers) !== 'open') continue;
    const askable = item.missing.flatMap((each) => questionOf(each) ?? []).filter(({ fact }) => answers[fact] === undefined);
    for (const question of askable) {
      const weight = (found.get(question.fact)?.weight ?? 0) + 1 / askable.length;
      found.set(question.fact, { question: found.get(question.fact)?.question ?? question, weight });
    }
  }
  const place = ({ question: { fact } }: { question: Question }) => (standing.includes(fact) ? standing.indexOf(fact) : standing.length);
  return [...found.values()]
    .sort((a, b) => place(a) - place(b) || b.weight - a.weight)
    .slice(0, most)
    .map(({ question }) => question);
}

/** A typed answer as the fact it stands for; null: not an answer of this kind. */
export function factOf(kind: Question['kind'], typed: string): string | number | boolean | null {
  if (kind === 'yesNo') return typed === 'yes';
  if (kind === 'money') return fenOf(typed);
  if (kind !== 'number') return typed === '' ? null : typed;
  const plain = typed.normalize('NFKC').replace(/[\s,]/g, '');
  return /^\d{1,12}$/.test(plain) ? Number(plain) : null;
}

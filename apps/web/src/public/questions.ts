// The policy finder's questions: what to ask next, and what a typed answer means. Pure.

import type { Schemas } from '../api/client.js';
import { fenOf } from '../pieces/fen.js';
import type { Text } from '../text/text.js';

export type Match = Schemas['PolicyMatches']['items'][number];
type Wanted = Match['missing'][number];
export type Question = {
  readonly fact: string;
  readonly label: Text;
  readonly kind: 'yesNo' | 'number' | 'money' | 'day' | 'choice';
  /** of a choice */
  readonly choices?: readonly Choice[];
};
/** What was answered, as typed; null: the person does not know. */
export type Answers = Readonly<Record<string, string | null>>;
export type Group = 'applies' | 'likely' | 'nearly' | 'open' | 'no';

export type Choice = { readonly value: string; readonly label: Text };

/** How a fact is asked; null where it is a list or a text that only an application can carry. */
export function questionOf({ fact, label, type, oneOf }: Wanted): Question | null {
  if (type === 'bool') return { fact, label, kind: 'yesNo' };
  if (type === 'date') return { fact, label, kind: 'day' };
  if (type === 'int') return { fact, label, kind: fact.endsWith('Fen') ? 'money' : 'number' };
  return oneOf === undefined ? null : { fact, label, kind: 'choice', choices: oneOf };
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

// What every form does: keeps what is typed until the server has it, puts what the server says where it belongs, and takes it away once it is
// answered. No Ant Design here; the public pages use it too.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FieldError, Refused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { useDraft } from './draft.js';
import { stillStanding } from './standing.js';

/** What cannot be sent, in words, by its place in what was typed. */
export type Wrongs = { readonly [place: string]: Text | undefined };

type Asked<Typed, Answer, How> = {
  /** key of the draft: whatever makes this form another one (a case, an event) */
  readonly draft: string;
  readonly initial: Typed;
  /** names that are never stored: passwords, account numbers */
  readonly secret?: readonly (keyof Typed & string)[];
  readonly check?: (typed: Typed) => Wrongs;
  readonly send: (typed: Typed, key: string, how: How) => Promise<Answer>;
  /** what Enter does, where a form can be sent in several ways */
  readonly usual?: How;
  /** where the server's field stands in what was typed; under the same name if not said */
  readonly placeOf?: (field: string) => string;
  readonly touches?: readonly (readonly unknown[])[];
  readonly done?: (answer: Answer) => void;
};

/** names of `Typed` that hold text */
type TextName<Typed> = { [Name in keyof Typed]: Typed[Name] extends string | undefined ? Name : never }[keyof Typed];
type Changed = { readonly target: { readonly value: string } };

export type Form<Typed, How = 'send'> = {
  readonly typed: Typed;
  readonly set: (typed: Typed) => void;
  readonly put: (part: Partial<Typed>) => void;
  /** value and change of a plain text control */
  readonly text: (name: TextName<Typed>) => { readonly value: string; readonly onChange: (event: Changed) => void };
  readonly submit: (how?: How) => void;
  readonly pending: boolean;
  readonly sent: boolean;
  /** counts up with every attempt that came to nothing, so that attention can be drawn to what is wrong */
  readonly failures: number;
} & Said;

/** What is to be shown of a refusal, whoever shows it. */
export type Said = {
  /** null once everything the server complained of was changed */
  readonly refused: Refused | null;
  /** by place: seen here before sending, or said by the server and not changed since */
  readonly errors: readonly Pick<FieldError, 'field' | 'message'>[];
  /** reads anew what the form is about; what was typed stays */
  readonly look: () => void;
};

/**
 * A form that loses nothing: a draft in this tab, one Idempotency-Key for the same content, sign-in and one-time password asked over the page
 * (doorway), errors by place. An error goes as soon as what it is about is changed.
 */
export function useForm<Typed extends object, Answer, How extends string = 'send'>(asked: Asked<Typed, Answer, How>): Form<Typed, How> {
  const { draft, initial, secret, check, send, usual = 'send' as How, placeOf = (field) => field, touches = [], done } = asked;
  const { say } = useLanguage();
  const queries = useQueryClient();
  const [typed, set, clear] = useDraft<Typed>(draft, initial, secret);
  const [tried, setTried] = useState(false);
  const [failures, setFailures] = useState(0);
  const wish = useWish({
    send: (content: { readonly typed: Typed; readonly how: How }, key) => send(content.typed, key, content.how),
    touches,
    done: (answer) => {
      clear();
      setTried(false);
      done?.(answer);
    },
  });
  const wrong = Object.entries(check?.(typed) ?? {}).flatMap(([field, words]) => (words === undefined ? [] : [{ field, words }]));
  const submit = (how: How = usual) => {
    if (wish.isPending) return;
    setTried(true);
    const fail = () => setFailures((count) => count + 1);
    if (wrong.length > 0) fail();
    else wish.mutate({ typed, how }, { onError: fail });
  };
  const told = (wish.error?.problem.errors ?? []).map((error) => ({ ...error, field: placeOf(error.field) }));
  const standing = stillStanding(told, typed, wish.variables?.typed);
  const seen = tried ? wrong.map(({ field, words }) => ({ field, message: say(words) })) : [];
  return {
    typed,
    set,
    put: (part) => set({ ...typed, ...part }),
    text: (name) => ({
      value: (typed[name] as string | undefined) ?? '',
      onChange: ({ target }) => set({ ...typed, [name]: target.value }),
    }),
    submit,
    pending: wish.isPending,
    sent: wish.isSuccess,
    failures,
    refused: told.length > 0 && standing.length === 0 ? null : wish.error,
    errors: [...seen, ...standing],
    look: () => {
      void Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey }))).then(() => wish.reset());
    },
  };
}

/** Wrongs of texts that must not be blank: `mustSay(typed, { note: { zh: '请填写…', en: '…' } })`. */
export const mustSay = <Typed extends object>(typed: Typed, words: { readonly [Name in keyof Typed]?: Text }): Wrongs =>
  Object.fromEntries(
    Object.entries(words as Wrongs).filter(([name]) => String((typed as Readonly<Record<string, unknown>>)[name] ?? '').trim() === ''),
  );

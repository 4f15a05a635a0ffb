// What one person proposes and another decides: the same two parts wherever money depends on two.

import { Alert, Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { useWish } from '../api/wish.js';
import { Fields } from '../event-form/fields.js';
import { dataOf, type Schema, type Typed, wrongsOf } from '../event-form/schema.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

type Touches = readonly (readonly unknown[])[];
export type Decision = 'confirm' | 'reject';

type ProposeProps = {
  /** names what is typed here, so that it outlives the page */
  readonly draft: string;
  readonly title: Text;
  readonly label: Text;
  /** said when nothing was typed */
  readonly missing: Text;
  /** what the server calls the words */
  readonly field: string;
  readonly maxLength: number;
  readonly send: (words: string, key: string) => Promise<unknown>;
  readonly touches: Touches;
  readonly onDone: () => void;
};

/** A proposal that is a few words of why: kept as a draft until it is sent. */
export function ProposeInWords({ draft, title, label, missing, field, maxLength, send, touches, onDone }: ProposeProps) {
  const { say } = useLanguage();
  const form = useForm({
    draft,
    initial: { words: '' },
    check: (typed) => mustSay(typed, { words: missing }),
    send: ({ words }, key) => send(words.trim(), key),
    placeOf: (place) => (place === field ? 'words' : place),
    touches,
    done: onDone,
  });
  return (
    <Form of={form} name={say(title)}>
      <Field label={say(label)} required at="words">
        {(tied) => <Input.TextArea {...tied} {...form.text('words')} rows={2} maxLength={maxLength} />}
      </Field>
      <FormEnd of={form} label={say({ zh: '提出，待另一人确认', en: 'Propose; another person confirms' })} />
    </Form>
  );
}

type FieldsProps = {
  /** names what is typed here, so that it outlives the page */
  readonly draft: string;
  readonly title: Text;
  readonly schema: Schema;
  readonly words: Readonly<Record<string, Text>>;
  /** what is chosen before anything is typed */
  readonly children?: ReactNode;
  /** false: something above must be chosen first */
  readonly ready?: boolean;
  readonly send: (data: Record<string, unknown>, key: string) => Promise<unknown>;
  readonly touches: Touches;
};

const nothing: Typed = {};

/** A proposal of several fields; nothing changes before another person confirms it. */
export function ProposeInFields({ draft, title, schema, words, children, ready = true, send, touches }: FieldsProps) {
  const { say } = useLanguage();
  const form = useForm({
    draft,
    initial: nothing,
    check: (typed) => wrongsOf(schema, typed),
    send: (typed, key) => send(dataOf(schema, typed).data, key),
    touches,
  });
  return (
    <Form of={form} className="event-form" name={say(title)}>
      {children}
      <Fields schema={schema} typed={form.typed} onChange={form.set} words={(name) => words[name] ?? { zh: name, en: name }} />
      {form.sent && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say({ zh: '已提出，须由另一人确认后生效。', en: 'Proposed; it takes effect when another person confirms.' })}
        />
      )}
      <Button type="primary" htmlType="submit" disabled={!ready} loading={form.pending}>
        {say({ zh: '提出建议', en: 'Propose' })}
      </Button>
    </Form>
  );
}

type DecideProps = {
  /** what was proposed, as it was said */
  readonly children: ReactNode;
  /** may this person decide it: the right role, and not who proposed it */
  readonly mayDecide: boolean;
  /** said to everybody else */
  readonly waitsFor: Text;
  readonly confirm: Text;
  readonly reject?: Text;
  /** what is confirmed cannot be taken back */
  readonly danger?: boolean;
  readonly send: (decision: Decision, key: string) => Promise<unknown>;
  readonly touches: Touches;
  readonly onDone?: () => void;
};

/** What somebody proposed: another person confirms or rejects it, everybody else reads who will. */
export function Decide({ children, mayDecide, waitsFor, confirm, reject, danger = false, send, touches, onDone }: DecideProps) {
  const { say } = useLanguage();
  const wish = useWish({ send, touches, done: () => onDone?.() });
  return (
    <div className="stack">
      {children}
      <ProblemAlert refused={wish.error} />
      {mayDecide ? (
        <div className="actions">
          <Button type="primary" danger={danger} loading={wish.isPending} onClick={() => wish.mutate('confirm')}>
            {say(confirm)}
          </Button>
          <Button loading={wish.isPending} onClick={() => wish.mutate('reject')}>
            {say(reject ?? { zh: '否决', en: 'Reject' })}
          </Button>
        </div>
      ) : (
        <p className="soft">{say(waitsFor)}</p>
      )}
    </div>
  );
}

/** A maker or checker, other than who proposed it. */
export const anotherOfFinance: Text = { zh: '须由另一位经办或复核人确认。', en: 'Another maker or checker must confirm.' };
export const decidesPayments = (role: string): boolean => role === 'maker' || role === 'checker';

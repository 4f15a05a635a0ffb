import { Button } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { Fields } from './fields.js';
import { dataOf, type Schema, type Typed, type Wrong } from './schema.js';
import { StaleCase } from './stale-case.js';
import { useFactWords } from './words.js';

export type AllowedEvent = Schemas['AllowedEvent'];
type Case = Pick<Schemas['Case'], 'id' | 'version' | 'policy'>;

type Props = {
  readonly of: Case;
  readonly event: AllowedEvent;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
  /** what the form begins with, e.g. facts the case knows already */
  readonly initial?: Typed;
  readonly children?: ReactNode;
};

const nothing: Typed = {};

/** A form for any event that the case allows me, drawn from the event's own schema. Sent against the version it was opened on. */
export function EventForm({ of, event, onDone, onCancel, initial = nothing, children }: Props) {
  const { say } = useLanguage();
  const schema = event.dataSchema as Schema;
  const [typed, setTyped, clear] = useDraft<Typed>(`${of.id} ${event.type}`, initial);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const words = useFactWords(of.policy);
  const wish = useWish({
    send: (data: Record<string, unknown>, key) =>
      good(
        api.POST('/api/v1/cases/{id}/events', {
          params: { path: { id: of.id }, header: keyed(key) },
          body: { type: event.type, data, expectedVersion: of.version },
        }),
      ),
    touches: [['cases'], ['case', of.id], ['tasks']],
    done: () => {
      clear();
      onDone();
    },
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    const said = dataOf(schema, typed);
    setWrong(said.wrong);
    if (said.wrong.length === 0) wish.mutate(said.data);
  };
  const errors = wish.error?.problem.errors ?? [];
  return (
    <form className="event-form" onSubmit={submit} aria-label={say(event.label)} noValidate>
      {children}
      <Fields schema={schema} typed={typed} onChange={setTyped} wrong={wrong} errors={errors} words={words} />
      {wish.error?.code === 'case-changed' ? (
        <StaleCase caseId={of.id} onFresh={() => wish.reset()} />
      ) : (
        <ProblemAlert refused={wish.error} />
      )}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say(event.label)}
        </Button>
        {onCancel !== undefined && <Button onClick={onCancel}>{say({ zh: '取消', en: 'Cancel' })}</Button>}
      </div>
    </form>
  );
}

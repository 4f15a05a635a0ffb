import { api, good, keyed, type Schemas } from '../api/client.js';
import { Form, FormEnd } from '../pieces/form.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import { Fields } from './fields.js';
import { OthersSteps } from './others-steps.js';
import { dataOf, type Schema, type Typed, wrongsOf } from './schema.js';
import { beginning, seenOf, useOthersSteps } from './seen.js';
import { useFactWords } from './words.js';

export type AllowedEvent = Schemas['AllowedEvent'];
type Case = Pick<Schemas['Case'], 'id' | 'version' | 'policy' | 'allowedEvents'>;

type Props = {
  readonly of: Case;
  readonly event: AllowedEvent;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
  /** what the form begins with, e.g. facts the case knows already */
  readonly initial?: Typed;
  /** the one of several things of the case that it is about: each has a draft of its own */
  readonly about?: string;
};

const nothing: Typed = {};

/** A form for any event that the case allows me, drawn from the event's own schema. Sent against the version of the case that the person saw. */
export function EventForm({ of, event, onDone, onCancel, initial = nothing, about = '' }: Props) {
  const { say } = useLanguage();
  const schema = event.dataSchema as Schema;
  const words = useFactWords(of.policy);
  const form = useForm({
    draft: `${of.id} ${event.type} ${about}`,
    initial: beginning(initial, of.version),
    check: (typed) => wrongsOf(schema, typed),
    send: (typed, key) =>
      good(
        api.POST('/api/v1/cases/{id}/events', {
          params: { path: { id: of.id }, header: keyed(key) },
          body: { type: event.type, data: dataOf(schema, typed).data, expectedVersion: seenOf(typed).version },
        }),
      ),
    placeOf: (field) => field.replace(/^data\./, ''),
    touches: [['cases'], ['case', of.id], ['tasks']],
    done: onDone,
  });
  const { steps, goOn } = useOthersSteps(of, form, initial);
  return (
    <Form of={form} name={say(event.label)} className="event-form">
      <OthersSteps steps={steps} allowed={of.allowedEvents.some(({ type }) => type === event.type)} goOn={goOn} />
      <Fields schema={schema} typed={form.typed} onChange={form.set} words={words} />
      <FormEnd of={form} label={say(event.label)} onCancel={onCancel} />
    </Form>
  );
}

import { eventTypes } from '@tranche/machines';
import { policies } from '@tranche/policies';
import { importedTypes } from '../cases/allowed-events.js';

type Json = Record<string, unknown>;

/**
 * The body of `POST cases/:id/events` for clients that generate types: one alternative per event type that a person may send,
 * with the data that type carries. System events and imports do not exist here.
 */
export function eventBodySchema(open: Json): Json {
  const { properties = {} } = open as { properties?: Json };
  const { on, expectedVersion } = properties;
  const alternatives = [...personTypes()].map(([type, { title, dataSchema }]) => {
    const { $schema: _, ...data } = dataSchema;
    const required = Array.isArray(data['required']) && data['required'].length > 0;
    return {
      title,
      type: 'object',
      properties: { type: { const: type }, data, on, expectedVersion },
      required: required ? ['type', 'data'] : ['type'],
      additionalProperties: false,
    };
  });
  return { ...(open['description'] === undefined ? {} : { description: open['description'] }), oneOf: alternatives };
}

/** Of all policies; a type whose data differ by policy is described by all its forms. */
function personTypes(): Map<string, { title: string; dataSchema: Json }> {
  const found = new Map<string, { title: string; forms: Map<string, Json> }>();
  for (const policy of policies())
    for (const { type, label, source, dataSchema } of eventTypes(policy).values()) {
      if (source.kind !== 'person' || type === 'case.opened' || importedTypes.has(type)) continue;
      const known = found.get(type) ?? { title: `${label.zh} · ${label.en}`, forms: new Map<string, Json>() };
      known.forms.set(JSON.stringify(dataSchema), { ...dataSchema });
      found.set(type, known);
    }
  return new Map([...found].map(([type, { title, forms }]) => [type, { title, dataSchema: oneOfThese([...forms.values()]) }]));
}

const oneOfThese = (forms: readonly Json[]): Json => (forms.length === 1 ? (forms[0] ?? {}) : { type: 'object', anyOf: forms });

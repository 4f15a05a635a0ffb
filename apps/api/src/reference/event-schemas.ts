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

/** Of all policies; a type that several share is described as the first has it. */
function personTypes(): Map<string, { title: string; dataSchema: Json }> {
  const found = new Map<string, { title: string; dataSchema: Json }>();
  for (const policy of policies())
    for (const { type, label, source, dataSchema } of eventTypes(policy).values())
      if (source.kind === 'person' && type !== 'case.opened' && !importedTypes.has(type) && !found.has(type))
        found.set(type, { title: `${label.zh} · ${label.en}`, dataSchema: { ...dataSchema } });
  return found;
}

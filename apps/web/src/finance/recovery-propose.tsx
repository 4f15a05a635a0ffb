import { api, good, keyed } from '../api/client.js';
import type { Schema } from '../event-form/schema.js';
import type { Text } from '../text/text.js';
import { ProposeInFields } from './propose.js';
import { type Recovery, touchedBy } from './recovery.js';

export const money: Schema = { type: 'string', pattern: '^[1-9]' };
export const grounds = { reason: { type: 'string', maxLength: 1000 }, cite: { type: 'string', maxLength: 500 } };
const forms = {
  'write-off': { properties: { amountFen: money, ...grounds }, required: ['amountFen', 'reason', 'cite'] },
  instalments: {
    properties: {
      instalments: {
        type: 'array',
        items: {
          type: 'object',
          properties: { dueOn: { type: 'string', format: 'date' }, amountFen: money },
          required: ['dueOn', 'amountFen'],
        },
      },
      ...grounds,
    },
    required: ['instalments', 'reason', 'cite'],
  },
} as const satisfies Readonly<Record<string, Schema>>;

export const words: Readonly<Record<string, Text>> = {
  amountFen: { zh: '金额', en: 'Amount' },
  reason: { zh: '理由', en: 'Reason' },
  cite: { zh: '依据（文件、条款）', en: 'Under which document and clause' },
  instalments: { zh: '分期', en: 'Instalments' },
  dueOn: { zh: '最迟退还日', en: 'By' },
};

const titles = {
  'write-off': { zh: '建议核销', en: 'Propose a write-off' },
  instalments: { zh: '建议分期', en: 'Propose instalments' },
} as const;

type Props = { readonly recovery: Recovery; readonly about: keyof typeof forms };

/** Instalments or a write-off, proposed with its reason and clause. */
export function Propose({ recovery, about }: Props) {
  return (
    <ProposeInFields
      draft={`${recovery.id} ${about}`}
      title={titles[about]}
      schema={forms[about]}
      words={words}
      send={(data, key) => {
        const params = { path: { id: recovery.id }, header: keyed(key) };
        return good(
          about === 'write-off'
            ? api.POST('/api/v1/recoveries/{id}/write-off', { params, body: data as never })
            : api.POST('/api/v1/recoveries/{id}/instalments', { params, body: data as never }),
        );
      }}
      touches={touchedBy(recovery)}
    />
  );
}

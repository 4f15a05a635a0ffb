import { Alert, Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { Fields } from '../event-form/fields.js';
import { dataOf, type Schema, type Typed, type Wrong } from '../event-form/schema.js';
import { useDraft } from '../pieces/draft.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { type Recovery, touchedBy } from './recovery.js';

const money: Schema = { type: 'string', pattern: '^[1-9]' };
const grounds = { reason: { type: 'string', maxLength: 1000 }, cite: { type: 'string', maxLength: 500 } };
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

const words: Readonly<Record<string, Text>> = {
  amountFen: { zh: '金额', en: 'Amount' },
  reason: { zh: '理由', en: 'Reason' },
  cite: { zh: '依据（文件、条款）', en: 'Under which document and clause' },
  instalments: { zh: '分期', en: 'Instalments' },
  dueOn: { zh: '最迟退还日', en: 'By' },
};

type Props = { readonly recovery: Recovery; readonly about: keyof typeof forms };
const nothing: Typed = {};

/** Instalments or a write-off, proposed with its reason and clause; nothing changes before another person confirms. */
export function Propose({ recovery, about }: Props) {
  const { say } = useLanguage();
  const [typed, setTyped, clear] = useDraft<Typed>(`${recovery.id} ${about}`, nothing);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const wish = useWish({
    send: (data: Record<string, unknown>, key) => {
      const params = { path: { id: recovery.id }, header: keyed(key) };
      return good(
        about === 'write-off'
          ? api.POST('/api/v1/recoveries/{id}/write-off', { params, body: data as never })
          : api.POST('/api/v1/recoveries/{id}/instalments', { params, body: data as never }),
      );
    },
    touches: touchedBy(recovery),
    done: clear,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = dataOf(forms[about], typed);
    setWrong(said.wrong);
    if (said.wrong.length === 0) wish.mutate(said.data);
  };
  return (
    <form
      className="event-form"
      onSubmit={submit}
      noValidate
      aria-label={say(
        about === 'write-off' ? { zh: '建议核销', en: 'Propose a write-off' } : { zh: '建议分期', en: 'Propose instalments' },
      )}
    >
      <Fields
        schema={forms[about]}
        typed={typed}
        onChange={setTyped}
        wrong={wrong}
        errors={wish.error?.problem.errors ?? []}
        words={(name) => words[name] ?? { zh: name, en: name }}
      />
      <ProblemAlert refused={wish.error} />
      {wish.isSuccess && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say({ zh: '已提出，须由另一人确认后生效。', en: 'Proposed; it takes effect when another person confirms.' })}
        />
      )}
      <Button type="primary" htmlType="submit" loading={wish.isPending}>
        {say({ zh: '提出建议', en: 'Propose' })}
      </Button>
    </form>
  );
}

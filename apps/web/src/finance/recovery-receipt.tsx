import { Button, Input } from 'antd';
import { useState } from 'react';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { DateInput, MoneyInput } from '../event-form/controls.js';
import { useDraft } from '../pieces/draft.js';
import { fenOf } from '../pieces/fen.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { type Recovery, touchedBy } from './recovery.js';

type Typed = { readonly amount?: string; readonly reference?: string; readonly on?: string };
const nothing: Typed = {};

/** Money that came back, with its reference, so that it can be found on the statement. */
export function Receipt({ recovery, onDone }: { readonly recovery: Recovery; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const [typed, setTyped, clear] = useDraft<Typed>(`${recovery.id} receipt`, nothing);
  const [tried, setTried] = useState(false);
  const wish = useWish({
    send: (body: { amountFen: string; reference: string; on?: string }, key) =>
      good(api.POST('/api/v1/recoveries/{id}/receipts', { params: { path: { id: recovery.id }, header: keyed(key) }, body })),
    touches: touchedBy(recovery),
    done: () => {
      clear();
      onDone();
    },
  });
  const amountFen = fenOf(typed.amount ?? '');
  const reference = (typed.reference ?? '').trim();
  const send = () => {
    setTried(true);
    if (amountFen === null || reference === '') return;
    wish.mutate({ amountFen, reference, ...(typed.on === undefined ? {} : { on: typed.on }) });
  };
  const errors = wish.error?.problem.errors;
  const wrongAmount = tried && amountFen === null ? [say({ zh: '应为金额，如 1234.56。', en: 'An amount such as 1234.56.' })] : [];
  const noReference = tried && reference === '' ? [say({ zh: '请填写凭证号，以便核对。', en: 'Give the reference of the receipt.' })] : [];
  return (
    <div className="stack">
      <Field label={say({ zh: '到账金额', en: 'Amount' })} required errors={[...wrongAmount, ...errorsAt(errors, 'amountFen')]}>
        {(tied) => (
          <MoneyInput
            tied={tied}
            value={typed.amount}
            onChange={(amount) => setTyped({ ...typed, ...(amount === undefined ? {} : { amount }) })}
          />
        )}
      </Field>
      <Field label={say({ zh: '凭证号', en: 'Reference' })} required errors={[...noReference, ...errorsAt(errors, 'reference')]}>
        {(tied) => (
          <Input
            {...tied}
            maxLength={200}
            value={typed.reference ?? ''}
            onChange={(event) => setTyped({ ...typed, reference: event.target.value })}
          />
        )}
      </Field>
      <Field label={say({ zh: '到账日（默认今天）', en: 'Day it arrived (today if empty)' })} errors={errorsAt(errors, 'on')}>
        {(tied) => (
          <DateInput
            tied={tied}
            value={typed.on}
            onChange={(on) => {
              const { on: _, ...rest } = typed;
              setTyped(on === undefined ? rest : { ...rest, on });
            }}
          />
        )}
      </Field>
      <ProblemAlert refused={wish.error} shownAt={['amountFen', 'reference', 'on']} />
      <div className="form-actions">
        <Button type="primary" loading={wish.isPending} onClick={send}>
          {say({ zh: '登记', en: 'Record' })}
        </Button>
      </div>
    </div>
  );
}

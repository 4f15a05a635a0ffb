import { Input } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { DateInput, MoneyInput } from '../event-form/controls.js';
import { fenOf } from '../pieces/fen.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import { type Recovery, touchedBy } from './recovery.js';

const nothing = { amountFen: '', reference: '', on: '' };

/** Money that came back, with its reference, so that it can be found on the statement. */
export function Receipt({ recovery, onDone }: { readonly recovery: Recovery; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `${recovery.id} receipt`,
    initial: nothing,
    check: (typed) => ({
      ...(fenOf(typed.amountFen) === null ? { amountFen: { zh: '应为金额，如 1234.56。', en: 'An amount such as 1234.56.' } } : {}),
      ...mustSay(typed, { reference: { zh: '请填写凭证号，以便核对。', en: 'Give the reference of the receipt.' } }),
    }),
    send: ({ amountFen, reference, on }, key) =>
      good(
        api.POST('/api/v1/recoveries/{id}/receipts', {
          params: { path: { id: recovery.id }, header: keyed(key) },
          body: { amountFen: fenOf(amountFen) ?? '', reference: reference.trim(), ...(on === '' ? {} : { on }) },
        }),
      ),
    touches: touchedBy(recovery),
    done: onDone,
  });
  const { typed, put } = form;
  return (
    <Form of={form} name={say({ zh: '登记收款', en: 'Record money' })} className="stack">
      <Field label={say({ zh: '到账金额', en: 'Amount' })} required at="amountFen">
        {(tied) => <MoneyInput tied={tied} value={typed.amountFen} onChange={(amount) => put({ amountFen: amount ?? '' })} />}
      </Field>
      <Field label={say({ zh: '凭证号', en: 'Reference' })} required at="reference">
        {(tied) => <Input {...tied} maxLength={200} {...form.text('reference')} />}
      </Field>
      <Field label={say({ zh: '到账日（默认今天）', en: 'Day it arrived (today if empty)' })} at="on">
        {(tied) => <DateInput tied={tied} value={typed.on} onChange={(on) => put({ on: on ?? '' })} />}
      </Field>
      <FormEnd of={form} label={say({ zh: '登记', en: 'Record' })} />
    </Form>
  );
}

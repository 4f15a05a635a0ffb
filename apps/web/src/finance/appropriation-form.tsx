import { Input, Radio } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { MoneyInput } from '../event-form/controls.js';
import { fenOf } from '../pieces/fen.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import { type AppropriationKind, type Fund, kindWords, touchedByPapers } from './fund.js';

type Typed = { readonly kind: AppropriationKind; readonly amountFen: string; readonly documentNo: string };
/** a closed year takes no budget and gives none back */
const kindsFor = ({ closedOn }: Fund): readonly AppropriationKind[] =>
  closedOn === null ? ['increase', 'decrease', 'remittance'] : ['remittance'];
const nothingFor = (fund: Fund): Typed => ({ kind: kindsFor(fund)[0] ?? 'increase', amountFen: '', documentNo: '' });

const isAmount = (typed: string): boolean => {
  const fen = fenOf(typed);
  return fen !== null && BigInt(fen) > 0n;
};

type Props = { readonly fund: Fund; readonly onDone: () => void };

/** Money given to a fund, recalled from it or paid to the treasury, under the number of its document; nothing is booked before another approves. */
export function AppropriationForm({ fund, onDone }: Props) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `${fund.id} appropriation`,
    initial: nothingFor(fund),
    check: (typed) => ({
      ...(isAmount(typed.amountFen)
        ? {}
        : { amountFen: { zh: '应为大于零的金额，如 1234.56。', en: 'An amount above zero, such as 1234.56.' } }),
      ...mustSay(typed, { documentNo: { zh: '请填写指标文号。', en: 'Give the number of the document.' } }),
    }),
    send: ({ kind, amountFen, documentNo }, key) =>
      good(
        api.POST('/api/v1/funds/{id}/appropriations', {
          params: { path: { id: fund.id }, header: keyed(key) },
          body: { kind, amountFen: fenOf(amountFen) ?? '', documentNo: documentNo.trim() },
        }),
      ),
    touches: touchedByPapers(fund.id),
    done: onDone,
  });
  const { typed, put } = form;
  return (
    <Form of={form} name={say({ zh: '提出指标文件', en: 'Propose a budget document' })} className="narrow-form">
      <Field label={say({ zh: '事项', en: 'What it does' })} required at="kind">
        {(tied) => (
          <Radio.Group
            {...tied}
            role="radiogroup"
            value={typed.kind}
            onChange={(event) => put({ kind: event.target.value as AppropriationKind })}
            options={kindsFor(fund).map((value) => ({ value, label: say(kindWords[value]) }))}
          />
        )}
      </Field>
      <Field label={say({ zh: '金额', en: 'Amount' })} required at="amountFen">
        {(tied) => <MoneyInput tied={tied} value={typed.amountFen} onChange={(amount) => put({ amountFen: amount ?? '' })} />}
      </Field>
      <Field label={say({ zh: '文号', en: 'Document number' })} required at="documentNo">
        {(tied) => <Input {...tied} maxLength={200} {...form.text('documentNo')} />}
      </Field>
      <FormEnd of={form} label={say({ zh: '提出，待另一人批准', en: 'Propose; another person approves' })} onCancel={onDone} />
    </Form>
  );
}

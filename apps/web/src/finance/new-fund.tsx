import { Input } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { mustSay, useForm, type Wrongs } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

const nothing = {
  code: '',
  fiscalYear: '',
  district: '',
  nameZh: '',
  nameEn: '',
  debtorName: '',
  debtorAccountNo: '',
  debtorBankNo: '',
};
type Typed = typeof nothing;
type Shown = { readonly label: Text; readonly hint?: Text; readonly maxLength: number; readonly digits?: true };

const shown: Readonly<Record<keyof Typed, Shown>> = {
  code: {
    label: { zh: '资金代码', en: 'Code' },
    hint: { zh: '如 F4，与政策所列一致', en: 'such as F4, as the policies name it' },
    maxLength: 4,
  },
  fiscalYear: { label: { zh: '预算年度', en: 'Budget year' }, maxLength: 4, digits: true },
  district: {
    label: { zh: '地区代码', en: 'District' },
    hint: { zh: '6 位，如 210200', en: 'six digits, such as 210200' },
    maxLength: 6,
    digits: true,
  },
  nameZh: { label: { zh: '中文名称', en: 'Name in Chinese' }, maxLength: 100 },
  nameEn: { label: { zh: '英文名称', en: 'Name in English' }, maxLength: 100 },
  debtorName: { label: { zh: '付款户名', en: 'Holder of the account' }, maxLength: 140 },
  debtorAccountNo: { label: { zh: '付款账号', en: 'Account it pays from' }, maxLength: 32, digits: true },
  debtorBankNo: {
    label: { zh: '开户行行号', en: 'Bank number' },
    hint: { zh: '12 位联行号', en: 'twelve digits' },
    maxLength: 12,
    digits: true,
  },
};
const names = Object.keys(shown) as readonly (keyof Typed)[];

/** The server asks the same again; here it is said before anything is sent. */
function wrongsOf(typed: Typed): Wrongs {
  const must: Text = { zh: '请填写。', en: 'Please fill this in.' };
  const forms: readonly (readonly [keyof Typed, RegExp, Text])[] = [
    ['code', /^F\d{1,2}[A-Z]?$/, { zh: '应为资金代码，如 F4、F9C。', en: 'A code such as F4 or F9C.' }],
    ['fiscalYear', /^2[01]\d\d$/, { zh: '应为四位年度。', en: 'A year of four digits.' }],
    ['district', /^\d{6}$/, { zh: '应为 6 位数字。', en: 'Six digits.' }],
    ['debtorAccountNo', /^\d{6,32}$/, { zh: '应为 6 至 32 位数字。', en: 'Six to 32 digits.' }],
    ['debtorBankNo', /^\d{12}$/, { zh: '应为 12 位数字。', en: 'Twelve digits.' }],
  ];
  const wrong = forms.filter(([name, form]) => !form.test(typed[name].trim())).map(([name, , words]) => [name, words] as const);
  return { ...Object.fromEntries(wrong), ...mustSay(typed, { nameZh: must, nameEn: must, debtorName: must }) };
}

const places: Readonly<Record<string, keyof Typed>> = { 'name.zh': 'nameZh', 'name.en': 'nameEn' };

type Props = { readonly year: number; readonly onDone: (id: string) => void; readonly onCancel: () => void };

/** A fund of one budget year and district with the account it pays from. It has no money until an appropriation is approved. */
export function NewFund({ year, onDone, onCancel }: Props) {
  const { say } = useLanguage();
  const form = useForm({
    draft: 'new-fund',
    initial: { ...nothing, fiscalYear: String(year) },
    // an account number is not left lying in the tab's storage
    secret: ['debtorAccountNo'],
    check: wrongsOf,
    send: ({ fiscalYear, nameZh, nameEn, ...typed }, key) => {
      const rest = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value.trim()])) as typeof typed;
      const body = { ...rest, fiscalYear: Number(fiscalYear), name: { zh: nameZh.trim(), en: nameEn.trim() } };
      return good(api.POST('/api/v1/funds', { params: { header: keyed(key) }, body }));
    },
    placeOf: (place) => places[place] ?? place,
    touches: [['funds'], ['fund-execution'], ['ledger']],
    done: ({ id }) => onDone(id),
  });
  return (
    <Form of={form} name={say({ zh: '建立资金来源', en: 'Open a fund' })}>
      <div className="terms-fields">
        {names.map((name) => {
          const { label, hint, maxLength, digits } = shown[name];
          return (
            <Field key={name} label={say(label)} required at={name} hint={hint === undefined ? undefined : say(hint)}>
              {(tied) => (
                <Input
                  {...tied}
                  {...form.text(name)}
                  maxLength={maxLength}
                  autoComplete="off"
                  {...(digits === undefined ? {} : { inputMode: 'numeric' as const })}
                />
              )}
            </Field>
          );
        })}
      </div>
      <FormEnd of={form} label={say({ zh: '建立', en: 'Open it' })} onCancel={onCancel} />
    </Form>
  );
}

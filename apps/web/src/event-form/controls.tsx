import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, DatePicker, Input, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import type { Tied } from '../pieces/field.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { type Kind, kindOf, type Schema, type Typed } from './schema.js';

type Props<T> = { readonly value: T; readonly onChange: (value: T) => void; readonly tied: Tied };

/** what a name is called; with `choice`, one of the values it may take */
export type Words = (name: string, choice?: string) => Text;

/** A date as `YYYY-MM-DD`; typed or picked. */
export function DateInput({ value, onChange, tied }: Props<string | undefined>) {
  const { say } = useLanguage();
  const status = tied['aria-invalid'] ? 'error' : undefined;
  return (
    <DatePicker
      {...tied}
      {...(status === undefined ? {} : { status })}
      value={value === undefined || value === '' ? null : dayjs(value)}
      onChange={(day) => onChange(day === null ? undefined : dayjs(day).format('YYYY-MM-DD'))}
      format="YYYY-MM-DD"
      // Enter takes the date; it does not send the form
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
      // the form, no example day: where an empty field means today, a day would be read as that
      placeholder={say({ zh: '年-月-日', en: 'YYYY-MM-DD' })}
      style={{ width: '100%' }}
    />
  );
}

export function YesNo({ value, onChange, tied }: Props<boolean | undefined>) {
  const { say } = useLanguage();
  return (
    <Radio.Group {...tied} role="radiogroup" value={value} onChange={(event) => onChange(event.target.value as boolean)}>
      <Radio value={true}>{say({ zh: '是', en: 'yes' })}</Radio>
      <Radio value={false}>{say({ zh: '否', en: 'no' })}</Radio>
    </Radio.Group>
  );
}

export function MoneyInput({ value, onChange, tied }: Props<string | undefined>) {
  const { say } = useLanguage();
  return (
    <Input
      {...tied}
      inputMode="decimal"
      prefix="¥"
      suffix={say({ zh: '元', en: 'yuan' })}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

type AnyProps = Props<unknown> & { readonly name: string; readonly schema: Schema; readonly words: Words };

/** The control for one property, whatever it is. */
export function Control({ name, schema, value, onChange, tied, words }: AnyProps) {
  const { say } = useLanguage();
  const kind: Kind = kindOf(name, schema);
  const typed = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (kind) {
    case 'date':
      return <DateInput value={typed} onChange={onChange} tied={tied} />;
    case 'yes-no':
      return <YesNo value={value as boolean | undefined} onChange={onChange} tied={tied} />;
    case 'money':
      return <MoneyInput value={typed} onChange={onChange} tied={tied} />;
    case 'choice':
      return (
        <Select
          {...tied}
          style={{ width: '100%' }}
          value={value}
          allowClear
          onChange={onChange}
          options={(schema.enum ?? []).map((each) => ({ value: each, label: say(words(name, String(each))) }))}
        />
      );
    case 'usual':
      return (
        <AutoComplete
          {...tied}
          style={{ width: '100%' }}
          value={typed}
          onChange={onChange}
          maxLength={schema.maxLength ?? 200}
          options={(schema.examples ?? []).map((each) => ({ value: String(each), label: say(words(name, String(each))) }))}
        />
      );
    case 'rows':
      return <Rows value={(value ?? []) as Typed[]} onChange={onChange} schema={schema.items ?? {}} words={words} />;
    case 'list':
      return (
        <Input.TextArea
          {...tied}
          autoSize={{ minRows: 2, maxRows: 12 }}
          placeholder={say({ zh: '每行一项', en: 'one on each line' })}
          value={((value ?? []) as string[]).join('\n')}
          onChange={(event) => onChange(event.target.value.split('\n'))}
        />
      );
    case 'lines':
      return (
        <Input.TextArea
          {...tied}
          autoSize={{ minRows: 2, maxRows: 10 }}
          maxLength={schema.maxLength ?? 1000}
          showCount
          value={typed}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'json':
      return (
        <Input.TextArea
          {...tied}
          className="code"
          autoSize={{ minRows: 3 }}
          value={typed}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'whole':
      return <Input {...tied} inputMode="numeric" value={typed} onChange={(event) => onChange(event.target.value)} />;
    case 'group':
    case 'text':
      return <Input {...tied} value={typed} maxLength={schema.maxLength ?? 500} onChange={(event) => onChange(event.target.value)} />;
  }
}

/** the label around it is name enough */
const alone = {} as Tied;

type RowsProps = {
  readonly value: readonly Typed[];
  readonly onChange: (rows: Typed[]) => void;
  readonly schema: Schema;
  readonly words: Words;
};

/** A few rows typed by hand; long lists come as files. */
function Rows({ value, onChange, schema, words }: RowsProps) {
  const { say } = useLanguage();
  const names = Object.keys(schema.properties ?? {});
  const put = (index: number, row: Typed) => onChange(value.map((each, at) => (at === index ? row : each)));
  return (
    <div className="rows">
      {value.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own before they are sent
        <fieldset key={index} className="row">
          <legend>{say({ zh: '第 {no} 行', en: 'Row {no}' }, { no: index + 1 })}</legend>
          {names.map((name) => {
            const label = say(words(name));
            return (
              // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside
              <label key={name} className="row-cell">
                <span>{label}</span>
                <Control
                  name={name}
                  schema={schema.properties?.[name] ?? {}}
                  value={row[name]}
                  onChange={(next) => put(index, { ...row, [name]: next })}
                  tied={alone}
                  words={words}
                />
              </label>
            );
          })}
          <Button
            icon={<DeleteOutlined />}
            aria-label={say({ zh: '删除第 {no} 行', en: 'Remove row {no}' }, { no: index + 1 })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          />
        </fieldset>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => onChange([...value, {}])}>
        {say({ zh: '增加一行', en: 'Add a row' })}
      </Button>
    </div>
  );
}

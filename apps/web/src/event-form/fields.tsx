import type { FieldError } from '../api/problem.js';
import { errorsAt, Field } from '../pieces/field.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { Control, type Words } from './controls.js';
import { kindOf, type Schema, type Typed, type Wrong } from './schema.js';

const wrongs: Readonly<Record<Wrong['code'], Text>> = {
  missing: { zh: '请填写此项。', en: 'Please fill this in.' },
  'not-money': { zh: '应为金额，单位元，至多两位小数，如 1234.56。', en: 'An amount in yuan with at most two decimals, such as 1234.56.' },
  'not-whole': { zh: '应为整数。', en: 'A whole number is wanted.' },
  'not-json': { zh: '内容不是合法的 JSON。', en: 'This is no valid JSON.' },
};

type Props = {
  readonly schema: Schema;
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
  readonly wrong: readonly Wrong[];
  readonly errors: readonly FieldError[];
  readonly words: Words;
  readonly place?: string;
};

/** Every property of an object as a field; what is inside another object stands under its name. */
export function Fields({ schema, typed, onChange, wrong, errors, words, place = '' }: Props) {
  const { say } = useLanguage();
  return Object.entries(schema.properties ?? {}).map(([name, part]) => {
    const path = place === '' ? name : `${place}.${name}`;
    const put = (value: unknown) => onChange({ ...typed, [name]: value });
    if (part.const !== undefined) return null;
    if (kindOf(name, part) === 'group')
      return (
        <fieldset key={name} className="group">
          <legend>{say(words(name))}</legend>
          <Fields
            schema={part}
            typed={(typed[name] ?? {}) as Typed}
            onChange={put}
            wrong={wrong}
            errors={errors}
            words={words}
            place={path}
          />
        </fieldset>
      );
    const found = [
      ...wrong.filter((each) => each.path === path || each.path.startsWith(`${path}[`)).map(({ code }) => say(wrongs[code])),
      ...errorsAt(errors, path),
    ];
    return (
      <Field key={name} label={say(words(name))} required={schema.required?.includes(name) === true} errors={found}>
        {(tied) => <Control name={name} schema={part} value={typed[name]} onChange={put} tied={tied} words={words} />}
      </Field>
    );
  });
}

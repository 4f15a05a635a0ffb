import { Field } from '../pieces/field.js';
import { useLanguage } from '../text/language.js';
import { Control, type Words } from './controls.js';
import { kindOf, type Schema, type Typed } from './schema.js';

type Props = {
  readonly schema: Schema;
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
  readonly words: Words;
  readonly place?: string;
};

/** Every property of an object as a field of the form around; what is inside another object stands under its name. */
export function Fields({ schema, typed, onChange, words, place = '' }: Props) {
  const { say } = useLanguage();
  return Object.entries(schema.properties ?? {}).map(([name, part]) => {
    const path = place === '' ? name : `${place}.${name}`;
    const put = (value: unknown) => onChange({ ...typed, [name]: value });
    if (part.const !== undefined) return null;
    if (kindOf(name, part) === 'group')
      return (
        <fieldset key={name} className="group">
          <legend>{say(words(name))}</legend>
          <Fields schema={part} typed={(typed[name] ?? {}) as Typed} onChange={put} words={words} place={path} />
        </fieldset>
      );
    return (
      <Field key={name} label={say(words(name))} required={schema.required?.includes(name) === true} at={path}>
        {(tied) => <Control name={name} schema={part} value={typed[name]} onChange={put} tied={tied} words={words} />}
      </Field>
    );
  });
}

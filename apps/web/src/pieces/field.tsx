import { type ReactNode, useContext, useEffect, useId } from 'react';
import { useLanguage } from '../text/language.js';
import { FormAround } from './form-frame.js';
import { isAt, partOf } from './standing.js';

/** What ties a control to its label, hint and error. A group of controls is named by `aria-labelledby` alone. */
export type Tied = {
  readonly id: string;
  readonly 'aria-labelledby': string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
};

type Props = {
  readonly label: string;
  /** its place in what the form types: what is wrong there, or below it, is said here */
  readonly at?: string;
  readonly required?: boolean;
  readonly hint?: ReactNode;
  readonly errors?: readonly string[];
  readonly children: (tied: Tied) => ReactNode;
};

/** A control with its name above, and beneath it what is wrong with it or what it wants. */
export function Field({ label, at, required = false, hint, errors: own = [], children }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const errors = [...own, ...useErrorsAt(at)];
  return (
    <div className="field">
      <label id={`${id}-label`} htmlFor={id}>
        {label}
        {required && <span className="must">{say({ zh: '（必填）', en: ' (required)' })}</span>}
      </label>
      {children({ id, 'aria-labelledby': `${id}-label`, 'aria-describedby': `${id}-says`, 'aria-invalid': errors.length > 0 })}
      <div id={`${id}-says`} className={errors.length > 0 ? 'field-error' : 'field-hint'} aria-live="polite">
        {errors.length > 0 ? errors.join(' ') : hint}
      </div>
    </div>
  );
}

const nothing: readonly string[] = [];

/** What the form around says of this place; from now on that is shown here and no longer above the form. */
export function useErrorsAt(place: string | undefined): readonly string[] {
  const { say } = useLanguage();
  const around = useContext(FormAround);
  const take = around?.take;
  useEffect(() => (place === undefined ? undefined : take?.(place)), [place, take]);
  if (place === undefined || around === null) return nothing;
  return around.errors
    .filter(({ field }) => isAt(field, place))
    .map(({ field, message }) => {
      const part = partOf(field, place);
      if (part === null) return message;
      return `${typeof part === 'string' ? `${part}: ` : say({ zh: '第 {part} 行：', en: 'Row {part}: ' }, { part })}${message}`;
    });
}

import { type ReactNode, useId } from 'react';
import type { FieldError } from '../api/problem.js';
import { useLanguage } from '../text/language.js';

/** What ties a control to its label, hint and error. A group of controls is named by `aria-labelledby` alone. */
export type Tied = {
  readonly id: string;
  readonly 'aria-labelledby': string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
};

type Props = {
  readonly label: string;
  readonly required?: boolean;
  readonly hint?: ReactNode;
  readonly errors?: readonly string[];
  readonly children: (tied: Tied) => ReactNode;
};

/** A control with its name above, and beneath it what is wrong with it or what it wants. */
export function Field({ label, required = false, hint, errors = [], children }: Props) {
  const { say } = useLanguage();
  const id = useId();
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

/** The messages for one field, by its path with and without `data.` before it: `facts.startsOn`. */
export const errorsAt = (errors: readonly FieldError[] | undefined, path: string): string[] =>
  (errors ?? []).filter(({ field }) => field === path || field === `data.${path}`).map(({ message }) => message);

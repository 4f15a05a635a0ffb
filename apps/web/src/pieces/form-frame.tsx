import { createContext, type FormEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Refused } from '../api/problem.js';
import { isAt } from './standing.js';
import type { Form, Said } from './use-form.js';

/** What fields know of the form they stand in. */
type Around = { readonly errors: Said['errors']; readonly take: (place: string) => () => void };
export const FormAround = createContext<Around | null>(null);

/** A refusal with those of its errors that no field of the form shows. */
export type Above = { readonly refused: Refused; readonly others: Said['errors']; readonly look: () => void };

type Props<Typed, How extends string> = {
  readonly of: Form<Typed, How>;
  /** what the form is called */
  readonly name: string;
  readonly className?: string;
  readonly above: (said: Above) => ReactNode;
  readonly children: ReactNode;
};

const FOCUSABLE = 'input:not([disabled]), textarea:not([disabled]), select:not([disabled]), button:not([disabled]), [tabindex]';

/** Leads to the first field that is wrong, else to what stands above the form. */
function lead(form: HTMLFormElement): void {
  const wrong = form.querySelector('.field-error')?.closest('.field, .group')?.querySelector<HTMLElement>(FOCUSABLE);
  if (wrong !== null && wrong !== undefined) wrong.focus();
  else form.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' });
}

/** The form element around fields: a refusal stands above, its errors at their fields; whatever no field takes stays above. */
export function FormFrame<Typed, How extends string>({ of, name, className = '', above, children }: Props<Typed, How>) {
  const { errors, failures, refused, submit, look } = of;
  const form = useRef<HTMLFormElement>(null);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const take = useCallback((place: string) => {
    setTaken((places) => [...places, place]);
    return () => setTaken((places) => places.toSpliced(places.indexOf(place), 1));
  }, []);
  const around = useMemo(() => ({ errors, take }), [errors, take]);
  useEffect(() => {
    if (failures > 0 && form.current !== null) lead(form.current);
  }, [failures]);
  const others = errors.filter(({ field }) => !taken.some((place) => isAt(field, place)));
  const send = (event: FormEvent) => {
    event.preventDefault();
    // a form inside another's window is a form of its own
    event.stopPropagation();
    submit();
  };
  return (
    <form ref={form} className={className} onSubmit={send} noValidate aria-label={name}>
      {refused !== null && above({ refused, others, look })}
      {refused === null && others.length > 0 && (
        <p className="field-error" role="alert">
          {others.map(({ message }) => message).join(' ')}
        </p>
      )}
      <FormAround value={around}>{children}</FormAround>
    </form>
  );
}

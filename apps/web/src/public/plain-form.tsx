import type { ReactNode } from 'react';
import { FormFrame } from '../pieces/form-frame.js';
import type { Form } from '../pieces/use-form.js';
import { PlainProblem } from './plain-problem.js';

type Props<Typed> = { readonly of: Form<Typed>; readonly name: string; readonly children: ReactNode };

/** A form of the public pages; what no field shows stands above. */
export function PlainForm<Typed>(props: Props<Typed>) {
  return (
    <FormFrame
      {...props}
      className="plain-form"
      above={({ refused, others, look }) => (
        <PlainProblem thrown={refused} others={others} {...(refused.status === 409 ? { again: look } : {})} />
      )}
    />
  );
}

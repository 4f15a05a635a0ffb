import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useLanguage } from '../text/language.js';
import { FormFrame } from './form-frame.js';
import { ProblemAlert } from './problem-alert.js';
import type { Form as FormOf } from './use-form.js';

type Props<Typed, How extends string> = {
  readonly of: FormOf<Typed, How>;
  readonly name: string;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A form of the portals. Its fields are `Field`s with `at`; what none of them shows stands above. */
export function Form<Typed, How extends string>(props: Props<Typed, How>) {
  return (
    <FormFrame
      {...props}
      above={({ refused, others, look }) => (
        <ProblemAlert refused={refused} others={others} {...(refused.status === 409 ? { fresh: look } : {})} />
      )}
    />
  );
}

type EndProps<Typed, How extends string> = {
  readonly of: FormOf<Typed, How>;
  readonly label: string;
  readonly onCancel?: (() => void) | undefined;
  readonly children?: ReactNode;
};

/** The button that sends, the one that does not, and others between them. */
export function FormEnd<Typed, How extends string>({ of, label, onCancel, children }: EndProps<Typed, How>) {
  const { say } = useLanguage();
  return (
    <div className="form-actions">
      <Button type="primary" htmlType="submit" loading={of.pending}>
        {label}
      </Button>
      {children}
      {onCancel !== undefined && <Button onClick={onCancel}>{say({ zh: '取消', en: 'Cancel' })}</Button>}
    </div>
  );
}

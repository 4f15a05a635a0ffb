import { asRefused, type FieldError, wordsOf } from '../api/problem.js';
import { useLanguage } from '../text/language.js';

type Props = {
  readonly thrown: unknown;
  /** its errors that nobody else shows; all of them if not given */
  readonly others?: readonly Pick<FieldError, 'field' | 'message'>[];
  readonly again?: () => void;
};

/** A refusal in words; what was typed is kept by whoever shows this. */
export function PlainProblem({ thrown, others, again }: Props) {
  const { say, language } = useLanguage();
  if (thrown === null || thrown === undefined) return null;
  const refused = asRefused(thrown);
  const { title, detail } = wordsOf(refused, language);
  const errors = others ?? refused.problem.errors;
  return (
    <div className="plain-error" role="alert">
      <strong>{title}</strong> {detail}
      {errors.length > 0 && (
        <ul className="plain-list">
          {errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {again !== undefined && (
        <button type="button" className="quiet-button" onClick={again}>
          {say({ zh: '重试', en: 'Try again' })}
        </button>
      )}
    </div>
  );
}

/** Says that something is being read; quiet for readers of the screen until it takes long. */
export function Loading() {
  const { say } = useLanguage();
  return (
    <p className="soft" role="status">
      {say({ zh: '正在读取…', en: 'Loading…' })}
    </p>
  );
}

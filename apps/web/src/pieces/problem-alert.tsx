import { Alert, Button } from 'antd';
import { type Refused, wordsOf } from '../api/problem.js';
import { useLanguage } from '../text/language.js';

type Props = {
  readonly refused: Refused | null | undefined;
  /** fields that show their own errors and need not be repeated here */
  readonly shownAt?: readonly string[];
  readonly again?: () => void;
};

/** A refusal as a whole: what happened, every field error nobody else shows, the number to ask about. */
export function ProblemAlert({ refused, shownAt = [], again }: Props) {
  const { say, language } = useLanguage();
  if (refused === null || refused === undefined) return null;
  const { title, detail } = wordsOf(refused, language);
  const others = refused.problem.errors.filter(({ field }) => !shownAt.includes(field));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        <>
          <div>{detail}</div>
          {others.length > 0 && (
            <ul className="plain-list">
              {others.slice(0, 20).map(({ field, message }) => (
                <li key={`${field} ${message}`}>
                  {field === '' ? '' : <code>{field}</code>} {message}
                </li>
              ))}
            </ul>
          )}
          {refused.problem.requestId !== '' && (
            <div className="soft">
              {say({ zh: '编号', en: 'Request' })} {refused.problem.requestId}
            </div>
          )}
        </>
      }
      action={again === undefined ? undefined : <Button onClick={again}>{say({ zh: '重试', en: 'Try again' })}</Button>}
    />
  );
}

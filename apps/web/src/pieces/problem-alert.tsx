import { Alert, Button } from 'antd';
import { type FieldError, type Refused, wordsOf } from '../api/problem.js';
import { useLanguage } from '../text/language.js';

type Props = {
  readonly refused: Refused | null | undefined;
  /** its errors that nobody else shows; all of them if not given */
  readonly others?: readonly Pick<FieldError, 'field' | 'message'>[];
  readonly again?: () => void;
  /** somebody else was faster: shows what is true now */
  readonly fresh?: () => void;
};

/** A refusal as a whole: what happened, every field error nobody else shows, the number to ask about. */
export function ProblemAlert({ refused, others, again, fresh }: Props) {
  const { say, language } = useLanguage();
  if (refused === null || refused === undefined) return null;
  const { title, detail } = wordsOf(refused, language);
  const shown = others ?? refused.problem.errors;
  const next = fresh ?? again;
  const label = fresh === undefined ? { zh: '重试', en: 'Try again' } : { zh: '查看最新情况', en: 'Show it as it is now' };
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        <>
          <div>{detail}</div>
          {fresh !== undefined && (
            <div>
              {say({
                zh: '已填写的内容仍在：请先查看最新情况，再决定是否提交。',
                en: 'What you typed is kept: look at it as it is now, then send again if it still fits.',
              })}
            </div>
          )}
          {shown.length > 0 && (
            <ul className="plain-list">
              {shown.slice(0, 20).map(({ field, message }) => (
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
      action={next === undefined ? undefined : <Button onClick={next}>{say(label)}</Button>}
    />
  );
}

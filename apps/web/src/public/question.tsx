import { type FormEvent, useId, useState } from 'react';
import { day } from '../pieces/day.js';
import { useLanguage } from '../text/language.js';
import type { Language } from '../text/text.js';
import { type Answers, factOf, type Question } from './questions.js';

type Props = { readonly question: Question; readonly onAnswer: (question: Question, typed: string | null) => void };

const yesNo = [
  { value: 'yes', label: { zh: '是', en: 'Yes' } },
  { value: 'no', label: { zh: '否', en: 'No' } },
];

/** One question, answered by a click, or typed and confirmed; "I do not know" is an answer too. */
export function Ask({ question, onAnswer }: Props) {
  const { say } = useLanguage();
  const { kind, label, choices = [] } = question;
  const unknown = (
    <button type="button" className="quiet-button" onClick={() => onAnswer(question, null)}>
      {say({ zh: '不清楚', en: 'I do not know' })}
    </button>
  );
  if (kind !== 'yesNo' && kind !== 'choice') return <Typed question={question} onAnswer={onAnswer} unknown={unknown} />;
  return (
    <fieldset className="ask">
      <legend>{say(label)}</legend>
      {(kind === 'yesNo' ? yesNo : choices).map((choice) => (
        <button key={choice.value} type="button" className="button" onClick={() => onAnswer(question, choice.value)}>
          {say(choice.label)}
        </button>
      ))}
      {unknown}
    </fieldset>
  );
}

function Typed({ question, onAnswer, unknown }: Props & { readonly unknown: React.ReactNode }) {
  const { say } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const { kind, label } = question;
  const take = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (factOf(kind, typed) === null) setWrong(true);
    else onAnswer(question, typed);
  };
  return (
    <fieldset className="ask">
      <legend>
        <label htmlFor={id}>
          {say(label)}
          {kind === 'money' && say({ zh: '（元）', en: ' (yuan)' })}
        </label>
      </legend>
      <input
        id={id}
        type={kind === 'day' ? 'date' : 'text'}
        inputMode={kind === 'money' ? 'decimal' : kind === 'number' ? 'numeric' : undefined}
        value={typed}
        maxLength={20}
        aria-invalid={wrong}
        aria-describedby={`${id}-says`}
        onChange={(event) => {
          setTyped(event.target.value);
          setWrong(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(event);
        }}
      />
      <button type="button" className="button" onClick={take}>
        {say({ zh: '确定', en: 'OK' })}
      </button>
      {unknown}
      <span id={`${id}-says`} className="ask-wrong" aria-live="polite">
        {wrong && say(expected[kind])}
      </span>
    </fieldset>
  );
}

const expected = {
  number: { zh: '请填写不带小数的数字，如 12。', en: 'A whole number, such as 12.' },
  money: { zh: '请填写金额，如 1200 或 1,200.50。', en: 'An amount, such as 1200 or 1,200.50.' },
  day: { zh: '请选择日期。', en: 'Choose a date.' },
  yesNo: { zh: '', en: '' },
  choice: { zh: '', en: '' },
} as const;

const shown = ({ kind, choices = [] }: Question, typed: string | null | undefined, language: Language): string => {
  if (typed === null || typed === undefined) return language === 'zh' ? '不清楚' : 'not known';
  const choice = (kind === 'yesNo' ? yesNo : choices).find(({ value }) => value === typed);
  return choice?.label[language] ?? (kind === 'day' ? day(typed, language) : typed);
};

/** What was answered, each to be taken back. */
export function Answered({
  asked,
  answers,
  onWithdraw,
}: {
  readonly asked: readonly Question[];
  readonly answers: Answers;
  readonly onWithdraw: (fact: string) => void;
}) {
  const { say, language } = useLanguage();
  if (asked.length === 0) return null;
  return (
    <details className="answered">
      <summary>{say({ zh: '已回答 {count} 题（可修改）', en: '{count} answered (change)' }, { count: asked.length })}</summary>
      <ul className="plain-list">
        {asked.map((question) => (
          <li key={question.fact}>
            {say(question.label)}：<strong>{shown(question, answers[question.fact], language)}</strong>
            <button
              type="button"
              className="quiet-button"
              onClick={() => onWithdraw(question.fact)}
              aria-label={say({ zh: '修改：{what}', en: 'Change: {what}' }, { what: say(question.label) })}
            >
              {say({ zh: '修改', en: 'Change' })}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, good } from '../api/client.js';
import { useDraft } from '../pieces/draft.js';
import { placeName } from '../pieces/places.js';
import { useLanguage } from '../text/language.js';
import { Found } from './found.js';
import './public.css';
import { payeeLabels } from './payees.js';
import { Loading, PlainProblem } from './plain-problem.js';
import { usePublished } from './policies.js';
import { Answered, Ask } from './question.js';
import { type Answers, factOf, nextQuestions, type Question } from './questions.js';

type Told = {
  readonly payee: string | null;
  readonly place: string;
  readonly answers: Answers;
  readonly asked: readonly Question[];
};
const nothing: Told = { payee: null, place: 'CN-2102', answers: {}, asked: [] };
const places = ['CN-2102', 'CN-21'];
const kinds = ['citizen', 'enterprise', 'institution', 'unit'];
/** as many as one looks at without scrolling */
const atOnce = 3;

/** A few questions, and after each answer what applies, what nearly does, and what is missing. Nothing is stored or sent to an office. */
export function Finder() {
  const { say } = useLanguage();
  const [told, setTold, forget] = useDraft<Told>('policy-finder', nothing);
  const { data: published } = usePublished();
  const facts = { payeeKind: told.payee, ...factsOf(told) };
  const on = published?.on;
  const found = useQuery({
    queryKey: ['public', 'match', on, told.place, facts],
    enabled: told.payee !== null && on !== undefined,
    placeholderData: keepPreviousData,
    queryFn: () => good(api.POST('/api/v1/policies/match', { body: { on: on ?? '', jurisdiction: told.place, facts } })),
  });
  const items = found.data?.items ?? [];
  const standing = useRef<readonly string[]>([]);
  const questions = nextQuestions(items, told.answers, atOnce, standing.current);
  useEffect(() => {
    // an answer still under way says nothing of what was just taken back
    if (!found.isPlaceholderData) standing.current = questions.map(({ fact }) => fact);
  });
  const answer = (question: Question, typed: string | null) =>
    setTold({
      ...told,
      answers: { ...told.answers, [question.fact]: typed },
      asked: [...told.asked.filter(({ fact }) => fact !== question.fact), question],
    });
  const withdraw = (fact: string) => {
    standing.current = [fact, ...standing.current];
    setTold({
      ...told,
      answers: Object.fromEntries(Object.entries(told.answers).filter(([name]) => name !== fact)),
      asked: told.asked.filter((question) => question.fact !== fact),
    });
  };
  return (
    <>
      <section className="panel">
        <h1>{say({ zh: '查一查我能享受哪些补贴', en: 'Which subsidies are for me?' })}</h1>
        <p>
          {say({
            zh: '回答几个问题，每答一题，下方的结果随即更新。不需登录，不保存，不算申请。',
            en: 'Answer a few questions; the result below follows each answer. No sign-in, nothing is stored, it is no application.',
          })}
        </p>
        <form className="asks" aria-busy={found.isFetching} onSubmit={(event) => event.preventDefault()}>
          <fieldset className="ask">
            <legend>{say({ zh: '您是', en: 'You are' })}</legend>
            {kinds.map((kind) => (
              <label key={kind} className="pick">
                <input
                  type="radio"
                  name="payee"
                  checked={told.payee === kind}
                  onChange={() => setTold({ ...nothing, place: told.place, payee: kind })}
                />
                {say(payeeLabels[kind] ?? { zh: kind, en: kind })}
              </label>
            ))}
          </fieldset>
          <fieldset className="ask">
            <legend>{say({ zh: '在哪里申请', en: 'Where' })}</legend>
            {places.map((place) => (
              <label key={place} className="pick">
                <input type="radio" name="place" checked={told.place === place} onChange={() => setTold({ ...told, place })} />
                {place === 'CN-21' ? say({ zh: '辽宁省其他地方', en: 'Elsewhere in Liaoning' }) : say(placeName(place))}
              </label>
            ))}
          </fieldset>
          {told.payee !== null && questions.map((question) => <Ask key={question.fact} question={question} onAnswer={answer} />)}
        </form>
        <PlainProblem thrown={found.error} again={() => void found.refetch()} />
        <Answered asked={told.asked} answers={told.answers} onWithdraw={withdraw} />
        {told.payee !== null && (
          <div className="plain-actions">
            <button type="button" className="button" onClick={forget}>
              {say({ zh: '重新开始', en: 'Start again' })}
            </button>
          </div>
        )}
      </section>
      {told.payee !== null && found.data === undefined && found.error === null && <Loading />}
      {told.payee !== null && found.data !== undefined && (
        <Found items={items} answers={told.answers} published={published?.items ?? []} settled={questions.length === 0} />
      )}
    </>
  );
}

const factsOf = ({ asked, answers }: Told): Record<string, string | number | boolean> =>
  Object.fromEntries(
    asked.flatMap(({ fact, kind }) => {
      const typed = answers[fact];
      const value = typed === null || typed === undefined ? null : factOf(kind, typed);
      return value === null ? [] : [[fact, value] as const];
    }),
  );

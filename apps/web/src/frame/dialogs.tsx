import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { answerWith } from '../api/doorway.js';
import type { Refused } from '../api/problem.js';
import { draftsOf } from '../pieces/draft.js';
import { type Person, sessionKey } from '../session/session.js';
import { SignInForm } from '../session/sign-in-form.js';
import { useLanguage } from '../text/language.js';
import { AskCode } from './ask-code.js';

type Waiting<T> = { readonly answer: (value: T | null) => void; readonly promise: Promise<T | null> };

/** One question at a time: whoever asks while it is open waits for the same answer. */
function useQuestion<T>() {
  const waiting = useRef<Waiting<T> | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (): Promise<T | null> => {
    if (waiting.current === null) {
      let answer: (value: T | null) => void = () => undefined;
      const promise = new Promise<T | null>((resolve) => {
        answer = resolve;
      });
      waiting.current = { answer, promise };
      setOpen(true);
    }
    return waiting.current.promise;
  };
  const answer = (value: T | null) => {
    waiting.current?.answer(value);
    waiting.current = null;
    setOpen(false);
  };
  return { open, ask, answer };
}

/** Lies over the page when the session has ended or a one-time password is wanted; the page below keeps what was typed. */
export function Dialogs({ person }: { readonly person: Person }) {
  const { say } = useLanguage();
  const queries = useQueryClient();
  const session = useQuestion<true>();
  const otp = useQuestion<string>();
  const [said, setSaid] = useState<Refused | null>(null);
  const latest = useRef({ session, otp });
  latest.current = { session, otp };
  useEffect(() => {
    answerWith({
      signIn: () => latest.current.session.ask(),
      otp: (words) => {
        setSaid(words);
        return latest.current.otp.ask();
      },
    });
    return () => answerWith(null);
  }, []);
  const leave = () => {
    session.answer(null);
    draftsOf(null);
    queries.clear();
    queries.setQueryData(sessionKey, null);
  };
  return (
    <>
      <Modal
        open={session.open}
        title={say({ zh: '登录已过期', en: 'Your session has ended' })}
        footer={null}
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <p>
          {say({
            zh: '请重新登录以继续。页面上已填写的内容都还在，登录后刚才的操作会自动继续。',
            en: 'Sign in again to go on. What you typed is still there, and what you just did will then continue.',
          })}
        </p>
        <SignInForm
          username={person.username}
          onDone={() => session.answer(true)}
          beside={
            <button type="button" className="quiet-button" onClick={leave}>
              {say({ zh: '换人登录（放弃未提交内容）', en: 'Someone else (drops what was not sent)' })}
            </button>
          }
        />
      </Modal>
      {otp.open && said !== null && <AskCode said={said} onCode={otp.answer} />}
    </>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { answerWith } from '../api/doorway.js';
import { type Person, sessionKey } from '../session/session.js';
import { SignInForm } from '../session/sign-in-form.js';
import { useLanguage } from '../text/language.js';

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
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const latest = useRef({ session, otp });
  latest.current = { session, otp };
  useEffect(() => {
    answerWith({
      signIn: () => latest.current.session.ask(),
      otp: (again) => {
        setCode('');
        setWrong(again);
        return latest.current.otp.ask();
      },
    });
    return () => answerWith(null);
  }, []);
  const leave = () => {
    session.answer(null);
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
      <Modal
        open={otp.open}
        title={say({ zh: '请输入动态口令', en: 'One-time password' })}
        onCancel={() => otp.answer(null)}
        footer={[
          <Button key="no" onClick={() => otp.answer(null)}>
            {say({ zh: '取消', en: 'Cancel' })}
          </Button>,
          <Button key="yes" type="primary" disabled={code.length < 6} onClick={() => otp.answer(code)}>
            {say({ zh: '确认', en: 'Confirm' })}
          </Button>,
        ]}
        destroyOnHidden
      >
        <p>
          {wrong
            ? say({ zh: '口令不正确或已失效，请输入新的口令。', en: 'That password is wrong or has run out; enter a new one.' })
            : say({ zh: '此操作涉及资金，需要验证器中的 6 位口令。', en: 'This moves money: enter the six digits of your authenticator.' })}
        </p>
        <Input.OTP length={6} value={code} onChange={setCode} autoFocus aria-label={say({ zh: '动态口令', en: 'One-time password' })} />
      </Modal>
    </>
  );
}

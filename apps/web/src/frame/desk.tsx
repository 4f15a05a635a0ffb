import { App, ConfigProvider, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { asRefused } from '../api/problem.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import './desk.css';
import { Dialogs } from './dialogs.js';
import { Frame } from './frame.js';
import { useLive } from './live.js';
import { theme } from './theme.js';

/** Everything behind the sign-in: the component library's settings, who is there, and the dialogs that may ask for more. */
export function Desk() {
  const { language } = useLanguage();
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  }, [language]);
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme} componentSize="middle">
      <App>
        <SignedIn />
      </App>
    </ConfigProvider>
  );
}

function SignedIn() {
  const { data: person, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (person === undefined)
    return error === null ? (
      <Spin fullscreen />
    ) : (
      <main className="desk-alone">
        <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />
      </main>
    );
  if (person === null) return <Navigate to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <>
      {person.role !== 'admin' && person.role !== 'security' && <Live />}
      <Dialogs person={person} />
      <Frame person={person} />
    </>
  );
}

function Live() {
  useLive();
  return null;
}

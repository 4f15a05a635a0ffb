import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { tryConnection, useConnection } from '../api/connection.js';
import { useLanguage } from '../text/language.js';

const tryEveryMs = 5_000;

/** While the server cannot be reached: says so, tries again by itself, and reads everything anew when it is back. */
export function OfflineBanner() {
  const { say } = useLanguage();
  const queries = useQueryClient();
  const lost = useConnection() === 'lost';
  useEffect(() => {
    if (!lost) return;
    const again = setInterval(() => void tryConnection(), tryEveryMs);
    const online = () => void tryConnection();
    window.addEventListener('online', online);
    return () => {
      clearInterval(again);
      window.removeEventListener('online', online);
      void queries.invalidateQueries();
    };
  }, [lost, queries]);
  if (!lost) return null;
  return (
    <Alert
      type="warning"
      banner
      showIcon
      title={say({
        zh: '连接已断开。已填写的内容仍在；恢复后会自动刷新。',
        en: 'The connection is lost. What you typed is kept; everything is read again when it is back.',
      })}
      action={<Button onClick={() => void tryConnection()}>{say({ zh: '立即重试', en: 'Try now' })}</Button>}
    />
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useLanguage } from '../text/language.js';

/** Somebody else acted on the case meanwhile: what was typed stays, the page is read anew, and one sends again after a look. */
export function StaleCase({ caseId, onFresh }: { readonly caseId: string; readonly onFresh: () => void }) {
  const { say } = useLanguage();
  const queries = useQueryClient();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={say({ zh: '页面已过时', en: 'This page is stale' })}
      description={say({
        zh: '在您填写期间，案件有了新的进展，您的操作没有生效。已填写的内容仍在：请先查看最新情况，再决定是否提交。',
        en: 'The case moved on while you were typing; nothing was done. What you typed is kept: look at the case as it is now, then send again if it still fits.',
      })}
      action={
        <Button type="primary" onClick={() => void queries.invalidateQueries({ queryKey: ['case', caseId] }).then(onFresh)}>
          {say({ zh: '查看最新情况', en: 'Show it as it is now' })}
        </Button>
      }
    />
  );
}

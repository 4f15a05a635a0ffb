import { isRouteErrorResponse, useRouteError } from 'react-router';
import { asRefused, Refused, wordsOf } from '../api/problem.js';
import { useLanguage } from '../text/language.js';

/** A page that failed says so, keeps the rest of the screen, and offers to load again. */
export function Broken() {
  const { say, language } = useLanguage();
  const thrown = useRouteError();
  const refused = isRouteErrorResponse(thrown) ? null : asRefused(thrown);
  const words = refused === null ? null : wordsOf(refused, language);
  return (
    <section className="broken" role="alert">
      <h1>{words?.title ?? say({ zh: '页面不存在', en: 'No such page' })}</h1>
      <p>{words?.detail ?? say({ zh: '请从菜单重新进入。', en: 'Please start from the menu.' })}</p>
      {thrown instanceof Refused && thrown.problem.requestId !== '' && (
        <p>
          {say({ zh: '编号', en: 'Request' })} <code>{thrown.problem.requestId}</code>
        </p>
      )}
      <button type="button" className="button" onClick={() => window.location.reload()}>
        {say({ zh: '重新载入', en: 'Load again' })}
      </button>
    </section>
  );
}

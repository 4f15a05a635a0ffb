import { Link } from 'react-router';
import { useLanguage } from '../text/language.js';

export function NotFound() {
  const { say } = useLanguage();
  return (
    <section className="panel">
      <h1>{say({ zh: '没有这个页面', en: 'There is no such page' })}</h1>
      <p>{say({ zh: '地址可能已变更。', en: 'The address may have changed.' })}</p>
      <Link className="button" to="/">
        {say({ zh: '回到首页', en: 'To the first page' })}
      </Link>
    </section>
  );
}

import { Link, NavLink, Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { LanguageSwitch } from '../frame/language-switch.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

/** Public pages that stand in the bar at the top. */
const places: readonly { readonly to: string; readonly label: Text }[] = [
  { to: '/', label: { zh: '首页', en: 'Home' } },
  { to: '/finder', label: { zh: '政策查找', en: 'Finder' } },
  { to: '/policies', label: { zh: '政策', en: 'Policies' } },
  { to: '/notices', label: { zh: '公示', en: 'Notices' } },
  { to: '/promises', label: { zh: '按期拨付', en: 'Promises' } },
];

/** What stands around every page that needs no sign-in. */
export function Lobby() {
  const { say } = useLanguage();
  const busy = useNavigation().state !== 'idle';
  return (
    <div className="lobby">
      <a className="skip" href="#content">
        {say({ zh: '跳到正文', en: 'Skip to content' })}
      </a>
      <header className="lobby-bar">
        <Link className="brand" to="/">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span>{say({ zh: '分期拨', en: 'Tranche' })}</span>
        </Link>
        <nav aria-label={say({ zh: '公开页面', en: 'Public pages' })}>
          {places.map(({ to, label }) => (
            <NavLink key={to} to={to} end={to === '/'}>
              {say(label)}
            </NavLink>
          ))}
        </nav>
        <span className="lobby-end">
          <LanguageSwitch />
          <Link className="button" to="/sign-in">
            {say({ zh: '登录', en: 'Sign in' })}
          </Link>
        </span>
      </header>
      <main id="content" className="lobby-content" aria-busy={busy} tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="lobby-foot">
        {say({
          zh: '就业补助资金分期拨付。每笔款注明依据条款与时限。',
          en: 'Employment subsidies paid in stages; every payment names its clause and its time limit.',
        })}
      </footer>
      <ScrollRestoration />
    </div>
  );
}

import { LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Grid, Layout, Menu } from 'antd';
import { useEffect, useState } from 'react';
import { Link, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { menuOf } from '../portal.js';
import { portals } from '../portals.js';
import { roleLabels } from '../session/roles.js';
import { type Person, useSignOut } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { Bell } from './bell.js';
import { LanguageSwitch } from './language-switch.js';
import { LegalDay } from './legal-day.js';
import { OfflineBanner } from './offline-banner.js';

const hasCases = ({ role }: Person): boolean => role !== 'admin' && role !== 'security';

/** Whoever came by a link or button that is gone with its page goes on at the beginning of the new one, not at the top of the window. */
function useFocusOnNewPage(): void {
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is a new page
  useEffect(() => {
    if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname]);
}

/** The bar, the menu of the role, and the page. */
export function Frame({ person }: { readonly person: Person }) {
  const { say } = useLanguage();
  const wide = Grid.useBreakpoint().lg === true;
  const [open, setOpen] = useState(false);
  useFocusOnNewPage();
  return (
    <Layout className="desk">
      <a className="skip" href="#content">
        {say({ zh: '跳到正文', en: 'Skip to content' })}
      </a>
      <Layout.Header className="desk-bar">
        {!wide && <Button type="text" icon={<MenuOutlined />} aria-label={say({ zh: '菜单', en: 'Menu' })} onClick={() => setOpen(true)} />}
        <Link className="brand" to="/desk" aria-label={say({ zh: '分期拨 首页', en: 'Tranche, first page' })}>
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span>{say({ zh: '分期拨', en: 'Tranche' })}</span>
        </Link>
        <LegalDay />
        <span className="desk-bar-end">
          {hasCases(person) && person.role !== 'auditor' && <Bell />}
          <LanguageSwitch />
          <PersonMenu person={person} narrow={!wide} />
        </span>
      </Layout.Header>
      <OfflineBanner />
      <Layout>
        {wide && (
          <Layout.Sider width={208} className="desk-side">
            <SideMenu person={person} />
          </Layout.Sider>
        )}
        <Drawer placement="left" size={260} open={open && !wide} onClose={() => setOpen(false)} title={say({ zh: '菜单', en: 'Menu' })}>
          <SideMenu person={person} onGo={() => setOpen(false)} />
        </Drawer>
        <Layout.Content id="content" className="desk-content" role="main" tabIndex={-1}>
          <Outlet />
        </Layout.Content>
      </Layout>
      <ScrollRestoration />
    </Layout>
  );
}

function SideMenu({ person, onGo }: { readonly person: Person; readonly onGo?: () => void }) {
  const { say } = useLanguage();
  const { pathname } = useLocation();
  const entries = menuOf(portals, person.role);
  const here = entries
    .map(({ path }) => `/desk/${path}`)
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length)[0];
  return (
    <nav aria-label={say({ zh: '主菜单', en: 'Main menu' })}>
      <Menu
        mode="inline"
        selectedKeys={here === undefined ? [] : [here]}
        items={entries.map(({ path, label }) => ({
          key: `/desk/${path}`,
          label: (
            <Link to={`/desk/${path}`} onClick={onGo}>
              {say(label)}
            </Link>
          ),
        }))}
      />
    </nav>
  );
}

function PersonMenu({ person, narrow }: { readonly person: Person; readonly narrow: boolean }) {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const role = say(roleLabels[person.role]);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', label: `${person.displayName} · ${role}`, disabled: true },
          { key: 'password', label: <Link to="/desk/password">{say({ zh: '更换密码', en: 'Change your password' })}</Link> },
          { key: 'device', label: <Link to="/desk/device">{say({ zh: '动态口令设备', en: 'One-time passwords' })}</Link> },
          { key: 'public', label: <Link to="/">{say({ zh: '公开页面', en: 'Public pages' })}</Link> },
          { key: 'out', icon: <LogoutOutlined />, label: say({ zh: '退出登录', en: 'Sign out' }) },
        ],
        onClick: ({ key }) => {
          if (key === 'out') void signOut().then(() => navigate('/sign-in'));
        },
      }}
    >
      <Button
        type="text"
        icon={<UserOutlined />}
        aria-label={say({ zh: '当前用户：{name}', en: 'Signed in: {name}' }, { name: `${person.displayName} ${role}` })}
      >
        {narrow ? null : `${person.displayName} · ${role}`}
      </Button>
    </Dropdown>
  );
}

import { type Portal, page } from '../portal.js';

export const institutionPortal: Portal = {
  label: { zh: '申报', en: 'Applications' },
  roles: ['institution', 'enterprise', 'citizen'],
  menu: [
    { path: 'mine', label: { zh: '我的案件', en: 'My cases' } },
    { path: 'apply', label: { zh: '新申报', en: 'New application' } },
    { path: 'no-application', label: { zh: '免申即享', en: 'Without application' }, roles: ['enterprise', 'citizen'] },
    { path: 'accounts', label: { zh: '收款账户', en: 'Payee accounts' } },
  ],
  routes: [
    { path: 'mine', lazy: page(() => import('./dashboard.js'), 'Dashboard') },
    { path: 'apply', lazy: page(() => import('./apply.js'), 'Apply') },
    { path: 'apply/:id', lazy: page(() => import('./filing.js'), 'Filing') },
    { path: 'no-application', lazy: page(() => import('./offers.js'), 'Offers') },
    { path: 'accounts', lazy: page(() => import('./accounts.js'), 'Accounts') },
  ],
};

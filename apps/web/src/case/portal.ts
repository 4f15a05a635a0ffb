import { type Portal, page } from '../portal.js';

/** The case pages that all roles share; row security decides which cases each of them sees. */
export const casePortal: Portal = {
  label: { zh: '案件', en: 'Cases' },
  roles: [
    'institution',
    'enterprise',
    'citizen',
    'officer',
    'reviewer',
    'approver',
    'inspector',
    'maker',
    'checker',
    'cashier',
    'supervisor',
    'auditor',
  ],
  menu: [{ path: 'cases', label: { zh: '案件查询', en: 'Cases' } }],
  routes: [
    { path: 'cases', lazy: page(() => import('./case-list.js'), 'CaseList') },
    { path: 'cases/:id', lazy: page(() => import('./case-page.js'), 'CasePage') },
  ],
};

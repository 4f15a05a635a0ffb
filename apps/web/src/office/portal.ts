import { type Portal, page } from '../portal.js';

export const officePortal: Portal = {
  label: { zh: '经办工作台', en: 'Office' },
  roles: ['officer', 'reviewer', 'approver', 'inspector', 'supervisor'],
  menu: [
    { path: 'office/queue', label: { zh: '我的待办', en: 'My queue' } },
    { path: 'office/notices', label: { zh: '公示', en: 'Public notices' }, roles: ['officer', 'reviewer', 'approver', 'supervisor'] },
    { path: 'office/objections', label: { zh: '异议核查', en: 'Objections' }, roles: ['officer', 'reviewer', 'supervisor'] },
    {
      path: 'office/accounts',
      label: { zh: '收款账户', en: 'Payee accounts' },
      roles: ['officer', 'reviewer', 'approver', 'supervisor'],
    },
    {
      path: 'office/organisations',
      label: { zh: '单位名录', en: 'Organisations' },
      roles: ['officer', 'reviewer', 'approver', 'supervisor'],
    },
    { path: 'office/held', label: { zh: '暂停付款', en: 'On hold' }, roles: ['approver', 'supervisor'] },
    { path: 'finance/recoveries', label: { zh: '追回', en: 'Recoveries' }, roles: ['officer', 'reviewer', 'approver'] },
    { path: 'office/runs', label: { zh: '免申即享', en: 'Without application' }, roles: ['officer', 'reviewer', 'approver', 'supervisor'] },
  ],
  routes: [
    { path: 'office/queue', lazy: page(() => import('./queue.js'), 'Queue') },
    { path: 'office/case/:id', lazy: page(() => import('./workbench.js'), 'Workbench') },
    { path: 'office/notices', lazy: page(() => import('./notices.js'), 'Notices') },
    { path: 'office/objections', lazy: page(() => import('./objections.js'), 'Objections') },
    { path: 'office/accounts', lazy: page(() => import('./accounts.js'), 'PayeeAccounts') },
    { path: 'office/organisations', lazy: page(() => import('./organisations.js'), 'Organisations') },
    { path: 'office/organisations/:id', lazy: page(() => import('./organisation-page.js'), 'OrganisationPage') },
    { path: 'office/organisations/:id/case', lazy: page(() => import('./open-case.js'), 'OpenCase') },
    { path: 'office/held', lazy: page(() => import('./held.js'), 'Held') },
    { path: 'office/runs', lazy: page(() => import('./runs.js'), 'Runs') },
    { path: 'office/runs/new', lazy: page(() => import('./begin-run.js'), 'BeginRun') },
    { path: 'office/runs/:id', lazy: page(() => import('./run.js'), 'RunPage') },
  ],
};

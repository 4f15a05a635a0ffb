import { type Portal, page } from '../portal.js';

const setters = ['supervisor', 'auditor', 'officer', 'approver'] as const;

export const administrationPortal: Portal = {
  label: { zh: '系统管理', en: 'Administration' },
  roles: ['admin', 'security', 'auditor', 'supervisor', 'officer', 'approver'],
  menu: [
    { path: 'admin/users', label: { zh: '账号与角色', en: 'Accounts' }, roles: ['admin', 'security', 'auditor'] },
    { path: 'admin/queues', label: { zh: '后台队列', en: 'Queues' }, roles: ['admin'] },
    { path: 'admin/parameters', label: { zh: '参数', en: 'Parameters' }, roles: setters },
    { path: 'admin/world-events', label: { zh: '政策所系事件', en: 'World events' }, roles: ['supervisor', 'auditor'] },
    { path: 'admin/calendar', label: { zh: '工作日历', en: 'Calendar' }, roles: ['supervisor', 'auditor', 'approver'] },
    { path: 'admin/policies', label: { zh: '政策版本', en: 'Policy versions' }, roles: ['admin', 'supervisor', 'auditor'] },
    { path: 'admin/clock', label: { zh: '沙箱时钟', en: 'Sandbox clock' }, roles: ['admin', 'supervisor'] },
  ],
  routes: [
    { path: 'admin/users', lazy: page(() => import('./users.js'), 'Users') },
    { path: 'admin/queues', lazy: page(() => import('./queues.js'), 'Queues') },
    { path: 'admin/parameters', lazy: page(() => import('./parameters.js'), 'Parameters') },
    { path: 'admin/parameters/:id', lazy: page(() => import('./parameter-page.js'), 'ParameterPage') },
    { path: 'admin/world-events', lazy: page(() => import('./world-events.js'), 'WorldEvents') },
    { path: 'admin/calendar', lazy: page(() => import('./calendar.js'), 'Calendar') },
    { path: 'admin/calendar/:id', lazy: page(() => import('./calendar-proposal-page.js'), 'CalendarProposalPage') },
    { path: 'admin/policies', lazy: page(() => import('./policy-versions.js'), 'PolicyVersions') },
    { path: 'admin/policies/:id/:jurisdiction/:version/check', lazy: page(() => import('./policy-check.js'), 'PolicyCheck') },
    { path: 'admin/clock', lazy: page(() => import('./clock.js'), 'Clock') },
  ],
};

import type { Portal } from '../portal.js';

export const administrationPortal: Portal = {
  label: { zh: '系统管理', en: 'Administration' },
  roles: ['admin', 'security', 'auditor', 'supervisor'],
  menu: [],
  routes: [],
};

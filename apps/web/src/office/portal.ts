import type { Portal } from '../portal.js';

export const officePortal: Portal = {
  label: { zh: '经办工作台', en: 'Office' },
  roles: ['officer', 'reviewer', 'approver', 'inspector', 'supervisor'],
  menu: [],
  routes: [],
};

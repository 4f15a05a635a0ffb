import type { Portal } from '../portal.js';

export const institutionPortal: Portal = {
  label: { zh: '申报', en: 'Applications' },
  roles: ['institution', 'enterprise', 'citizen'],
  menu: [],
  routes: [],
};

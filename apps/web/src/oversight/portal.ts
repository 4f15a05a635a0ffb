import type { Portal } from '../portal.js';

export const oversightPortal: Portal = {
  label: { zh: '监督审计', en: 'Oversight' },
  roles: ['supervisor', 'auditor'],
  menu: [],
  routes: [],
};

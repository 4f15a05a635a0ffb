import type { Portal } from '../portal.js';

export const financePortal: Portal = {
  label: { zh: '财政拨付', en: 'Finance' },
  roles: ['maker', 'checker', 'cashier'],
  menu: [],
  routes: [],
};

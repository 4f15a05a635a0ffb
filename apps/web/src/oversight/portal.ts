import { type Portal, page } from '../portal.js';

export const oversightPortal: Portal = {
  label: { zh: '监督审计', en: 'Oversight' },
  roles: ['supervisor', 'auditor'],
  menu: [
    { path: 'oversight', label: { zh: '监督总览', en: 'Overview' } },
    { path: 'oversight/breaches', label: { zh: '逾期清单', en: 'Broken limits' } },
    { path: 'oversight/proofs', label: { zh: '核验', en: 'Verification' } },
    // the page of finance, whose portal no auditor has
    { path: 'finance/books', label: { zh: '账簿', en: 'Books' }, roles: ['auditor'] },
  ],
  routes: [
    { path: 'oversight', lazy: page(() => import('./overview.js'), 'Overview') },
    { path: 'oversight/districts/:district', lazy: page(() => import('./district.js'), 'District') },
    { path: 'oversight/breaches', lazy: page(() => import('./breaches.js'), 'Breaches') },
    { path: 'oversight/proofs', lazy: page(() => import('./proofs.js'), 'Proofs') },
  ],
};

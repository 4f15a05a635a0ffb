import { type Portal, page } from '../portal.js';

export const financePortal: Portal = {
  label: { zh: '财政拨付', en: 'Finance' },
  roles: ['maker', 'checker', 'cashier', 'supervisor'],
  menu: [
    { path: 'finance/due', label: { zh: '待付清单', en: 'Due payments' }, roles: ['maker', 'supervisor'] },
    { path: 'finance/batches', label: { zh: '拨付单', en: 'Batches' } },
    { path: 'finance/transfers', label: { zh: '退票与未明', en: 'Returns and unknowns' } },
    { path: 'finance/bank-files', label: { zh: '银行来文', en: 'Files of the bank' } },
    { path: 'finance/statement-lines', label: { zh: '未匹配流水', en: 'Unmatched lines' } },
    { path: 'finance/reconciliation', label: { zh: '每日对账', en: 'Reconciliation' } },
    { path: 'finance/recoveries', label: { zh: '追回', en: 'Recoveries' } },
    { path: 'finance/funds', label: { zh: '资金与指标', en: 'Funds' } },
    { path: 'finance/books', label: { zh: '账簿', en: 'Books' } },
    { path: 'finance/rail-profiles', label: { zh: '银行渠道', en: 'Terms of banks' } },
  ],
  routes: [
    { path: 'finance/due', lazy: page(() => import('./due.js'), 'Due') },
    { path: 'finance/batches', lazy: page(() => import('./batches.js'), 'Batches') },
    { path: 'finance/batches/:id', lazy: page(() => import('./batch.js'), 'BatchPage') },
    { path: 'finance/transfers', lazy: page(() => import('./transfers.js'), 'Transfers') },
    { path: 'finance/bank-files', lazy: page(() => import('./bank-files.js'), 'BankFiles') },
    { path: 'finance/statement-lines', lazy: page(() => import('./statement-lines.js'), 'StatementLines') },
    { path: 'finance/reconciliation', lazy: page(() => import('./reconciliation.js'), 'Reconciliation') },
    { path: 'finance/recoveries', lazy: page(() => import('./recoveries.js'), 'Recoveries') },
    { path: 'finance/rail-profiles', lazy: page(() => import('./rail-profiles.js'), 'RailProfiles') },
    { path: 'finance/funds', lazy: page(() => import('./funds.js'), 'Funds') },
    { path: 'finance/funds/:id', lazy: page(() => import('./fund-page.js'), 'FundPage') },
    { path: 'finance/books', lazy: page(() => import('./books.js'), 'Books') },
    { path: 'finance/books/:fund/:account', lazy: page(() => import('./account-statement.js'), 'AccountStatement') },
  ],
};

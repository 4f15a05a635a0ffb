import type { Role } from '@tranche/policies';

/**
 * Who may call which route: the one table of roles and separation of duties at the door (a finer fence stands behind it:
 * per-case duties and four eyes in the use-cases and the database, row-level security for institutions).
 * `everybody` needs no session; `signed-in` any role. A write takes an Idempotency-Key unless `keyless`.
 * The three administrators are apart: `admin` makes accounts, `security` grants them, `auditor` reads; none sees or edits the others' work.
 */
export type Access = { readonly who: 'everybody' | 'signed-in' | readonly Role[]; readonly keyless?: true };

const applicants = ['institution', 'enterprise', 'citizen'] as const;
const bureau = ['officer', 'reviewer', 'approver', 'inspector'] as const;
const finance = ['maker', 'checker', 'cashier'] as const;
const overseers = ['supervisor', 'auditor'] as const;
const everybodyAtWork: readonly Role[] = [...applicants, ...bureau, ...finance, ...overseers];
const insiders: readonly Role[] = [...bureau, ...finance, ...overseers];
const moneyReaders: readonly Role[] = [...finance, ...overseers];

const open: Access = { who: 'everybody' };
const only = (...who: Role[]): Access => ({ who });
const among = (who: readonly Role[]): Access => ({ who });

export const access: Readonly<Record<string, Access>> = {
  'GET /reference': open,
  'GET /reference/:file': open,
  'GET /api/openapi.json': open,
  'GET /api/problems': open,
  'GET /health/live': open,
  'GET /health/ready': open,
  'GET /metrics': open,

  'POST /api/v1/session': { who: 'everybody', keyless: true },
  'GET /api/v1/session': { who: 'signed-in' },
  'DELETE /api/v1/session': { who: 'signed-in', keyless: true },
  'POST /api/v1/session/first': { who: 'everybody', keyless: true },
  'POST /api/v1/session/password': { who: 'signed-in', keyless: true },

  'GET /api/v1/session/otp': { who: 'signed-in' },
  'POST /api/v1/session/otp': { who: 'signed-in', keyless: true },
  'POST /api/v1/session/otp/confirm': { who: 'signed-in', keyless: true },
  'POST /api/v1/users/:id/otp/remove': only('security'),

  'GET /api/v1/policies': open,
  'GET /api/v1/policies/checks': open,
  'GET /api/v1/policies/:id': open,
  'GET /api/v1/policies/:id/versions/:version': open,
  'GET /api/v1/policies/:id/versions/:version/machine': open,
  'GET /api/v1/policies/:id/versions/:version/diagram': open,
  'GET /api/v1/policies/:id/versions/:version/check': open,
  'GET /api/v1/policies/:id/diff': open,
  'GET /api/v1/policies/:id/binding': open,
  'POST /api/v1/policies/:id/assess': { who: 'everybody', keyless: true },
  'POST /api/v1/policies/match': { who: 'everybody', keyless: true },

  // whose people apply depends on the policy; where nobody applies the officer opens the case
  'POST /api/v1/cases': among([...applicants, 'officer']),
  'GET /api/v1/cases': among(everybodyAtWork),
  'GET /api/v1/cases/overviews': among(everybodyAtWork),
  'GET /api/v1/cases/:id': among(everybodyAtWork),
  'GET /api/v1/cases/:id/history': among(everybodyAtWork),
  'GET /api/v1/cases/:id/deadlines': among(everybodyAtWork),
  'GET /api/v1/cases/:id/explanation': among(everybodyAtWork),
  // applicants get their own case's, without the insides of office and bank: row security leaves them out
  'GET /api/v1/cases/:id/packet': among([...applicants, ...overseers]),
  'GET /api/v1/cases/:id/packet.html': among([...applicants, ...overseers]),
  'POST /api/v1/cases/:id/events': among([...applicants, ...bureau, 'maker', 'cashier', 'supervisor']),
  'POST /api/v1/cases/:id/imports/:kind': only('institution', 'inspector', 'officer'),
  'POST /api/v1/cases/:id/lists/:fact': among([...applicants, ...bureau]),
  'GET /api/v1/cases/:id/evidence': among(everybodyAtWork),
  'POST /api/v1/cases/:id/evidence': among([...applicants, ...bureau]),
  // lists of people hold identity numbers: those who pay see totals
  'GET /api/v1/cases/:id/evidence/:evidenceId': among([...applicants, ...bureau, ...overseers]),

  'GET /api/v1/notices': among([...bureau, ...overseers]),
  'GET /api/v1/objections': among([...bureau, ...overseers]),

  'GET /api/v1/organisations': among([...everybodyAtWork, 'admin']),
  'POST /api/v1/organisations': only('officer'),
  'GET /api/v1/organisations/:id': among([...everybodyAtWork, 'admin']),
  'POST /api/v1/organisations/:id/approve': only('approver', 'supervisor'),
  'GET /api/v1/organisations/:id/accounts': among(everybodyAtWork),
  'POST /api/v1/organisations/:id/accounts': among([...applicants, 'officer']),
  'GET /api/v1/payee-accounts': among([...bureau, ...overseers]),
  'POST /api/v1/organisations/:id/accounts/:accountId/approve': only('reviewer', 'approver'),
  'POST /api/v1/organisations/:id/accounts/:accountId/reject': only('reviewer', 'approver'),

  'GET /api/v1/organisations/:id/status-changes': among([...bureau, ...overseers]),
  'POST /api/v1/organisations/:id/status-changes': only('officer', 'supervisor'),
  'POST /api/v1/organisations/:id/status-changes/:changeId/approve': only('approver', 'supervisor'),
  'POST /api/v1/organisations/:id/status-changes/:changeId/reject': only('approver', 'supervisor'),

  'GET /api/v1/users': only('admin', 'security', 'auditor'),
  'POST /api/v1/users': only('admin'),
  'POST /api/v1/users/:id/activate': only('security'),
  'POST /api/v1/users/:id/password': only('admin'),
  'POST /api/v1/users/:id/disable': only('admin', 'security'),

  'GET /api/v1/parameters': among([...bureau, ...overseers]),
  'POST /api/v1/parameters': only('officer', 'supervisor'),
  'GET /api/v1/parameters/:id': among([...bureau, ...overseers]),
  'POST /api/v1/parameters/:id/approve': only('approver', 'supervisor'),
  'POST /api/v1/parameters/:id/reject': only('officer', 'approver', 'supervisor'),
  'GET /api/v1/house-parameters': among(insiders),
  'GET /api/v1/world-events': open,
  'POST /api/v1/world-events': only('supervisor'),

  'GET /api/v1/calendar/proposals': among([...bureau, ...overseers]),
  'POST /api/v1/calendar/proposals': only('supervisor'),
  'GET /api/v1/calendar/proposals/:id': among([...bureau, ...overseers]),
  'POST /api/v1/calendar/proposals/:id/approve': only('approver', 'supervisor'),
  'POST /api/v1/calendar/proposals/:id/reject': only('approver', 'supervisor'),
  'GET /api/v1/calendar/working-days': open,
  'GET /api/v1/calendar/days': open,

  'POST /api/v1/no-application-runs': only('officer'),
  'POST /api/v1/no-application-runs/from-books': only('officer'),
  'GET /api/v1/no-application-runs': among([...bureau, ...overseers]),
  'GET /api/v1/no-application-runs/forms': only('officer'),
  'GET /api/v1/no-application-runs/:id': among([...bureau, ...overseers]),
  'GET /api/v1/no-application-runs/:id/lines': among([...bureau, ...overseers]),
  'POST /api/v1/no-application-runs/:id/confirm': only('reviewer'),
  'POST /api/v1/no-application-runs/:id/approve': only('approver'),
  'POST /api/v1/no-application-runs/:id/stop': only('officer', 'approver', 'supervisor'),
  'POST /api/v1/no-application-runs/:id/resume': only('officer', 'approver', 'supervisor'),
  'GET /api/v1/no-application-lines': only('enterprise', 'citizen'),
  'POST /api/v1/no-application-runs/:id/lines/:row/account': only('enterprise', 'citizen', 'officer'),
  'POST /api/v1/no-application-runs/:id/lines/:row/opt-out': only('enterprise', 'citizen', 'officer'),

  'GET /api/v1/tasks': among(insiders),
  'POST /api/v1/tasks/:id/claim': among([...bureau, ...finance, 'supervisor']),
  'POST /api/v1/tasks/:id/done': among([...bureau, ...finance, 'supervisor']),
  'GET /api/v1/deadlines': among(everybodyAtWork),

  'GET /api/v1/disbursements': among(everybodyAtWork),
  'GET /api/v1/disbursements/:id': among(everybodyAtWork),
  'GET /api/v1/transfers': among(moneyReaders),
  'GET /api/v1/batches': among(moneyReaders),
  'GET /api/v1/batches/:id': among(moneyReaders),
  'GET /api/v1/batches/:id/review': among(moneyReaders),
  'GET /api/v1/due-payments': among(moneyReaders),
  'POST /api/v1/batches': only('maker'),
  'POST /api/v1/batches/:id/submit': only('maker'),
  'POST /api/v1/batches/:id/approve': only('checker'),
  'POST /api/v1/batches/:id/reject': only('checker'),
  'POST /api/v1/batches/:id/cancel': only('maker'),
  'POST /api/v1/batches/:id/execution-day': only('checker', 'cashier'),
  'POST /api/v1/batches/:id/files': only('cashier'),
  'GET /api/v1/batches/:id/files': among(moneyReaders),
  'POST /api/v1/batches/:id/hand-over': only('cashier'),
  'GET /api/v1/batches/:id/file': only('cashier'),

  'GET /api/v1/rail-profiles': among(moneyReaders),
  'POST /api/v1/rail-profiles': only('maker', 'supervisor'),
  'POST /api/v1/rail-profiles/:id/approve': only('checker', 'supervisor'),
  'POST /api/v1/rail-profiles/:id/reject': only('checker', 'supervisor'),

  'GET /api/v1/funds': among(moneyReaders),
  'POST /api/v1/funds': only('supervisor'),
  'GET /api/v1/funds/:id': among(moneyReaders),
  'GET /api/v1/funds/:id/appropriations': among(moneyReaders),
  'POST /api/v1/funds/:id/appropriations': only('maker', 'supervisor'),
  'POST /api/v1/funds/:id/appropriations/:appropriationId/approve': only('checker', 'supervisor'),
  'POST /api/v1/funds/:id/appropriations/:appropriationId/reject': only('checker', 'supervisor'),
  'GET /api/v1/funds/:id/closings': among(moneyReaders),
  'POST /api/v1/funds/:id/closings': only('maker', 'supervisor'),
  'POST /api/v1/funds/:id/closings/:closingId/approve': only('checker', 'supervisor'),
  'POST /api/v1/funds/:id/closings/:closingId/reject': only('checker', 'supervisor'),
  'GET /api/v1/ledger/trial-balance': among(moneyReaders),
  'GET /api/v1/ledger/accounts/:id/entries': among(moneyReaders),
  'GET /api/v1/ledger/accounts/:id/statement': among(moneyReaders),
  'GET /api/v1/ledger/bank-balances': among(moneyReaders),
  'GET /api/v1/ledger/proofs': among(moneyReaders),
  'GET /api/v1/reports/on-time': among([...overseers, 'approver', ...finance]),
  'GET /api/v1/reports/advances': among([...overseers, 'approver', ...finance]),
  'GET /api/v1/reports/forecast': among(moneyReaders),
  'GET /api/v1/reports/breaches': among([...bureau, ...overseers]),
  'GET /api/v1/reports/fund-execution': among(moneyReaders),
  'GET /api/v1/recoveries': among(everybodyAtWork),
  'POST /api/v1/recoveries/:id/receipts': only('maker', 'cashier'),
  'POST /api/v1/recoveries/:id/demand': only('maker', 'officer'),
  'POST /api/v1/recoveries/:id/instalments': only('officer', 'reviewer', 'approver', 'supervisor'),
  'GET /api/v1/recoveries/:id/set-offs': among(insiders),
  'POST /api/v1/recoveries/:id/set-offs': among(['officer', 'reviewer', 'approver', 'supervisor']),
  'POST /api/v1/recoveries/:id/write-off': only('officer', 'reviewer', 'approver', 'supervisor'),

  'POST /api/v1/bank-files': only('cashier'),
  'GET /api/v1/bank-files': among(moneyReaders),
  'GET /api/v1/bank-files/:id': among(moneyReaders),
  'POST /api/v1/bank-files/:id/decide': only('maker', 'checker'),
  'GET /api/v1/receipt-items': among(moneyReaders),
  'POST /api/v1/receipt-items/:id/close': among(finance),
  'GET /api/v1/statement-lines': among(moneyReaders),
  'GET /api/v1/statement-lines/:id': among(moneyReaders),
  'POST /api/v1/statement-lines/:id/proposals': only('maker', 'cashier'),
  'POST /api/v1/line-proposals/:id/decide': only('maker', 'checker'),
  'POST /api/v1/batches/:id/withdrawals': only('maker', 'cashier'),
  'POST /api/v1/file-withdrawals/:id/decide': only('maker', 'checker'),
  'POST /api/v1/transfers/:id/releases': only('maker', 'cashier'),
  'POST /api/v1/transfer-releases/:id/decide': only('maker', 'checker'),
  'GET /api/v1/reconciliations': among(moneyReaders),
  'GET /api/v1/reconciliations/days': among(moneyReaders),
  'GET /api/v1/reconciliations/:date': among(moneyReaders),
  'POST /api/v1/reconciliations/:date/prepare': only('maker', 'cashier'),
  'POST /api/v1/reconciliations/:id/sign': only('checker'),
  'GET /api/v1/events': among(everybodyAtWork),
  'GET /api/v1/notifications': among(everybodyAtWork),
  // the auditor changes nothing, not even what is read
  'POST /api/v1/notifications/read': among([...applicants, ...bureau, ...finance, 'supervisor']),

  'GET /api/v1/queues': only('admin'),
  'GET /api/v1/audit/verify': among(overseers),

  'GET /api/v1/public/policies': open,
  'GET /api/v1/public/notices': open,
  'GET /api/v1/public/notices/:id': open,
  'POST /api/v1/public/notices/:id/objections': open,
  'GET /api/v1/public/objections/:receiptNo': open,
  'GET /api/v1/public/promises': open,

  'GET /api/v1/sandbox/clock': open,
  'POST /api/v1/sandbox/clock': { who: 'signed-in' },
};

/** Fastify's route, e.g. `POST /api/v1/cases/:id/events`; HEAD follows GET. */
export const routeKey = (method: string, url: string): string =>
  `${method === 'HEAD' ? 'GET' : method} ${url.length > 1 ? url.replace(/\/$/, '') : url}`;
export const isWrite = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

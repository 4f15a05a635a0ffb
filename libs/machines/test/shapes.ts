import { loadPolicy, type Plan, type Policy, policies } from '@tranche/policies';

type Loose = { [key: string]: unknown };
const base = (id: string, version: string): Loose =>
  structuredClone(policies().find((policy) => policy.id === id && policy.version === version)) as unknown as Loose;
const once = () => base('job-stabilisation-refund', '2020-02-21');
const monthly = () => base('hard-to-employ-post-subsidy', '2020-11-24');

const label = { zh: '样例', en: 'sample' };
const cite = { doc: '样例', clause: '一', basis: 'open', note: label };
const due = (from: string) => ({ count: 5, unit: 'workingDays', from, kind: 'service', cite });
const amount = (fen: string) => ({ fen, label, cite });
const milestone = (id: string, more: Loose = {}) => ({ id, label, by: ['officer'], cite, ...more });

/** A policy with another plan: only its shape matters here. */
function shaped(id: string, from: Loose, plan: Loose, more: Loose = {}): Policy {
  const old = from['plan'] as Loose;
  const { notice: _, ...rest } = old;
  return loadPolicy({ ...from, id, ...more, plan: { ...rest, ...plan } });
}

const flags = (...names: string[]) => ({
  conditions: Object.fromEntries(names.map((name) => [name, name === 'relief' ? 'insured' : 'affectedByEpidemic'])),
  conditionLabels: Object.fromEntries(names.map((name) => [name, label])),
});

const refund = once();
const premium = (refund['amounts'] as Loose)['refund'];
const noFunds = { funds: [(refund['funds'] as unknown[])[0]] };

/** Half in advance under relief, the rest when contributions resume or never; a broken contract brings all of it back. */
const relief: Policy = shaped(
  'shape-relief',
  once(),
  {
    entry: 'standard',
    ...flags('relief'),
    milestones: [milestone('resumed'), milestone('broken', { anytime: { until: { after: 'approved', months: 12 } }, voids: true })],
    advances: [{ id: 'half', label, amount: 'half', opens: ['approved'], due: due('received'), cite, when: 'relief' }],
    entitlement: [
      { opens: ['approved'], when: '!relief', amount: 'refund', due: due('received'), cite },
      { opens: ['approved', 'resumed'], when: 'relief', amount: 'refund', due: due('resumed'), cite },
    ],
    expiry: { after: 'approved', months: 12, when: 'relief', outcome: 'keepPaid', cite },
  },
  { amounts: { refund: premium, half: amount("share(refund, '50%')") }, ...noFunds },
);

/** An advance, then month by month until it is earned; never more than the whole; what is not earned comes back. */
const venue: Policy = shaped(
  'shape-venue',
  monthly(),
  {
    ...flags(),
    conditions: { regional: "payeeKind == 'unit'" },
    conditionLabels: { regional: label },
    advances: [{ id: 'ahead', label, amount: 'ahead', opens: ['approved'], due: due('approved'), cite, when: 'regional' }],
    claims: [{ ...((monthly()['plan'] as Plan).claims?.[0] as object), due: due('filed'), term: { periods: '24', cite } }],
    entitlement: [{ opens: ['claimsEnded'], amount: 'earned', due: due('claimsEnded'), cite }],
    remainder: { id: 'balance', label, cite },
    ceiling: { amount: 'total', cite },
  },
  {
    amounts: { ...(monthly()['amounts'] as Loose), ahead: amount('600000'), total: amount('2400000') },
  },
);

/** Two lines by quarter and month, one of them extended once. */
const lines: Policy = shaped('shape-lines', monthly(), {
  claims: [
    { ...((monthly()['plan'] as Plan).claims?.[0] as object), term: { periods: '2', cite }, extension: { periods: '1', times: 1, cite } },
    { ...((monthly()['plan'] as Plan).claims?.[0] as object), id: 'insurance', every: 'quarter', when: '!enterpriseFirst' },
  ],
});

/** Screened by the office; confirmed by the firm. */
const screened: Policy = shaped('shape-screened', once(), { entry: 'noApplication', notice: (refund['plan'] as Loose)['notice'] });
/** Between governments. */
const reward: Policy = shaped('shape-reward', once(), { entry: 'government' }, { means: 'allocation', payee: ['government'] });
/** Work that may pause, with a step that may be left out. */
const staged: Policy = shaped(
  'shape-staged',
  once(),
  {
    milestones: [milestone('started'), milestone('checked', { optional: true }), milestone('ended')],
    interruption: { cite },
    advances: [{ id: 'half', label, amount: 'half', opens: ['approved', 'started'], due: due('started'), cite }],
    entitlement: [{ opens: ['approved', 'ended'], amount: 'refund', due: due('ended'), cite }],
  },
  { amounts: { refund: premium, half: amount("share(refund, '50%')") } },
);

/** Inspected, without a notice to follow: what is corrected afterwards is paid at once. */
const inspected: Policy = shaped(
  'shape-inspected',
  once(),
  {
    ...flags(),
    conditions: {},
    milestones: [milestone('ended')],
    acceptance: { attempts: 2, cite, onFailureCite: cite },
    advances: ['approved', 'ended'].map((mark, at) => ({
      id: ['half', 'more'][at],
      label,
      amount: ['half', 'more'][at],
      opens: [...new Set(['approved', mark])],
      due: due(mark),
      cite,
    })),
    entitlement: [{ opens: ['approved', 'settled'], amount: 'refund', due: due('settled'), cite }],
  },
  { amounts: { refund: premium, half: amount("share(refund, '50%')"), more: amount("share(refund, '25%')") }, ...noFunds },
);

/** Debts may be kept back of payments, by a clause that only this sample has. */
const clause = { doc: '样例', clause: '二', basis: 'external', note: label };
const setOff = (from: Loose) => ({ recovery: { ...((from['plan'] as Loose)['recovery'] as Loose), setOff: { cite: clause } } });
const offset: Policy = shaped('shape-offset', once(), setOff(once()));
const monthlyOffset: Policy = shaped('shape-monthly-offset', monthly(), setOff(monthly()));

/** One policy for each thing a plan can say, whatever the subsidies of this release happen to use. */
export const shapes: readonly Policy[] = [relief, venue, lines, screened, reward, staged, inspected, offset, monthlyOffset];

import { permitsSetOff, voidingIds } from '@tranche/machines';
import type { Policy, Text } from '@tranche/policies';
import { advancedUnits, type Bounds } from './bounds.js';

const label = (zh: string, en: string): Text => ({ zh, en });

const plain: Bounds = {
  id: 'plain',
  label: label('一帆风顺', 'nothing goes wrong'),
  finals: [4],
  keeps: [0],
  receipts: ['all'],
  objections: 0,
  overdue: 0,
  bounces: false,
  returns: false,
  refusals: false,
  interruptions: false,
  holds: false,
  demands: false,
  corrections: [],
  corrected: 0,
  smaller: false,
  conditions: true,
  failures: true,
  setOffs: false,
  decisions: ['approval', 'acceptance'],
  proposals: 1,
  branches: false,
  periods: 2,
  oneClaim: false,
  maxStates: 60_000,
};

/** The parts of a life that act on one another, explored together; what does not is explored beside it. */
export const scopes = {
  money: {
    ...plain,
    id: 'money',
    label: label(
      '资金：各种核定数额、未通过、失败、退票、追回、超期',
      'money: every final amount, failures, bounces, returns, recoveries, lateness',
    ),
    finals: [0, 1, 2, 3, 4],
    receipts: ['part', 'all', 'beyond'],
    keeps: [0, 1],
    overdue: 1,
    bounces: true,
    returns: true,
    branches: true,
  },
  people: {
    ...plain,
    id: 'people',
    label: label(
      '人：退回、否决、撤回、中止、异议、保留部分',
      'people: returned, rejected, withdrawn, interrupted, objected; something kept after a failure',
    ),
    finals: [0, 4],
    keeps: [0, 1],
    objections: 2,
    overdue: 1,
    refusals: true,
    interruptions: true,
  },
  holds: {
    ...plain,
    id: 'holds',
    label: label('暂停与解除', 'held and released at any moment'),
    finals: [0, 2, 4],
    bounces: true,
    returns: true,
    holds: true,
  },
  writeOffs: {
    ...plain,
    id: 'writeOffs',
    label: label('追回通知、分期、逾期、核销', 'demanded, in instalments, overdue, written off'),
    finals: [2],
    receipts: ['part', 'all'],
    conditions: false,
    returns: true,
    demands: true,
    corrections: ['recovery.writtenOff', 'recovery.instalmentsAgreed'],
    corrected: 1,
    proposals: 2,
    overdue: 1,
  },
  corrections: {
    ...plain,
    id: 'corrections',
    label: label('更正：撤销决定、更正事实', 'corrections: decisions rescinded, facts corrected'),
    finals: [1, 4],
    corrections: ['decision.rescinded', 'fact.corrected'],
    corrected: 1,
    smaller: true,
  },
  lateReturns: {
    ...plain,
    id: 'lateReturns',
    label: label('更正之后退票', 'payments returned around a correction'),
    finals: [1, 4],
    returns: true,
    conditions: false,
    corrections: ['decision.rescinded', 'fact.corrected'],
    corrected: 1,
  },
  disputes: {
    ...plain,
    id: 'disputes',
    label: label('异议期间的更正', 'corrections while an objection is open'),
    objections: 1,
    corrections: ['decision.rescinded', 'fact.corrected', 'notice.withdrawn'],
    corrected: 1,
  },
} as const satisfies Record<string, Bounds>;

/** Where nothing is advanced, money has to come back only once a decision is taken back: a scope of its own. */
const undone: Bounds = {
  ...plain,
  id: 'undone',
  label: label('撤销审批后否决：追回、核销、退票', 'an approval rescinded and refused: recovered, written off, returned'),
  finals: [2],
  receipts: ['part'],
  returns: true,
  refusals: true,
  demands: true,
  corrections: ['decision.rescinded', 'recovery.writtenOff', 'recovery.instalmentsAgreed'],
  decisions: ['approval'],
  corrected: 2,
  overdue: 1,
  periods: 1,
  oneClaim: true,
};

/** Where the jurisdiction publishes before anything is paid: objections, corrections and lateness around that notice. */
const announced: Bounds = {
  ...plain,
  id: 'announced',
  label: label('拨付前公示，公示期间时限停止计算', 'published before payment, the clocks standing still'),
  notice: { mode: 'before', pauses: true },
  finals: [2],
  receipts: ['all'],
  keeps: [0],
  objections: 1,
  overdue: 1,
  refusals: true,
  corrections: ['decision.rescinded', 'fact.corrected', 'notice.withdrawn'],
  decisions: ['approval'],
  corrected: 1,
  periods: 1,
  oneClaim: true,
};

/** The same with the clocks running on, and what a published list sees after payment. */
const unpaused: Bounds = {
  ...announced,
  id: 'unpaused',
  label: label('拨付前公示，时限照常计算', 'published before payment, the clocks running on'),
  notice: { mode: 'before', pauses: false },
  objections: 2,
  corrections: [],
  corrected: 0,
};
const afterwards: Bounds = {
  ...announced,
  id: 'afterwards',
  label: label('拨付后公示', 'published after payment'),
  notice: { mode: 'after', pauses: false },
  objections: 0,
  returns: true,
};
const noticed: readonly Bounds[] = [announced, unpaused, afterwards];

/** Two people who want the same at once: one of them comes too late. */
const proposed: Bounds = {
  ...plain,
  id: 'proposed',
  label: label('两项更正同时待决', 'two corrections proposed at once'),
  finals: [2],
  corrections: ['decision.rescinded'],
  corrected: 1,
  proposals: 2,
  periods: 1,
  oneClaim: true,
};

/** Debts kept back of payments of other cases, and payments kept back for debts of others; what fails or comes back undoes it. */
const keptBack: Bounds = {
  ...undone,
  id: 'kept-back',
  label: label('抵扣：付款失败、退票后债务恢复', 'set off: undone when the payment fails or comes back'),
  receipts: ['all'],
  bounces: true,
  corrections: ['decision.rescinded', 'recovery.setOff'],
  setOffs: true,
};

/** The same debt spread over instalments first. */
const keptBackAgreed: Bounds = {
  ...keptBack,
  id: 'kept-back-agreed',
  label: label('分期退还中抵扣', 'set off while it is repaid in instalments'),
  bounces: false,
  returns: false,
  overdue: 0,
  corrections: ['decision.rescinded', 'recovery.instalmentsAgreed', 'recovery.setOff'],
  corrected: 3,
  setOffs: false,
};

/** Periods granted by mistake and stops told by mistake: set off, recovered, written off, granted again. */
const revoked: Bounds = {
  ...plain,
  id: 'revoked',
  label: label('撤销各期核定与停止决定', 'periods and stops rescinded'),
  finals: [2],
  receipts: ['all'],
  corrections: ['decision.rescinded', 'recovery.writtenOff'],
  decisions: ['period', 'stop'],
  corrected: 2,
  oneClaim: true,
};

/** The same with the approval rescinded beside it. */
const unapproved: Bounds = {
  ...revoked,
  id: 'unapproved',
  label: label('撤销审批后撤销某期核定', 'a period rescinded after the approval was'),
  corrections: ['decision.rescinded'],
  decisions: ['approval', 'period'],
  periods: 1,
};

/** What ended the case was reported by mistake. */
const unvoided: Bounds = {
  ...plain,
  id: 'unvoided',
  label: label('撤销误报的终止事项', 'an event that ended the case rescinded'),
  receipts: ['part', 'all'],
  corrections: ['decision.rescinded'],
  decisions: ['milestone'],
  corrected: 1,
};

/** Periods that wait for one another, and for what was advanced. */
const together: Bounds = {
  ...plain,
  id: 'together',
  label: label('各期与预拨并行', 'periods and advances together'),
  receipts: ['all'],
  bounces: true,
  oneClaim: true,
};

/** What was set off against an advance is paid with the balance once the approval says that nothing is advanced after all. */
const balanced: Bounds = {
  ...together,
  id: 'balanced',
  label: label('预拨更正后的结算余款', 'the balance after an advance was corrected'),
  holds: true,
  corrections: ['decision.rescinded'],
  decisions: ['approval', 'stop'],
  corrected: 1,
  branches: true,
  periods: 1,
};

/** What every test run looks at: seconds. */
export const bounded: readonly Bounds[] = Object.values(scopes);
/**
 * The same for one policy, and what its plan needs besides. Where periods compete with advances or other lines for the same money, they are gone
 * into one at a time, and together in a scope of their own.
 */
export function scopesOf(policy: Policy): readonly Bounds[] {
  const { claims = [], advances, acceptance, notice } = policy.plan;
  const crowded = claims.length > 0 && (claims.length + advances.length > 1 || claims.some(({ extension }) => extension));
  const wanted = notice && notice.when !== 'chosen' ? bounded : bounded.filter(({ id }) => id !== scopes.disputes.id);
  const own = wanted.map(
    (bounds): Bounds => ({
      ...bounds,
      finals: finalsOf(policy, bounds),
      decisions: acceptance ? bounds.decisions : ['approval'],
      periods: crowded ? 1 : bounds.periods,
    }),
  );
  const long = claims.some(({ extension }) => extension);
  const claimed = claims.length > 0 ? [{ ...revoked, corrected: crowded ? 1 : 2, periods: long ? 1 : 2 }, unapproved] : [];
  const voiding = voidingIds(policy).length > 0 ? [unvoided] : [];
  const choosing = notice?.when === 'chosen' ? noticed : [];
  const owing = claims.length > 0 ? { decisions: ['period'] as const, refusals: false, periods: 1 } : {};
  const setOff = permitsSetOff(policy) ? [keptBack, keptBackAgreed].map((bounds) => ({ ...bounds, ...owing })) : [];
  return [
    ...own,
    ...setOff,
    ...(acceptance ? [] : [undone, proposed]),
    ...(crowded ? [together] : []),
    ...(crowded && advances.length > 0 ? [balanced] : []),
    ...claimed,
    ...voiding,
    ...choosing,
  ];
}

/**
 * Without corrections a final amount is nothing, below, equal to, between or above what was advanced, and above the ceiling: more than that
 * is the same again. Where nothing is advanced, a correction tries a lower and a higher amount.
 */
function finalsOf({ plan }: Policy, { id, finals, corrected }: Bounds): readonly number[] {
  if (id === scopes.corrections.id && plan.advances.length === 0) return [0, 1, 4];
  if (corrected > 0) return finals;
  const most = advancedUnits(plan.advances.length) + (plan.ceiling ? 2 : 1);
  return [...new Set(finals.map((final) => Math.min(final, most)))];
}

/** Situations of each scope that a test run goes into: all of most scopes, of the others every story that is short. */
const inTests = 400;
/** The same scopes for a test run, which has seconds: what lies beyond is left to `tranche policy check`, and the report says so. */
export const shortOf = (policy: Policy): readonly Bounds[] => scopesOf(policy).map((bounds) => ({ ...bounds, maxStates: inTests }));

const everything: Bounds = {
  ...scopes.money,
  id: 'everything',
  label: label('全部同时', 'everything at once'),
  objections: 1,
  refusals: true,
  holds: true,
  maxStates: 1_000_000,
};

const atLength: readonly Bounds[] = [
  { ...everything, keeps: [0, 1], overdue: 2 },
  {
    ...scopes.corrections,
    id: 'corrections-money',
    label: label('更正与资金', 'corrections while money moves'),
    finals: [0, 2, 4],
    bounces: true,
    returns: true,
    corrections: ['decision.rescinded', 'fact.corrected', 'notice.withdrawn', 'recovery.writtenOff'],
    smaller: true,
    maxStates: 1_000_000,
  },
  {
    ...scopes.lateReturns,
    id: 'twice-corrected',
    label: label('更正两次', 'corrected twice'),
    returns: false,
    corrections: ['fact.corrected', 'decision.rescinded'],
    corrected: 2,
    maxStates: 1_000_000,
  },
];

/** What a longer run looks at: all of the above, and more at once. Minutes, or as long as `maxStates` lets it. */
export function exhaustiveOf(policy: Policy): readonly Bounds[] {
  const crossed: Bounds = {
    ...undone,
    id: 'undone-crossed',
    label: label('撤销与核销同时待决', 'rescinded and written off, both proposed at once'),
    receipts: ['part', 'all'],
    proposals: 2,
    maxStates: 1_000_000,
    decisions: plain.decisions,
  };
  return [...scopesOf(policy), ...(policy.plan.acceptance ? [] : [crossed]), ...atLength];
}

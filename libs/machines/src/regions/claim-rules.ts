import { type Claim, holds, type Policy, periodOf } from '@tranche/policies';
import { cancelled, isStill, met, paidDay, paymentKey, startOf, withClock, withoutClocks } from '../clocks.js';
import {
  type CaseContext,
  type ClaimsContext,
  claimOf,
  claimPaymentId,
  grantedIds,
  type Heard,
  paymentOf,
  untouched,
  withoutMarks,
  withPayment,
} from '../context.js';
import type { Effect } from '../effects.js';
import { boundName } from '../limits.js';
import { allReached } from '../marks.js';
import { type Params, type Rules, text } from '../region.js';
import { isGranted } from '../rescindable.js';
import { claimFen, expired, fen, isAnnounced, isVoid, lost } from '../sums.js';
import { paymentRules } from './payment-rules.js';

const none: ClaimsContext = { granted: {}, ended: [], counts: {}, extended: {} };
const of = (context: CaseContext): ClaimsContext => context.claims ?? none;
const claimIn = (params: Params): string => params['claim'] ?? '';
const planned = (policy: Policy, params: Params): Claim | undefined => policy.plan.claims?.find(({ id }) => id === claimIn(params));
/** The periods granted under this claim. */
const periods = (context: CaseContext, params: Params): readonly string[] =>
  context.claims ? grantedIds(context.claims).filter((id) => claimOf(id) === claimIn(params)) : [];
/** The event's own payment, as the payment rules want it. */
const ofEvent = (event: Heard): Params => ({ payment: String(event.data['payment']) });
const named = (event: Heard): string => String(event.data['payment'] ?? '');

const isDue = (context: CaseContext, id: string): boolean => {
  const { claimFen: claimed, pendingFen, sentFen } = paymentOf(context, id);
  return claimed !== null && pendingFen === '0' && sentFen === '0';
};
const isIdle = (context: CaseContext, id: string): boolean => {
  const { claimFen: claimed, pendingFen, sentFen } = paymentOf(context, id);
  return claimed === null && pendingFen === '0' && sentFen === '0';
};
const payable = (context: CaseContext, id: string, policy: Policy): bigint => claimFen(context, id, policy) ?? 0n;
const isOverdrawn = (context: CaseContext, id: string, policy: Policy): boolean =>
  fen(paymentOf(context, id).pendingFen) > payable(context, id, policy) && paymentOf(context, id).pendingFen !== '0';
const isPayable = (context: CaseContext, id: string, policy: Policy): boolean => isIdle(context, id) && payable(context, id, policy) > 0n;
const isLapsed = (context: CaseContext, id: string, policy: Policy): boolean => isDue(context, id) && payable(context, id, policy) <= 0n;
/** Something is due, asked for or on its way: its clock has something to count towards. */
const isWanted = (context: CaseContext, id: string): boolean => !isIdle(context, id);

/** Periods granted at most; undefined: no end. */
function termOf(context: CaseContext, id: string): number | undefined {
  const { counts, extended } = of(context);
  const term = counts[`${id}.term`];
  return term === undefined ? undefined : term + (extended[id] ?? 0) * (counts[`${id}.extension`] ?? 0);
}

const used = (context: CaseContext, params: Params): boolean => {
  const term = termOf(context, claimIn(params));
  return term !== undefined && periods(context, params).filter((id) => isGranted(of(context), id)).length >= term;
};

function mayExtend(context: CaseContext, params: Params, policy: Policy): boolean {
  const extension = planned(policy, params)?.extension;
  if (!extension || !used(context, params)) return false;
  const { extended, counts } = of(context);
  const times = extended[claimIn(params)] ?? 0;
  return (
    times < extension.times && (counts[`${claimIn(params)}.extension`] ?? 0) > 0 && holds(extension.when, context.conditions ?? {}) === true
  );
}

function isOpen(context: CaseContext, params: Params, policy: Policy): boolean {
  const claim = planned(policy, params);
  if (!claim || lost(context, policy) || expired(context, policy)) return false;
  return allReached(context, claim.opens) && holds(claim.when, context.conditions ?? {}) === true;
}

/** Was this period earned, by the stamp of this event? */
function isEarned({ stamp, data, probe }: Heard, params: Params, policy: Policy): boolean {
  if (probe) return true;
  const { period, eligible } = stamp;
  if (!period || period.id !== data['period'] || period.claim !== claimIn(params)) return false;
  const amount = period.amounts[planned(policy, params)?.amount ?? ''] ?? null;
  return eligible === true && period.eligible === true && period.inWindow && period.keys !== null && amount !== null && fen(amount) > 0n;
}

/** The period an event names, as a payment of this claim. */
const idIn = (event: Heard, params: Params): string => claimPaymentId(claimIn(params), String(event.data['period']));

/** The claim goes on: it has not ended, nobody stopped it, and not all claims have ended. */
function reopened(context: CaseContext, claim: string): Partial<CaseContext> {
  const { stopped = [], ...claims } = of(context);
  const still = stopped.filter((id) => id !== claim);
  return {
    claims: { ...claims, ended: claims.ended.filter((id) => id !== claim), ...(still.length > 0 ? { stopped: still } : {}) },
    ...withoutMarks(context, 'claimsEnded'),
  };
}

/** One change after the other, each on what the one before left. */
const each = (
  context: CaseContext,
  ids: readonly string[],
  change: (context: CaseContext, id: string) => Partial<CaseContext>,
): CaseContext => {
  let now = context;
  for (const id of ids) now = { ...now, ...change(now, id) };
  return now;
};

const paymentsAfter = (context: CaseContext): Pick<CaseContext, 'payments'> => ({ payments: context.payments });

/** The periods that fall due now, with what they are due for, in order: an earlier one is served first. */
function opened(context: CaseContext, params: Params, policy: Policy): CaseContext {
  return each(context, periods(context, params), (was, id) =>
    isPayable(was, id, policy) ? withPayment(was, id, { claimFen: String(payable(was, id, policy)) }) : {},
  );
}

const newlyDue = (context: CaseContext, params: Params, policy: Policy): readonly string[] => {
  const after = opened(context, params, policy);
  return periods(context, params).filter((id) => paymentOf(after, id).claimFen !== paymentOf(context, id).claimFen);
};

/** Granted, not paid, and only the notice before payment is waited for. */
const awaitsNotice = (context: CaseContext, id: string): boolean =>
  !isAnnounced(context) && isGranted(of(context), id) && paymentOf(context, id).settled.length === 0;

/** No clock runs while the application is not (or no longer) in the office's hands, or while it stands still for a notice. */
const isTimed = (context: CaseContext, id: string, policy: Policy): boolean =>
  (isWanted(context, id) || awaitsNotice(context, id)) &&
  context.reached['received'] !== undefined &&
  !isVoid(context) &&
  !lost(context, policy) &&
  !isStill(context, paymentKey(id));

const clockless = (context: CaseContext, params: Params, policy: Policy): readonly string[] =>
  boundName(policy, `claim:${claimIn(params)}`, context.conditions) === null
    ? []
    : periods(context, params).filter((id) => isTimed(context, id, policy) && context.clocks[paymentKey(id)] === undefined);

const moot = (context: CaseContext, params: Params, policy: Policy): readonly string[] =>
  periods(context, params).filter((id) => context.clocks[paymentKey(id)] !== undefined && !isTimed(context, id, policy));

function clockOf(context: CaseContext, policy: Policy, params: Params, id: string): Effect {
  const name = boundName(policy, `claim:${claimIn(params)}`, context.conditions) ?? '';
  const label = planned(policy, params)?.label ?? text(id, id);
  const period = id.slice(claimIn(params).length + 1);
  const from = of(context).granted[id]?.filedOn ?? '';
  return startOf(context, policy, name, paymentKey(id), from, text(`拨付：${label.zh} ${period}`, `Payment: ${label.en} ${period}`));
}

const asPayment =
  (name: 'request' | 'send' | 'settle' | 'bounce' | 'giveBack') => (context: CaseContext, event: Heard, _: Params, policy: Policy) =>
    paymentRules.updates[name]!(context, event, ofEvent(event), policy);

/** What the names in the claim regions' arrows mean. */
export const claimRules: Rules = {
  guards: {
    claimOpen: {
      label: text('申领条件具备', 'the marks that open it are reached'),
      holds: (context, _, params, policy) => isOpen(context, params, policy),
    },
    namesClaim: {
      label: text('指明本项', 'it names this claim'),
      holds: (_, event, params) => event.probe === true || event.data['claim'] === claimIn(params),
    },
    periodFits: {
      label: text('期间符合申领周期', 'it is a period of this claim'),
      holds: (_, event, params, policy) =>
        event.probe === true || periodOf(String(event.data['period']))?.every === planned(policy, params)?.every,
    },
    periodNew: {
      label: text('该期尚未核定', 'the period was not granted before'),
      holds: (context, event, params) => !isGranted(of(context), idIn(event, params)),
    },
    stopped: {
      label: text('已停止享受', 'somebody stopped it'),
      holds: (context, _, params) => of(context).stopped?.includes(claimIn(params)) ?? false,
    },
    termLeft: { label: text('享受期未满', 'the term is not used up'), holds: (context, _, params) => !used(context, params) },
    termUsed: {
      label: text('享受期满且不能延长', 'the term is used up and cannot be extended'),
      holds: (context, _, params, policy) => used(context, params) && !mayExtend(context, params, policy),
    },
    mayExtend: {
      label: text('期满且可延长', 'the term is used up and may be extended'),
      holds: (context, _, params, policy) => mayExtend(context, params, policy),
    },
    periodEarned: {
      label: text('本期符合条件、在执行期内且金额已知', 'the rules of the period hold, it lies in the window and its amount is known'),
      holds: (_, event, params, policy) => isEarned(event, params, policy),
    },
    namesPeriod: {
      label: text('指明本项的一期', 'it names a period of this claim'),
      holds: (context, event, params) => claimOf(named(event)) === claimIn(params) && of(context).granted[named(event)] !== undefined,
    },
    periodDue: { label: text('该期待拨付', 'the period is due'), holds: (context, event) => isDue(context, named(event)) },
    periodRequested: {
      label: text('该期已申请', 'the period was asked for'),
      holds: (context, event) => paymentOf(context, named(event)).pendingFen !== '0',
    },
    samePeriodDisbursement: {
      label: text('是该期在途的拨付', 'it is the disbursement on its way'),
      holds: (context, event) => {
        const { sentFen, disbursement } = paymentOf(context, named(event));
        return sentFen !== '0' && event.data['disbursement'] === disbursement;
      },
    },
    periodArrived: {
      label: text('是该期已到账的拨付', 'it is a disbursement of the period that arrived'),
      holds: (context, event) =>
        paymentOf(context, named(event)).settled.some((part) => !part.setOff && part.disbursement === event.data['disbursement']),
    },
    anyPeriodDue: {
      label: text('有待拨付的期', 'a period is due'),
      holds: (context, _, params) => periods(context, params).some((id) => isDue(context, id)),
    },
    periodOverdrawn: {
      label: text('有申请超过现应付额', 'more is asked for a period than is payable now'),
      holds: (context, _, params, policy) => periods(context, params).some((id) => isOverdrawn(context, id, policy)),
    },
    periodLapsed: {
      label: text('有待拨付的期已无应付', 'a period is due and nothing is left for it'),
      holds: (context, _, params, policy) => periods(context, params).some((id) => isLapsed(context, id, policy)),
    },
    periodPayable: {
      label: text('有核定而未付的期', 'a period was granted and is not out'),
      holds: (context, _, params, policy) => periods(context, params).some((id) => isPayable(context, id, policy)),
    },
    periodClockDue: {
      label: text('有未起算的时限', 'a period’s clock does not run yet'),
      holds: (context, _, params, policy) => clockless(context, params, policy).length > 0,
    },
    periodClockMoot: {
      label: text('有不再需要的时限', 'a period’s clock has nothing to count towards'),
      holds: (context, _, params, policy) => moot(context, params, policy).length > 0,
    },
  },
  updates: {
    grant: (context, event, params, policy) => {
      const id = idIn(event, params);
      const amount = event.stamp.period?.amounts[planned(policy, params)?.amount ?? ''] ?? '0';
      return {
        claims: { ...of(context), granted: { ...of(context).granted, [id]: { fen: amount, filedOn: event.on } } },
        payments: { ...context.payments, [id]: context.payments[id] ?? untouched },
      };
    },
    revoke: (context, event, params) => {
      const { granted } = of(context);
      const id = idIn(event, params);
      const changed = { ...of(context), granted: { ...granted, [id]: { fen: '0', filedOn: granted[id]?.filedOn ?? event.on } } };
      const stopped = changed.stopped?.includes(claimIn(params)) ?? false;
      return stopped ? { claims: changed } : reopened({ ...context, claims: changed }, claimIn(params));
    },
    reopenClaim: (context, _, params) => reopened(context, claimIn(params)),
    noteStop: (context, _, params) => ({
      claims: { ...of(context), stopped: [...(of(context).stopped ?? []).filter((id) => id !== claimIn(params)), claimIn(params)].sort() },
    }),
    endClaim: (context, event, params, policy) => {
      const ended = [...of(context).ended.filter((id) => id !== claimIn(params)), claimIn(params)].sort();
      const over = (policy.plan.claims ?? []).every(
        ({ id, when: condition }) => ended.includes(id) || holds(condition, context.conditions ?? {}) === false,
      );
      return { claims: { ...of(context), ended }, ...(over ? { reached: { ...context.reached, claimsEnded: event.on } } : {}) };
    },
    extendClaim: (context, _, params) => {
      const times = of(context).extended[claimIn(params)] ?? 0;
      return { claims: { ...of(context), extended: { ...of(context).extended, [claimIn(params)]: times + 1 } } };
    },
    openPeriods: (context, _, params, policy) => paymentsAfter(opened(context, params, policy)),
    lapsePeriods: (context, _, params, policy) =>
      paymentsAfter(
        each(context, periods(context, params), (was, id) => (isLapsed(was, id, policy) ? withPayment(was, id, { claimFen: null }) : {})),
      ),
    recallPeriods: (context, _, params, policy) =>
      paymentsAfter(
        each(context, overdrawnIn(context, params, policy), (was, id) => withPayment(was, id, { pendingFen: '0', claimFen: null })),
      ),
    startPeriodClocks: (context, _, params, policy) => ({
      clocks: clockless(context, params, policy).reduce(
        (clocks, id) => withClock({ ...context, clocks }, paymentKey(id), 'running').clocks,
        context.clocks,
      ),
    }),
    stopPeriodClocks: (context, _, params, policy) => withoutClocks(context, ...moot(context, params, policy).map(paymentKey)),
    stopPeriodClock: (context, event) => withoutClocks(context, paymentKey(named(event))),
    requestPeriod: asPayment('request'),
    sendPeriod: asPayment('send'),
    settlePeriod: asPayment('settle'),
    bouncePeriod: (context, event, params, policy) => idle(context, event, asPayment('bounce')(context, event, params, policy)),
    giveBackPeriod: (context, event, params, policy) => idle(context, event, asPayment('giveBack')(context, event, params, policy)),
  },
  says: {
    releasePeriod: (_, event, params) => [{ kind: 'releaseExclusion', payment: idIn(event, params) }],
    sayPeriodsOpen: (context, _, params, policy) =>
      newlyDue(context, params, policy).map((payment): Effect => ({ kind: 'openPayment', payment })),
    sayPeriodsOpenAgain: (context, _, params) =>
      periods(context, params)
        .filter((id) => isDue(context, id))
        .map((payment): Effect => ({ kind: 'openPayment', payment })),
    requestPeriodDisbursement: (context, event, _, policy) =>
      paymentRules.says['requestDisbursement']!(context, event, ofEvent(event), policy),
    callBackPeriods: (context, _, params, policy) =>
      overdrawnIn(context, params, policy).map((payment): Effect => ({ kind: 'cancelDisbursement', payment })),
    sayPeriodClocksStarted: (context, _, params, policy) =>
      clockless(context, params, policy).map((id) => clockOf(context, policy, params, id)),
    sayPeriodClocksCancelled: (context, event, params, policy) =>
      cancelled(context, event.on, ...moot(context, params, policy).map(paymentKey)),
    sayPeriodClockMet: (context, event) => met(context, paidDay(context, event), paymentKey(named(event))),
  },
};

const overdrawnIn = (context: CaseContext, params: Params, policy: Policy): readonly string[] =>
  periods(context, params).filter((id) => isOverdrawn(context, id, policy));

/** What came back is not due by itself: whether it is, and for how much, follows from the sums. */
const idle = (context: CaseContext, event: Heard, change: Partial<CaseContext>): Partial<CaseContext> => ({
  ...change,
  ...withPayment({ ...context, ...change }, named(event), { claimFen: null }),
});

import type { Cite, Claim, Policy } from '@tranche/policies';
import { type Arrow, deed, type Params, type Region, text, unless, when } from '../region.js';
import { periodSetOff, restoring } from './set-off.js';

/** One region per claim: it opens and ends as a whole; what becomes of each period lies in the context, one payment each. */
export const claims = (policy: Policy): readonly Region[] => (policy.plan.claims ?? []).map((claim) => claimRegion(policy, claim));

function claimRegion(policy: Policy, claim: Claim): Region {
  const { cite } = claim;
  const params: Params = { claim: claim.id };
  const close: Arrow = {
    to: 'closed',
    when: [unless('claimOpen', params)],
    why: text('申领条件不再具备', 'The marks that open it are no longer all reached'),
    cite,
  };
  const revoked = revoking(policy, params);
  // what had used the term up is taken back
  const reopening: Arrow = {
    ...revoked,
    to: 'open',
    when: [...(revoked.when ?? []), unless('stopped', params)],
    ...(claim.extension ? { safeguard: true as const } : {}),
  };
  const money = moneyArrows(claim, params);
  return {
    id: claim.id,
    label: claim.label,
    initial: 'closed',
    on: { ...bankEvents(policy, claim, params), ...periodSetOff(policy, params) },
    states: {
      closed: {
        label: text('未开始申领', 'Not open'),
        on: { 'decision.rescinded': [revoked] },
        always: [
          { to: 'open', when: [when('claimOpen', params)], why: text('可按期申领', 'Periods may be claimed from now on'), cite },
          ...money.shut,
        ],
      },
      open: {
        label: text('按期申领中', 'Open'),
        on: {
          'claim.filed': [filing(policy, claim, params)],
          'claims.stopped': [stopping(claim, params)],
          ...(claim.extension ? { 'term.extended': [extending(claim, params)] } : {}),
          'decision.rescinded': [revoked],
        },
        always: [
          close,
          {
            to: 'ended',
            when: [when('termUsed', params)],
            does: [deed('endClaim', params)],
            why: text('享受期满', 'The term is used up'),
            cite: claim.term?.cite ?? cite,
            ...(claim.term ? {} : { safeguard: true as const }),
          },
          ...money.open,
        ],
      },
      ended: {
        label: text('申领结束', 'Ended'),
        on: {
          'decision.rescinded': [resuming(claim, params), ...(claim.term ? [reopening] : []), revoked],
        },
        always: money.open,
      },
    },
  };
}

function filing(policy: Policy, { cite }: Claim, params: Params): Arrow {
  return {
    when: [
      when('namesClaim', params),
      when('periodFits', params),
      when('periodNew', params),
      when('termLeft', params),
      when('periodEarned', params),
    ],
    does: [deed('grant', params), ...(excludesByPeriod(policy) ? [deed('claimExclusion')] : [])],
    why: text('本期符合条件，核定本期补贴', 'The rules of the period hold: its amount is granted'),
    cite,
  };
}

const excludesByPeriod = ({ exclusions }: Policy): boolean => exclusions.some((each) => 'per' in each && each.per === 'period');

const stopping = ({ cite, stops }: Claim, params: Params): Arrow => ({
  to: 'ended',
  when: [when('namesClaim', params)],
  does: [deed('noteStop', params), deed('endClaim', params)],
  why: text('停止享受，不再受理以后各期', 'Stopped: no later period is taken'),
  cite: stops[0]?.cite ?? cite,
});

/** Granted by mistake: nothing was earned in that period; what was paid for it is set off against later ones, and else comes back. */
const revoking = (policy: Policy, params: Params): Arrow => ({
  when: [when('proposalMatches'), when('rescinds', { decision: 'period', ...params })],
  does: [deed('revoke', params), ...(excludesByPeriod(policy) ? [deed('releasePeriod', params)] : [])],
  why: text(
    '撤销对该期的核定：该期不再计入，已付的由以后各期抵扣，余额收回',
    'The period is rescinded: it counts no more; what was paid for it is set off against later periods, the rest comes back',
  ),
});

const resuming = ({ cite }: Claim, params: Params): Arrow => ({
  to: 'open',
  when: [when('proposalMatches'), when('rescinds', { decision: 'stop', ...params })],
  does: [deed('reopenClaim', params)],
  why: text('撤销停止享受的决定，可继续按期申领', 'The stop is rescinded: periods may be claimed again'),
  cite,
});

const extending = ({ extension, cite }: Claim, params: Params): Arrow => ({
  when: [when('namesClaim', params), when('mayExtend', params)],
  does: [deed('extendClaim', params)],
  why: text('期满延长享受期限', 'The term is used up and extended'),
  cite: extension?.cite ?? cite,
});

/** What follows from the sums alone, in every state: requests called back, periods that lapse or fall due, their clocks. */
type Money = { readonly open: readonly Arrow[]; readonly shut: readonly Arrow[] };
function moneyArrows({ cite, due }: Claim, params: Params): Money {
  const overdrawn: Arrow = {
    when: [when('periodOverdrawn', params)],
    does: [deed('callBackPeriods', params), deed('recallPeriods', params)],
    why: text('应付减少或条件不再具备，尚未送出的申请撤回', 'Less is payable, or it is not open any more: what is not sent is called back'),
    cite,
  };
  const lapsed: Arrow = {
    when: [when('periodLapsed', params)],
    does: [deed('lapsePeriods', params)],
    why: text('本期已无应付', 'Nothing is left to pay for the period'),
    cite,
  };
  const moot: Arrow = {
    when: [when('periodClockMoot', params)],
    does: [deed('sayPeriodClocksCancelled', params), deed('stopPeriodClocks', params)],
    why: text('本期已无应付，时限取消', 'Nothing is payable for the period: its clock is cancelled'),
    cite: due.cite,
  };
  return {
    open: [overdrawn, lapsed, ...dueArrows(cite, due.cite, params), moot],
    shut: [overdrawn, lapsed, moot],
  };
}

/** Periods that fall due, and their clocks. */
const dueArrows = (cite: Cite, limit: Cite, params: Params): readonly Arrow[] => [
  {
    when: [when('periodPayable', params), unless('held')],
    does: [deed('sayPeriodsOpen', params), deed('openPeriods', params)],
    why: text('本期核定额未付：应予拨付', 'What was granted for the period is not out: it is due'),
    cite,
  },
  {
    when: [when('periodPayable', params), when('held')],
    does: [deed('openPeriods', params)],
    why: text('本期应予拨付，但案件暂停，暂不发起', 'It is due, but the case is held: not opened yet'),
    cite,
  },
  {
    when: [when('periodClockDue', params)],
    does: [deed('sayPeriodClocksStarted', params), deed('startPeriodClocks', params)],
    why: text('本期办理时限自收到申领之日起算', 'The period’s clock runs from the day its claim came in'),
    cite: limit,
  },
];

function bankEvents(policy: Policy, { cite, due }: Claim, params: Params): Record<string, readonly Arrow[]> {
  const own = [when('namesPeriod', params)];
  const latest = [...own, when('samePeriodDisbursement', params)];
  const reopened = (does: string, conditions: typeof own, zh: string, en: string): readonly Arrow[] => [
    { when: conditions, does: [...restoring(policy), deed(does, params)], why: text(zh, en), cite },
  ];
  return {
    'payment.requested': [
      {
        when: [...own, when('periodDue', params), unless('held')],
        does: [deed('requestPeriod', params), deed('requestPeriodDisbursement', params)],
        why: text('确定资金来源，形成拨付并预占指标', 'The fund is chosen: the obligation exists and its budget is reserved'),
        cite,
      },
    ],
    'disbursement.submitted': [
      {
        when: [...own, when('periodRequested', params), unless('held')],
        does: [deed('sendPeriod', params)],
        why: text('提交银行，自此不可撤回', 'Handed to the bank: it can no longer be called back'),
        cite,
      },
    ],
    'disbursement.settled': [
      {
        when: latest,
        does: [deed('settlePeriod', params), deed('sayPeriodClockMet', params), deed('stopPeriodClock', params)],
        why: text('银行确认到账', 'The bank confirms the credit'),
        cite,
      },
    ],
    'disbursement.failed': reopened(
      'bouncePeriod',
      latest,
      '支付失败，钱未付出；时限继续计算',
      'The payment failed, nothing was paid; the clock runs on',
    ),
    'disbursement.returned': reopened(
      'giveBackPeriod',
      [...own, when('periodArrived', params)],
      '退票：该期视同未付',
      'Returned by the bank: the period counts as not paid',
    ),
    'case.released': [
      {
        when: [when('held'), when('anyPeriodDue', params)],
        does: [deed('sayPeriodsOpenAgain', params)],
        why: text('解除暂停，重新发起', 'Released: opened again'),
        cite,
      },
    ],
    'deadline.passed': [
      {
        when: [when('clockRuns', { prefix: `payment:${params['claim']}:` })],
        does: [deed('passClock'), deed('suspectBreach')],
        why: text('办结时限已过；仍须支付', 'The time limit has passed: recorded, and never a reason not to pay'),
        cite: due.cite,
      },
    ],
  };
}

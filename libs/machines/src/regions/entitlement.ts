import { holds as branch, type Entitlement, noticeBefore, type Policy } from '@tranche/policies';
import type { CaseContext } from '../context.js';
import { allReached, finalAmounts, staysFixed } from '../marks.js';
import { type Arrow, deed, type Region, type Rules, text, unless, when } from '../region.js';
import { earnedFen, expired, fen, isVoid, keptFen, lost, lostBy, underCeiling, writtenOffStill } from '../sums.js';

/** What is earned: a number decided from the marks alone, fixed once they are reached and open again when one is taken back. */
export function entitlement(policy: Policy): Region {
  const cite = policy.plan.entitlement[0]?.cite ?? policy.cite;
  const failureCite = policy.plan.acceptance?.onFailureCite ?? cite;
  const fix = {
    to: 'fixed',
    when: [when('earned'), unless('lost')],
    does: [deed('fixEntitlement')],
    why: text('条件齐备，补贴数额确定', 'All marks are reached: the subsidy is fixed at the assessed amount'),
    cite,
  };
  const lose = {
    to: 'void',
    when: [when('lost')],
    does: [deed('loseEntitlement'), deed('releaseExclusion')],
    why: text(
      '未通过验收、终止、不予补贴或撤回：按规定不再享有补贴',
      'Failed, aborted, rejected or withdrawn: nothing is earned beyond what the policy leaves',
    ),
    cite: failureCite,
  };
  const reopen = {
    to: 'open',
    when: [unless('earned'), unless('lost')],
    does: [deed('openEntitlement')],
    why: text('决定被撤销或事实被更正，数额待重新确定', 'A decision was rescinded or a fact corrected: the amount is open again'),
  };
  const refix: Arrow = {
    when: [when('fixedDiffers')],
    does: [deed('fixEntitlement')],
    why: text('事实更正，数额按更正后的事实重新确定', 'Facts were corrected: the amount is fixed anew'),
    cite,
  };
  const expire: Arrow = {
    to: 'void',
    when: [when('expired')],
    does: [deed('loseEntitlement')],
    why: text(
      '期限内未具备后续条件：已付的保留，不再拨付',
      'What was to follow did not come in time: what was paid is kept, nothing more is paid',
    ),
    cite: policy.plan.expiry?.cite ?? cite,
  };
  const expires = policy.plan.expiry?.outcome === 'keepPaid';
  const { acceptance } = policy.plan;
  const open: Arrow = staysFixed(policy) ? { ...reopen, safeguard: true } : reopen;
  return {
    id: 'entitlement',
    label: text('补贴权益', 'Entitlement'),
    initial: 'open',
    states: {
      open: { label: text('未确定', 'Open'), always: [fix, lose, ...(expires ? [expire] : [])] },
      fixed: {
        label: text('已确定', 'Fixed'),
        always: [lose, open, ...(mayDiffer(policy) ? [refix] : [])],
      },
      void: {
        label: text('不享有（或仅保留规定部分）', 'Void, or only what the policy leaves'),
        always: [
          {
            when: [when('keepsLess')],
            does: [deed('loseEntitlement')],
            why: text('未到账或已退回的款项不得保留', 'What did not arrive, or came back, cannot be kept'),
            cite: failureCite,
            ...(acceptance?.onFailure || expires ? {} : { safeguard: true as const }),
          },
          {
            ...reopen,
            when: [unless('lost'), ...(expires ? [unless('expired')] : [])],
            does: [deed('openEntitlement'), deed('reclaimExclusion')],
            why: text('未通过的决定被撤销', 'The decision that ended it was rescinded'),
            ...(acceptance || policy.plan.milestones.some(({ voids }) => voids) ? {} : { safeguard: true as const }),
          },
        ],
      },
    },
  };
}

/** May what a fixed amount follows from change while it stays fixed? Where a notice follows the acceptance, it is open first. */
const mayDiffer = (policy: Policy): boolean => {
  const { acceptance, ceiling, claims } = policy.plan;
  if (acceptance) return noticeBefore(policy.plan) === undefined;
  return finalAmounts(policy).length > 0 || ceiling !== undefined || claims !== undefined;
};

/** The entitlement row that decides now: the first whose marks are all reached and whose amount is known. */
function rowOf(context: CaseContext, policy: Policy): number {
  return entitlementRows(policy).findIndex(
    (row) =>
      branch(row.when, context.conditions ?? {}) === true && allReached(context, row.opens) && amountOf(context, policy, row) !== null,
  );
}

/** The rows of the plan; where claims earn everything, what they earned is final once they have ended. */
export const entitlementRows = ({ plan, cite }: Policy): readonly Entitlement[] =>
  plan.entitlement.length > 0 ? plan.entitlement : [{ opens: ['claimsEnded'], amount: 'earned', cite }];

function amountOf(context: CaseContext, policy: Policy, { amount }: Entitlement): string | null {
  const whole = amount === 'earned' ? String(earnedFen(context)) : context.amounts[amount];
  return whole === undefined ? null : String(underCeiling(context, policy, fen(whole)));
}

const fixed = (context: CaseContext, policy: Policy): Pick<CaseContext, 'entitledBy' | 'entitledFen'> => {
  const index = rowOf(context, policy);
  const row = entitlementRows(policy)[index];
  return { entitledBy: index, entitledFen: row ? amountOf(context, policy, row) : null };
};

export const entitlementRules: Rules = {
  guards: {
    earned: {
      label: text('确定补贴数额的各节点均已到达', 'the marks that fix the amount are all reached'),
      holds: (context, _, __, policy) => rowOf(context, policy) >= 0,
    },
    keepsLess: {
      label: text('可保留数额多于实付', 'more may be kept than is with the payee'),
      holds: (context, _, __, policy) => isVoid(context) && fen(context.entitledFen ?? '0') > keptFen(context, policy),
    },
    fixedDiffers: {
      label: text('数额与事实不再相符', 'the amount no longer follows from the facts'),
      holds: (context, _, __, policy) => {
        const anew = fixed(context, policy);
        return anew.entitledFen !== null && (anew.entitledFen !== context.entitledFen || anew.entitledBy !== context.entitledBy);
      },
    },
    expired: { label: text('已逾期限', 'the time for it is over'), holds: (context, _, __, policy) => expired(context, policy) },
    lost: {
      label: text('未通过、终止、不予补贴或撤回', 'failed, aborted, rejected or withdrawn'),
      holds: (context, _, __, policy) => lost(context, policy),
    },
  },
  updates: {
    fixEntitlement: (context, _, __, policy) => {
      const now = fixed(context, policy);
      return { ...now, writtenOffFen: writtenOffStill({ ...context, ...now }) };
    },
    loseEntitlement: (context, _, __, policy) => ({ entitledBy: lostBy, entitledFen: String(keptFen(context, policy)) }),
    openEntitlement: () => ({ entitledBy: null, entitledFen: null }),
  },
  says: {
    // also before an approval: the import of the roster claimed its people already
    releaseExclusion: () => [{ kind: 'releaseExclusion' }],
    reclaimExclusion: (context) => (context.exclusive ? [{ kind: 'claimExclusion' }] : []),
  },
};

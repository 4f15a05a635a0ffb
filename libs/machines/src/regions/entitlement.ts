import type { Policy } from '@tranche/policies';
import type { CaseContext } from '../context.js';
import { allReached, stands } from '../marks.js';
import { deed, type Region, type Rules, text, unless, when } from '../region.js';
import { fen, isVoid, keptFen, lostBy } from '../sums.js';

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
  return {
    id: 'entitlement',
    label: text('补贴权益', 'Entitlement'),
    initial: 'open',
    states: {
      open: { label: text('未确定', 'Open'), always: [fix, lose] },
      fixed: { label: text('已确定', 'Fixed'), always: [lose, reopen] },
      void: {
        label: text('不享有（或仅保留规定部分）', 'Void, or only what the policy leaves'),
        always: [
          {
            when: [when('keepsLess')],
            does: [deed('loseEntitlement')],
            why: text('未到账或已退回的款项不得保留', 'What did not arrive, or came back, cannot be kept'),
            cite: failureCite,
          },
          {
            ...reopen,
            when: [unless('lost')],
            does: [deed('openEntitlement'), deed('reclaimExclusion')],
            why: text('未通过的决定被撤销', 'The decision that ended it was rescinded'),
          },
        ],
      },
    },
  };
}

/** The entitlement row that decides now: the first whose marks are all reached and whose amount is known. */
function rowOf(context: CaseContext, policy: Policy): number {
  return policy.plan.entitlement.findIndex((row) => allReached(context, row.opens) && context.amounts[row.amount] !== undefined);
}

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
    lost: {
      label: text('未通过、终止、不予补贴或撤回', 'failed, aborted, rejected or withdrawn'),
      holds: (context) => context.reached['failed'] !== undefined || !stands(context),
    },
  },
  updates: {
    fixEntitlement: (context, _, __, policy) => {
      const index = rowOf(context, policy);
      return { entitledBy: index, entitledFen: context.amounts[policy.plan.entitlement[index]?.amount ?? ''] ?? null };
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

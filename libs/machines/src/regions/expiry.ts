import { holds, type Policy } from '@tranche/policies';
import { cancelled, met, startOf, withClock, withoutClocks } from '../clocks.js';
import type { CaseContext } from '../context.js';
import { reach } from '../marks.js';
import { deed, type Region, type Rules, text, unless, when } from '../region.js';
import { lost } from '../sums.js';

const key = 'expiry';

/** Some time after a mark the case is settled without more. Absent where the plan waits for ever. */
export function expiry(policy: Policy): Region | null {
  const plan = policy.plan.expiry;
  if (!plan) return null;
  const { cite } = plan;
  return {
    id: 'expiry',
    label: text('期限', 'Expiry'),
    initial: 'none',
    states: {
      none: {
        label: text('未起算', 'Not running'),
        always: [
          {
            to: 'running',
            when: [when('expires')],
            does: [deed('startExpiry'), deed('sayExpiryStarted')],
            why: text('等待后续条件，期限起算', 'What is to follow must come within the time that begins now'),
            cite,
          },
        ],
      },
      running: {
        label: text('期限计算中', 'Running'),
        on: {
          'deadline.passed': [
            {
              to: 'over',
              when: [when('clockRuns', { key })],
              does: [deed('sayExpiryMet'), deed('expire')],
              why: text('期限届满', 'The time is over'),
              cite,
            },
          ],
        },
        always: [
          {
            to: 'none',
            when: [unless('expires')],
            does: [deed('sayExpiryCancelled'), deed('stopExpiry')],
            why: text('数额已定或不再等待，期限取消', 'The amount is fixed, or nothing is waited for: the time is cancelled'),
            cite,
          },
        ],
      },
      over: { label: text('期限已满', 'Over') },
    },
  };
}

/** Is something still waited for? */
function expires(context: CaseContext, policy: Policy): boolean {
  const plan = policy.plan.expiry;
  if (!plan || context.entitledFen !== null || lost(context, policy) || context.reached['expired'] !== undefined) return false;
  return context.reached[plan.after] !== undefined && holds(plan.when, context.conditions ?? {}) === true;
}

export const expiryRules: Rules = {
  guards: {
    expires: {
      label: text('数额未定、尚在等待', 'the amount is open and something is waited for'),
      holds: (context, _, __, policy) => expires(context, policy),
    },
  },
  updates: {
    startExpiry: (context) => withClock(context, key, 'running'),
    stopExpiry: (context) => withoutClocks(context, key),
    expire: (context, event) => ({ ...reach(context, event, 'expired'), ...withoutClocks(context, key) }),
  },
  says: {
    sayExpiryStarted: (context, _, __, policy) => [
      startOf(
        context,
        policy,
        'expiry',
        key,
        context.reached[policy.plan.expiry?.after ?? ''] ?? '',
        text('等待后续条件的期限', 'Time for what is to follow'),
      ),
    ],
    sayExpiryCancelled: (context, event) => cancelled(context, event.on, key),
    sayExpiryMet: (context, event) => met(context, event.on, key),
  },
};

import type { Policy } from '@tranche/policies';
import { inOrder } from '../marks.js';
import { deed, type Region, type Rules, text, unless, when } from '../region.js';

/** Training may pause; while it does, no milestone is reached. Absent when the plan knows no interruption. */
export function continuity(policy: Policy): Region | null {
  const { interruption } = policy.plan;
  const milestones = inOrder(policy);
  if (!interruption) return null;
  return {
    id: 'continuity',
    label: text('连续性', 'Continuity'),
    initial: 'running',
    states: {
      running: {
        label: text('正常进行', 'Running'),
        on: {
          'delivery.interrupted': [
            {
              to: 'interrupted',
              when: [when('inTraining', { first: milestones[0]?.id ?? '', last: milestones.at(-1)?.id ?? '' })],
              does: [deed('interrupt')],
              why: text('培训中止，进度暂停计算', 'The training pauses; its progress stands still'),
              cite: interruption.cite,
            },
          ],
        },
      },
      interrupted: {
        label: text('中止', 'Interrupted'),
        on: {
          'delivery.resumed': [
            {
              to: 'running',
              when: [unless('failed')],
              does: [deed('resume')],
              why: text('培训恢复', 'The training goes on'),
              cite: interruption.cite,
            },
          ],
        },
        always: [
          {
            to: 'running',
            when: [when('failed')],
            does: [deed('resume')],
            why: text('培训已终止', 'The training was aborted'),
            ...(policy.plan.acceptance ? {} : { safeguard: true as const }),
          },
        ],
      },
    },
  };
}

export const continuityRules: Rules = {
  guards: {
    inTraining: {
      label: text('培训已开始、未结束', 'the training has started and has not ended'),
      holds: (context, _, params) =>
        context.reached[params['first'] ?? ''] !== undefined &&
        context.reached[params['last'] ?? ''] === undefined &&
        context.reached['failed'] === undefined &&
        context.reached['withdrawn'] === undefined &&
        context.reached['rejected'] === undefined,
    },
    interrupted: { label: text('培训中止中', 'the training is interrupted'), holds: (context) => context.interrupted },
  },
  updates: {
    interrupt: () => ({ interrupted: true }),
    resume: () => ({ interrupted: false }),
  },
  says: {},
};

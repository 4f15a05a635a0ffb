import type { Policy } from '@tranche/policies';
import { courseOf } from '../entries.js';
import { inOrder } from '../marks.js';
import { deed, type Region, type Rules, text, unless, when } from '../region.js';

/** What is carried out may pause; while it does, no milestone is reached. Absent when the plan knows no interruption. */
export function continuity(policy: Policy): Region | null {
  const { interruption } = policy.plan;
  const milestones = inOrder(policy);
  if (!interruption) return null;
  const { zh, en } = courseOf(policy);
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
              why: text(`${zh}中止，进度暂停计算`, `The ${en} pauses; its progress stands still`),
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
              why: text(`${zh}恢复`, `The ${en} goes on`),
              cite: interruption.cite,
            },
          ],
        },
        always: [
          {
            to: 'running',
            when: [when('failed')],
            does: [deed('resume')],
            why: text(`${zh}已终止`, `The ${en} was aborted`),
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
      label: text('已开始、未结束', 'it has started and has not ended'),
      holds: (context, _, params) =>
        context.reached[params['first'] ?? ''] !== undefined &&
        context.reached[params['last'] ?? ''] === undefined &&
        context.reached['failed'] === undefined &&
        context.reached['withdrawn'] === undefined &&
        context.reached['rejected'] === undefined,
    },
    interrupted: { label: text('中止中', 'it is interrupted'), holds: (context) => context.interrupted },
  },
  updates: {
    interrupt: () => ({ interrupted: true }),
    resume: () => ({ interrupted: false }),
  },
  says: {},
};

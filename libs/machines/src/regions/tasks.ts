import type { Policy, Role, Text } from '@tranche/policies';
import { courseOf } from '../entries.js';
import { type Rules, text } from '../region.js';

/** Work for people that transitions open and close: kind → label. */
const taskLabels: Readonly<Record<string, (course: Text) => Text>> = {
  submit: () => text('补正后重新提交', 'Complete and submit again'),
  accept: () => text('受理申报', 'Accept the application'),
  review: () => text('审核申报', 'Review the application'),
  approve: () => text('审批申报', 'Approve the application'),
  confirm: () => text('确认收款账户', 'Confirm the account'),
  verify: ({ zh }) => text(`核实${zh}进度`, 'Verify the progress'),
  inspect: ({ zh, en }) => text(`验收${zh}`, `Inspect the ${en}`),
  publish: () => text('公示核定结果', 'Post the public notice'),
  objection: () => text('核查异议并作出决定', 'Decide the objection'),
  reassess: () => text('按核查结果重新核定', 'Assess again after the objection'),
  correct: () => text('决定更正建议', 'Decide the proposed correction'),
};

const labelOf = (task: string, policy: Policy): Text => taskLabels[task]?.(courseOf(policy)) ?? text(task, task);

export const taskRules: Rules = {
  guards: {},
  updates: {},
  says: {
    openTask: (_, __, params, policy) => {
      const task = params['task'] ?? '';
      return [{ kind: 'openTask', task, role: params['role'] as Role, label: labelOf(task, policy) }];
    },
    closeTask: (_, __, params) => (params['task'] ?? '').split(',').map((task) => ({ kind: 'closeTask', task })),
  },
};

import type { Role, Text } from '@tranche/policies';
import { type Rules, text } from '../region.js';

/** Work for people that transitions open and close: kind → label. */
export const taskLabels: Readonly<Record<string, Text>> = {
  submit: text('补正后重新提交', 'Complete and submit again'),
  accept: text('受理申报', 'Accept the application'),
  review: text('审核申报', 'Review the application'),
  approve: text('审批申报', 'Approve the application'),
  confirm: text('确认收款账户', 'Confirm the account'),
  verify: text('核实培训进度', 'Verify the progress'),
  inspect: text('验收培训', 'Inspect the training'),
  publish: text('公示核定结果', 'Post the public notice'),
  objection: text('核查异议并作出决定', 'Decide the objection'),
  reassess: text('按核查结果重新核定', 'Assess again after the objection'),
  correct: text('决定更正建议', 'Decide the proposed correction'),
};

export const taskRules: Rules = {
  guards: {},
  updates: {},
  says: {
    openTask: (_, __, params) => {
      const task = params['task'] ?? '';
      return [{ kind: 'openTask', task, role: params['role'] as Role, label: taskLabels[task] ?? text(task, task) }];
    },
    closeTask: (_, __, params) => (params['task'] ?? '').split(',').map((task) => ({ kind: 'closeTask', task })),
  },
};

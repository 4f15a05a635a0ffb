// What a story of the demo is made of.

import type { Cite, Policy, Text } from '@tranche/policies';
import { text } from '../terminal/language.js';
import type { Scene } from './scene.js';
import type { Player } from './stage.js';

/** Who acts in a step: a person of a role, the machine itself, the bank, or the legal clock. */
export type Actor = Player | 'machine' | 'bank' | 'clock';

export const ACTOR_LABELS: Readonly<Record<Actor, Text>> = {
  institution: text('培训机构', 'institution'),
  officer: text('人社受理岗', 'case officer'),
  reviewer: text('人社审核岗', 'reviewer'),
  approver: text('人社审批岗', 'approver'),
  inspector: text('监督检查岗', 'inspector'),
  maker: text('财政经办岗', 'finance maker'),
  checker: text('财政复核岗', 'finance checker'),
  cashier: text('财政出纳岗', 'cashier'),
  supervisor: text('主管', 'supervisor'),
  machine: text('分期拨', 'Tranche'),
  bank: text('银行', 'bank'),
  clock: text('法定时钟', 'legal clock'),
};

export type Step = {
  readonly who: Actor;
  readonly does: Text;
  /** carries the step out over HTTP and says what the machine or the bank answered; null when the doing says it all */
  readonly act: (scene: Scene) => Promise<Text | null>;
  /** the clause the step stands on */
  readonly under?: (policy: Policy) => Cite | undefined;
};

export type Story = { readonly title: Text; readonly about: Text; readonly steps: readonly Step[] };

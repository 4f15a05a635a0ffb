import type { CasePolicy } from '@tranche/casework';
import { milestonesInDoubt } from '@tranche/machines';
import { stamp, type Terms } from '@tranche/policies';
import type { Explanation } from '../policies/assessment.view.js';
import type { CaseRow } from './case-row.js';

/** Milestones that the facts of today no longer prove: what was told, what was paid on it, and under which clause that may come back. */
export function doubtsTold({ policy, machine }: CasePolicy, { facts, snapshot, openedOn }: CaseRow, terms: Terms): Explanation['doubts'] {
  const { conditions } = stamp(policy, { facts, terms, on: openedOn });
  const numbers = Object.entries(policy.facts).flatMap(([name, { type, label }]) =>
    type === 'int' && facts[name] !== undefined ? [{ zh: `${label.zh} ${facts[name]}`, en: `${label.en} ${facts[name]}` }] : [],
  );
  return milestonesInDoubt(machine, snapshot, conditions).map((doubt) => ({
    ...doubt,
    told: numbers,
    text: {
      zh: `“${doubt.label.zh}”核实后考勤改低，现不再满足“${doubt.condition.zh}”。已拨资金在验收核定前不追回；未通过验收或核定数额不足的部分须退还。`,
      en: `Attendance was lowered after “${doubt.label.en}” was verified: “${doubt.condition.en}” no longer holds. Nothing comes back before the assessment; what was not earned has to be repaid then.`,
    },
  })) as Explanation['doubts'];
}

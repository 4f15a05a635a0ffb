import type { CaseEvent } from '@tranche/machines';
import type { Policy, Rule } from '@tranche/policies';
import type { FieldError } from './refusal.js';

/** Events whose way leads over the policy's rules; of any other, the state alone decides. */
const judged: ReadonlySet<string> = new Set(['application.approved', 'claim.filed', 'fact.corrected']);

/** Why the rules stand against an event, each with its clause: rules that fail or are not known, a day outside the window, amounts that cannot be worked out. */
export function rulesAgainst(policy: Policy, { type, stamp }: CaseEvent): FieldError[] {
  if (!judged.has(type)) return [];
  const unmet = [...stamp.unmet, ...(stamp.period?.unmet ?? [])];
  const rules = unmet.flatMap((id) => policy.rules.find((rule) => rule.id === id) ?? []);
  const inside = stamp.inWindow && (stamp.period?.inWindow ?? true);
  const problems = [...(stamp.problems ?? []), ...(stamp.period?.problems ?? [])];
  return [
    ...rules.map(ruleError),
    ...(inside ? [] : [outside(policy)]),
    ...problems.map(({ id, code, message }) => ({ field: `amounts.${id}`, code, message })),
  ];
}

const ruleError = ({ id, reason, cite }: Rule): FieldError => ({
  field: `rules.${id}`,
  code: 'rule-unmet',
  message: { zh: `${reason.zh}（${cite.doc} ${cite.clause}）。`, en: `${reason.en} (${cite.doc} ${cite.clause}).` },
});

const outside = ({ cite, window }: Policy): FieldError => ({
  field: 'window',
  code: 'outside-window',
  message: {
    zh: `不在政策执行期内（自 ${window.from} 起，${cite.doc} ${cite.clause}）。`,
    en: `Outside the policy’s window (from ${window.from}, ${cite.doc} ${cite.clause}).`,
  },
});

import type { Text } from '@tranche/policies';
import type { CheckResult } from './check.js';
import { boundsText } from './report.js';
import { checkRules, type RuleId } from './rules.js';
import { storyText } from './story.js';

/** What a check of one version found, as it is kept beside the machines: everything a page needs, nothing that must be computed again. */
export type KeptCheck = {
  readonly id: string;
  readonly jurisdiction: string;
  readonly version: string;
  /** the machine that was looked at; another hash today is another machine */
  readonly machineHash: string;
  readonly checkedOn: string;
  /** the version whose machine of the same form was explored, where it was not this one's own */
  readonly exploredAs: string | null;
  readonly scopes: readonly {
    readonly label: Text;
    readonly bounds: Text;
    readonly states: number;
    readonly edges: number;
    readonly complete: boolean;
  }[];
  readonly rules: readonly { readonly id: RuleId; readonly says: Text; readonly holds: boolean | null }[];
  /** the first rule that does not hold, with the shortest story that breaks it */
  readonly found: {
    readonly rule: RuleId;
    readonly detail: Text;
    readonly scope: Text;
    readonly story: Readonly<Record<keyof Text, readonly string[]>>;
  } | null;
};

/** One for each version that shared the exploration. Rules behind the one that was found broken were not all looked at: null. */
export function keptOf(result: CheckResult, checkedOn: string): KeptCheck[] {
  const { policy, hash, alike, found } = result;
  const scopes = result.scopes.map(({ bounds, states, edges, complete }) => ({
    label: bounds.label,
    bounds: { zh: boundsText(bounds, 'zh'), en: boundsText(bounds, 'en') },
    states,
    edges,
    complete,
  }));
  const rules = (Object.keys(checkRules) as RuleId[]).map((id) => ({
    id,
    says: checkRules[id],
    holds: found === null ? true : found.rule === id ? false : null,
  }));
  const story = found && {
    rule: found.rule,
    detail: found.detail,
    scope: found.scope,
    story: { zh: storyText(policy, found.story, 'zh'), en: storyText(policy, found.story, 'en') },
  };
  return [{ policy, hash }, ...alike].map((each, index) => ({
    id: each.policy.id,
    jurisdiction: each.policy.jurisdiction,
    version: each.policy.version,
    machineHash: each.hash,
    checkedOn,
    exploredAs: index === 0 ? null : `${policy.id} ${policy.jurisdiction}@${policy.version}`,
    scopes,
    rules,
    found: story,
  }));
}

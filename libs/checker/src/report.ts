import type { Text } from '@tranche/policies';
import { type Bounds, unitFen } from './bounds.js';
import type { Checked, CheckResult } from './check.js';
import { checkRules } from './rules.js';
import { storyText } from './story.js';

type Language = keyof Text;

/** The result as printed: what was looked at, how much of it there was, and the shortest story that breaks a rule. */
export function reportText(result: CheckResult, language: Language): string {
  const { policy, hash, alike, scopes, found } = result;
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const total = (of: (scope: Checked) => number): number => scopes.reduce((sum, scope) => sum + of(scope), 0);
  return [
    nameOf({ policy, hash }, language),
    ...alike.map((other) => `${say('= 同一形态：', '= of the same form: ')}${nameOf(other, language)}`),
    say(
      `金额以 ${unitFen / 100n} 元为一份；日期、编号、哈希不计；最后一期预拨 1 份，其余各期 2 份，预计总额比预拨合计多 1 份`,
      `amounts in units of CNY ${unitFen / 100n}; dates, numbers and hashes erased; the last advance is 1 unit, earlier ones 2, the estimate one more than all of them`,
    ),
    ...scopes.flatMap((scope) => scopeText(scope, language)),
    say(
      `合计 ${total((scope) => scope.states)} 个状态，${total((scope) => scope.edges)} 条边，${total((scope) => scope.compared)} 种流转序列、${total((scope) => scope.refusals)} 种拒绝理由与 XState 比对一致`,
      `${total((scope) => scope.states)} states, ${total((scope) => scope.edges)} edges, ${total((scope) => scope.compared)} sequences of arrows and ${total((scope) => scope.refusals)} refusals decided alike by XState`,
    ),
    ...verdict(result, language),
    ...(found ? storyText(policy, found.story, language) : []),
  ].join('\n');
}

const nameOf = ({ policy, hash }: Pick<CheckResult, 'policy' | 'hash'>, language: Language): string =>
  `${policy.title[language]}  ${policy.id} ${policy.jurisdiction} ${policy.version}  ${hash.slice(0, 12)}`;

function scopeText({ bounds, states, edges, complete, ms }: Checked, language: Language): readonly string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const time = ms === null ? '' : say(`，${(ms / 1000).toFixed(1)} 秒`, `, ${(ms / 1000).toFixed(1)} s`);
  const cut = complete ? '' : say('（未走完）', ' (not all of it)');
  return [
    `  ${bounds.label[language]}${say('：', ': ')}${say(`${states} 个状态，${edges} 条边`, `${states} states, ${edges} edges`)}${time}${cut}`,
    `    ${boundsText(bounds, language)}`,
  ];
}

/** What a scope tries, in one line. */
export function boundsText(bounds: Bounds, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const yes = (holds: boolean, zh: string, en: string): string[] => (holds ? [say(zh, en)] : []);
  return [
    say(`核定 {${bounds.finals.join(',')}} 份`, `final {${bounds.finals.join(',')}} units`),
    say(`未通过可保留 {${bounds.keeps.join(',')}}`, `kept after failure {${bounds.keeps.join(',')}}`),
    say(`异议至多 ${bounds.objections}`, `objections ≤ ${bounds.objections}`),
    say(`超期时限至多 ${bounds.overdue}`, `clocks run out ≤ ${bounds.overdue}`),
    say(`更正至多 ${bounds.corrected}`, `corrections ≤ ${bounds.corrected}`),
    ...yes(bounds.bounces, '支付失败', 'bounces'),
    ...yes(bounds.returns, '退票', 'returns'),
    ...yes(bounds.refusals, '退回、否决、撤回', 'refusals'),
    ...yes(bounds.interruptions, '中止', 'interruptions'),
    ...yes(bounds.holds, '暂停', 'holds'),
    ...yes(bounds.smaller, '更正为较低预计数额', 'corrected to a lower estimate'),
    ...yes(!bounds.conditions, '不达到有条件的节点', 'no milestone that requires a condition'),
    ...yes(!bounds.failures, '不失败', 'no failures'),
  ].join(say('，', ', '));
}

/** Where the bounds ended an exploration, and what goes all the way. */
function leftOut(scopes: readonly Checked[], language: Language): readonly string[] {
  const cut = scopes.filter(({ complete }) => !complete);
  if (cut.length === 0) return [];
  const names = cut.map(({ bounds }) => `${bounds.label[language]} (> ${bounds.maxStates})`).join(language === 'zh' ? '；' : '; ');
  return [language === 'zh' ? `留给 tranche policy check 的：${names}` : `left to tranche policy check: ${names}`];
}

function verdict({ found, scopes }: CheckResult, language: Language): readonly string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (!found) {
    const all = scopes.every(({ complete }) => complete);
    return [
      all
        ? say('在此范围内已检查：各条规则均成立', 'checked within these bounds: every rule holds')
        : say('只检查了一部分：未发现违反', 'checked in part: no rule was broken so far'),
      ...leftOut(scopes, language),
    ];
  }
  return [
    say(`不成立 ${found.rule}：${checkRules[found.rule].zh}`, `broken ${found.rule}: ${checkRules[found.rule].en}`),
    `  ${found.detail[language]}`,
    ...(found.story.length > 0
      ? [say(`最短的经过（${found.scope.zh}；日期为示意）：`, `the shortest story (${found.scope.en}; the days are examples):`)]
      : []),
  ];
}

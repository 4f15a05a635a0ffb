import { type Assessment, type ParameterTrace, type PlanRow, policyVersion, type Text } from '@tranche/policies';
import { grid } from '../terminal/grid.js';
import { type Language, type Speaker, speaker, text } from '../terminal/language.js';
import { yuan, yuanAndFen } from '../terminal/money.js';
import type { LegalDay } from './assess.js';
import { citation } from './citation.js';
import { valueText } from './value-text.js';

type Days = Readonly<Record<string, LegalDay>>;
type Voice = { readonly language: Language; readonly say: Speaker; readonly labels: Readonly<Record<string, Text>> };

/** An assessment as a page of text: the answer first, then every rule, amount, payment and parameter with its ground. */
export function assessmentText(assessment: Assessment, days: Days, language: Language): string {
  const voice: Voice = { language, say: speaker(language), labels: labelsOf(assessment) };
  const { say } = voice;
  return [
    ...heading(assessment, voice),
    '',
    say(text('一、申领条件', '1. Eligibility')),
    ...assessment.rules.flatMap((rule) => ruleLines(rule, voice)),
    '',
    say(text('二、数额', '2. Amounts')),
    ...Object.values(assessment.conditions).flatMap((condition) => ruleLines({ ...condition, reason: condition.label, cite: null }, voice)),
    ...Object.values(assessment.amounts).flatMap((amount) => amountLines(amount, voice)),
    '',
    say(text('三、拨付安排', '3. Payments')),
    planGrid(assessment.plan, days, voice),
    ...assessment.plan.map(({ payment, cite }) => `   ${payment}  ${citation(cite, language)}`),
    ...settlementLines(assessment, voice),
    '',
    say(text('四、所用参数', '4. Parameters used')),
    ...assessment.parameters.flatMap((parameter) => parameterLines(parameter, voice)),
  ].join('\n');
}

function labelsOf({ policy, amounts, conditions }: Assessment): Readonly<Record<string, Text>> {
  const { facts } = policyVersion(policy.id, policy.version, policy.jurisdiction)!;
  const named = [...Object.entries(facts), ...Object.entries(amounts), ...Object.entries(conditions)];
  return Object.fromEntries(named.map(([name, { label }]) => [name, label]));
}

function heading({ policy, on, eligible, rules }: Assessment, { say, labels }: Voice): string[] {
  const missing = [...new Set(rules.flatMap((rule) => rule.missing))].map((name) => nameOf(name, { say, labels }));
  const answer =
    eligible === null
      ? text(`尚不能判断，缺：${missing.join('、')}`, `cannot be said yet; missing: ${missing.join(', ')}`)
      : eligible
        ? text('符合申领条件', 'eligible')
        : text('不符合申领条件', 'not eligible');
  return [
    `${say(policy.title)}  ${policy.id}`,
    `${say(text('适用版本', 'version'))}  ${policy.jurisdiction} ${policy.version}  ${say(text('哈希', 'hash'))} ${policy.hash.slice(0, 12)}`,
    `${say(text('依据', 'clause'))}  ${policy.cite.doc} ${policy.cite.clause}`,
    `${say(text('收到申请', 'received'))}  ${on}`,
    `${say(text('结论', 'answer'))}  ${say(answer)}`,
  ];
}

const nameOf = (name: string, { say, labels }: Pick<Voice, 'say' | 'labels'>): string => {
  const label = labels[name];
  return label ? say(label) : name;
};

type Traced = Pick<Assessment['rules'][number], 'result' | 'reason' | 'inputs' | 'missing' | 'problem'> & {
  readonly cite: Assessment['rules'][number]['cite'] | null;
};

function ruleLines({ result, reason, inputs, missing, problem, cite }: Traced, voice: Voice): string[] {
  const { say, language } = voice;
  const word = result === null ? text('？ 未知', '? unknown') : result ? text('✓ 是', '✓ yes') : text('✗ 否', '✗ no');
  return [
    ` ${say(word)}  ${say(reason)}`,
    ...inputLines(inputs, missing, voice),
    ...(problem ? [`      ${say(problem.message)}`] : []),
    ...(cite ? [`      ${citation(cite, language)}`] : []),
  ];
}

function amountLines({ label, fen, inputs, missing, problem, cite }: Assessment['amounts'][string], voice: Voice): string[] {
  const { say, language } = voice;
  return [
    ` ${say(label)}  ${fen === null ? say(text('尚不能计算', 'not known yet')) : yuanAndFen(fen, language)}`,
    ...inputLines(inputs, missing, voice),
    ...(problem ? [`      ${say(problem.message)}`] : []),
    `      ${citation(cite, language)}`,
  ];
}

function inputLines(inputs: Readonly<Record<string, unknown>>, missing: readonly string[], voice: Voice): string[] {
  const { say, language, labels } = voice;
  const known = Object.entries(inputs).map(([name, value]) => `${nameOf(name, { say, labels })} = ${valueText(name, value, language)}`);
  const absent = missing.map((name) => `${nameOf(name, { say, labels })} = ${say(text('（未提供）', '(not given)'))}`);
  return [...known, ...absent].map((line) => `      ${line}`);
}

function planGrid(plan: readonly PlanRow[], days: Days, { say, language }: Voice): string {
  const head = [
    text('期', 'payment'),
    text('名称', 'name'),
    text('金额', 'amount'),
    text('拨付条件', 'opens when'),
    text('时限', 'time limit'),
    text('最迟', 'last day'),
  ];
  const rows = plan.map((row) => [
    row.payment,
    say(row.label),
    `${yuan(row.amountFen, language)}${row.projected ? say(text('（预计）', ' (projected)')) : ''}`,
    say(row.when),
    row.deadline ? say(row.deadline.text) : '—',
    dayText(days[row.payment], say),
  ]);
  return grid(head.map(say), rows, [2]);
}

function dayText(day: LegalDay | undefined, say: Speaker): string {
  if (day === undefined) return '—';
  if ('lastDay' in day) return day.lastDay;
  if ('notBefore' in day)
    return say(
      text(
        `暂定（${day.year} 年节假日未公布，不早于 ${day.notBefore}）`,
        `provisional (calendar ${day.year} not published; not before ${day.notBefore})`,
      ),
    );
  return say(text(`待“${day.waitsFor.zh}”后起算`, `counts from: ${day.waitsFor.en}`));
}

function settlementLines({ settlement }: Assessment, { say, language }: Voice): string[] {
  if (settlement === null) return [];
  const { entitledFen, advancesFen, remainderFen, recoverFen } = settlement;
  const [entitled, advances, remainder, recover] = [entitledFen, advancesFen, remainderFen, recoverFen].map((fen) => yuan(fen, language));
  return [
    say(
      text(
        `   结算：核定 ${entitled}，预拨合计 ${advances}，余款 ${remainder}，应收回 ${recover}`,
        `   settlement: entitled ${entitled}, advances ${advances}, remainder ${remainder}, to be recovered ${recover}`,
      ),
    ),
  ];
}

function parameterLines({ key, label, value, from, scope, sample, cite }: ParameterTrace, { say, language }: Voice): string[] {
  const since = from === null ? '' : say(text(`自 ${from} 起`, `from ${from}`));
  const made = sample ? say(text('  【样例数据，不得用于正式办理】', '  [SAMPLE figures, not for real use]')) : '';
  return [` ${say(label)}（${key}） = ${valueText(key, value, language)}  ${since}  ${scope}${made}`, `      ${citation(cite, language)}`];
}

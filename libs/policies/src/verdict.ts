import type { MissingFact } from './missing.js';
import type { Text } from './policy.js';
import type { RuleTrace } from './trace.js';

/** `may`: every rule asked holds; `mayNot`: one fails, or the day lies outside; `open`: something is not known yet. */
export type Verdict = 'may' | 'mayNot' | 'open';

type Judged = {
  readonly eligible: boolean | null;
  readonly inWindow: boolean;
  readonly rules: readonly RuleTrace[];
  readonly missing: readonly MissingFact[];
  /** the plan pays by period and no period was asked about */
  readonly periodsLeft: boolean;
};

export const verdictOf = ({ eligible, inWindow }: Pick<Judged, 'eligible' | 'inWindow'>): Verdict => {
  if (eligible === false || !inWindow) return 'mayNot';
  return eligible === null ? 'open' : 'may';
};

/** The verdict in a sentence or two: what fails under which clause, or what is missing. */
export function summaryOf(judged: Judged): Text {
  const verdict = verdictOf(judged);
  if (verdict === 'mayNot') return refusal(judged);
  if (verdict === 'open') return question(judged);
  return judged.periodsLeft
    ? {
        zh: '案件层面的各项条件均已具备；各期申领时再逐期核定。',
        en: 'Every condition of the case is met; each period is asked anew when it is claimed.',
      }
    : { zh: '各项条件均已具备。', en: 'Every condition is met.' };
}

function refusal({ inWindow, rules }: Judged): Text {
  const failed = rules.filter(({ result }) => result === false);
  const reasons = {
    zh: [...(inWindow ? [] : ['不在政策执行期内']), ...failed.map(({ reason, cite }) => `${reason.zh}〔${cite.clause}〕`)],
    en: [...(inWindow ? [] : ['outside the window of the policy']), ...failed.map(({ reason, cite }) => `${reason.en} (${cite.clause})`)],
  };
  return { zh: `不符合：${reasons.zh.join('；')}。`, en: `Not met: ${reasons.en.join('; ')}.` };
}

function question({ rules, missing }: Judged): Text {
  const open = rules.filter(({ result }) => result === null);
  const needed = missing.filter((each) => each.rules.length > 0);
  const problems = open.flatMap(({ problem }) => problem?.message ?? []);
  if (needed.length === 0 && problems.length > 0)
    return { zh: problems.map(({ zh }) => zh).join(''), en: problems.map(({ en }) => en).join(' ') };
  return {
    zh: `尚不能确定，还需：${needed.map(({ label }) => label.zh).join('、')}。`,
    en: `Cannot be said yet; still needed: ${needed.map(({ label }) => label.en).join(', ')}.`,
  };
}

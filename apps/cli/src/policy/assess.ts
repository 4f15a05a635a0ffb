// `tranche policy assess`: the calculator. Pure but for reading the file of facts.

import { readFileSync } from 'node:fs';
import { calendarOfYears, due, isLocalDate, stateCouncilYears } from '@tranche/calendar';
import { type Assessment, assess, markLabel, type PlanRow, type Policy, policyVersion, type Text } from '@tranche/policies';
import { type Language, speaker, text } from '../terminal/language.js';
import { assessmentText } from './assessment-text.js';

export type AssessOptions = {
  readonly on: string;
  readonly jurisdiction: string;
  readonly facts: string;
  readonly mark?: readonly string[];
  readonly json?: boolean;
  readonly lang: Language;
};
/** Where lines go. */
export type Output = { readonly out: (line: string) => void; readonly err: (line: string) => void };

/** The last day of a payment's time limit: a date, a warning date in a year without a calendar, or the mark that is missing. */
export type LegalDay = { readonly lastDay: string } | { readonly notBefore: string; readonly year: number } | { readonly waitsFor: Text };

type Marks = Readonly<Record<string, string>>;
class Unusable extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** Prints what the policy says of the facts, and why. Answers the exit code: 1 when the input was refused. */
export function assessPolicy(policyId: string, options: AssessOptions, { out, err }: Output): number {
  const say = speaker(options.lang);
  try {
    const result = assess(policyId, { on: options.on, jurisdiction: options.jurisdiction, facts: readFacts(options.facts) });
    if (!result.ok) {
      err(`${result.code} (${result.field}): ${say(result.message)}`);
      return 1;
    }
    const days = legalDays(result, readMarks(result, options));
    out(options.json ? JSON.stringify({ ...result, legalDays: days }, null, 2) : assessmentText(result, days, options.lang));
    return 0;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    err(say(error.text));
    return 1;
  }
}

function readFacts(path: string): unknown {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new Unusable(
      text(`无法读取事实文件 ${path}（${code}）：请检查路径。`, `The facts cannot be read from ${path} (${code}): check the path.`),
    );
  }
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    throw new Unusable(
      text(
        `${path} 不是有效的 JSON：格式可参照 examples/facts.json。`,
        `${path} is not valid JSON: see examples/facts.json for one that is.`,
      ),
    );
  }
}

const versionOf = ({ id, version, jurisdiction }: Assessment['policy']): Policy => policyVersion(id, version, jurisdiction)!;

/** `started=2020-11-30` → a dated mark; the application is received on the day of the assessment. */
function readMarks({ policy, on }: Assessment, { mark = [] }: AssessOptions): Marks {
  const { plan } = versionOf(policy);
  const given = mark.map((each): [string, string] => {
    const [name = '', date = ''] = each.split('=', 2);
    if (markLabel(plan, name) === undefined || !isLocalDate(date))
      throw new Unusable(
        text(
          `时点无法识别：${each}。写法例如 started=2020-11-30。`,
          `The mark was not understood: ${each}. Write for example started=2020-11-30.`,
        ),
      );
    return [name, date];
  });
  return { received: on, ...Object.fromEntries(given) };
}

/** Payment → last day of its time limit, as far as its mark is dated; on the published State Council calendar. */
function legalDays({ policy, plan }: Assessment, marks: Marks): Readonly<Record<string, LegalDay>> {
  const calendar = calendarOfYears(stateCouncilYears);
  const dayOf = ({ deadline }: PlanRow): LegalDay | null => {
    if (deadline === null) return null;
    const from = marks[deadline.from];
    if (from === undefined) return { waitsFor: markLabel(versionOf(policy).plan, deadline.from) ?? text(deadline.from, deadline.from) };
    const day = due(calendar, from, deadline.count, deadline.unit);
    return day.provisional ? { notBefore: day.notBefore, year: day.year } : { lastDay: day.lastDay };
  };
  return Object.fromEntries(
    plan.flatMap((row) => {
      const day = dayOf(row);
      return day ? [[row.payment, day]] : [];
    }),
  );
}

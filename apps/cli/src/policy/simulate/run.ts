// `tranche policy simulate`: pure but for reading the cases and writing the daily figures.

import { readFileSync, writeFileSync } from 'node:fs';
import { isLocalDate } from '@tranche/calendar';
import { policies } from '@tranche/policies';
import { type Language, speaker, text } from '../../terminal/language.js';
import type { Output } from '../assess.js';
import { CasesUnusable, readCases } from './cases-file.js';
import { comparisonText, dailyCsv, tallyText } from './report-text.js';
import { simulate, versionCalled } from './simulate.js';
import { compare } from './tally.js';

export type SimulateOptions = {
  readonly policy: string;
  readonly cases: string;
  readonly from: string;
  readonly to: string;
  readonly version?: string;
  readonly compare?: string;
  readonly daily?: string;
  readonly lang: Language;
};

/** Answers the exit code: 1 when something given cannot be used. */
export function simulatePolicy(options: SimulateOptions, { out, err }: Output): number {
  const say = speaker(options.lang);
  try {
    const span = { from: dayOf(options.from), until: dayOf(options.to) };
    const version = options.version === undefined ? null : named(options.policy, options.version);
    const other = options.compare === undefined ? null : named(options.policy, options.compare);
    if (!policies().some(({ id }) => id === options.policy)) throw noPolicy(options.policy);
    const cases = readCases(readFile(options.cases));
    const result = simulate(options.policy, cases, span, version);
    out(tallyText(result, options.lang));
    if (options.daily !== undefined) writeFileSync(options.daily, dailyCsv(result));
    if (!other) return 0;
    const second = simulate(options.policy, cases, span, other);
    out('');
    out(say(text(`另一版本 ${other.jurisdiction}@${other.version}`, `the other version, ${other.jurisdiction}@${other.version}`)));
    out(tallyText(second, options.lang));
    out(comparisonText(compare(result, second), options.lang));
    return 0;
  } catch (error) {
    if (!(error instanceof CasesUnusable)) throw error;
    err(say(error.text));
    return 1;
  }
}

function dayOf(day: string): string {
  if (isLocalDate(day)) return day;
  throw new CasesUnusable(text(`日期 ${day} 无法识别`, `the date ${day} was not understood`));
}

function named(policyId: string, name: string) {
  const found = versionCalled(policyId, name);
  if (found) return found;
  const known = policies()
    .filter(({ id }) => id === policyId)
    .map(({ jurisdiction, version }) => `${jurisdiction}@${version}`)
    .join(', ');
  throw new CasesUnusable(text(`没有版本 ${name}；可用：${known}`, `there is no version ${name}; there are: ${known}`));
}

const noPolicy = (id: string): CasesUnusable => new CasesUnusable(text(`没有政策 ${id}`, `there is no policy ${id}`));

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CasesUnusable(text(`无法读取 ${path}`, `${path} cannot be read`));
  }
}

import type { ReportLine } from '@tranche/casework';
import { type Language, speaker, text } from '../terminal/language.js';
import { yuanAndFen } from '../terminal/money.js';

const reasons: Readonly<Record<string, { zh: string; en: string }>> = {
  'event-refused': { zh: '新流程不接受事件', en: 'the new machine refuses event' },
  'history-differs': { zh: '与已发生的事实不符', en: 'would tell otherwise what has happened' },
  'cannot-be-told': { zh: '无法在新流程上重放', en: 'cannot be told to the new machine' },
};

/** A case as a dry run shows it: what would differ, or why it cannot be moved; null when nothing would. */
export function lineText(line: ReportLine, language: Language): string | null {
  const say = speaker(language);
  if (!line.ok) return `✗ ${line.caseNo}  ${say(reasons[line.reason] ?? text(line.reason, line.reason))}: ${line.detail}`;
  if (line.differences.length === 0) return null;
  const shown = line.differences.map(({ what, name, before, after }) => {
    const value = (each: string | null) => (what === 'money' ? yuanAndFen(each, language) : (each ?? '—'));
    return `    ${name}: ${value(before)} → ${value(after)}`;
  });
  return [`~ ${line.caseNo}`, ...shown].join('\n');
}

import { grid } from '../../terminal/grid.js';
import { type Language, speaker, text } from '../../terminal/language.js';
import { yuan } from '../../terminal/money.js';
import type { Comparison, Tally } from './tally.js';

const SHOWN = 10;
const DAYS_SHOWN = 31;
const fenText = (fen: bigint, language: Language): string => (fen < 0n ? `-${yuan(String(-fen), language)}` : yuan(String(fen), language));

/** What a simulation came to: cost per month and fund, advances outstanding, limits missed, applications refused. */
export function tallyText(result: Tally, language: Language): string {
  const say = speaker(language);
  return [
    say(text(`案件 ${result.cases} 件`, `${result.cases} cases`)),
    costTable(result, language),
    say(text(`收回合计 ${fenText(result.recovered, language)}`, `recovered in all: ${fenText(result.recovered, language)}`)),
    advancesText(result, language),
    missedText(result, language),
    refusedText(result, language),
  ].join('\n');
}

function costTable({ cost }: Tally, language: Language): string {
  const say = speaker(language);
  const funds = [...new Set([...cost.values()].flatMap((month) => [...month.keys()]))].sort();
  const sum = (months: readonly ReadonlyMap<string, bigint>[], fund: string) =>
    months.reduce((total, month) => total + (month.get(fund) ?? 0n), 0n);
  const total = (amounts: readonly bigint[]) => amounts.reduce((all, fen) => all + fen, 0n);
  const rowOf = (name: string, months: readonly ReadonlyMap<string, bigint>[]): string[] => {
    const amounts = funds.map((fund) => sum(months, fund));
    return [name, ...amounts.map((fen) => fenText(fen, language)), fenText(total(amounts), language)];
  };
  const rows = [...cost].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, paid]) => rowOf(month, [paid]));
  const all = rowOf(say(text('合计', 'total')), [...cost.values()]);
  const head = [say(text('月份', 'month')), ...funds, say(text('合计', 'total'))];
  return grid(head, [...rows, all], head.map((_, at) => at).slice(1));
}

/** Every day where there are few, month ends where there are many; always the peak. */
function advancesText({ advances }: Tally, language: Language): string {
  const say = speaker(language);
  if (advances.length === 0) return say(text('没有预拨', 'nothing is advanced'));
  const peak = advances.reduce((most, each) => (each.fen > most.fen ? each : most));
  const monthEnds = advances.filter((each, at) => advances[at + 1]?.on.slice(0, 7) !== each.on.slice(0, 7));
  const shown = advances.length <= DAYS_SHOWN ? advances : monthEnds;
  const head = [say(text('日期', 'day')), say(text('未结清预拨', 'advances outstanding'))];
  return [
    say(text(`预拨最高 ${fenText(peak.fen, language)}（${peak.on}）`, `advances peak at ${fenText(peak.fen, language)} on ${peak.on}`)),
    grid(
      head,
      shown.map(({ on, fen }) => [on, fenText(fen, language)]),
      [1],
    ),
  ].join('\n');
}

function missedText({ missed }: Tally, language: Language): string {
  const say = speaker(language);
  const statutory = missed.filter((each) => each.statutory).length;
  const head = say(
    text(
      `将会错过的时限 ${missed.length} 个（法定 ${statutory}，内部 ${missed.length - statutory}）`,
      `limits that would be missed: ${missed.length} (${statutory} statutory, ${missed.length - statutory} internal)`,
    ),
  );
  const kinds = new Map<string, number>();
  for (const { key } of missed) kinds.set(kindOf(key), (kinds.get(kindOf(key)) ?? 0) + 1);
  const byKind = [...kinds].map(([kind, count]) => `  ${kind}: ${count}`);
  // what the law sets comes before what the office sets itself
  const first = missed.toSorted((a, b) => Number(b.statutory) - Number(a.statutory)).slice(0, SHOWN);
  return [head, ...byKind, ...first.map(({ caseId, key, on }) => `  ${caseId} ${key} ${on}`), ...more(missed.length, language)].join('\n');
}

/** `payment:post:2021-01` → `payment:post`, `recovery:demand:1` → `recovery:demand`. */
const kindOf = (key: string): string => key.split(':').slice(0, 2).join(':');

function refusedText({ refused }: Tally, language: Language): string {
  const say = speaker(language);
  const head = say(text(`未被接受的步骤 ${refused.length} 个`, `steps that were not possible: ${refused.length}`));
  const lines = refused
    .slice(0, SHOWN)
    .map(({ caseId, type, unmet }) => `  ${caseId} ${type}${unmet.length > 0 ? `: ${unmet.join(', ')}` : ''}`);
  return [head, ...lines, ...more(refused.length, language)].join('\n');
}

/** Who gains and who loses under the second version. */
export function comparisonText({ gains, loses, same, totalFen }: Comparison, language: Language): string {
  const say = speaker(language);
  const head = say(
    text(
      `对照：增加 ${gains.length} 件，减少 ${loses.length} 件，不变 ${same} 件；合计差额 ${fenText(totalFen, language)}`,
      `compared: ${gains.length} gain, ${loses.length} lose, ${same} the same; difference in all ${fenText(totalFen, language)}`,
    ),
  );
  const rows = [...gains.slice(0, SHOWN), ...loses.slice(0, SHOWN)].map(
    ({ caseId, fen }) => `  ${caseId} ${fen > 0n ? '+' : ''}${fenText(fen, language)}`,
  );
  return [head, ...rows].join('\n');
}

const more = (count: number, language: Language): string[] =>
  count > SHOWN ? [`  ${speaker(language)(text(`另有 ${count - SHOWN} 个`, `and ${count - SHOWN} more`))}`] : [];

/** One line a day on which advances changed: `day,fen`. */
export const dailyCsv = ({ advances }: Tally): string =>
  ['day,advancesOutstandingFen', ...advances.map(({ on, fen }) => `${on},${fen}`), ''].join('\n');

// What the reports say, added up by district. Pure; money stays strings of fen.

import type { Schemas } from '../api/client.js';
import { sumFen } from '../pieces/fen.js';

export type Reports = {
  readonly onTime: readonly Schemas['OnTimeRow'][];
  readonly advances: readonly Schemas['AdvanceRow'][];
  readonly forecast: readonly Schemas['ForecastRow'][];
  readonly execution: readonly Schemas['ExecutionRow'][];
};

export type DistrictRow = {
  readonly district: string;
  readonly kept: number;
  readonly broken: number;
  readonly open: number;
  readonly keptPercent: string | null;
  readonly advancesFen: string;
  readonly oldestDays: number | null;
  readonly forecastFen: string;
  readonly authorisedFen: string;
  readonly spentFen: string;
  readonly executedPercent: string | null;
};

/** `part` of `whole` in percent with one decimal, rounded down: what is not whole never reads 100. */
export function percent(part: bigint, whole: bigint): string | null {
  if (whole <= 0n) return null;
  const tenths = (part * 1000n) / whole;
  return `${tenths / 10n}.${tenths % 10n}`;
}

const added = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

/** The last month told of every fund: months are running totals. */
export function yearSoFar(execution: Reports['execution'], month: number): Reports['execution'] {
  const upTo = execution.filter((row) => row.month <= month);
  return upTo.filter((row) => !upTo.some((other) => other.fundId === row.fundId && other.month > row.month));
}

/** One line for every district any report speaks of. `month`: up to which the year's budget counts. */
export function byDistrict({ onTime, advances, forecast, execution }: Reports, month: number): DistrictRow[] {
  const funds = yearSoFar(execution, month);
  const districts = [...new Set([onTime, advances, forecast, funds].flatMap((rows) => rows.map((row) => row.district)))].sort();
  return districts.map((district) => {
    const here = <Row extends { readonly district: string }>(rows: readonly Row[]) => rows.filter((row) => row.district === district);
    const [kept, broken] = [added(here(onTime).map((row) => row.kept)), added(here(onTime).map((row) => row.broken))];
    const authorisedFen = sumFen(here(funds).map((row) => row.authorisedFen));
    const spentFen = sumFen(here(funds).map((row) => row.spentFen));
    const ages = here(advances).map(({ oldestDays }) => oldestDays);
    return {
      district,
      kept,
      broken,
      open: added(here(onTime).map((row) => row.open)),
      keptPercent: percent(BigInt(kept), BigInt(kept + broken)),
      advancesFen: sumFen(here(advances).map((row) => row.totalFen)),
      oldestDays: ages.length === 0 ? null : Math.max(...ages),
      forecastFen: sumFen(here(forecast).map((row) => row.amountFen)),
      authorisedFen,
      spentFen,
      executedPercent: percent(BigInt(spentFen), BigInt(authorisedFen)),
    };
  });
}

/** What is asked for, week by week; payments without a day come last. */
export function byWeek(
  forecast: Reports['forecast'],
): { readonly weekOf: string | null; readonly payments: number; readonly amountFen: string }[] {
  const weeks = [...new Set(forecast.map(({ weekOf }) => weekOf))].sort((a, b) => ((a ?? '9999') < (b ?? '9999') ? -1 : 1));
  return weeks.map((weekOf) => {
    const rows = forecast.filter((row) => row.weekOf === weekOf);
    return { weekOf, payments: added(rows.map(({ payments }) => payments)), amountFen: sumFen(rows.map(({ amountFen }) => amountFen)) };
  });
}

// Where the districts of Dalian lie to each other (north is up), as a grid of our own: Lüshunkou at the tip of the peninsula in the south-west,
// the old city on its south-eastern shore, Wafangdian and Zhuanghe in the north, the islands of Changhai in the east. Pure.

import type { DistrictRow } from './figures.js';

export type Measure = 'inTime' | 'breaches' | 'advances' | 'forecast';
export type Tile = { readonly district: string; readonly column: number; readonly row: number };

export const cityItself = '210200';

export const tiles: readonly Tile[] = [
  { district: '210281', column: 2, row: 1 },
  { district: '210283', column: 4, row: 1 },
  { district: '210214', column: 3, row: 2 },
  { district: '210213', column: 3, row: 3 },
  { district: '210224', column: 4, row: 3 },
  { district: '210211', column: 2, row: 4 },
  { district: '210203', column: 3, row: 4 },
  { district: '210212', column: 1, row: 5 },
  { district: '210204', column: 2, row: 5 },
  { district: '210202', column: 3, row: 5 },
  // the city's own bureau, which lies in no district
  { district: cityItself, column: 4, row: 5 },
];

/** Shades from 0 (nothing to worry about) to 4; a district without a figure has none. */
export function shadesOf(rows: readonly DistrictRow[], measure: Measure): ReadonlyMap<string, number> {
  const weights = rows.flatMap((row) => {
    const weight = weightOf(row, measure);
    return weight === null ? [] : [{ district: row.district, weight }];
  });
  const most = weights.reduce((largest, { weight }) => (weight > largest ? weight : largest), 0n);
  return new Map(weights.map(({ district, weight }) => [district, most === 0n ? 0 : Number((weight * 4n) / most)]));
}

/** How much a district asks for attention; the late share in tenths of a percent where payments in time are shown. */
function weightOf({ kept, broken, advancesFen, forecastFen }: DistrictRow, measure: Measure): bigint | null {
  switch (measure) {
    case 'inTime':
      return kept + broken === 0 ? null : (BigInt(broken) * 1000n) / BigInt(kept + broken);
    case 'breaches':
      return BigInt(broken);
    case 'advances':
      return BigInt(advancesFen);
    case 'forecast':
      return BigInt(forecastFen);
  }
}

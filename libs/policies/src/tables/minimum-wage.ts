import { external, text } from '../documents/document.js';
import type { Cite, Parameter } from '../policy.js';

type Tier = { readonly month: string; readonly hour: string };
type Since = { readonly from: string; readonly tiers: readonly [Tier, Tier, Tier, Tier]; readonly cite: Cite };

const tier = (month: string, hour: string): Tier => ({ month, hour });

const published: readonly Since[] = [
  {
    from: '2019-11-01',
    tiers: [tier('181000', '1830'), tier('161000', '1630'), tier('148000', '1500'), tier('130000', '1320')],
    cite: external(
      '辽宁省最低工资标准',
      '2019年11月1日起',
      text(
        '据公开转载的标准；大连市除北三市外执行一档，北三市执行二档。',
        'From a public reprint; Dalian is in tier 1, its three northern cities in tier 2.',
      ),
    ),
  },
  {
    from: '2021-11-01',
    tiers: [tier('191000', '1920'), tier('171000', '1720'), tier('158000', '1590'), tier('142000', '1420')],
    cite: external(
      '辽宁省最低工资标准',
      '2021年11月起',
      text(
        '据公开转载；起始日及大连小时标准由同档城市推定，第四档未查得、为推定值，正式使用前应核对。',
        'From public reprints; the exact day, the hourly figure of Dalian and tier 4 are inferred and must be checked before real use.',
      ),
    ),
  },
];

/** Place → tier; a place that is not listed takes tier 4 until the authority sets its own. */
const places: readonly (readonly [string | undefined, number])[] = [
  [undefined, 3],
  ['CN-2101', 0],
  ['CN-2102', 0],
  ['CN-210214', 1],
  ['CN-210281', 1],
  ['CN-210283', 1],
];

const row = (key: string, label: Parameter['label'], { from, cite }: Since, scope: string | undefined, value: string): Parameter => ({
  key,
  label,
  value,
  ...(scope === undefined ? { sample: true } : { scope }),
  from,
  cite,
  per: 'period',
  shared: 'minimumWage',
});

const rows = (key: string, label: Parameter['label'], pick: (tier: Tier) => string): Parameter[] =>
  published.flatMap((since) => places.map(([scope, at]) => row(key, label, since, scope, pick(since.tiers[at]!))));

/** `p.minimumWageFen`: the monthly minimum wage of the place, as of the first day of the period. */
export const minimumWage: readonly Parameter[] = rows(
  'minimumWageFen',
  text('月最低工资标准', 'monthly minimum wage'),
  ({ month }) => month,
);

/** `p.hourlyMinimumWageFen`. */
export const hourlyMinimumWage: readonly Parameter[] = rows(
  'hourlyMinimumWageFen',
  text('小时最低工资标准', 'hourly minimum wage'),
  ({ hour }) => hour,
);

import type { Text } from '@tranche/policies';

/** Stored in place of a policy where a rule of the house itself is set. */
export const HOUSE = 'house';

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/** From which total (fen) on how many sign: begins at nothing, and more money never takes fewer people. */
function areBands(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const bands = Object.entries(value).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return (
    bands[0]?.[0] === '0' &&
    bands.every(([fromFen, signers], at) => /^(0|[1-9]\d{0,15})$/.test(fromFen) && isWhole(signers, bands[at - 1]?.[1] ?? 1, 5))
  );
}

export type HouseParameter = {
  readonly key: string;
  readonly label: Text;
  /** what a value looks like, for people */
  readonly takes: Text;
  readonly fits: (value: unknown) => boolean;
};

/** What an office sets for itself; the default of each stands in the database's `house_parameter`, where the controls read it. */
export const houseParameters: readonly HouseParameter[] = [
  {
    key: 'payment.approval-bands',
    label: { zh: '拨付单复核人数分档', en: 'How many checkers sign, by the total of a batch' },
    takes: {
      zh: '自多少分起由几人复核，首档自 "0" 起，1 至 5 人，金额增大人数不减，如 {"0":1,"100000000":2}',
      en: 'from how many fen on how many sign: the first from "0", 1 to 5, never fewer for more, e.g. {"0":1,"100000000":2}',
    },
    fits: areBands,
  },
  {
    key: 'payee.cooling-hours',
    label: { zh: '收款账户变更后的等待小时数', en: 'Hours before a changed payee account is paid' },
    takes: { zh: '0 至 720 的整数', en: 'a whole number from 0 to 720' },
    fits: (value) => isWhole(value, 0, 720),
  },
  {
    key: 'recovery.stops-advances',
    label: { zh: '有逾期未还款项时暂停预拨', en: 'No advance while a repayment is overdue' },
    takes: { zh: 'true 或 false', en: 'true or false' },
    fits: (value) => typeof value === 'boolean',
  },
];

/** Null when the house may be told so; otherwise what is wrong, by field. */
export function refuseHouseValue(key: string, value: unknown): { readonly field: string; readonly zh: string; readonly en: string } | null {
  const known = houseParameters.find((parameter) => parameter.key === key);
  if (known === undefined) {
    const keys = houseParameters.map((parameter) => parameter.key).join(', ');
    return { field: 'key', zh: `没有这个参数；可设定：${keys}。`, en: `There is no such parameter; there are: ${keys}.` };
  }
  if (known.fits(value)) return null;
  return { field: 'value', zh: `${known.label.zh}应为${known.takes.zh}。`, en: `${known.label.en} takes ${known.takes.en}.` };
}

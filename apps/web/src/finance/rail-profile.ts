// What a bank agreed about a way of paying, in words and lines, so that two agreements can be held against each other.

import type { Schemas } from '../api/client.js';
import { yuan } from '../pieces/fen.js';
import type { Text } from '../text/text.js';

export type RailProfile = Schemas['RailProfile'];
export type Agreed = RailProfile['profile'];
export type Rail = RailProfile['rail'];

export const dedupWords: Readonly<Record<Agreed['dedup'], Text>> = {
  item: { zh: '按笔识别重复', en: 'recognises a repeated payment' },
  batch: { zh: '按文件识别重复', en: 'recognises a repeated file' },
  none: { zh: '不识别重复', en: 'recognises no repetition' },
};

export type Line = { readonly key: string; readonly label: Text; readonly value: Text };
const same = (value: string): Text => ({ zh: value, en: value });
const money = (fen: string): Text => same(`¥${yuan(fen)}`);

/** Every term of the agreement, in the order a clerk reads them. */
export function linesOf(profile: Agreed): Line[] {
  const { hours, dedup, maxItems, maxItemFen, maxFileFen, format } = profile;
  return [
    { key: 'format', label: { zh: '格式', en: 'Format' }, value: same(format) },
    { key: 'maxItems', label: { zh: '每个文件最多笔数', en: 'Lines of a file' }, value: same(String(maxItems)) },
    { key: 'maxItemFen', label: { zh: '单笔限额', en: 'Limit of a line' }, value: money(maxItemFen) },
    { key: 'maxFileFen', label: { zh: '每个文件限额', en: 'Limit of a file' }, value: money(maxFileFen) },
    { key: 'dedup', label: { zh: '重复识别', en: 'Repetition' }, value: dedupWords[dedup] },
    {
      key: 'days',
      label: { zh: '执行日', en: 'Executes on' },
      value: hours.businessDaysOnly ? { zh: '仅工作日', en: 'business days' } : { zh: '每天', en: 'every day' },
    },
    {
      key: 'cutOff',
      label: { zh: '截止时间', en: 'Cut-off' },
      value: hours.cutOff === null ? { zh: '无', en: 'none' } : same(hours.cutOff),
    },
    ...(profile.rail === 'csv'
      ? [
          { key: 'charset', label: { zh: '字符集', en: 'Encoding' }, value: same(profile.charset) },
          {
            key: 'columns',
            label: { zh: '列', en: 'Columns' },
            value: same(profile.template.columns.map(({ title }) => title).join('、')),
          },
          {
            key: 'template',
            label: { zh: '模板', en: 'Template' },
            value: same(JSON.stringify({ ...profile.template, columns: undefined })),
          },
        ]
      : []),
  ];
}

/** What is in force on a day for this rail and bank: the bank's own before that of every bank, the latest first; null when nothing is. */
export function inForce(
  all: readonly RailProfile[],
  { rail, bankCode }: Pick<RailProfile, 'rail' | 'bankCode'>,
  on: string,
): RailProfile | null {
  const known = all
    .filter((each) => each.state === 'approved' && each.rail === rail && each.effectiveFrom <= on)
    .sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
  return known.find((each) => each.bankCode === bankCode) ?? known.find((each) => each.bankCode === null) ?? null;
}

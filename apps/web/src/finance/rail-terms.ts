// The terms of a rail as they are typed: yuan, text and choices in, the body of a proposal out.

import type { Schemas } from '../api/client.js';
import { fenOf, yuan } from '../pieces/fen.js';
import type { Text } from '../text/text.js';
import type { Agreed, Rail } from './rail-profile.js';

type Body = Schemas['NewRailProfile'];
type List = Extract<Agreed, { rail: 'csv' }>;
type IsoFile = Extract<Agreed, { rail: 'file' }>;

export type Terms = {
  readonly rail: Rail;
  readonly bankCode: string;
  readonly effectiveFrom: string;
  readonly format: IsoFile['format'];
  readonly charset: List['charset'];
  readonly maxItems: string;
  readonly maxItem: string;
  readonly maxFile: string;
  readonly dedup: Agreed['dedup'];
  readonly businessDaysOnly: boolean;
  readonly cutOff: string;
  readonly template: string;
  readonly reason: string;
};

/** What a field wants when it holds something else. */
export const wrongWords = {
  bankCode: { zh: '应为三位数字，或留空。', en: 'Three digits, or nothing.' },
  effectiveFrom: { zh: '请填写生效日。', en: 'Say from which day on.' },
  format: { zh: '请选择格式。', en: 'Choose a format.' },
  charset: { zh: '请选择字符集。', en: 'Choose an encoding.' },
  maxItems: { zh: '应为 1 至 100000 的整数。', en: 'A whole number from 1 to 100000.' },
  maxItem: { zh: '应为金额，如 50000.00。', en: 'An amount such as 50000.00.' },
  maxFile: { zh: '应为金额，如 5000000.00。', en: 'An amount such as 5000000.00.' },
  dedup: { zh: '请选择。', en: 'Choose one.' },
  cutOff: { zh: '应为 24 小时制时间，如 16:30，或留空。', en: 'A time such as 16:30, or nothing.' },
  businessDaysOnly: { zh: '请选择。', en: 'Choose one.' },
  template: { zh: '不是有效的 JSON。', en: 'This is not JSON.' },
  reason: { zh: '请填写依据。', en: 'Name the agreement.' },
} as const satisfies Readonly<Record<string, Text>>;
export type Wrong = keyof typeof wrongWords;

const plain = (fen: string): string => yuan(fen).replaceAll(',', '');

/** Where a field of the proposal stands among what is typed: `profile.hours.cutOff` → `cutOff`. */
export const placeOfTerm = (field: string): string => field.replace(/^profile\.(hours\.)?/, '').replace(/^(maxItem|maxFile)Fen$/, '$1');

/** What is in force, ready to be changed; empty where nothing is. */
export function termsOf(rail: Rail, agreed: Agreed | undefined): Terms {
  return {
    rail,
    bankCode: '',
    effectiveFrom: '',
    format: agreed?.rail === 'file' ? agreed.format : 'pain.001.001.09',
    charset: agreed?.rail === 'csv' ? agreed.charset : 'gb18030',
    maxItems: agreed === undefined ? '' : String(agreed.maxItems),
    maxItem: agreed === undefined ? '' : plain(agreed.maxItemFen),
    maxFile: agreed === undefined ? '' : plain(agreed.maxFileFen),
    dedup: agreed?.dedup ?? 'none',
    businessDaysOnly: agreed?.hours.businessDaysOnly ?? true,
    cutOff: agreed?.hours.cutOff ?? '',
    template: agreed?.rail === 'csv' ? JSON.stringify(agreed.template, null, 2) : '',
    reason: '',
  };
}

type Read =
  | { readonly ok: true; readonly body: Body; readonly wrong: readonly [] }
  | { readonly ok: false; readonly wrong: readonly Wrong[] };

/** The proposal that was typed, or the fields that hold something else. */
export function bodyOf(terms: Terms): Read {
  const [maxItemFen, maxFileFen] = [fenOf(terms.maxItem), fenOf(terms.maxFile)];
  const template = terms.rail === 'csv' ? parsed(terms.template) : null;
  const wrong = (
    [
      ['bankCode', !/^(\d{3})?$/.test(terms.bankCode)],
      ['effectiveFrom', terms.effectiveFrom === ''],
      ['maxItems', !/^[1-9]\d{0,5}$/.test(terms.maxItems)],
      ['maxItem', maxItemFen === null],
      ['maxFile', maxFileFen === null],
      ['cutOff', !/^(([01]\d|2[0-3]):[0-5]\d)?$/.test(terms.cutOff)],
      ['template', template === undefined],
      ['reason', terms.reason.trim() === ''],
    ] as const
  ).flatMap(([field, is]) => (is ? [field] : []));
  if (wrong.length > 0) return { ok: false, wrong };
  const shared = {
    maxItems: Number(terms.maxItems),
    maxItemFen: maxItemFen ?? '',
    maxFileFen: maxFileFen ?? '',
    dedup: terms.dedup,
    hours: { businessDaysOnly: terms.businessDaysOnly, cutOff: terms.cutOff === '' ? null : terms.cutOff },
  };
  const profile: Body['profile'] =
    terms.rail === 'http'
      ? { rail: 'http', format: 'http-json', ...shared }
      : terms.rail === 'file'
        ? { rail: 'file', format: terms.format, ...shared }
        : { rail: 'csv', format: 'daifa', charset: terms.charset, template: template as List['template'], ...shared };
  const bankCode = terms.bankCode === '' ? null : terms.bankCode;
  return { ok: true, wrong: [], body: { bankCode, effectiveFrom: terms.effectiveFrom, profile, reason: terms.reason.trim() } };
}

/** undefined: no JSON; whether it is a template says the server. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

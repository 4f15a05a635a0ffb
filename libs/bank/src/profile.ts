import { z } from 'zod';
import { charsets } from './charset.js';
import { END_TO_END_ID, MAX_ITEM_FEN } from './check-instruction.js';
import { daifaRail } from './daifa.js';
import { daifaTemplate } from './daifa-template.js';
import { requestRail } from './http-requests.js';
import { isoRail, painVersions } from './pain001.js';
import type { RailAdapter, RailCaps } from './port.js';
import { returnFileTemplate } from './receipts/return-file-template.js';

/** Ways to a bank: single requests over HTTP, ISO 20022 files, 代发 lists. */
export const railKinds = ['http', 'file', 'csv'] as const;
export type RailKind = (typeof railKinds)[number];

const fen = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .refine((text) => BigInt(text) <= MAX_ITEM_FEN);
const limits = { maxItems: z.int().min(1).max(100_000), maxItemFen: fen, maxFileFen: fen };
const dedup = z.enum(['item', 'batch', 'none']);
/** When the bank executes: on its business days or every day, and until what time of day (Shanghai) an order still counts for that day. */
export const bankHours = z.strictObject({
  businessDaysOnly: z.boolean(),
  cutOff: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
});
export type BankHours = z.infer<typeof bankHours>;

/**
 * What a bank agreed with us about one rail: its format, its limits, its hours. Configuration with an effective date; money limits as decimal
 * strings of fen.
 */
export const railProfile = z.discriminatedUnion('rail', [
  z.strictObject({ rail: z.literal('http'), format: z.literal('http-json'), ...limits, dedup, hours: bankHours }),
  z.strictObject({ rail: z.literal('file'), format: z.enum(painVersions), ...limits, dedup, hours: bankHours }),
  z
    .strictObject({
      rail: z.literal('csv'),
      format: z.literal('daifa'),
      ...limits,
      dedup,
      hours: bankHours,
      charset: z.enum(charsets),
      template: daifaTemplate,
      /** how the bank answers a list; absent: as most banks do */
      returnFile: returnFileTemplate.optional(),
    })
    .refine(({ charset, template }) => charset === 'utf-8' || !template.bom, 'only UTF-8 has a byte-order mark'),
]);
export type RailProfile = z.infer<typeof railProfile>;

/** The adapter of a rail as agreed with the bank. */
export function railOf(profile: RailProfile): RailAdapter {
  switch (profile.rail) {
    case 'http':
      return requestRail(capsOf(profile));
    case 'file':
      return isoRail(profile.format, capsOf(profile));
    case 'csv':
      return daifaRail(profile.template, capsOf(profile));
  }
}

function capsOf(profile: RailProfile): RailCaps {
  return {
    maxItems: profile.maxItems,
    maxItemFen: BigInt(profile.maxItemFen),
    maxFileFen: BigInt(profile.maxFileFen),
    charset: profile.rail === 'csv' ? profile.charset : 'utf-8',
    inquiry: profile.rail === 'http',
    dedup: profile.dedup,
    refMax: 30,
    refCharset: END_TO_END_ID,
  };
}

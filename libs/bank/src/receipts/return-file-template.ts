import { z } from 'zod';
import type { CsvReceiptTemplate } from './csv-receipt.js';

const word = z.string().min(1).max(40);
const titles = z.array(word).min(1).max(20);

/**
 * How one bank writes the return file (回盘) of its 代发 lists, as part of what it agreed about the rail: the titles of its columns, its words for a result,
 * its unit and total. Reference, amount and result are columns no return file can do without.
 */
export const returnFileTemplate = z.strictObject({
  delimiter: z.enum([',', '|', ';', '\t']),
  encoding: z.enum(['utf-8', 'gb18030', 'gbk']),
  unit: z.enum(['yuan', 'fen']),
  titles: z.strictObject({
    reference: titles,
    amount: titles,
    result: titles,
    name: titles.optional(),
    accountNo: titles.optional(),
    reasonCode: titles.optional(),
    reason: titles.optional(),
    bankRef: titles.optional(),
    date: titles.optional(),
  }),
  results: z
    .record(word, z.enum(['received', 'accepted', 'settled', 'refused']))
    .refine((results) => Object.values(results).includes('settled') && Object.values(results).includes('refused'), {
      message: 'a return file must be able to say what was paid and what was refused',
    }),
  trailer: word.nullable(),
});
export type ReturnFileTemplate = z.infer<typeof returnFileTemplate>;

/** The template under the name a received file keeps: `csv:<id>`. */
export const namedTemplate = (id: string, { titles: columns, ...template }: ReturnFileTemplate): CsvReceiptTemplate => ({
  ...template,
  id,
  titles: columns as CsvReceiptTemplate['titles'],
});

import { z } from 'zod';

/** What may stand in a column of a line. `empty` is a column the bank fills or ignores. */
export const lineFields = ['seq', 'name', 'accountNo', 'bankNo', 'amount', 'reference', 'remittance', 'empty'] as const;
/** What may stand in a head or tail record. */
export const summaryFields = ['count', 'total', 'date', 'debtorAccountNo', 'debtorName', 'batch', 'empty'] as const;

const title = z.string().min(1).max(40);
const record = z.array(z.union([z.strictObject({ field: z.enum(summaryFields) }), z.strictObject({ text: z.string().max(40) })])).min(1);

/**
 * How one bank wants its 代发 list: columns in its order, a head or tail with count and total, its delimiter, line end and unit.
 * Data, not code: another bank is another template. People's identity numbers are no column of ours.
 */
export const daifaTemplate = z
  .strictObject({
    columns: z.array(z.strictObject({ field: z.enum(lineFields), title })).min(3),
    /** a first row with the titles of the columns */
    titles: z.boolean(),
    /** a record before the titles */
    head: record.nullable(),
    /** a record after the last line */
    tail: record.nullable(),
    delimiter: z.enum([',', '|', ';', '\t']),
    /** `never`: a cell that holds the delimiter is refused instead */
    quotes: z.enum(['when-needed', 'never']),
    /** a delimiter after the last cell too */
    closed: z.boolean(),
    lineEnd: z.enum(['lf', 'crlf']),
    /** a byte-order mark; only with UTF-8 */
    bom: z.boolean(),
    unit: z.enum(['yuan', 'fen']),
    /** `{batch}`, `{date}` (YYYYMMDD), `{part}`, `{part3}` (three digits) are filled in */
    fileName: z
      .string()
      .regex(/^[A-Za-z0-9_.{}-]{1,80}$/)
      .refine((rule) => /\{part3?\}/.test(rule) && rule.includes('{batch}'), 'names need {batch} and {part}: no two files share one'),
  })
  .refine(
    ({ columns }) => ['name', 'accountNo', 'amount'].every((needed) => columns.some(({ field }) => field === needed)),
    'a list pays a name, an account and an amount',
  )
  .refine(
    ({ columns }) => columns.some(({ field }) => field === 'reference' || field === 'seq'),
    'without reference or seq no answer could be matched',
  );
export type DaifaTemplate = z.infer<typeof daifaTemplate>;

import type { SchemaFault } from '../schema/check-schema.js';
import type { IsoMessage } from '../schema/iso-messages.js';
import { type CsvReceiptTemplate, commonReturnFile, hasTitles, readCsv } from './csv-receipt.js';
import { decoded } from './decode.js';
import { inspectXml } from './inspect-xml.js';
import { readXml, receiptMessages } from './read-xml.js';
import { fault, type ReceiptEvent, UnreadableReceipt } from './receipt.js';

/** The bytes of a file, as often as they are asked for. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** What a file is: a message of ISO 20022, or a return file by a template. */
export type ReceiptFormat = IsoMessage | `csv:${string}`;

/**
 * What is known of a file before anything is taken: `accepted` may be read at once; `quarantined` waits for a second person, who may let it be
 * read all the same when its `format` is known and it has no DOCTYPE.
 */
export type Inspection =
  | { readonly kind: 'accepted'; readonly format: ReceiptFormat }
  | {
      readonly kind: 'quarantined';
      readonly format: ReceiptFormat | null;
      readonly code: 'schema-broken' | UnreadableReceipt['code'];
      readonly faults: readonly SchemaFault[];
      readonly text: { readonly zh: string; readonly en: string };
    };

/** Templates of return files that every house knows; a bank's own, from its rail profile, are tried before them. */
export const returnFileTemplates: readonly CsvReceiptTemplate[] = [commonReturnFile];
/** Nothing is read of these, whoever asks for it. */
const unreadable: ReadonlySet<UnreadableReceipt['code']> = new Set(['doctype-refused', 'message-unknown', 'template-unknown', 'empty']);
const HEAD = 4_096;

/**
 * Looks at a whole file without taking anything: what it is, and what its schema says. Never throws for what stands in it. `own` are templates of
 * return files that banks agreed about.
 */
export async function inspectReceipt(open: OpenBytes, own: readonly CsvReceiptTemplate[] = []): Promise<Inspection> {
  let format: ReceiptFormat | null = null;
  try {
    const head = await headOf(open());
    if (!isXml(head)) {
      const template = templateOf(head, own);
      format = `csv:${template.id}`;
      for await (const _ of readCsvOf(template, open));
      return { kind: 'accepted', format };
    }
    format = messageIn(head);
    const { message, faults } = await inspectXml(decoded(open()), receiptMessages);
    if (faults.length === 0) return { kind: 'accepted', format: message };
    return { kind: 'quarantined', format: message, code: 'schema-broken', faults, text: schemaText(message, faults) };
  } catch (error) {
    if (!(error instanceof UnreadableReceipt)) throw error;
    const { code, line, text } = error;
    return { kind: 'quarantined', format: unreadable.has(code) ? null : format, code, faults: [{ line, message: text.en }], text };
  }
}

/**
 * What a file says, in pages; see `inspectReceipt` first. Of a broken one as much as is whole, and a last fault `file-broken` that says where
 * it breaks. Throws UnreadableReceipt only at a DOCTYPE.
 */
export async function* readReceipt(
  format: ReceiptFormat,
  open: OpenBytes,
  own: readonly CsvReceiptTemplate[] = [],
): AsyncGenerator<readonly ReceiptEvent[]> {
  const template = [...own, ...returnFileTemplates].find(({ id }) => format === `csv:${id}`);
  try {
    yield* template === undefined ? readXml(format as IsoMessage, decoded(open())) : readCsvOf(template, open);
  } catch (error) {
    if (!(error instanceof UnreadableReceipt) || error.code === 'doctype-refused') throw error;
    yield [fault({ line: error.line, path: '' }, 'file-broken', error.text.zh, error.text.en, error.code)];
  }
}

/** UTF-8 where all of it is, else what the template says: banks' programs write either. */
async function* readCsvOf(template: CsvReceiptTemplate, open: OpenBytes): AsyncGenerator<readonly ReceiptEvent[]> {
  const encoding = (await isUtf8(open())) ? 'utf-8' : template.encoding;
  yield* readCsv(template, decoded(open(), encoding));
}

async function isUtf8(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of bytes) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= HEAD) break;
  }
  if (head.length === 0) throw new UnreadableReceipt('empty', 1, { zh: '文件没有内容', en: 'the file is empty' });
  return head.subarray(0, HEAD);
}

/** ASCII of both encodings looks the same; zeros are the other halves of UTF-16. */
const ascii = (head: Buffer): string =>
  head
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '');
const isXml = (head: Buffer): boolean => /^\s*</.test(ascii(head));

const messageIn = (head: Buffer): IsoMessage | null =>
  [...receiptMessages].find((message) =>
    new RegExp(`<(?:\\w+:)?Document[^>]*:xsd:${message.replaceAll('.', '\\.')}["']`).test(ascii(head)),
  ) ?? null;

function templateOf(head: Buffer, own: readonly CsvReceiptTemplate[]): CsvReceiptTemplate {
  for (const template of [...own, ...returnFileTemplates])
    for (const encoding of ['utf-8', template.encoding]) {
      const [first = ''] = new TextDecoder(encoding)
        .decode(head)
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/);
      if (hasTitles(template, first)) return template;
    }
  throw new UnreadableReceipt('template-unknown', 1, {
    zh: '既不是 ISO 20022 报文，也不是已知格式的回盘文件',
    en: 'neither an ISO 20022 message nor a return file of a known template',
  });
}

const schemaText = (message: IsoMessage, faults: readonly SchemaFault[]) => ({
  zh: `文件不符合 ${message} 的规范：第 ${faults[0]?.line ?? 0} 行（共 ${faults.length} 处以上）`,
  en: `the file breaks the schema of ${message}: line ${faults[0]?.line ?? 0}: ${faults[0]?.message ?? ''}`.slice(0, 500),
});

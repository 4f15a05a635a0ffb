import { openSchema, type SchemaChecker, type SchemaFault } from '../schema/check-schema.js';
import type { IsoMessage } from '../schema/iso-messages.js';
import { XmlSlices } from './xml-slices.js';

/** What was found out about an XML file before anything is taken from it. `faults`: what its schema has against it, the first fifty. */
export type Inspected = { readonly message: IsoMessage; readonly faults: readonly SchemaFault[] };

/** Characters of a slice: its tree takes some 40 MB while it is checked. */
export const SLICE = 2_000_000;
const FAULTS_MAX = 50;

/**
 * Holds an XML file of any size to its schema, in the memory of a slice: schemas of ISO 20022 have no keys across a document, so that a
 * document is valid exactly when its slices are (`XmlSlices`). Throws UnreadableReceipt for what is not well-formed, has a DOCTYPE, or is
 * none of the messages in `reads`.
 */
export async function inspectXml(chunks: AsyncIterable<string>, reads: ReadonlySet<IsoMessage>, size = SLICE): Promise<Inspected> {
  const slices = new XmlSlices(reads, size);
  const faults: SchemaFault[] = [];
  let checker: SchemaChecker | undefined;
  const check = async (): Promise<void> => {
    for (const { xml, lineInFile } of slices.take()) {
      if (slices.message === null) return;
      checker ??= openSchema(slices.message);
      const found = await checker.check(xml);
      faults.push(...found.slice(0, FAULTS_MAX - faults.length).map(({ line, message }) => ({ line: lineInFile(line), message })));
    }
  };
  try {
    for await (const chunk of chunks) {
      slices.push(chunk);
      await check();
    }
    const message = slices.finish();
    await check();
    return { message, faults };
  } finally {
    await checker?.close();
  }
}

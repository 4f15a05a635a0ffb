import { Worker } from 'node:worker_threads';
import { type IsoMessage, schemaPath } from './iso-messages.js';

/** What a schema has against a document: 1-based line (0 where libxml2 names none) and its words. */
export type SchemaFault = { readonly line: number; readonly message: string };

/** An open schema: compiled once, asked for any number of documents, one after the other. */
export interface SchemaChecker {
  /** Faults of one document in UTF-8, empty when it is valid. Rejects when the thread ends unexpectedly (out of memory). */
  check(xml: string | Uint8Array): Promise<readonly SchemaFault[]>;
  /** Ends the thread and gives its memory back. */
  close(): Promise<void>;
}

type Answer = { readonly id: number; readonly faults: readonly SchemaFault[] };
type Waiting = { readonly resolve: (faults: readonly SchemaFault[]) => void; readonly reject: (error: Error) => void };

const program = new URL('../../xsd/worker.mjs', import.meta.url);

/**
 * Opens the ISO 20022 schema of a message (libxml2 in a thread of this process). Never give it a document with a DOCTYPE: `inspectXml`
 * refuses those before. Close it, also after an error.
 */
export function openSchema(message: IsoMessage): SchemaChecker {
  const worker = new Worker(program, { workerData: { schema: schemaPath(message) }, stdout: false });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', ({ id, faults }: Answer) => {
    waiting.get(id)?.resolve(faults);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`the schema checker ended (${code})`)));
  return {
    check: (xml) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: asked, xml: typeof xml === 'string' ? new TextEncoder().encode(xml) : xml });
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Faults of one document; see `openSchema`, which is cheaper for several. */
export async function checkSchema(message: IsoMessage, xml: string | Uint8Array): Promise<readonly SchemaFault[]> {
  const schema = openSchema(message);
  try {
    return await schema.check(xml);
  } finally {
    await schema.close();
  }
}

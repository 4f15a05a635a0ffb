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

/** A thread that has compiled a schema; it may be kept for the next file. */
class SchemaThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private bytes = 0;
  private ended = false;

  constructor(message: IsoMessage) {
    this.worker = new Worker(program, { workerData: { schema: schemaPath(message) } });
    this.worker.unref();
    this.worker.on('message', ({ id, faults }: Answer) => {
      this.waiting.get(id)?.resolve(faults);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.worker.unref();
    });
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => this.fail(new Error(`the schema checker ended (${code})`)));
  }

  /** Its memory is that of the largest document it has met, so that only one with little behind it is worth keeping. */
  get fresh(): boolean {
    return !this.ended && this.waiting.size === 0 && this.bytes < KEPT_BYTES;
  }

  check(xml: string | Uint8Array): Promise<readonly SchemaFault[]> {
    if (this.ended) return Promise.reject(new Error('the schema checker has ended'));
    return new Promise((resolve, reject) => {
      this.asked += 1;
      this.waiting.set(this.asked, { resolve, reject });
      const bytes = typeof xml === 'string' ? new TextEncoder().encode(xml) : xml;
      this.bytes += bytes.length;
      this.worker.ref();
      this.worker.postMessage({ id: this.asked, xml: bytes });
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.ended = true;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

const KEPT_MS = 20_000;
const KEPT_BYTES = 8_000_000;
/** One idle thread per message: compiling a schema takes a hundred times as long as checking a small file. */
const idle = new Map<IsoMessage, { readonly thread: SchemaThread; readonly timer: NodeJS.Timeout }>();

function takeIdle(message: IsoMessage): SchemaThread {
  const kept = idle.get(message);
  idle.delete(message);
  clearTimeout(kept?.timer);
  return kept?.thread.fresh ? kept.thread : new SchemaThread(message);
}

async function giveBack(message: IsoMessage, thread: SchemaThread): Promise<void> {
  if (!thread.fresh || idle.has(message)) return thread.end();
  const timer = setTimeout(() => {
    idle.delete(message);
    void thread.end();
  }, KEPT_MS);
  timer.unref();
  idle.set(message, { thread, timer });
}

/**
 * Opens the ISO 20022 schema of a message (libxml2 in a thread of this process). Never give it a document with a DOCTYPE: `inspectXml`
 * refuses those before. Close it, also after an error.
 */
export function openSchema(message: IsoMessage): SchemaChecker {
  const thread = takeIdle(message);
  return { check: (xml) => thread.check(xml), close: () => giveBack(message, thread) };
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

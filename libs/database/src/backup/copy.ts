import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Client } from 'pg';

/** What `pg` gives a query that speaks the copy protocol itself. */
type Wire = {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

/** Bytes that may wait for a slow reader before the server is asked to wait. */
const HIGH_WATER = 4 * 1024 * 1024;

/** The part both directions share: sending the statement, and its end. */
class Copy {
  /** `pg` wants one; the end is told by the promise */
  readonly callback = (): void => undefined;
  protected wire: Wire | null = null;
  private settle: { resolve: () => void; reject: (error: Error) => void } | null = null;
  readonly done = new Promise<void>((resolve, reject) => {
    this.settle = { resolve, reject };
  });

  constructor(private readonly text: string) {
    // whoever awaits `done` hears it; a failure before that must not end the process
    this.done.catch(() => undefined);
  }

  submit(wire: Wire): null {
    this.wire = wire;
    wire.query(this.text);
    return null;
  }

  handleError(error: Error): void {
    this.settle?.reject(error);
  }
  handleReadyForQuery(): void {
    this.settle?.resolve();
  }
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

class CopyOut extends Copy {
  private readonly waiting: Buffer[] = [];
  private bytes = 0;
  private ended = false;
  private wakeUp: () => void = () => undefined;

  constructor(text: string) {
    super(text);
    const end = () => {
      this.ended = true;
      this.wakeUp();
    };
    this.done.then(end, end);
  }

  handleCopyInResponse(): void {}
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // the parser reuses its buffer
    this.waiting.push(Buffer.from(chunk));
    this.bytes += chunk.length;
    if (this.bytes > HIGH_WATER) this.wire?.stream.pause();
    this.wakeUp();
  }

  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const all = this.waiting.splice(0);
      if (all.length > 0) {
        this.bytes = 0;
        this.wire?.stream.resume();
        yield Buffer.concat(all);
      } else if (this.ended) return this.done;
      else
        await new Promise<void>((resolve) => {
          this.wakeUp = resolve;
        });
    }
  }
}

class CopyIn extends Copy {
  private open: () => void = () => undefined;
  readonly ready = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  handleCopyInResponse(): void {
    this.open();
  }
  handleCopyData(): void {}

  async feed(chunks: AsyncIterable<Buffer>): Promise<void> {
    await Promise.race([this.ready, this.done]);
    const { wire } = this;
    if (!wire) throw new Error('the copy never began');
    try {
      for await (const chunk of chunks) {
        wire.sendCopyFromChunk(chunk);
        if (wire.stream.writableNeedDrain) await Promise.race([once(wire.stream, 'drain'), this.done]);
      }
    } catch (error) {
      wire.sendCopyFail('the source failed');
      await this.done.catch(() => undefined);
      throw error;
    }
    wire.endCopyFrom();
    await this.done;
  }
}

/** The bytes of `COPY … TO STDOUT`, as the server sends them; a slow reader makes the server wait. */
export function copyOut(client: Client, text: string): AsyncGenerator<Buffer> {
  const copy = new CopyOut(text);
  client.query(copy as never);
  return copy.chunks();
}

/** Feeds `COPY … FROM STDIN`; throws what the server or the source says, with nothing copied. */
export function copyIn(client: Client, text: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const copy = new CopyIn(text);
  client.query(copy as never);
  return copy.feed(chunks);
}

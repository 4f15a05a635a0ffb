import type { UnknownReason } from './port.js';

/** What came back over the wire: a whole answer, or the reason why there is none (with the bytes that did arrive). */
export type Reply =
  | { readonly ok: true; readonly status: number; readonly bytes: Uint8Array }
  | {
      readonly ok: false;
      readonly status: number | null;
      readonly bytes: Uint8Array | null;
      readonly why: UnknownReason;
      readonly detail: string;
    };

export interface Wire {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

/** One request, sent once: redirects are not followed (a 307 would send the payment again), nothing is retried, nothing is thrown. */
export async function exchange(wire: Wire, url: URL, init: RequestInit): Promise<Reply> {
  let status: number | null = null;
  const chunks: Uint8Array[] = [];
  const signal = AbortSignal.timeout(wire.timeoutMs);
  try {
    const response = await wire.fetch(url, { ...init, redirect: 'manual', signal });
    status = response.status;
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      if (sizeOf(chunks) > wire.maxResponseBytes)
        return failure(status, chunks, 'answer-too-large', `more than ${wire.maxResponseBytes} bytes`);
    }
    return { ok: true, status, bytes: Buffer.concat(chunks) };
  } catch (error) {
    if (signal.aborted) return failure(status, chunks, 'timeout', `no whole answer within ${wire.timeoutMs} ms`);
    return failure(status, chunks, 'connection-lost', causeOf(error));
  }
}

function failure(status: number | null, chunks: readonly Uint8Array[], why: UnknownReason, detail: string): Reply {
  return { ok: false, status, bytes: chunks.length === 0 ? null : Buffer.concat(chunks), why, detail };
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((size, chunk) => size + chunk.length, 0);
}

/** fetch hides the reason of a lost connection in `cause`. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return [cause?.code, cause?.message ?? message].filter((part) => part !== undefined && part !== '').join(': ');
}

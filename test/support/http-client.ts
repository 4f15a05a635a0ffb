import { v7 } from 'uuid';

/** The password of every sandbox account, and of those the tests make. */
export const sandboxPassword = 'tranche-sandbox';

export type Json = Record<string, unknown>;
export type Reply<T = Json> = { readonly status: number; readonly body: T & Json; readonly headers: Headers; readonly bytes: Buffer };
export type Request = {
  /** who asks: the name of an account; nobody when absent */
  readonly as?: string;
  readonly body?: unknown;
  /** sent as it is, instead of `body` */
  readonly raw?: string | FormData;
  /** a fresh one when absent */
  readonly key?: string;
  /** which of the api processes; they take turns when absent */
  readonly api?: number;
};

/** Speaks to the running api processes as any other program could: HTTP, a bearer token, an Idempotency-Key on every write. */
export class HttpClient {
  private readonly tokens = new Map<string, Promise<string>>();
  private turn = 0;
  private underWay = 0;
  /** told of every answer, and whether nothing else was asked for meanwhile, when somebody wants to know */
  onAnswer: ((method: string, url: string, response: Response, alone: boolean) => void) | undefined;

  constructor(private readonly addresses: readonly string[]) {}

  /** One request below /api/v1; the answer may be a problem document. */
  async ask<T = Json>(method: string, path: string, { as, body, raw, key = v7(), api }: Request = {}): Promise<Reply<T>> {
    const address = this.addresses[(api ?? this.turn++) % this.addresses.length];
    const json = typeof raw === 'string' || (raw === undefined && body !== undefined);
    const authorization: Record<string, string> = as === undefined ? {} : { authorization: `Bearer ${await this.token(as)}` };
    this.underWay += 1;
    const first = this.underWay === 1;
    const response = await fetch(`${address}/api/v1/${path}`, {
      method,
      headers: {
        ...authorization,
        ...(method === 'GET' ? {} : { 'idempotency-key': key }),
        ...(json ? { 'content-type': 'application/json' } : {}),
      },
      ...(raw !== undefined ? { body: raw } : json ? { body: JSON.stringify(body) } : {}),
    }).finally(() => {
      this.underWay -= 1;
    });
    this.onAnswer?.(method, response.url, response, first && this.underWay === 0);
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, bytes, body: isJson ? JSON.parse(bytes.toString('utf8')) : {} };
  }

  async get<T = Json>(as: string, path: string): Promise<T> {
    return done(`GET ${path}`, await this.ask<T>('GET', path, { as }));
  }

  async post<T = Json>(as: string, path: string, body: unknown = {}): Promise<T> {
    return done(`POST ${path}`, await this.ask<T>('POST', path, { as, body }));
  }

  /** Sends one file as a form does; the answer may be a problem document. */
  upload(
    as: string,
    path: string,
    fileName: string,
    content: string | Buffer,
    request: Omit<Request, 'raw' | 'body'> = {},
  ): Promise<Reply> {
    const form = new FormData();
    form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), fileName);
    return this.ask('POST', path, { as, raw: form, ...request });
  }

  /** Signs in once per account. */
  private token(username: string): Promise<string> {
    const known = this.tokens.get(username) ?? this.signIn(username);
    this.tokens.set(username, known);
    return known;
  }

  private async signIn(username: string): Promise<string> {
    const { token } = done(
      `sign in ${username}`,
      await this.ask<{ token: string }>('POST', 'session', { body: { username, password: sandboxPassword } }),
    );
    return token;
  }
}

/** The body of an answer that must be a yes. */
export function done<T>(what: string, { status, body }: Reply<T>): T {
  if (status >= 200 && status < 300) return body;
  const { code, detail, errors, report } = body as Json;
  throw new Error(`${what}: ${status} ${code}: ${detail} ${JSON.stringify({ errors, report }).slice(0, 600)}`);
}

/** A refusal in short: status and stable code. */
export const told = ({ status, body }: Reply): [number, unknown] => [status, body['code']];

/** Asks again and again until there is an answer; throws with what was being waited for when the time is over. */
export async function waitFor<T>(what: string, ask: () => Promise<T | null | undefined | false>, withinMs = 15_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

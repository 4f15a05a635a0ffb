// The demo speaks to the sandbox only as any other program could: over its HTTP interface.

import { randomUUID } from 'node:crypto';
import type { Role, Text } from '@tranche/policies';
import { type Language, text } from '../terminal/language.js';

/** An RFC 9457 answer of the API. */
export type ProblemDocument = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
  readonly allowedEvents?: readonly { readonly type: string; readonly label: Text }[];
  readonly report?: { readonly problems?: readonly unknown[] } | null;
};

/** A "no" of the API to one request. */
export class ApiProblem extends Error {
  constructor(
    readonly request: string,
    readonly problem: ProblemDocument,
  ) {
    super(`${request}: ${problem.status} ${problem.code}`);
  }
}

/** Something the demo cannot go on without, in words for a person. */
export class DemoProblem extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** One signed-in person. Reads and writes throw ApiProblem when refused. */
export class Session {
  constructor(
    private readonly base: string,
    private readonly language: Language,
    private readonly token: string | null,
    readonly organisationId: string | null,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  /** A write under a key of its own. */
  post<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  /** Uploads one file as a form does. */
  upload<T>(path: string, fileName: string, content: string): Promise<T> {
    const form = new FormData();
    form.append('file', new Blob([content], { type: 'text/csv' }), fileName);
    return this.send<T>('POST', path, form);
  }

  private async send<T>(method: string, path: string, body?: string | FormData, headers: Record<string, string> = {}): Promise<T> {
    const all: Record<string, string> = { accept: 'application/json', 'accept-language': this.language, ...headers };
    if (method !== 'GET') all['idempotency-key'] = randomUUID();
    if (this.token !== null) all['authorization'] = `Bearer ${this.token}`;
    const response = await reach(`${this.base}/api/v1/${path}`, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body }),
    });
    const answer = (await response.json()) as T & ProblemDocument;
    if (!response.ok) throw new ApiProblem(`${method} /api/v1/${path}`, answer);
    return answer;
  }
}

/** The answer to a request; a sandbox that is gone is said so, without a stack. */
async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new DemoProblem(
      text(
        `沙箱没有应答（${init.method} ${url}）：它可能已停止。已办的事项都已保存；请重新启动后再演示。`,
        `The sandbox did not answer (${init.method} ${url}); it may have stopped. What was done is kept; start it and run the demo again.`,
      ),
    );
  }
}

/** Signs a sandbox account in; the user name is the role. */
export async function signIn(base: string, language: Language, role: Role, password: string): Promise<Session> {
  const stranger = new Session(base, language, null, null);
  type Signed = { readonly token: string; readonly user: { readonly organisationId: string | null } };
  const { token, user } = await stranger.post<Signed>('session', { username: role, password });
  return new Session(base, language, token, user.organisationId);
}

const LOOK_EVERY_MS = 60;

/** Asks until there is an answer; gives up with the words of what was awaited. */
export async function waitFor<T>(what: Text, ask: () => Promise<T | null>, withinMs = 20_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() > end)
      throw new DemoProblem(text(`等待 ${withinMs / 1000} 秒仍无结果：${what.zh}`, `waited ${withinMs / 1000} s in vain: ${what.en}`));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

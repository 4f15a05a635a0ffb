import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dispatch, generateKeyFile, type House, makeHouse, parseKeyFile, type SandboxSeed, seedSandbox, sha256Of } from '@tranche/casework';
import { type Database, openDatabase, systemActor, withClient } from '@tranche/database';
import type { Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { createTestDatabase } from '../../../test/support/database.js';
import { createSandboxDatabase } from '../../../test/support/sandbox-database.js';
import { createApplication } from '../src/application.js';
import type { HttpSettings } from '../src/config.js';
import { controllersFor } from '../src/controllers.js';
import { routesOf } from '../src/http/route-list.js';
import { hashPassword } from '../src/sessions/password.js';

export const password = 'tranche-sandbox';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { items?: Record<string, unknown>[] };
};
export type Ask = {
  readonly as?: Role | string;
  readonly body?: unknown;
  /** sent as it is, instead of `body` */
  readonly raw?: string | FormData;
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A seeded sandbox behind real HTTP on a database of its own. */
export type Server = {
  readonly url: string;
  readonly house: House;
  readonly database: Database;
  readonly seed: SandboxSeed;
  /** seeds again, as the next start does */
  readonly sow: () => Promise<SandboxSeed>;
  readonly ask: (method: string, path: string, ask?: Ask) => Promise<Answer>;
  /** token of a sandbox account, signed in once */
  readonly token: (username: string) => Promise<string>;
  readonly rows: <R extends object>(sql: string, params?: readonly unknown[]) => Promise<R[]>;
  /** what administration does behind the application's back: another process, a database console */
  readonly asOwner: (sql: string, params?: readonly unknown[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

const usual: HttpSettings = {
  sandbox: true,
  sessionMs: 8 * 3_600_000,
  sessionIdleMs: 30 * 60_000,
  otpRequired: false,
  loginsPerMinute: 1000,
  logLevel: 'silent',
  siteDir: null,
  liveBeatMs: 15_000,
};

export async function openServer(settings: Partial<HttpSettings> & { readonly systemNow?: () => number } = {}): Promise<Server> {
  const { systemNow = Date.now, ...http } = settings;
  // a clock of the test's own must have stood over what was sown
  const { test, ...copied } = settings.systemNow === undefined ? await createSandboxDatabase() : { test: await createTestDatabase() };
  const database = openDatabase({ url: test.appUrl, applicationName: 'tranche-api-test', max: 8 });
  const house = makeHouse({ database, systemNow });
  const oneHash = hashPassword(password);
  const sow = () => seedSandbox(database, { ownerUrl: test.ownerUrl, systemNow, newId: v7, hashPassword: () => oneHash, password });
  const seed = 'seed' in copied ? copied.seed : await sow();
  const { close, ...served } = await serve(house, http);
  return {
    ...served,
    house,
    database,
    seed,
    sow,
    rows: <R extends object>(sql: string, params: readonly unknown[] = []) =>
      database.read<R & Record<string, unknown>>(systemActor('test'), sql, params),
    asOwner: async (sql, params = []) => {
      await withClient(test.ownerUrl, (owner) => owner.query(sql, [...params]));
    },
    close: async () => {
      await close();
      await database.close();
      await test.drop();
    },
  };
}

/** A house that is there already, behind real HTTP. */
export async function serve(house: House, settings: Partial<HttpSettings> = {}): Promise<Pick<Server, 'url' | 'ask' | 'token' | 'close'>> {
  const keys = parseKeyFile(generateKeyFile(randomBytes));
  if (!keys.ok) throw new Error(keys.code);
  const application = await createApplication({ house, settings: { ...usual, ...settings }, keys: keys.keys });
  await application.listen(0, '127.0.0.1');
  const { port } = application.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const tokens = new Map<string, Promise<string>>();
  const ask = async (method: string, path: string, asked: Ask = {}): Promise<Answer> =>
    send(url, method, path, asked, asked.as === undefined ? null : await token(asked.as));
  const token = (username: string): Promise<string> => {
    const known = tokens.get(username) ?? signIn(ask, username);
    tokens.set(username, known);
    return known;
  };
  return { url, ask, token, close: () => application.close() };
}

async function signIn(ask: Server['ask'], username: string): Promise<string> {
  const { status, body } = await ask('POST', '/api/v1/session', { body: { username, password } });
  if (status !== 201) throw new Error(`${username} could not sign in: ${JSON.stringify(body)}`);
  return String(body['token']);
}

/** What the API document promises of an answer must be true of every answer any test here gets. */
function keepsPromise(method: string, path: string, answer: Answer): void {
  const asked = path.split('?', 1)[0] ?? '';
  const matches = promises.filter((route) => route.method === method && route.pattern.test(asked));
  const promised = matches.sort((a, b) => a.path.split(':').length - b.path.split(':').length)[0];
  if (answer.status >= 300 || promised?.operation?.answer === undefined) return;
  if (answer.status !== promised.status)
    throw new Error(`${method} ${promised.path} answered ${answer.status}, promised is ${promised.status}`);
  const parsed = promised.operation.answer.safeParse(answer.body);
  if (!parsed.success) throw new Error(`${method} ${promised.path} broke its promise: ${JSON.stringify(parsed.error.issues.slice(0, 5))}`);
  const undeclared = undeclaredAt(answer.body, parsed.data, '');
  if (undeclared !== null) throw new Error(`${method} ${promised.path} answers what nobody promised: ${undeclared}`);
}

/** Place of the first member that the schema does not know (zod leaves it out of what it parsed). */
function undeclaredAt(given: unknown, parsed: unknown, place: string): string | null {
  if (typeof given !== 'object' || given === null) return null;
  for (const [key, part] of Object.entries(given)) {
    if (!Object.hasOwn(parsed as object, key)) return `${place}/${key}`;
    const deeper = undeclaredAt(part, (parsed as Record<string, unknown>)[key], `${place}/${key}`);
    if (deeper !== null) return deeper;
  }
  return null;
}

const promises = routesOf(controllersFor(true)).map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`),
}));

async function send(
  url: string,
  method: string,
  path: string,
  { body, raw, key, headers = {} }: Ask,
  token: string | null,
): Promise<Answer> {
  const write = method !== 'GET';
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(write && key !== null ? { 'idempotency-key': key ?? v7() } : {}),
      ...(body !== undefined || typeof raw === 'string' ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  const answer: Answer = { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : { text } };
  keepsPromise(method, path, answer);
  return answer;
}

/** Facts of a class of a hundred electricians: an estimate of 300,000 yuan. */
export const classFacts = { plannedHours: 80, classFiled: true, traineesEligible: true, startsOn: '2020-11-25', endsOn: '2020-12-20' };

export async function openDraft(server: Server, as: string = 'institution'): Promise<string> {
  const { seed, ask } = server;
  const { status, body } = await ask('POST', '/api/v1/cases', {
    as,
    body: {
      policyId: 'training-subsidy-staged',
      organisationId: seed.institutionId,
      payeeAccountId: seed.payeeAccountId,
      facts: classFacts,
    },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
}

/** What reading a roster tells the case; the files themselves are proven elsewhere. */
export async function enrol({ house, seed }: Server, caseId: string, count: number): Promise<void> {
  const userId = seed.users.find(({ username }) => username === 'institution')?.id ?? '';
  const [key, data] = [v7(), { fileSha256: 'ab'.repeat(32), facts: { enrolled: [{ occupation: '电工', level: '中级', count }] } }];
  const actor = { userId, role: 'institution' as const, organisationId: seed.institutionId, district: null };
  const told = await dispatch(house, actor, {
    caseId,
    type: 'roster.imported',
    data,
    key,
    requestSha256: sha256Of({ key }),
    cause: 'import',
  });
  if (!told.ok) throw new Error(JSON.stringify(told));
}

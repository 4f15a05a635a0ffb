import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyFile, type SandboxSeed } from '@tranche/casework';
import { type Database, openDatabase, systemActor } from '@tranche/database';
import { Client } from 'pg';
import { type Simulator, startSimulator } from './bank-simulator.js';
import type { TestDatabase } from './database.js';
import { HttpClient } from './http-client.js';
import { program } from './programs.js';
import { createSandboxDatabase } from './sandbox-database.js';
import { prepareQueueOnce, startWorker, type WorkerProcess } from './worker.js';

/** A real api process. */
export type ApiProcess = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
  readonly gone: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stop(): Promise<void>;
};

export type RunningOptions = {
  readonly apis?: number;
  readonly workers?: number;
  /** Postgres of the house when absent */
  readonly queueUrl?: string;
  readonly workerEnv?: Readonly<Record<string, string>>;
  /** the day the sandbox's clock begins, instead of its usual one */
  readonly begins?: string;
  /** its people serve every district, so that policies of every place can be lived in one house */
  readonly everywhere?: true;
};

/** Everything that runs in a sandbox, as processes of its own on a database of its own. */
export class RunningHouse {
  readonly workers: WorkerProcess[] = [];
  readonly apis: ApiProcess[] = [];
  readonly client: HttpClient;

  private constructor(
    readonly test: TestDatabase,
    readonly database: Database,
    readonly seed: SandboxSeed,
    readonly bank: Simulator,
    private readonly folder: string,
    private readonly options: RunningOptions,
    private readonly addresses: string[],
  ) {
    this.client = new HttpClient(addresses);
  }

  static async start(options: RunningOptions = {}): Promise<RunningHouse> {
    const [{ test, seed }, bank] = await Promise.all([createSandboxDatabase(), startSimulator()]);
    const database = openDatabase({ url: test.appUrl, applicationName: 'tranche-test', max: 4 });
    const addresses: string[] = [];
    const folder = mkdtempSync(join(tmpdir(), 'tranche-e2e-'));
    const house = new RunningHouse(test, database, seed, bank, folder, options, addresses);
    try {
      writeFileSync(join(folder, 'keys.json'), generateKeyFile(randomBytes), { mode: 0o600 });
      if (options.begins) await house.beginOn(options.begins);
      if (options.everywhere) await house.asOwner('UPDATE users SET district = NULL');
      await prepareQueueOnce(options.queueUrl ?? test.appUrl, test.ownerUrl);
      const apis = Array.from({ length: options.apis ?? 1 }, () => house.addApi(startApi(house.apiEnv())));
      await settled([house.startWorkers(Math.max(options.workers ?? 1, 1)), ...apis]);
      addresses.push(...house.apis.map(({ url }) => url));
      // the bank learns the sandbox's date from a move of the clock
      await house.moveTo(new Date(Date.parse(await house.now()) + 1000).toISOString());
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  async startWorkers(count = 1): Promise<void> {
    const { queueUrl, workerEnv } = this.options;
    const settings = {
      bankUrl: this.bank.address,
      ...(queueUrl === undefined ? {} : { queueUrl }),
      ...(workerEnv === undefined ? {} : { env: workerEnv }),
    };
    await settled(Array.from({ length: count }, async () => this.workers.push(await startWorker(this, settings))));
  }

  private async addApi(starting: Promise<ApiProcess>): Promise<void> {
    this.apis.push(await starting);
  }

  /** One more api process, with settings of its own; the client knows it by the number given back, for as long as it lives. */
  async startApi(env: Readonly<Record<string, string>> = {}): Promise<{ api: ApiProcess; number: number }> {
    const api = await startApi({ ...this.apiEnv(), ...env });
    this.apis.push(api);
    const number = this.addresses.push(api.url) - 1;
    void api.gone.then(() => this.addresses.splice(this.addresses.indexOf(api.url), 1));
    return { api, number };
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.stop()));
  }

  /** What the tables say, seen by the house itself. */
  rows<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    return this.database.read<R & Record<string, unknown>>(systemActor('test'), sql, params);
  }

  /** Looks behind, or changes, what the application itself may not: as the superuser of the test server. */
  async asOwner<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    const { pathname } = new URL(this.test.ownerUrl);
    const client = new Client({ connectionString: Object.assign(new URL(process.env['TRANCHE_TEST_SERVER'] ?? ''), { pathname }).href });
    await client.connect();
    try {
      return (await client.query<R>(sql, [...params])).rows;
    } finally {
      await client.end();
    }
  }

  private async beginOn(day: string): Promise<void> {
    const offsetMs = Date.parse(`${day}T09:00:00+08:00`) - Date.now();
    await this.asOwner(`DELETE FROM sandbox_clock; INSERT INTO sandbox_clock (id, offset_ms) VALUES (1, ${offsetMs})`);
  }

  /** The legal clock, as an instant. */
  async now(): Promise<string> {
    return (await this.client.get<{ now: string }>('officer', 'sandbox/clock')).now;
  }

  async today(): Promise<string> {
    return (await this.now()).slice(0, 10);
  }

  /** Moves the legal clock to nine o'clock of the day; everything due on the way has been told when this returns. */
  goTo(day: string): Promise<void> {
    return this.moveTo(`${day}T09:00:00+08:00`);
  }

  async moveTo(now: string): Promise<void> {
    await this.client.post('officer', 'sandbox/clock', { now });
  }

  /** The n-th working day after a day. */
  async workingDay(from: string, days: number): Promise<string> {
    return (await this.client.get<{ due: string }>('officer', `calendar/working-days?from=${from}&days=${days}`)).due;
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.stopWorkers(), ...this.apis.map((api) => api.stop())]);
    await this.bank.kill();
    await this.database.close();
    await this.test.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private apiEnv(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      TZ: process.env['TZ'],
      DATABASE_URL: this.test.appUrl,
      QUEUE_URL: this.options.queueUrl ?? this.test.appUrl,
      BANK_URL: this.bank.address,
      TRANCHE_SANDBOX: '1',
      TRANCHE_KEY_FILE: join(this.folder, 'keys.json'),
      PORT: '0',
      LOGINS_PER_MINUTE: '10000',
      LOG_LEVEL: 'error',
    };
  }
}

/** Waits for all of them, also when one fails, so that none is left behind by whoever then closes. */
async function settled(starting: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(starting)) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Starts an api and waits until it listens. */
export async function startApi(env: NodeJS.ProcessEnv): Promise<ApiProcess> {
  const child = fork(program('api'), [], { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const gone = once(child, 'exit').then(([code, signal]) => ({ code: code as number | null, signal: signal as NodeJS.Signals | null }));
  const [ready] = await Promise.race([
    once(child, 'message'),
    gone.then(({ code, signal }) => Promise.reject(new Error(`the api ended (${code ?? signal}): ${printed}`))),
  ]);
  return {
    child,
    url: `http://127.0.0.1:${(ready as { port: number }).port}`,
    output: () => printed,
    gone,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
    },
  };
}

// `tranche up`: everything one needs, started and stopped in reverse; nothing is left running, however this process ends.

import type { Text } from '@tranche/policies';
import { announcement, type Running } from './announce.js';
import type { UpConfig } from './config.js';
import { claimDataFolder } from './data-folder.js';
import { type Databases, openDatabases } from './database.js';
import { InstanceLock } from './instance-lock.js';
import { keyFileOf } from './key-file.js';
import { demandPort, freePort } from './ports.js';
import type { StartProblem } from './problem.js';
import { noteRunning } from './running.js';
import { type Seeded, seed } from './seed.js';
import { Service, type ServiceNews } from './service.js';
import { bankUrl, type Plan, servicesOf } from './services.js';

/** Undoes one step of the start. */
type Undo = () => Promise<void> | void;

export class Sandbox {
  private readonly services: Service[] = [];
  private readonly undo: Undo[] = [];
  private starting: Promise<boolean> = Promise.resolve(false);
  private stopped: Promise<void> | null = null;

  constructor(
    private readonly config: UpConfig,
    private readonly out: { say(text: Text): void; print(line: string): void; failed(problem: StartProblem): void },
  ) {}

  /**
   * Starts everything and prints address and accounts. Answers false when it was stopped meanwhile.
   * Throws StartProblem, or the error of the step that failed; what was started before is stopped by `stop()`.
   */
  start(): Promise<boolean> {
    this.starting = this.startAll();
    return this.starting;
  }

  /** Stops what was started, last first; a start under way ends early. Safe to call at any moment and more than once. */
  stop(): Promise<void> {
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  private async startAll(): Promise<boolean> {
    const { config } = this;
    claimDataFolder(config.dir);
    const lock = await InstanceLock.acquire(config.dir);
    this.undo.push(() => lock.release());
    const port = await demandPort(config.PORT, config.HOST);

    const databases = await openDatabases(config, lock, this.out.say);
    this.undo.push(() => databases.close());
    if (this.stopped !== null) return false;
    const urls = await databases.prepare();
    const keyFile = keyFileOf(config);
    const seeded = await seed(config, urls);
    if (this.stopped !== null) return false;

    const plan: Plan = { config, urls, port, bankPort: await freePort(), keyFile, clockOffsetMs: seeded.clockOffsetMs };
    this.services.push(...servicesOf(plan).map((spec) => new Service(spec, this.news(lock))));
    // together: each spends its first second reading its program, and none needs another before it is asked for something
    await Promise.all(this.services.map((service) => service.start()));
    const running = facts(plan, seeded, databases);
    this.undo.push(noteRunning(config.dir, { address: running.address, bank: running.bank }));
    for (const line of announcement(running)) this.out.print(line);
    return this.stopped === null;
  }

  private async stopAll(): Promise<void> {
    await this.stopServices();
    await this.starting.catch(() => false);
    await this.stopServices();
    for (let undo = this.undo.pop(); undo !== undefined; undo = this.undo.pop()) await undo();
  }

  private async stopServices(): Promise<void> {
    for (const service of [...this.services].reverse()) await service.stop();
  }

  private news(lock: InstanceLock): ServiceNews {
    return { started: (name, pid) => lock.note(name, pid), say: this.out.say, gaveUp: this.out.failed };
  }
}

function facts(plan: Plan, { password }: Seeded, { notices }: Databases): Running {
  const { config, port } = plan;
  const host = config.HOST === '0.0.0.0' ? 'localhost' : config.HOST;
  return { address: `http://${host}:${port}`, password, bank: bankUrl(plan), notices };
}

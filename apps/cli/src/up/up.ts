// `tranche up`: everything one needs, started in order and stopped in reverse; nothing is left running, however this process ends.

import type { Text } from '@tranche/policies';
import { announcement, type Running } from './announce.js';
import type { UpConfig } from './config.js';
import { claimDataFolder } from './data-folder.js';
import { openDatabases } from './database.js';
import { InstanceLock } from './instance-lock.js';
import { keyFileOf } from './key-file.js';
import { demandPort, freePort } from './ports.js';
import type { StartProblem } from './problem.js';
import { seed } from './seed.js';
import { Service, type ServiceNews } from './service.js';
import { bankUrl, type Plan, servicesOf } from './services.js';

/** Undoes one step of the start. */
type Undo = () => Promise<void> | void;

export class Sandbox {
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
    const keyFile = await keyFileOf(config);
    await seed(config, urls, keyFile);

    const plan: Plan = { config, urls, port, bankPort: await freePort(), keyFile };
    for (const spec of servicesOf(plan)) {
      if (this.stopped !== null) return false;
      await this.startService(new Service(spec, this.news(lock)));
    }
    for (const line of announcement({ ...this.facts(plan), notices: databases.notices })) this.out.print(line);
    return this.stopped === null;
  }

  private async stopAll(): Promise<void> {
    await this.undoAll();
    await this.starting.catch(() => false);
    await this.undoAll();
  }

  private async undoAll(): Promise<void> {
    for (let undo = this.undo.pop(); undo !== undefined; undo = this.undo.pop()) await undo();
  }

  private async startService(service: Service): Promise<void> {
    this.undo.push(() => service.stop());
    await service.start();
  }

  private news(lock: InstanceLock): ServiceNews {
    return { started: (name, pid) => lock.note(name, pid), say: this.out.say, gaveUp: this.out.failed };
  }

  private facts(plan: Plan): Omit<Running, 'notices'> {
    const { config, port } = plan;
    return {
      address: `http://${config.HOST === '0.0.0.0' ? 'localhost' : config.HOST}:${port}`,
      password: config.SANDBOX_PASSWORD,
      bank: bankUrl(plan),
    };
  }
}

// One sandbox per data folder. The lock names the owner by process id and start time, so that a lock left by a killed owner never blocks.

import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './problem.js';
import { awaitGone, identify, isRunning, type ProcessIdentity } from './process-identity.js';

type LockContent = { owner: ProcessIdentity; family: ProcessIdentity[] };

/** Time a dead owner's children get to end by themselves before they are killed: Postgres may have to finish its shutdown. */
const ORPHAN_PATIENCE_MS = 20_000;

export class InstanceLock {
  private readonly family = new Map<string, ProcessIdentity>();

  private constructor(
    private readonly path: string,
    private readonly owner: ProcessIdentity,
  ) {}

  /**
   * Takes the lock of a data folder. A lock whose owner is dead is taken over once the children it left have ended.
   * Throws StartProblem while another sandbox runs on the same folder.
   */
  static async acquire(dir: string): Promise<InstanceLock> {
    const owner = identify(process.pid);
    if (owner === null) throw new Error('this process cannot name itself');
    const lock = new InstanceLock(join(dir, 'up.lock'), owner);
    for (let attempt = 0; attempt < 5; attempt++) {
      if (lock.create()) return lock;
      await lock.clearStale();
    }
    throw alreadyRunning(dir);
  }

  /** Notes a child under its name, so that the next start can wait for it should this process be killed. */
  note(name: string, pid: number): void {
    const child = identify(pid);
    if (child === null) return;
    this.family.set(name, child);
    renameSync(this.draft(), this.path);
  }

  release(): void {
    if (read(this.path)?.owner.started === this.owner.started) rmSync(this.path, { force: true });
  }

  /** Creates the lock complete in one step; false when one exists. */
  private create(): boolean {
    const own = this.draft();
    try {
      linkSync(own, this.path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return false;
    } finally {
      unlinkSync(own);
    }
  }

  /** Writes the whole content beside the lock, so that the lock itself is never seen half-written. */
  private draft(): string {
    const path = `${this.path}.${this.owner.pid}`;
    writeFileSync(path, this.content(), { mode: 0o600 });
    return path;
  }

  private async clearStale(): Promise<void> {
    const found = read(this.path);
    if (found !== null && isRunning(found.owner)) throw alreadyRunning(join(this.path, '..'), found.owner.pid);
    if (found !== null && !(await awaitGone(found.family, ORPHAN_PATIENCE_MS))) throw alreadyRunning(join(this.path, '..'));
    this.setAside(found);
  }

  /** Moves the stale lock away; should another start have taken it over meanwhile, its lock is put back. */
  private setAside(expected: LockContent | null): void {
    const aside = `${this.path}.stale-${this.owner.pid}`;
    try {
      renameSync(this.path, aside);
      const moved = read(aside);
      if (moved?.owner.started !== expected?.owner.started) linkSync(aside, this.path);
    } catch {
      // Another start was faster; the next attempt sees its lock.
    }
    rmSync(aside, { force: true });
  }

  private content(): string {
    return JSON.stringify({ owner: this.owner, family: [...this.family.values()] } satisfies LockContent);
  }
}

function read(path: string): LockContent | null {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as LockContent;
    return typeof content.owner.pid === 'number' && Array.isArray(content.family) ? content : null;
  } catch {
    return null;
  }
}

function alreadyRunning(dir: string, pid?: number): StartProblem {
  const who = pid === undefined ? '' : ` (pid ${pid})`;
  return new StartProblem({
    zh: `${dir} 上已有一个分期拨在运行${who}：请直接使用它，或先按 Ctrl-C 停止它`,
    en: `Tranche is already running on ${dir}${who}: use it, or stop it with Ctrl-C first.`,
  });
}

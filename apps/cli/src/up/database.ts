// The databases of a start: given ones, or an embedded Postgres in the data folder with a watchdog beside it.

import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, prepareDatabase, startEmbedded } from '@tranche/database';
import type { Text } from '@tranche/policies';
import { programFile } from '../programs.js';
import type { UpConfig } from './config.js';
import type { InstanceLock } from './instance-lock.js';
import { prepareQueue } from './queue.js';

/** What the processes connect to; `owner` is null when external servers are migrated by somebody else. */
export type DatabaseUrls = { app: string; owner: string | null; queue: string };

/** Servers that run; `prepare` makes tables and queue, `close` stops what was started here. */
export type Databases = { notices: Text[]; prepare(): Promise<DatabaseUrls>; close(): Promise<void> };

const DATABASE = 'tranche';

/** Finds the given database, or starts the embedded one. */
export async function openDatabases(config: UpConfig, lock: InstanceLock, say: (text: Text) => void): Promise<Databases> {
  return config.DATABASE_URL === undefined ? embedded(config, lock, say) : external(config, config.DATABASE_URL);
}

function external(config: UpConfig, app: string): Databases {
  const owner = config.OWNER_DATABASE_URL ?? null;
  const queue = config.QUEUE_URL ?? app;
  const prepare = async () => {
    if (owner !== null) {
      await migrate(owner);
      await prepareQueue(queue, owner);
    }
    return { app, owner, queue };
  };
  return { notices: [], prepare, close: async () => {} };
}

async function embedded(config: UpConfig, lock: InstanceLock, say: (text: Text) => void): Promise<Databases> {
  if (!existsSync(join(config.dir, 'embedded.json')))
    say({ zh: '首次启动：正在建立内置数据库…', en: 'First start: creating the embedded database…' });
  // Forked first, so that there is no moment in which a killed supervisor would leave Postgres running.
  const watchdog = startWatchdog(config.dir, lock);
  try {
    const server = await startEmbedded({ dir: config.dir, endWithProcess: false });
    const prepare = async () => {
      const { superuserUrl, passwords } = server;
      const { appUrl, ownerUrl, auditUrl } = await prepareDatabase(superuserUrl, { database: DATABASE, passwords });
      if (auditUrl !== null) writeFileSync(auditUrlFile(config.dir), `${auditUrl}\n`, { mode: 0o600 });
      const queue = config.QUEUE_URL ?? appUrl;
      await prepareQueue(queue, ownerUrl);
      return { app: appUrl, owner: ownerUrl, queue };
    };
    const close = async () => {
      await server.stop();
      await dismiss(watchdog);
    };
    return { notices: [...server.notices, howToVerify(config.dir)], prepare, close };
  } catch (error) {
    await dismiss(watchdog);
    throw error;
  }
}

/** AUDIT_DATABASE_URL of the embedded server: the role that can only read. */
const auditUrlFile = (dir: string): string => join(dir, 'audit-database-url');

const howToVerify = (dir: string): Text => ({
  zh: `核验：tranche verify（只读连接 AUDIT_DATABASE_URL 存于 ${auditUrlFile(dir)}，检查点导出到 ${join(dir, 'checkpoints')}）`,
  en: `Verify: tranche verify (its read-only AUDIT_DATABASE_URL is in ${auditUrlFile(dir)}, checkpoints are exported to ${join(dir, 'checkpoints')})`,
});

function startWatchdog(dir: string, lock: InstanceLock): ChildProcess {
  const child = fork(programFile('watchdog'), [dir], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
  if (child.pid !== undefined) lock.note('watchdog', child.pid);
  return child;
}

async function dismiss(watchdog: ChildProcess): Promise<void> {
  if (watchdog.exitCode !== null || watchdog.signalCode !== null) return;
  const ended = new Promise((resolve) => watchdog.once('exit', resolve));
  watchdog.send('dismissed', () => {});
  await ended;
}

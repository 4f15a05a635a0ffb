import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Text } from '@tranche/policies';
import { appRole, auditorRole, databaseUrl, ownerRole, withClient } from '../roles.js';
import { StartRefused } from '../start-refused.js';
import { installedBinaries } from './binaries.js';
import { checkSpace, createDataFolder, inspectDataFolder, superuser, writeSettings } from './data-folder.js';
import { type Memory, newPasswords, recall, remember } from './memory.js';
import { choosePlace, type Place } from './place.js';
import { freePort, isFree } from './ports.js';
import { isRunning, startServer, stopServer, stopWithParent } from './server.js';

export type EmbeddedOptions = {
  /** the project's own folder, such as `.tranche`; data goes to `<dir>/postgres` */
  dir: string;
  /** loopback port; unless given, the one of last time, or a free one */
  port?: number;
  /** extra server settings (tests switch fsync off) */
  settings?: Readonly<Record<string, string | number>>;
  /** stop the server when this process is gone, however it died; true unless told */
  endWithProcess?: boolean;
  /** where data goes when, as root, another account cannot reach `dir` */
  systemRoot?: string;
};

export type Embedded = {
  superuserUrl: string;
  port: number;
  dataDir: string;
  /** generated once and kept: for the roles `tranche_owner`, `tranche_app` and `tranche_auditor` */
  passwords: { owner: string; app: string; auditor: string };
  /** false: a server already ran on this data folder and is used as it is */
  started: boolean;
  /** said to the operator: evaluation only, and where the data is when it could not be in the project's folder */
  notices: Text[];
  stop(): Promise<void>;
};

/** Starts the embedded Postgres, or finds it running. Throws `StartRefused` with one line for a person. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dir = resolve(options.dir);
  const place = choosePlace(dir, installedBinaries(), options.systemRoot);
  const known = recall(dir);
  const folder = inspectDataFolder(place, known !== null);
  const passwords = folder === 'ours' && known ? known.passwords : newPasswords();
  const running = folder === 'ours' && known !== null && isRunning(place) && (await answers(known));
  const memory: Memory = running && known ? known : { port: await choosePort(options.port, known), dataDir: place.dataDir, passwords };
  let callOffGuard = (): void => undefined;
  if (!running) {
    checkSpace(dirname(place.dataDir), folder);
    // the passwords are kept before the folder exists: a folder without them would be lost
    remember(dir, memory);
    if (folder === 'absent') await createDataFolder(place, passwords.superuser, { durable: options.settings?.['fsync'] !== 'off' });
    writeSettings(place, { ...serverSettings(memory.port), ...options.settings });
    await startServer(place);
    if (options.endWithProcess !== false) callOffGuard = stopWithParent(place);
  }
  return {
    superuserUrl: urlOf(memory),
    port: memory.port,
    dataDir: place.dataDir,
    passwords: { owner: memory.passwords.owner, app: memory.passwords.app, auditor: memory.passwords.auditor },
    started: !running,
    notices: noticesOf(place),
    stop: async () => {
      await stopServer(place);
      callOffGuard();
    },
  };
}

/** Is there a running embedded server for this folder? Changes nothing. */
export function embeddedStatus(dir: string): { running: boolean; port: number | null; dataDir: string | null } {
  const known = recall(resolve(dir));
  return { running: known !== null && isRunning(known), port: known?.port ?? null, dataDir: known?.dataDir ?? null };
}

/** Stops the embedded server of this folder, whoever started it. None running: nothing to do. */
export async function stopEmbedded(dir: string, systemRoot?: string): Promise<void> {
  const known = recall(resolve(dir));
  if (known) await stopServer(choosePlace(resolve(dir), installedBinaries(), systemRoot));
}

/** Where the roles of the server of this folder connect to, as it was remembered; null when there never was one. */
export function embeddedUrls(dir: string, database: string): Record<'superuser' | 'owner' | 'app' | 'audit', string> | null {
  const known = recall(resolve(dir));
  if (known === null) return null;
  const base = urlOf(known);
  const as = (user: string, password: string) => databaseUrl(base, { user, password, database });
  const { owner, app, auditor } = known.passwords;
  return {
    superuser: databaseUrl(base, { database }),
    owner: as(ownerRole, owner),
    app: as(appRole, app),
    audit: as(auditorRole, auditor),
  };
}

const urlOf = ({ port, passwords }: Memory): string => `postgres://${superuser}:${passwords.superuser}@127.0.0.1:${port}/postgres`;

/** TCP on loopback only; sized for one machine that does other work too. */
const serverSettings = (port: number) => ({
  port,
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  password_encryption: 'scram-sha-256',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  idle_in_transaction_session_timeout: '60s',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  log_min_duration_statement: '2s',
});

async function choosePort(asked: number | undefined, known: Memory | null): Promise<number> {
  if (asked === undefined) return known && (await isFree(known.port)) ? known.port : freePort();
  if (await isFree(asked)) return asked;
  throw new StartRefused('port-taken', {
    zh: `数据库端口 ${asked} 已被其他程序占用。请换用其他端口，或停止占用它的程序。`,
    en: `The database port ${asked} is taken by another program. Choose another port, or stop that program.`,
  });
}

/** Waits out a server that is starting or just shutting down; false when it is gone. */
async function answers(known: Memory): Promise<boolean> {
  for (let tries = 0; tries < 100 && isRunning(known); tries += 1) {
    try {
      return await withClient(urlOf(known), async (client) => (await client.query('SELECT 1')).rowCount === 1);
    } catch {
      await pause(100);
    }
  }
  return false;
}

function noticesOf({ movedTo }: Place): Text[] {
  const evaluation = {
    zh: '内置数据库仅供试用；生产环境请以 DATABASE_URL 指定受管理的 PostgreSQL。',
    en: 'The embedded database is for evaluation; in production set DATABASE_URL to a PostgreSQL that is administered.',
  };
  if (!movedTo) return [evaluation];
  return [
    evaluation,
    {
      zh: `以 root 运行且普通账户无法进入项目目录，数据库文件位于 ${movedTo}。`,
      en: `Running as root in a folder other accounts cannot enter: the database's files are in ${movedTo}.`,
    },
  ];
}

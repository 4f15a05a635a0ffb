import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StartRefused } from '../start-refused.js';
import { majorVersion } from './binaries.js';
import { handOver, type Place } from './place.js';
import { outcomeOf, startFailed } from './run.js';

/** megabytes that a new data folder needs with its first write-ahead log, and that an existing one needs to start */
const SPACE_NEEDED = { absent: 256, ours: 32 };

export const superuser = 'tranche_server';

/** Is there a data folder of ours? Throws `StartRefused` when there is one that is not, or of another version. */
export function inspectDataFolder({ dataDir, identity }: Pick<Place, 'dataDir' | 'identity'>, known: boolean): 'ours' | 'absent' {
  if (!existsSync(dataDir)) return 'absent';
  const files = statSync(dataDir).isDirectory() ? readdirSync(dataDir) : ['.'];
  if (files.length === 0) return 'absent';
  if (!files.includes('PG_VERSION')) throw foreign(dataDir);
  const version = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (version !== majorVersion) {
    throw new StartRefused('data-folder-other-version', {
      zh: `数据目录 ${dataDir} 属于 PostgreSQL ${version}，本程序使用 ${majorVersion}。数据未改动。请用 PostgreSQL ${version} 的 pg_dump 导出后移走该目录，再重新启动并导入。`,
      en: `The data folder ${dataDir} is of PostgreSQL ${version}; this program runs ${majorVersion}. Nothing was changed. Export it with pg_dump of PostgreSQL ${version}, move it away, start again and import.`,
    });
  }
  if (!known) throw foreign(dataDir);
  const owner = identity?.uid ?? process.getuid?.();
  if (owner !== undefined && statSync(dataDir).uid !== owner) {
    throw new StartRefused('data-folder-other-user', {
      zh: `数据目录 ${dataDir} 由另一个系统账户创建。数据未改动。请以原账户启动，或移走该目录。`,
      en: `The data folder ${dataDir} was made by another system account. Nothing was changed. Start as that account, or move the folder away.`,
    });
  }
  return 'ours';
}

const foreign = (dataDir: string): StartRefused =>
  new StartRefused('data-folder-foreign', {
    zh: `目录 ${dataDir} 不为空，且不是本程序创建的数据目录。未作任何改动。请移走该目录，或选择其他位置。`,
    en: `The folder ${dataDir} is not empty and was not made by this program. Nothing was changed. Move it away or choose another place.`,
  });

/** Throws `StartRefused` when the disk has too little room to begin with. */
export function checkSpace(folder: string, data: keyof typeof SPACE_NEEDED): void {
  const { bavail, bsize } = statfsSync(folder);
  const needed = SPACE_NEEDED[data];
  if (bavail * bsize >= needed * 1024 * 1024) return;
  throw new StartRefused('disk-full', {
    zh: `${folder} 所在磁盘剩余空间不足 ${needed} MB，数据库未启动；已有数据未受影响。请清理磁盘后重试。`,
    en: `The disk of ${folder} has less than ${needed} MB left; the database was not started and existing data is untouched. Make room and try again.`,
  });
}

/** Makes the data folder whole or not at all: an interrupted attempt leaves only a side folder, removed at the next one. */
export async function createDataFolder(place: Place, password: string, { durable }: { durable: boolean }): Promise<void> {
  const { dataDir, binaries } = place;
  const unfinished = `${dataDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  handOver(unfinished, place);
  const secrets = mkdtempSync(join(dirname(dataDir), '.secret-'));
  const passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  handOver(secrets, place);
  handOver(passwordFile, place);
  try {
    // prettier-ignore
    const { code, output } = await outcomeOf(place, binaries.initdb, [
      '-D',
      unfinished,
      '-U',
      superuser,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ]);
    if (code !== 0) throw startFailed(output);
    // an empty folder may stand there; anything else makes this fail
    if (existsSync(dataDir)) rmdirSync(dataDir);
    renameSync(unfinished, dataDir);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Settings of the server; written anew at every start. Values are quoted here. */
export function writeSettings(place: Place, settings: Readonly<Record<string, string | number>>): void {
  const file = join(place.dataDir, 'postgresql.auto.conf');
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`);
  writeFileSync(file, `# written at every start of the embedded database\n${lines.join('\n')}\n`, { mode: 0o600 });
  handOver(file, place);
}

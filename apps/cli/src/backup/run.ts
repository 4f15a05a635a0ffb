import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatInstant } from '@tranche/calendar';
import { backupDatabase, checkBackup, restoreDatabase, startEmbedded } from '@tranche/database';
import { checkpointDir, DATABASE, dataDir, withEmbedded } from '../embedded/folder.js';
import { report } from '../reporting.js';
import { claimDataFolder } from '../up/data-folder.js';
import { InstanceLock } from '../up/instance-lock.js';
import { oneLine, StartProblem } from '../up/problem.js';
import { auditText } from '../verify/audit-text.js';
import { verifyAt } from '../verify/run.js';

/** Writes the backup while everything may go on running; answers the exit code. */
export async function runBackup(file: string, dir: string | undefined): Promise<number> {
  try {
    const done = await withEmbedded(dataDir(dir), ({ superuser }) => backupDatabase(superuser, resolve(file), formatInstant(Date.now())));
    console.log(
      oneLine({
        zh: `已备份 ${done.tables} 张表到 ${file}，SHA-256 ${done.sha256}。密钥文件不在其中，须另行保管：没有它，个人信息无法再读出。`,
        en: `${done.tables} tables are in ${file}. The key file is not: keep it apart, without it personal data cannot be read again.`,
      }),
    );
    return 0;
  } catch (error) {
    report(error);
    return 1;
  }
}

/** Restores into a new folder and verifies; answers 0 only when the verification found nothing. */
export async function runRestore(file: string, options: { dir?: string; checkpoints?: string }): Promise<number> {
  try {
    const dir = dataDir(options.dir);
    if (!existsSync(file)) throw new StartProblem({ zh: `找不到 ${file}`, en: `There is no file ${file}.` });
    // before anything is made: a damaged or newer backup leaves no trace
    await checkBackup(resolve(file));
    claimDataFolder(dir);
    const lock = await InstanceLock.acquire(dir);
    try {
      return await restoreInto(dir, resolve(file), options.checkpoints);
    } finally {
      lock.release();
    }
  } catch (error) {
    report(error);
    return 1;
  }
}

async function restoreInto(dir: string, file: string, checkpoints: string | undefined): Promise<number> {
  const server = await startEmbedded({ dir });
  try {
    const { manifest, auditUrl } = await restoreDatabase(server.superuserUrl, { database: DATABASE, passwords: server.passwords, file });
    const { createdAt, server: from } = manifest.header;
    console.log(
      oneLine({
        zh: `已恢复 ${createdAt} 的备份（原数据库版本 ${from}）`,
        en: `Restored the backup of ${createdAt} (made on server ${from})`,
      }),
    );
    if (auditUrl === null) throw new Error('the embedded database has no role for verification');
    const folder = checkpointDir(checkpoints, dir);
    const verified = await verifyAt(auditUrl, {
      checkpoints: checkpoints !== undefined || existsSync(folder) ? folder : null,
      record: true,
    });
    console.log(auditText(verified, 'zh'));
    console.log(auditText(verified, 'en'));
    console.log(keyReminder(dir));
    return verified.ok ? 0 : 1;
  } finally {
    await server.stop();
  }
}

/** A start without the old key file would make a new one, and nobody's name could be read any more. */
const keyReminder = (dir: string): string =>
  oneLine({
    zh: `启动前请将原来的密钥文件放到 ${join(dir, 'keys.json')}（或设置 TRANCHE_KEY_FILE），否则个人信息无法读出`,
    en: `Before you start, put the old key file at ${join(dir, 'keys.json')} (or set TRANCHE_KEY_FILE): without it personal data cannot be read.`,
  });

// The folder that holds everything the sandbox keeps. It is ours only if it was empty or carries our mark.

import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './problem.js';

const MARK = 'tranche.json';
const FORMAT = 1;

/** A fresh database needs about 60 MB and grows; below this a start would only fail later and less clearly. */
const NEEDED_BYTES = 200 * 1024 * 1024;

/** Creates or recognises the data folder. Throws StartProblem for somebody else's folder, another format, or a full disk. */
export function claimDataFolder(dir: string): void {
  // As root, Postgres runs under another account that must be able to walk through.
  mkdirSync(dir, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
  const mark = join(dir, MARK);
  if (existsSync(mark)) demandFormat(dir, mark);
  else demandEmpty(dir);
  demandSpace(dir, freeBytes(dir));
  writeFileSync(mark, `${JSON.stringify({ format: FORMAT })}\n`);
  mkdirSync(join(dir, 'logs'), { recursive: true });
}

function demandFormat(dir: string, mark: string): void {
  if (readFormat(mark) === FORMAT) return;
  throw new StartProblem({
    zh: `${dir} 由另一版本的分期拨建立，本版本不会改动它：请用 --dir 另选目录，或先用原版本导出数据`,
    en: `${dir} was made by another version of Tranche and is left untouched: choose another folder with --dir, or export it with that version.`,
  });
}

function readFormat(mark: string): unknown {
  try {
    return (JSON.parse(readFileSync(mark, 'utf8')) as { format?: unknown }).format;
  } catch {
    return undefined;
  }
}

function demandEmpty(dir: string): void {
  if (readdirSync(dir).length === 0) return;
  throw new StartProblem({
    zh: `${dir} 不是分期拨的数据目录，里面已有其他文件，未作任何改动：请用 --dir 另选一个空目录`,
    en: `${dir} holds files that are not Tranche's and was left untouched: choose an empty folder with --dir.`,
  });
}

/** Free bytes for this user; null where the system cannot tell. */
function freeBytes(dir: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Refuses to start on a disk that is as good as full. */
export function demandSpace(dir: string, free: number | null): void {
  if (free === null || free >= NEEDED_BYTES) return;
  const [mb, needed] = [free, NEEDED_BYTES].map((bytes) => Math.floor(bytes / 1024 / 1024));
  throw new StartProblem({
    zh: `${dir} 所在磁盘空间不足（剩余 ${mb} MB，需要 ${needed} MB）：请清理磁盘后重新运行`,
    en: `The disk of ${dir} is full (${mb} MB left, ${needed} MB needed): free some space and run the command again.`,
  });
}

// Why the sandbox cannot start or go on, in one bilingual line that says what to do next.

import { StartRefused } from '@tranche/database';
import type { Text } from '@tranche/policies';

/** An expected reason not to start: it is printed as one line, without a stack, and the process ends with exit code 1. */
export class StartProblem extends Error {
  constructor(readonly text: Text) {
    super(oneLine(text));
  }
}

/** `{zh, en}` as the one line people read in the terminal. */
export function oneLine(text: Text): string {
  return `${text.zh} · ${text.en}`;
}

const FULL: Text = {
  zh: '磁盘空间不足：已有数据未动，请清理磁盘后重新运行',
  en: 'The disk is full: existing data was left as it is; free some space and run the command again.',
};

const UNREACHABLE: Text = {
  zh: '无法连接数据库：请检查数据库地址与服务是否已启动',
  en: 'The database cannot be reached: check its address, and that it is running.',
};

const UNREACHABLE_CODES = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000'];

const FORBIDDEN = (path: string): Text => ({
  zh: `没有读写 ${path} 的权限：请以创建该目录的用户运行，或用 --dir 另选目录`,
  en: `No permission to read and write ${path}: run as the user who created it, or choose another folder with --dir.`,
});

/** Turns an error of the operating system or of a child program into one line; null when it is a bug and deserves its stack. */
export function explain(error: unknown): Text | null {
  if (error instanceof StartProblem || error instanceof StartRefused) return error.text;
  if (!(error instanceof Error)) return null;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device/i.test(error.message)) return FULL;
  if (code !== undefined && UNREACHABLE_CODES.includes(code)) return UNREACHABLE;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return FORBIDDEN(path ?? '.tranche');
  return null;
}

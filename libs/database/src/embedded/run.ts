import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { StartRefused } from '../start-refused.js';
import type { Place } from './place.js';

/** A clean environment: no PG… variable of the caller reaches the server, messages are in English. */
const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' };

/** How the server's commands are run: as the server's account, from a folder that it can read. */
export const runAs = ({ identity }: Pick<Place, 'identity'>) => ({ ...identity, cwd: '/', env: environment });

/** Runs a command to its end; never throws for its exit code. */
export function outcomeOf(
  place: Pick<Place, 'identity'>,
  command: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...runAs(place), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** The last lines a server wrote, for the person who must find out why it does not start. */
export function lastLines(file: string, count = 5): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join(' | ') : '';
}

/** What a failed initdb or start means to a person. */
export function startFailed(output: string): StartRefused {
  const said = output.trim().split('\n').slice(-5).join(' | ');
  if (/No space left on device|could not extend file|Disk quota exceeded/.test(output)) {
    return new StartRefused('disk-full', {
      zh: '磁盘已满，数据库未能启动；已有数据未受影响。请清理磁盘后重试。',
      en: 'The disk is full and the database did not start; existing data is untouched. Make room and try again.',
    });
  }
  if (/Address (already )?in use/.test(output)) {
    return new StartRefused('port-taken', {
      zh: '数据库端口已被其他程序占用。请换用其他端口，或停止占用它的程序。',
      en: 'The database port is taken by another program. Choose another port, or stop that program.',
    });
  }
  return new StartRefused('database-start-failed', {
    zh: `内置数据库未能启动：${said}`,
    en: `The embedded database did not start: ${said}`,
  });
}

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { handOver, type Place } from './place.js';
import { lastLines, outcomeOf, runAs, startFailed } from './run.js';

const logOf = ({ dataDir }: Place): string => join(dataDir, 'server.log');

/** Is a server running on this data folder? A lock file whose process is gone, or is another program, does not count. */
export function isRunning({ dataDir }: Pick<Place, 'dataDir'>): boolean {
  const pid = pidOf(dataDir);
  return pid !== null && isPostgres(pid);
}

function pidOf(dataDir: string): number | null {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return pid > 0 ? pid : null;
}

function isPostgres(pid: number): boolean {
  const command = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline')) return existsSync(command) && readFileSync(command, 'utf8').includes('postgres');
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Starts the server and waits until it answers. Throws `StartRefused`. */
export async function startServer(place: Place): Promise<void> {
  const { dataDir, binaries } = place;
  // after a SIGKILL or a power cut the lock file stays; its number may by now be another program's
  if (!isRunning(place)) rmSync(join(dataDir, 'postmaster.pid'), { force: true });
  const log = logOf(place);
  writeFileSync(log, '', { mode: 0o600, flag: 'a' });
  handOver(log, place);
  const { code, output } = await outcomeOf(place, binaries.pgCtl, ['start', '-w', '-t', '60', '-D', dataDir, '-l', log]);
  if (code !== 0) throw startFailed(`${output}\n${lastLines(log)}`);
}

/** Stops the server, open transactions rolled back, and waits for it. No server: nothing to do. */
export async function stopServer(place: Place): Promise<void> {
  if (!isRunning(place)) return;
  const { code, output } = await outcomeOf(place, place.binaries.pgCtl, ['stop', '-w', '-t', '60', '-m', 'fast', '-D', place.dataDir]);
  if (code !== 0 && isRunning(place)) throw startFailed(output);
}

/**
 * Stops the server when this process is gone, however it died: a shell waits at the end of a pipe that only we hold open,
 * then asks this very server (SIGINT: fast shutdown) to end. Its own session, so that Ctrl-C does not reach it first.
 * Answers how to call the guard off.
 */
export function stopWithParent(place: Place): () => void {
  const server = pidOf(place.dataDir);
  if (server === null || process.platform === 'win32') return () => undefined;
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0"', String(server)], {
    ...runAs(place),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void }).unref?.();
  return () => {
    guard.kill('SIGKILL');
  };
}

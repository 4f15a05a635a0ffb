// A process id alone is reused by the system; together with the start time it names one process for good.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type ProcessIdentity = { pid: number; started: string };

/** Names a running process; null when there is none with this id (a zombie counts as gone). */
export function identify(pid: number): ProcessIdentity | null {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === null ? null : { pid, started };
}

/** True while exactly this process runs, not a later one with the same id. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** Waits until all are gone; those still there after `patienceMs` are killed, then awaited again. Answers whether all are gone. */
export async function awaitGone(processes: readonly ProcessIdentity[], patienceMs: number): Promise<boolean> {
  if (await gone(processes, patienceMs)) return true;
  for (const one of processes.filter(isRunning)) killQuietly(one.pid);
  return gone(processes, 2_000);
}

async function gone(processes: readonly ProcessIdentity[], patienceMs: number): Promise<boolean> {
  for (let waited = 0; processes.some(isRunning); waited += 100) {
    if (waited >= patienceMs) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

/** Fields 3 (state) and 22 (start, in clock ticks since boot) of /proc/<pid>/stat; the name in field 2 may contain anything. */
function startedOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

function startedElsewhere(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || null;
  } catch {
    return null;
  }
}

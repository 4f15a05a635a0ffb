// Clocks, percentiles, CPU time of process trees, closed loops.

import { readdirSync, readFileSync } from 'node:fs';

const TICKS = 100;

/** `q` in 0…1 of numbers; NaN of none. */
export function percentile(numbers, q) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
export const median = (numbers) => percentile(numbers, 0.5);

/** CPU milliseconds this process has used. */
export const ownCpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const statOf = (pid) => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
};

/** CPU milliseconds of a process and all its children, living or waited for; 0 where there is no /proc. */
export function treeCpu(pid) {
  const root = statOf(pid);
  if (root === null) return 0;
  const spent = (stat) => Number(stat[11]) + Number(stat[12]);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(statOf(name)?.[1]) === pid);
  const waited = Number(root[13]) + Number(root[14]);
  return ((spent(root) + waited + children.reduce((sum, child) => sum + spent(statOf(child) ?? []) || sum, 0)) * 1000) / TICKS;
}

/** Megabytes a process holds now and held at most. */
export function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { rest: kilobytes('VmRSS') / 1024, peak: kilobytes('VmHWM') / 1024 };
}

function* endless() {
  for (;;) yield;
}

/**
 * `clients` loops that call `work(client, turn, item)` one after the other, for `ms` or until the `items` have run out. Answers calls
 * a second, latencies and CPU milliseconds of this process and of the server per call.
 */
export async function closedLoop({ clients, ms = Number.POSITIVE_INFINITY, items = endless(), serverPid, work }) {
  const latencies = [];
  const [began, cpu, serverCpu] = [performance.now(), ownCpu(), treeCpu(serverPid)];
  const until = began + ms;
  const each = items[Symbol.iterator]();
  const loop = async (client) => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const { done, value } = each.next();
      if (done) return;
      const start = performance.now();
      await work(client, turn, value);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
  const seconds = (performance.now() - began) / 1000;
  const count = latencies.length;
  return {
    count,
    perSecond: count / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuMs: (ownCpu() - cpu) / count,
    serverCpuMs: (treeCpu(serverPid) - serverCpu) / count,
  };
}

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Bank } from './bank.js';
import { Book } from './book.js';
import { BankClock } from './clock.js';
import { FaultPlan } from './faults.js';
import { bankServer } from './server.js';

const TICK_MS = 100;

/** `--port=0` on the command line wins over `PORT=0` in the environment. */
function setting(name: string, fallback: string): string {
  const flag = `--${name.toLowerCase().replaceAll('_', '-')}=`;
  return process.argv.find((argument) => argument.startsWith(flag))?.slice(flag.length) ?? process.env[name] ?? fallback;
}

function wholeNumber(name: string, fallback: string): number {
  const text = setting(name, fallback);
  if (!/^-?\d{1,15}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}

function main(): void {
  const port = wholeNumber('PORT', '0');
  const host = setting('HOST', '127.0.0.1');
  const bank = new Bank(new Book(setting('BOOK', 'bank-book.jsonl')), new BankClock(wholeNumber('CLOCK_OFFSET_MS', '0')));
  const server = bankServer(bank, plannedFaults());
  const tick = setInterval(() => attempt(() => bank.advance()), TICK_MS);

  server.on('error', (error) => stop(`cannot listen on ${host}:${port}: ${error.message}`));
  server.listen(port, host, () => {
    const ready = {
      ready: true,
      address: `http://${host}:${(server.address() as AddressInfo).port}`,
      port: (server.address() as AddressInfo).port,
    };
    process.stdout.write(`${JSON.stringify({ ...ready, book: bank.book.path })}\n`);
    process.send?.(ready);
  });

  const end = () => {
    clearInterval(tick);
    bank.book.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  if (process.send !== undefined) process.on('disconnect', end);
}

/** Faults planned before anything happens: a JSON list in the file that FAULTS names. */
function plannedFaults(): FaultPlan {
  const plan = new FaultPlan();
  const path = setting('FAULTS', '');
  if (path === '') return plan;
  for (const fault of JSON.parse(readFileSync(path, 'utf8')) as unknown[]) plan.add(fault);
  return plan;
}

function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
}

function stop(reason: string): never {
  process.stderr.write(`bank simulator: ${reason}\n`);
  process.exit(1);
}

try {
  main();
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}

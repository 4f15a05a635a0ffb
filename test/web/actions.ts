// How long the server took over every action of a story, by its own word (Server-Timing): what a person does in the browser and what the others do
// over HTTP meanwhile. Each story ends with it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { RunningHouse } from '../support/processes.js';
import { ROOT } from './site.js';

const allowedMs = 100;
/** An action done only once or twice may have met a hiccup of the machine. */
const allowedOnceMs = 250;
const often = 3;

/** On an answer that a story gave in the server's place. */
export const notTheServer = 'x-not-the-server';

/** What may take longer, and why. */
const unhurried: Readonly<Record<string, string>> = {
  'POST sandbox/clock': 'answers when every limit up to the new day was applied; production has no such action',
  'POST recoveries/:id/demand':
    'sets a letter in Chinese type and writes it as PDF, kept under its hash with the demand: two tenths of a second of a processor',
};

type Heard = { readonly method: string; readonly url: string; readonly status: number; readonly header: (name: string) => string | null };
const taken = new Map<string, number[]>();
const untold: string[] = [];

function hear({ method, url, status, header }: Heard): void {
  if (method === 'GET' || header(notTheServer) !== null) return;
  const route = `${method} ${routeOf(url)}`;
  const { dur } = /app;dur=(?<dur>[\d.]+)/.exec(header('server-timing') ?? '')?.groups ?? {};
  if (dur === undefined) untold.push(`${route} ${status}`);
  // a refusal is quick; what was done is what counts
  else if (status < 400) taken.set(route, [...(taken.get(route) ?? []), Number(dur)]);
  burn();
}

const routeOf = (url: string): string =>
  (new URL(url).pathname.split('/api/v1/')[1] ?? '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/\d{4}-\d{2}-\d{2}/g, ':date');

/** Listens to a window. */
export function timeWindow(page: Page): void {
  page.on('response', (response) => {
    const headers = response.headers();
    hear({ method: response.request().method(), url: response.url(), status: response.status(), header: (name) => headers[name] ?? null });
  });
}

/** Listens to everybody who works over HTTP. */
export function timeHouse({ client }: RunningHouse): void {
  client.onAnswer = (method, url, { status, headers }, alone) => {
    // of many at once each waits for the others
    if (alone) hear({ method, url, status, header: (name) => headers.get(name) });
  };
}

const burnt = { wallMs: 0, cpuMs: 0 };
/** A few milliseconds of work, now and again: what they take by the clock says how much of a processor is to be had. */
function burn(): void {
  const [began, before] = [performance.now(), process.cpuUsage()];
  let cpuMs = 0;
  while (cpuMs < 3) {
    const { user, system } = process.cpuUsage(before);
    cpuMs = (user + system) / 1000;
  }
  burnt.wallMs += performance.now() - began;
  burnt.cpuMs += cpuMs;
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/**
 * Every action answered within 100 ms of the server, half of the time at least; the table is kept in artifacts/. What others take of the machine
 * is not the server's time: its figures are shortened by as much as work of our own was stretched, and not judged where that is beyond measure.
 */
export function expectQuickActions(story: string): void {
  const table = [...taken].map(([route, ms]) => ({ route, count: ms.length, medianMs: median(ms), worstMs: Math.max(...ms) }));
  table.sort((a, b) => b.medianMs - a.medianMs);
  const stretch = burnt.wallMs / burnt.cpuMs;
  mkdirSync(join(ROOT, 'artifacts', 'web'), { recursive: true });
  writeFileSync(join(ROOT, 'artifacts', 'web', `actions-${story}.json`), `${JSON.stringify({ stretch, table }, null, 1)}\n`);
  expect([table.length > 1, untold]).toEqual([true, []]);
  const slow = table.filter(
    ({ route, count, medianMs }) => unhurried[route] === undefined && medianMs / stretch > (count < often ? allowedOnceMs : allowedMs),
  );
  if (stretch < 3) expect(slow).toEqual([]);
  else console.info(`${story}: not judged, the machine was busy (${stretch.toFixed(1)} × the time): ${JSON.stringify(slow)}`);
}

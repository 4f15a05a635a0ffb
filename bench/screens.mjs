// (m) The same lists on the screen: opened, paged and scrolled in Chromium over a hundred thousand rows, each as whoever oversees all of them.

import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyFile } from '@tranche/casework';
import { chromium } from 'playwright-core';
import { ready, seed } from './lists.mjs';
import { median } from './measure.mjs';
import { serve } from './read.mjs';

const ROOT = join(import.meta.dirname, '..');
const browsers = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The page of each list, and one to come from: what is measured is the way from a click in the menu to painted rows. */
export const screens = [
  ['office/queue', 'queue by urgency'],
  ['cases', 'cases'],
  ['finance/due', 'payments due'],
  ['finance/transfers', 'transfers in trouble'],
  ['oversight/breaches', 'broken limits'],
];
const elsewhere = 'finance/rail-profiles';

/** Seeds `rows` cases as for the lists; opens each page, asks for `pages` more, and scrolls through what it holds then. */
export async function readScreens(place, { rows = 100_000, pages = 40 } = {}) {
  await seed(place, rows);
  return { rows, pages, screens: await onScreen(place, pages) };
}

/** The measurement alone, in a place that is seeded. */
export async function onScreen(place, pages) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-screens-'));
  writeFileSync(join(folder, 'keys.json'), generateKeyFile(randomBytes), { mode: 0o600 });
  const sandbox = { DATABASE_URL: place.appUrl, TRANCHE_SANDBOX: '1', TRANCHE_KEY_FILE: join(folder, 'keys.json'), LOG_LEVEL: 'silent' };
  const api = await serve(join(ROOT, 'dist/api.js'), sandbox);
  const browser = await chromium.launch({
    executablePath: browsers.find((path) => path !== '' && existsSync(path)) ?? '',
    args: ['--no-sandbox'],
  });
  try {
    await ready(api.port);
    const page = await windowOf(browser, `http://127.0.0.1:${api.port}`, await signIn(place));
    const told = [];
    for (const [path, name] of screens) told.push(await walk(page, { path, name, pages }));
    return told;
  } finally {
    await browser.close();
    api.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function signIn({ superuser, by }) {
  const token = randomBytes(32).toString('base64url');
  await superuser.query(
    `INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, now(), now(), now() + interval '8 hours')`,
    [createHash('sha256').update(token).digest(), by('supervisor').userId],
  );
  return token;
}

async function windowOf(browser, baseURL, token) {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await context.addCookies([{ name: 'tranche-session', value: token, url: baseURL }]);
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  await page.goto(`/desk/${elsewhere}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** One list: click to painted rows, each further page, then a scroll from its top to its end. */
async function walk(page, { path, name, pages }) {
  await page.locator(`a[href="/desk/${elsewhere}"]`).first().click();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate('tasks.length = 0');
  const opened = await page.evaluate(`painted('a[href="/desk/${path}"]')`);
  const more = [];
  while (more.length < pages && (await page.evaluate('moreButton() !== undefined')))
    more.push(await page.evaluate('painted(moreButton())'));
  const tasks = await page.evaluate('tasks.splice(0)');
  const frames = await page.evaluate('scrolled()');
  const found = {
    name,
    rows: await page.evaluate('shown()'),
    opened,
    more: more.length === 0 ? null : median(more),
    worst: more.length === 0 ? null : Math.max(...more),
    longTasks: tasks.length,
    longest: Math.max(0, ...tasks),
    frames: frames.length,
    slowFrames: frames.filter((ms) => ms > 50).length,
    slowest: Math.max(...frames),
  };
  if (process.env.BENCH_VERBOSE) console.log(JSON.stringify(found));
  return found;
}

/** What runs in the page. A row counts as painted at the second frame after the list says that it holds more and stands still. */
const WATCH = `
  globalThis.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  globalThis.frame = () => new Promise((done) => requestAnimationFrame(done));
  globalThis.count = () => Number(/\\d+/.exec(document.querySelector('main .more')?.textContent ?? '')?.[0] ?? -1);
  globalThis.shown = count;
  globalThis.moreButton = () => [...document.querySelectorAll('main .more button')].find(({ textContent }) => /继续加载/.test(textContent));
  globalThis.settled = () => count() >= 0 && document.querySelector('main section[aria-busy="true"]') === null
    && (count() === 0 || document.querySelector('main .ant-table-row') !== null);
  globalThis.painted = async function (what) {
    const before = typeof what === 'string' ? null : count();
    const button = typeof what === 'string' ? document.querySelector(what) : what;
    const began = performance.now();
    button.click();
    do { await frame(); } while (typeof what === 'string' ? !(location.pathname === button.getAttribute('href') && settled()) : count() === before);
    await frame();
    await frame();
    return performance.now() - began;
  }
  globalThis.scrolled = async function () {
    const box = document.querySelector('main .ant-table-tbody-virtual-holder') ?? document.scrollingElement;
    const taken = [];
    const step = Math.max(120, Math.floor((box.scrollHeight - box.clientHeight) / 300));
    let last = await frame();
    for (let top = 0; taken.length < 300 && top <= box.scrollHeight; top += step) {
      if (box === document.scrollingElement) scrollTo(0, top);
      else box.dispatchEvent(new WheelEvent('wheel', { deltaY: step, bubbles: true, cancelable: true }));
      const now = await frame();
      taken.push(now - last);
      last = now;
    }
    return taken;
  }`;

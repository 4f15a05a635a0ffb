// A browser over the real stack. The stories that need it are skipped, with the reason, where there is none.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { sandboxPassword } from '../support/http-client.js';
import { timeWindow } from './actions.js';
import { ROOT } from './site.js';

const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of a Chromium of this machine; null when there is none. */
export const browserPath = (): string | null => PLACES.find((path) => path !== '' && existsSync(path)) ?? null;

/** `describe` where there is a browser; elsewhere skipped, and the reason is printed. */
export function describeInBrowser(name: string, body: () => void): void {
  if (browserPath() !== null) {
    describe(name, body);
    return;
  }
  console.warn(`skipped: ${name} (no Chromium found; install one or set CHROMIUM to its path)`);
  describe.skip(name, body);
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: browserPath() ?? '', args: FLAGS });

/** What a page complained about since it was opened: errors of the console and of scripts. A story ends with none. */
export const complaintsOf = (page: Page): string[] => complaints.get(page) ?? [];
const complaints = new WeakMap<Page, string[]>();

export type Look = { readonly width?: number; readonly height?: number };

/** Windows that were given back, empty: a page in one of them costs a third of what the first page of a new one does. */
const empty = new WeakMap<Browser, Page[]>();

/** A window of its own, with its own cookies. Of what was in it before, for somebody else, nothing is left but scripts the browser has compiled. */
export async function openWindow(browser: Browser, address: string, { width = 1440, height = 900 }: Look = {}): Promise<Page> {
  const page = empty.get(browser)?.pop();
  if (page === undefined) return newWindow(browser, address, { width, height });
  await page.setViewportSize({ width, height });
  return page;
}

/** Gives a window back whose story is over: signed out, online, nothing stored, nothing answered in the server's place, no page of ours in it. */
export async function closeWindow(page: Page): Promise<void> {
  const context = page.context();
  await page.unrouteAll({ behavior: 'wait' });
  await context.setOffline(false);
  await page.goto('/icon.svg');
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await context.clearCookies();
  complaints.get(page)?.splice(0);
  const browser = context.browser();
  if (browser !== null) empty.set(browser, [...(empty.get(browser) ?? []), page]);
}

async function newWindow(browser: Browser, address: string, { width, height }: Required<Look>): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'America/New_York',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(Number(process.env['WM_T'] ?? 30_000));
  const page = await context.newPage();
  const heard: string[] = [];
  complaints.set(page, heard);
  timeWindow(page);
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    // a refused request is written there too; pages show those themselves
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) heard.push(message.text());
  });
  return page;
}

/**
 * A window in which this account is signed in and stands on this page of the portals, or else where its work begins. The form itself is gone
 * through in sign-in.test.ts.
 */
export async function signedIn(
  browser: Browser,
  address: string,
  username: string,
  { at = '', ...look }: Look & { readonly at?: string } = {},
): Promise<Page> {
  const page = await openWindow(browser, address, look);
  await cookieOf(page.context(), address, username);
  await page.goto(`/desk${at}`);
  await page.waitForURL('**/desk/**');
  return page;
}

/** Run in the page: goes there as a link does, and says when another heading stands over it. */
const GO = `(path) => {
  const heading = () => document.querySelector('h1');
  const [before, words] = [heading(), heading()?.textContent];
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  return new Promise((shown) => {
    const look = () => (heading() !== null && (heading() !== before || heading().textContent !== words) ? shown() : setTimeout(look, 20));
    look();
  });
}`;

/**
 * Goes to a page that this window has not shown yet, as a link of the portals does: what they keep of other pages stays. Where the newest of a page
 * seen before is wanted, load it (`goto`).
 */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(`(${GO})(${JSON.stringify(path)})`);
}

/** Signs an account in, in a window that need not show the form. */
export async function cookieOf(context: BrowserContext, address: string, username: string): Promise<void> {
  const reply = await context.request.post(`${address}/api/v1/session`, { data: { username, password: sandboxPassword } });
  if (!reply.ok()) throw new Error(`${username} was not signed in: ${reply.status()}`);
}

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
type Finding = { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] };

/** What axe finds serious or critical on the page as it stands, in one line each; empty is what is wanted. */
export async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(axeSource);
  const found = await page.evaluate<Finding[]>("axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)");
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ target, failureSummary = '' }) => `${target.join(' ')} (${failureSummary.replace(/\s+/g, ' ')})`)
          .join('; ')}`,
    );
}

/** Run in the page: leaf texts wider than the box that hides what sticks out. */
const CLIPPED = `[...document.querySelectorAll('body *')]
  .filter((element) => element instanceof HTMLElement && element.childElementCount === 0 && (element.textContent ?? '').trim() !== '')
  .filter((element) => element.getClientRects().length > 0 && element.clientWidth > 1)
  .filter((element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.textContent.trim().slice(0, 40))`;

/** Texts that are cut off by their own box: nobody can read the rest. */
export const clippedTexts = (page: Page): Promise<string[]> => page.evaluate<string[]>(CLIPPED);

/** By how many pixels the page is wider than its window: nobody should have to scroll sideways. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Looks at the page as it stands, at every width: nothing to scroll sideways for, nothing cut off, nothing serious for axe. */
export async function looksGood(page: Page, name: string): Promise<void> {
  for (const width of [320, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, `${name}-${width}`);
    // what axe says of a page changes with its layout: the narrowest and the widest
    const serious = width === 768 ? [] : await seriousFindings(page);
    const found = { width, sideways: await sidewaysScroll(page), clipped: await clippedTexts(page), serious };
    if (found.sideways !== 0 || found.clipped.length > 0 || found.serious.length > 0)
      throw new Error(`${name} does not look good: ${JSON.stringify(found)}`);
  }
}

/** These pages of the desk at 320 pixels in English, whose words are longer than the Chinese ones: nothing sideways, nothing cut off. */
export async function fitsInEnglish(page: Page, places: readonly string[]): Promise<void> {
  await page.evaluate(`localStorage.setItem('tranche-language', 'en')`);
  await page.setViewportSize({ width: 320, height: 900 });
  await page.reload();
  for (const place of places) {
    await page.evaluate(`history.pushState(null, '', '/desk/${place}'); dispatchEvent(new PopStateEvent('popstate', { state: null }))`);
    await page.waitForURL(`**/desk/${place}`);
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main :is(.ant-skeleton, [aria-busy="true"])').first().waitFor({ state: 'detached' });
    const found = { place, sideways: await sidewaysScroll(page), clipped: await clippedTexts(page) };
    if (found.sideways !== 0 || found.clipped.length > 0) {
      await picture(page, `english-${place.replaceAll('/', '-')}`);
      throw new Error(`does not fit in English: ${JSON.stringify(found)}`);
    }
  }
  await page.evaluate(`localStorage.removeItem('tranche-language')`);
}

/** Kept in artifacts/ for eyes; the pipeline keeps the folder. As JPEG: a picture of a long page costs a fraction of the work. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(join(ROOT, 'artifacts', 'web'), { recursive: true });
  await page.screenshot({ path: join(ROOT, 'artifacts', 'web', `${name}.jpg`), type: 'jpeg', quality: 80, fullPage: true });
}

type Element = { readonly ownerDocument: { readonly activeElement: unknown } };

/** Whether what is typed now goes into this control. */
export const focused = (control: Locator): Promise<boolean> =>
  control.evaluate((element: Element) => element === element.ownerDocument.activeElement);

/** Steps on with the tabulator until this control has the focus, as somebody without a mouse does. @throws when it is never reached */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let steps = 0; steps < 120; steps += 1) {
    if (await focused(control)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(control)} is not reached by keyboard`);
}

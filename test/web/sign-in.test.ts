// Signing in, and what happens to typed text when the session ends, the connection is lost, or somebody else was faster.

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { rosterFile } from '../support/class-files.js';
import { HttpCase } from '../support/http-case.js';
import { RunningHouse } from '../support/processes.js';
import { complaintsOf, describeInBrowser, openBrowser, openWindow, picture, seriousFindings, sidewaysScroll, signedIn } from './browser.js';
import { buildPortals } from './site.js';

jest.setTimeout(90_000);

let house: RunningHouse;
let browser: Browser;
const address = () => house.apis[0]?.url ?? '';

describeInBrowser('signing in', () => {
  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('refuses a wrong password in words and keeps the name', async () => {
    const page = await openWindow(browser, address(), { width: 320 });
    await page.goto('/desk/cases');
    await page.waitForURL('**/sign-in?to=**');
    await page.getByLabel('用户名').fill('officer');
    await page.getByLabel('密码').fill('not this one');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('用户名').inputValue()).toBe('officer');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await picture(page, 'sign-in-320');
    await page.getByLabel('密码').fill('tranche-sandbox');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/cases');
    await page.context().close();
  });

  it('speaks English when asked to, and goes on doing so', async () => {
    const page = await signedIn(browser, address(), 'auditor');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Cases' }).first().click();
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });

  /** A case in the officer's hands, its return form open with a reason typed. */
  async function typing(): Promise<{ page: Page; of: HttpCase; reason: string }> {
    const of = await HttpCase.open(house, { size: 1 });
    await of.upload('institution', 'roster', rosterFile(of.people));
    await of.hear('institution', 'application.submitted');
    const page = await signedIn(browser, address(), 'officer');
    await page.goto(`/desk/cases/${of.id}`);
    await page.getByRole('button', { name: '退回补正' }).click();
    const reason = '花名册缺少联系电话，请补正后重新提交。';
    await page.getByLabel('理由').fill(reason);
    return { page, of, reason };
  }
  const send = (page: Page) => page.getByRole('form', { name: '退回补正' }).getByRole('button', { name: '退回补正' }).click();
  const returned = async (of: HttpCase) => (await of.history()).filter(({ type }) => type === 'application.returned').length;

  it('asks again over the page when the session has ended, then does what was asked', async () => {
    const { page, of } = await typing();
    await page.context().clearCookies();
    await send(page);
    await page.getByRole('dialog', { name: '登录已过期' }).waitFor();
    await picture(page, 'session-ended');
    await page.getByLabel('密码').fill('tranche-sandbox');
    await page.getByRole('dialog', { name: '登录已过期' }).getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('form', { name: '退回补正' }).waitFor({ state: 'detached' });
    expect(await returned(of)).toBe(1);
    await page.context().close();
  });

  it('keeps the text when the connection is lost, and sends it once when it is back', async () => {
    const { page, of, reason } = await typing();
    await page.context().setOffline(true);
    await send(page);
    await page.getByText('无法连接服务器').waitFor();
    await page.getByText('连接已断开').waitFor();
    expect(await page.getByLabel('理由').inputValue()).toBe(reason);
    await page.context().setOffline(false);
    await send(page);
    await page.getByRole('form', { name: '退回补正' }).waitFor({ state: 'detached' });
    expect(await returned(of)).toBe(1);
    await page.context().close();
  });

  it('says that the page is stale when somebody else was faster, and keeps the text, through a reload too', async () => {
    const { page, of, reason } = await typing();
    // the page learns of it only from the refusal
    await page.route('**/api/v1/events', (route) => route.abort());
    await of.hear('approver', 'case.held', { reason: '核查中' });
    await send(page);
    await page.getByText('案件已被更新').waitFor();
    expect(await page.getByLabel('理由').inputValue()).toBe(reason);
    expect(await returned(of)).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: '退回补正' }).click();
    expect(await page.getByLabel('理由').inputValue()).toBe(reason);
    await page.context().close();
  });
});

// Finance: what is due is collected by one person and signed by another; one alone is refused. Then every worklist is looked at.

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { HttpCase } from '../support/http-case.js';
import { RunningHouse } from '../support/processes.js';
import { complaintsOf, describeInBrowser, looksGood, openBrowser, signedIn } from './browser.js';
import { buildPortals } from './site.js';

jest.setTimeout(90_000);

let house: RunningHouse;
let browser: Browser;
const address = () => house.apis[0]?.url ?? '';

describeInBrowser('finance', () => {
  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** Two classes that have begun: the first quarter of each is due. */
  async function twoDue(): Promise<HttpCase[]> {
    const cases = await Promise.all([1, 2].map(async () => (await HttpCase.open(house, { size: 20 })).started()));
    await Promise.all(cases.map((each) => each.waiting('s1')));
    return cases;
  }

  async function makeBatch(page: Page): Promise<string> {
    await page.getByText('可制单').first().waitFor();
    await looksGood(page, 'finance-due');
    await page.getByRole('checkbox', { name: /Select all|全选/ }).check();
    await page.getByText('已选 2 笔').waitFor();
    await page.getByRole('button', { name: '制作拨付单' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^制 ?单$/ })
      .click();
    await page.waitForURL('**/finance/batches/*');
    return page.url().split('/').at(-1) ?? '';
  }

  it('signs with two people, and is refused with one', async () => {
    const cases = await twoDue();
    const maker = await signedIn(browser, address(), 'maker');
    const id = await makeBatch(maker);
    await maker.getByRole('button', { name: '送复核' }).click();
    await maker.getByText('须由另一位复核人签发').waitFor();
    expect(await maker.getByRole('button', { name: '复核签发' }).count()).toBe(0);
    const { contentHash } = await house.client.get<{ contentHash: string }>('maker', `batches/${id}`);
    const alone = await house.client.ask('POST', `batches/${id}/approve`, { as: 'maker', body: { contentHash } });
    expect([alone.status, alone.body['code']]).toEqual([403, 'role-not-allowed']);

    const checker = await signedIn(browser, address(), 'checker');
    await checker.goto(`/desk/finance/batches/${id}`);
    await checker.getByText('首次付款').first().waitFor();
    await checker.getByText(contentHash).waitFor();
    await looksGood(checker, 'finance-sign');
    await checker.getByRole('button', { name: '复核签发' }).focus();
    await checker.keyboard.press('Enter');
    await Promise.all(cases.map((each) => each.paid('s1')));
    await checker.getByText('已办结').waitFor();
    expect(complaintsOf(maker)).toEqual([]);
    expect(complaintsOf(checker)).toEqual([]);
    await maker.context().close();
    await checker.context().close();
  });

  it('shows every worklist, and how a year’s budget burns down', async () => {
    const page = await signedIn(browser, address(), 'cashier');
    for (const [path, heading] of [
      ['transfers', '退票与未明'],
      ['bank-files', '银行来文'],
      ['statement-lines', '银行流水'],
      ['reconciliation', '每日对账'],
      ['recoveries', '追回'],
      ['funds', '资金与指标'],
    ] as const) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`/desk/finance/${path}`);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      if (path === 'funds') await page.getByRole('img', { name: '指标执行图' }).waitFor();
      await page.locator('.ant-skeleton, .ant-spin-spinning').waitFor({ state: 'detached' });
      await looksGood(page, `finance-${path}`);
    }
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });
});

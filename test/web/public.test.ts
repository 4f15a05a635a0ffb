// What anybody can do without signing in: find a subsidy, read a policy, object to a notice and follow the objection.

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { HttpCase } from '../support/http-case.js';
import { RunningHouse } from '../support/processes.js';
import { expectQuickActions, timeHouse } from './actions.js';
import {
  clippedTexts,
  closeWindow,
  complaintsOf,
  describeInBrowser,
  openBrowser,
  openWindow,
  picture,
  seriousFindings,
  sidewaysScroll,
} from './browser.js';
import { losesNothing } from './forms.js';
import { buildPortals } from './site.js';

jest.setTimeout(90_000);

let house: RunningHouse;
let browser: Browser;
const address = () => house.apis[0]?.url ?? '';

/** Fit for everybody: nothing serious found by axe, nothing cut off, nothing to scroll sideways for, no complaint of the browser. */
async function expectFit(page: Page, name: string, widths: readonly number[] = [320, 768, 1440]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await sidewaysScroll(page), await clippedTexts(page)]).toEqual([name, width, 0, []]);
    await picture(page, `${name}-${width}`);
  }
  expect([name, await seriousFindings(page), complaintsOf(page)]).toEqual([name, [], []]);
}

describeInBrowser('without signing in', () => {
  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
    timeHouse(house);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('a person answers a few questions and sees what applies, what nearly does and why, by the keyboard alone', async () => {
    const page = await openWindow(browser, address());
    await page.goto('/');
    await page.getByRole('link', { name: '查一查我能享受哪些补贴' }).press('Enter');
    await page.getByLabel('个人').press('Space');
    await page.getByRole('heading', { name: /还不能确定/ }).waitFor();
    const fits = page.locator('.found-applies, .found-likely');
    for (let asked = 0; asked < 40; asked += 1) {
      await page.locator('form.asks[aria-busy=false]').waitFor();
      const question = page.locator('form.asks fieldset').nth(2);
      if ((await question.count()) === 0 || (await fits.getByRole('link', { name: '失业保险金' }).count()) > 0) break;
      const legend = (await question.locator('legend').textContent()) ?? '';
      if ((await question.getByRole('button', { name: '是', exact: true }).count()) > 0) {
        const no = /个人原因|低保|能够覆盖|暂缓|高校毕业生/.test(legend);
        await question.getByRole('button', { name: no ? '否' : '是', exact: true }).press('Enter');
      } else if (/缴费月数/.test(legend)) {
        await question.getByRole('textbox').fill('many');
        await question.getByRole('textbox').press('Enter');
        await question.getByText('请填写不带小数的数字').waitFor();
        expect(await question.getByRole('textbox').inputValue()).toBe('many');
        await question.getByRole('textbox').fill('24');
        await question.getByRole('textbox').press('Enter');
      } else await question.getByRole('button', { name: '不清楚' }).press('Enter');
    }
    await fits.getByRole('link', { name: '失业保险金' }).waitFor();
    await expectFit(page, 'public-finder');
    await page.reload();
    await fits.getByRole('link', { name: '失业保险金' }).waitFor();
    await page.getByText(/已回答 \d+ 题/).click();
    await page.getByRole('button', { name: /修改：.*缴费月数/ }).click();
    const again = page.locator('form.asks fieldset').nth(2).getByRole('textbox');
    await again.fill('3');
    await again.press('Enter');
    await page
      .locator('.found-nearly')
      .getByText(/不满足：/)
      .first()
      .waitFor();
    await closeWindow(page);
  });

  it('a policy says its conditions, stages and clauses, shows its diagram, and is compared with the one of the province', async () => {
    const page = await openWindow(browser, address());
    await page.goto('/policies');
    await page.getByRole('searchbox', { name: '名称' }).fill('职业技能培训');
    await expectFit(page, 'public-policies');
    await page.goto('/policies/training-subsidy-staged');
    await page.getByRole('heading', { name: '首笔预拨' }).waitFor();
    await page.getByText('开展培训后10个工作日内（法定）').waitFor();
    await page.getByText('按照预计补贴数额的 50% 预拨资金').last().waitFor();
    const drawn = () => page.evaluate<number>(`document.querySelector('.diagram img').naturalWidth`);
    await page.locator('.diagram').scrollIntoViewIfNeeded();
    await page.evaluate(`document.querySelector('.diagram img').decode()`);
    expect(await drawn()).toBeGreaterThan(200);
    await expectFit(page, 'public-policy');
    await page.getByRole('link', { name: '对照各版本' }).click();
    await page.getByText(/3 处不同/).waitFor();
    await page.getByText('大连市各区市县、先导区人力资源和社会保障局').waitFor();
    await expectFit(page, 'public-compare');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText(/3 differ/).waitFor();
    await closeWindow(page);
  });

  it('a citizen objects, nothing typed is lost, the payment waits, and the decision is read with the receipt', async () => {
    const story = await (await (await HttpCase.open(house, { size: 10 })).advanced()).accepted();
    await story.hear('officer', 'notice.posted');
    const page = await openWindow(browser, address());
    await page.goto('/notices');
    await expectFit(page, 'public-notices');
    await page.getByRole('link', { name: /-G1$/ }).click();
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('请填写异议理由。').waitFor();
    await page.getByLabel(/异议理由/).fill('名单中有人未到课。');
    const form = page.getByRole('form', { name: '提出异议' });
    const typing = { form, send: '提交异议', field: /异议理由/, at: 'ground', open: true } as const;
    await losesNothing(page, { name: 'public/objection-form.tsx ObjectionForm', ...typing });
    await page.getByLabel(/联系电话/).fill('110');
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('应为电话号码，如 0411-88889999').waitFor();
    await page.getByLabel(/联系电话/).fill('138 1234 5678');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '提交异议' }).press('Enter');
    await page.getByText('无法连接服务器').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    expect(await page.getByLabel(/异议理由/).inputValue()).toBe('名单中有人未到课。');
    expect(await page.getByLabel(/联系电话/).inputValue()).toBe('138 1234 5678');
    await expectFit(page, 'public-notice');
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('异议已受理').waitFor();
    const receiptNo = (await page.locator('.receipt-no').textContent()) ?? '';
    await expectFit(page, 'public-receipt', [320]);
    const { notice, deadlines } = await story.view();
    expect(notice).toMatchObject({ no: 1 });
    const ends = deadlines.find(({ key }) => key === 'notice:1')?.lastDay ?? '';
    await house.moveTo(new Date(Date.parse(`${ends}T00:00:00+08:00`) + 2 * 86_400_000).toISOString());
    expect(await story.tranche('s3')).toMatchObject({ state: 'locked' });
    expect(await story.view()).toMatchObject({ state: 'objected' });
    await page.getByRole('link', { name: '查看进度' }).click();
    await page.getByText('正在核查，款项暂停拨付').waitFor();
    const [objection] = await house.rows<{ id: string }>('SELECT id FROM objections WHERE receipt_no = $1', [receiptNo]);
    await story.hear('reviewer', 'objection.rejected', { objection: objection?.id, decision: '经核查考勤属实' });
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('经核查考勤属实').waitFor();
    await expectFit(page, 'public-objection');
    await page.goto('/objections');
    await page.getByLabel('回执编号').fill(receiptNo.toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByText('异议不成立').waitFor();
    expect(await page.getByText('经核查考勤属实').count()).toBe(0);
    await page.getByLabel('回执编号').fill('NO-SUCH-1');
    await page.keyboard.press('Enter');
    await page.getByText('没有这个回执编号').waitFor();
    await closeWindow(page);
  });

  it('the board shows a share only where enough was paid', async () => {
    const page = await openWindow(browser, address());
    await house.moveTo(new Date(Date.parse(await house.now()) + 30 * 86_400_000).toISOString());
    await page.goto('/promises');
    await page.getByText('不足 5 笔', { exact: true }).waitFor();
    await expectFit(page, 'public-promises');
    await page.goto('/');
    await expectFit(page, 'public-home');
    await closeWindow(page);
  });

  it('answers every action within 100 ms of the server', () => expectQuickActions('public'));
});

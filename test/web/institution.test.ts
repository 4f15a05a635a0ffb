// An institution files a class in the browser, by keyboard alone, and is paid 50/25/25; the office and the treasury do their part over HTTP.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { attendanceFile, inventPeople, resultsFile, rosterFile } from '../support/class-files.js';
import { HttpCase } from '../support/http-case.js';
import { sandboxPassword } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';
import { expectQuickActions, timeHouse } from './actions.js';
import {
  clippedTexts,
  complaintsOf,
  describeInBrowser,
  fitsInEnglish,
  focused,
  openBrowser,
  openWindow,
  picture,
  seriousFindings,
  sidewaysScroll,
  tabTo,
} from './browser.js';
import { buildPortals, ROOT } from './site.js';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'tranche-files-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describeInBrowser('an institution files a class', () => {
  let house: RunningHouse;
  let browser: Browser;
  let page: Page;
  let of: HttpCase;
  const people = inventPeople(100);

  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
    timeHouse(house);
    page = await openWindow(browser, house.apis[0]?.url ?? '');
    // somebody listens from the beginning: asked for later, a choice of files may open where no story hears of it
    page.on('filechooser', () => undefined);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = '下一步：上传材料';
  it('signs in, chooses the policy and answers its questions by keyboard alone; the server’s word and the focus are at the field', async () => {
    await page.goto('/sign-in');
    await tabTo(page, page.getByLabel('用户名'));
    await page.keyboard.type('institution');
    await tabTo(page, page.getByLabel('密码'));
    await page.keyboard.type(sandboxPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '我的案件' }).waitFor();
    await tabTo(page, page.getByRole('main').getByRole('link', { name: '新申报' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('combobox', { name: '政策' }));
    await page.keyboard.type('优化拨付');
    await page.getByRole('option', { name: '职业培训补贴（优化拨付模式）' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('计划课时'));
    await page.keyboard.type('八');
    await tabTo(page, page.getByRole('button', { name: send }));
    await page.keyboard.press('Enter');
    await page.getByText('应为整数。').waitFor();
    expect(await focused(page.getByLabel('计划课时'))).toBe(true);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('８');
    for (const name of ['已办理开班备案', '学员属于补贴对象']) {
      await tabTo(page, page.getByLabel(name).getByRole('radio', { name: '是' }));
      await page.keyboard.press('Space');
    }
    for (const [name, day] of [
      ['备案开班日期', '2020-11-25'],
      ['备案结班日期', '2021-06-30'],
    ] as const) {
      await tabTo(page, page.getByLabel(name));
      await page.keyboard.type(day);
      await page.keyboard.press('Enter');
    }
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'apply-1440');
    await tabTo(page, page.getByRole('button', { name: send }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/desk\/apply\/[0-9a-f-]{36}$/);
    of = HttpCase.at(house, page.url().split('/').at(-1) ?? '', people);
  });

  /** Opens the choice of a file by keyboard and takes this one. */
  async function choose(label: string, path: string): Promise<void> {
    await tabTo(page, page.getByLabel(label));
    const choosing = page.waitForEvent('filechooser');
    await page.keyboard.press('Enter');
    await (await choosing).setFiles(path);
  }

  it('drops a spreadsheet on the page, whose formula is refused by its row and cell', async () => {
    const sheet = readFileSync(join(ROOT, 'examples', 'bad', 'roster-formula.xlsx')).toString('base64');
    const drop = await page.evaluateHandle<unknown>(`(() => {
      const held = new DataTransfer();
      const bytes = Uint8Array.from(atob('${sheet}'), (each) => each.charCodeAt(0));
      held.items.add(new File([bytes], 'roster-formula.xlsx'));
      return held;
    })()`);
    await page.getByRole('group').filter({ hasText: '学员花名册' }).dispatchEvent('drop', { dataTransfer: drop });
    await page.getByText('需要更正').waitFor();
    await page.getByRole('cell', { name: /公式/ }).first().waitFor();
  });

  it('uploads a roster with mistakes, is shown each row and cell, and brings it right, by keyboard alone', async () => {
    const [first = '', ...rest] = people;
    const wrong = rosterFile([`${first.slice(0, -1)}${first.endsWith('X') ? '0' : 'X'}`, ...rest]);
    await choose('学员花名册', file('wrong.csv', wrong));
    await page.getByText('需要更正').waitFor();
    await page.getByRole('cell', { name: /校验/ }).first().waitFor();
    await picture(page, 'roster-refused-1440');
    await choose('学员花名册', file('roster.csv', rosterFile(people)));
    await page.getByText('roster.csv 已导入：100 人。').waitFor();
  });

  it('adds a file, whose checksum agrees, and sends the application, by keyboard alone', async () => {
    await choose('上传佐证材料', file('plan.pdf', '%PDF-1.4 teaching plan'));
    await page.getByText('校验和与本机一致').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'filing-1440');
    await tabTo(page, page.getByRole('form', { name: '提交申报' }).getByRole('button', { name: '提交申报' }));
    await page.keyboard.press('Enter');
    await page.getByText('申报已提交').waitFor();
    await tabTo(page, page.getByRole('link', { name: '查看办理进度' }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/desk\/cases\/[0-9a-f-]{36}$/);
  });

  it('sees the first half paid without touching the page', async () => {
    for (const [who, what] of [
      ['officer', 'application.accepted'],
      ['reviewer', 'application.reviewed'],
      ['approver', 'application.approved'],
    ] as const)
      await of.hear(who, what);
    await page.locator('.page-head').getByText('已审批').waitFor();
    await page.getByRole('button', { name: '开展培训' }).click();
    await page.getByRole('form', { name: '开展培训' }).getByRole('button', { name: '开展培训' }).click();
    await page.getByRole('form', { name: '开展培训' }).waitFor({ state: 'detached' });
    await of.pay('s1');
    await tranche('首笔预拨').getByText('¥150,000.00').waitFor();
    await tranche('首笔预拨').getByText('已到账').waitFor();
  });

  const tranche = (label: string) =>
    page
      .getByRole('listitem')
      .filter({ hasText: label })
      .filter({ has: page.locator('.tranche-money') });

  it('brings attendance up to the half and is paid the second part', async () => {
    await page.getByRole('button', { name: '导入考勤' }).click();
    await page.getByLabel('考勤记录').setInputFiles(file('attendance.csv', attendanceFile('2020-11-25', 1, 100)));
    await page.getByLabel('考勤记录').waitFor({ state: 'detached' });
    await of.hear('inspector', 'milestone.halfway');
    await of.pay('s2');
    await tranche('第二笔').getByText('¥75,000.00').waitFor();
    await tranche('第二笔').getByText('已到账').waitFor();
    await page.goto('/desk/mine');
    await page.getByText('已完成 4 / 8 课时，达到一半').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'dashboard-1440');
  });

  it('is paid the rest after acceptance and a notice nobody objected to', async () => {
    await of.hear('institution', 'milestone.ended');
    await of.upload('inspector', 'results', resultsFile(people, 100));
    await of.hear('inspector', 'acceptance.passed');
    await of.hear('officer', 'notice.posted');
    await house.goTo(await house.workingDay(await house.today(), 6));
    await of.pay('s3');
    await page.goto(`/desk/cases/${of.id}`);
    await tranche('剩余补贴资金').getByText('¥75,000.00').waitFor();
    await tranche('剩余补贴资金').getByText('已到账').waitFor();
    await picture(page, 'case-paid-1440');
    expect(complaintsOf(page)).toEqual([]);
  });

  it('reads the case at any width, tab by tab, nothing cut off, nothing serious for axe', async () => {
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/desk/cases/${of.id}`);
      for (const tab of ['流程位置', '办理经过', '依据与计算', '佐证材料', '申报要素']) {
        // on a narrow screen the parts are folded beneath each other, the first one open
        if (width === 320 && tab !== '流程位置') await page.locator('.case-below').getByRole('button', { name: tab }).click();
        if (width > 320) await page.getByRole('tab', { name: tab }).click();
        await page.locator('.case-below .ant-skeleton').waitFor({ state: 'detached' });
        expect([width, tab, await sidewaysScroll(page)]).toEqual([width, tab, 0]);
        expect([width, tab, await clippedTexts(page)]).toEqual([width, tab, []]);
        if (width !== 768) expect(await seriousFindings(page)).toEqual([]);
      }
      await picture(page, `case-${width}`);
      await page.goto('/desk/mine');
      await page.getByText('已办结').click();
      await tranche('剩余补贴资金').getByText('已到账').waitFor();
      expect([width, await sidewaysScroll(page)]).toEqual([width, 0]);
      await picture(page, `dashboard-${width}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const taking = page.waitForEvent('download');
    await page.getByRole('button', { name: /导出/ }).click();
    const { caseNo } = await of.view();
    const table = readFileSync(await (await taking).path(), 'utf8');
    expect(table.split('\r\n').filter((line) => line.includes(caseNo) && line.includes('75000.00'))).toHaveLength(2);
    await fitsInEnglish(page, ['mine', 'apply', 'accounts', 'cases', `cases/${of.id}`]);
  });

  it('answers every action within 100 ms of the server', () => expectQuickActions('institution'));
});

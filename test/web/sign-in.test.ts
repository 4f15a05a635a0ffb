// Signing in, and what happens to typed text when the session ends, the connection is lost, or somebody else was faster.

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { rosterFile } from '../support/class-files.js';
import { HttpCase } from '../support/http-case.js';
import { Payees } from '../support/payees.js';
import { RunningHouse } from '../support/processes.js';
import { expectQuickActions, timeHouse } from './actions.js';
import {
  closeWindow,
  complaintsOf,
  describeInBrowser,
  openBrowser,
  openWindow,
  picture,
  seriousFindings,
  sidewaysScroll,
  signedIn,
} from './browser.js';
import { type FormName, losesNothing, serversWordAtItsField } from './forms.js';
import { buildPortals } from './site.js';

jest.setTimeout(90_000);

let house: RunningHouse;
let browser: Browser;
const address = () => house.apis[0]?.url ?? '';

describeInBrowser('signing in', () => {
  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
    timeHouse(house);
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
    await closeWindow(page);
  });

  it('speaks English when asked to, and goes on doing so', async () => {
    const page = await signedIn(browser, address(), 'auditor');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Cases' }).first().click();
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    expect(complaintsOf(page)).toEqual([]);
    await closeWindow(page);
  });

  /** A case in the officer's hands, its return form open with a reason typed. */
  async function typing(): Promise<{ page: Page; of: HttpCase; reason: string }> {
    const of = await HttpCase.open(house, { size: 1 });
    await of.upload('institution', 'roster', rosterFile(of.people));
    await of.hear('institution', 'application.submitted');
    const page = await signedIn(browser, address(), 'officer', { at: `/cases/${of.id}` });
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
    await closeWindow(page);
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
    await closeWindow(page);
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
    // what was typed before the reload was typed before the other step
    await page.getByText('填写期间案件有了新变化').waitFor();
    await closeWindow(page);
  });

  it('says while one types that somebody else took a step, and sends nothing on top of it before that was noted', async () => {
    const { page, of, reason } = await typing();
    await of.hear('approver', 'case.held', { reason: '核查中' });
    const notice = page.getByRole('status').filter({ hasText: '填写期间案件有了新变化' });
    await notice.getByText('核查中').waitFor();
    await picture(page, 'stale-form');
    await send(page);
    await page.getByText('案件已被更新').waitFor();
    expect([await returned(of), await page.getByLabel('理由').inputValue()]).toEqual([0, reason]);
    await page.getByRole('button', { name: '查看最新情况' }).click();
    await page.getByText('案件已被更新').waitFor({ state: 'detached' });
    await notice.getByRole('button', { name: '已知悉，继续' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(await page.getByLabel('理由').inputValue()).toBe(reason);
    await send(page);
    await page.getByRole('form', { name: '退回补正' }).waitFor({ state: 'detached' });
    expect(await returned(of)).toBe(1);
    await closeWindow(page);
  });

  it('keeps beside each other what one tells in two windows, and shows money told before as yuan', async () => {
    const of = await HttpCase.open(house, { size: 1 });
    const page = await signedIn(browser, address(), 'institution', { at: `/cases/${of.id}` });
    await page.getByRole('button', { name: '填报事项' }).click();
    const form = page.getByRole('form', { name: '填报事项' });
    await form.getByLabel('备案结班日期').fill('2021-05-31');
    await page.keyboard.press('Enter');
    const refreshed = page.waitForResponse((response) => response.url().includes(`/cases/${of.id}/history`));
    await of.hear('institution', 'facts.recorded', { facts: { plannedHours: 16 } });
    await refreshed;
    await form.locator('input[value="16"]').waitFor();
    await form.getByRole('button', { name: '填报事项' }).click();
    await form.waitFor({ state: 'detached' });
    expect((await of.view()) as unknown).toMatchObject({ facts: { plannedHours: 16, endsOn: '2021-05-31' } });
    await closeWindow(page);

    const office = await allocation();
    const officer = await signedIn(browser, address(), 'officer', { at: `/cases/${office}` });
    await officer.getByRole('button', { name: '填报事项' }).click();
    const told = officer.getByRole('form', { name: '填报事项' });
    expect(await told.getByLabel(/核定支持金额/).inputValue()).toBe('1,000.00');
    await told.getByRole('button', { name: '填报事项' }).click();
    await told.waitFor({ state: 'detached' });
    expect(await house.client.get('officer', `cases/${office}`)).toMatchObject({ facts: { decidedFen: '100000' } });
    await closeWindow(officer);
  });

  /** Money for a government, its amount in the facts; the office opens such a case. */
  async function allocation(): Promise<string> {
    const { organisationId, payeeAccountId } = await new Payees(house).of('city', 'government', '210200');
    const asked = { policyId: 'skills-adjustment-fund-support', facts: { decidedFen: '100000' }, organisationId, payeeAccountId };
    return (await house.client.post<{ id: string }>('officer', 'cases', asked)).id;
  }

  type Filling = readonly (readonly [label: string | RegExp, text: string])[];
  type Recipe = {
    readonly name: FormName;
    readonly as: string;
    readonly at: string | (() => Promise<string>);
    /** what is pressed until the form is open */
    readonly press?: readonly (string | RegExp)[];
    /** chosen first, where a form begins with a policy */
    readonly policy?: string;
    readonly form: string;
    readonly fill: Filling;
    readonly send: string | RegExp;
    readonly field: readonly [label: string | RegExp, at: string];
    readonly secret?: string;
    /** a field, and what the page lets pass but the server does not */
    readonly wrong?: readonly [label: string | RegExp, text: string];
  };
  const source: Filling = [
    [/^文件（文号/, '大人社发〔2020〕400号'],
    ['条款', '三'],
    ['理由', '统一口径'],
  ];
  const opened = async (): Promise<string> => {
    const of = await HttpCase.open(house, { size: 1 });
    await of.upload('institution', 'roster', rosterFile(of.people));
    await of.hear('institution', 'application.submitted');
    return `cases/${of.id}`;
  };
  const proposed = async (): Promise<string> => {
    const cite = { doc: '放假安排（示例）', clause: '一', basis: 'external' };
    const year = { year: 2028, publishedOn: null, off: ['2028-01-03'], work: [], cite, reason: '公布2028年安排' };
    return `admin/calendar/${(await house.client.post<{ id: string }>('supervisor', 'calendar/proposals', year)).id}`;
  };
  const recipes: readonly Recipe[] = [
    {
      name: 'event-form/event-form.tsx EventForm',
      as: 'officer',
      at: opened,
      press: ['退回补正'],
      form: '退回补正',
      fill: [['理由', '花名册缺少联系电话。']],
      send: '退回补正',
      field: [/理由/, 'data.reason'],
    },
    {
      name: 'administration/new-user.tsx NewUser',
      as: 'admin',
      at: 'admin/users',
      press: ['建立账号'],
      form: '建立账号',
      fill: [
        ['用户名', 'officer-three'],
        ['姓名', '受理岗三'],
        ['地区代码', '210200'],
        ['初始密码', 'never-in-a-draft'],
      ],
      send: /^建 ?立$/,
      field: [/姓名/, 'displayName'],
      wrong: ['初始密码', 'short'],
      secret: 'never-in-a-draft',
    },
    {
      name: 'administration/user-secret.tsx UserSecret',
      as: 'admin',
      at: 'admin/users',
      press: ['重设密码 citizen'],
      form: '重设 citizen 的初始密码',
      fill: [['初始密码', 'never-in-a-draft']],
      send: /^重 ?设$/,
      field: [/初始密码/, 'password'],
      secret: 'never-in-a-draft',
    },
    {
      name: 'frame/password.tsx OwnPassword',
      as: 'admin',
      at: 'password',
      form: '更换密码',
      fill: [
        ['原密码', 'never-in-a-draft'],
        [/^新密码/, 'a second one of mine'],
        ['再次输入新密码', 'a second one of mine'],
      ],
      send: '更换密码',
      field: [/原密码/, 'password'],
      secret: 'never-in-a-draft',
    },
    {
      name: 'administration/propose-parameter.tsx ProposeParameter',
      as: 'supervisor',
      at: 'admin/parameters',
      press: ['提出取值'],
      form: '提出取值',
      fill: [['生效日期', '2021-01-01'], [/取值/, '7'], ...source],
      send: /^提 ?出$/,
      field: [/条款/, 'cite.clause'],
      wrong: ['参数名', ''],
    },
    {
      name: 'administration/propose-calendar-year.tsx ProposeCalendarYear',
      as: 'supervisor',
      at: 'admin/calendar',
      form: '提出放假安排',
      fill: [['年份', '2027'], ['放假日期', '2027-01-01\n2027-01-04'], ...source],
      send: /^提 ?出$/,
      field: [/放假日期/, 'off[1]'],
      wrong: ['放假日期', '2026-01-01'],
    },
    {
      name: 'administration/calendar-proposal-page.tsx Decide',
      as: 'approver',
      at: proposed,
      form: '决定',
      fill: [['不批准的理由', '与国务院办公厅通知不符']],
      send: '不批准',
      field: [/不批准的理由/, 'reason'],
    },
    {
      name: 'administration/world-events.tsx RecordEvent',
      as: 'supervisor',
      at: 'admin/world-events',
      press: [/^登 ?记$/],
      form: '',
      fill: [['发生日期', '2021-01-01'], ...source],
      send: '登记（待另一人批准）',
      field: [/条款/, 'cite.clause'],
    },
    {
      name: 'pieces/new-account-form.tsx NewAccountForm',
      as: 'institution',
      at: 'accounts',
      form: '登记账户',
      fill: [
        ['户名', '大连示例职业培训学校'],
        ['账号', '6222020000000004242'],
        ['开户行行号', '102100099996'],
        ['开户行名称', '示例银行大连分行'],
      ],
      send: '提交账户',
      field: [/开户行行号/, 'bankNo'],
      wrong: ['开户行行号', '1021'],
      secret: '6222020000000004242',
    },
    {
      name: 'case/begin-case.tsx Facts',
      as: 'institution',
      at: 'apply',
      policy: '职业培训补贴（优化拨付模式）',
      form: '申报要素',
      fill: [['计划课时', '8']],
      send: '下一步：上传材料',
      field: [/计划课时/, 'facts.plannedHours'],
      wrong: ['计划课时', '-8'],
    },
    {
      name: 'office/begin-run.tsx OneForm',
      as: 'officer',
      at: 'office/runs/new',
      policy: '价格临时补贴',
      form: '价格临时补贴',
      fill: [
        ['宣布启动之日', '2020-11-25'],
        ['启动月份首日', '2020-11-01'],
        ['启动月份末日', '2020-11-30'],
        [/^CPI同比/, '40'],
        [/^食品价格/, '70'],
      ],
      send: '仅按本系统账目筛查',
      field: [/CPI同比/, 'facts.cpiRise'],
      wrong: ['启动月份末日', '2020-10-31'],
    },
  ];
  const windows = new Map<string, Page>();
  const windowOf = async (as: string): Promise<Page> => {
    const page = windows.get(as) ?? (await signedIn(browser, address(), as));
    windows.set(as, page);
    return page;
  };
  async function choosePolicy(page: Page, title: string): Promise<void> {
    await page.getByRole('combobox', { name: '政策' }).fill(title.slice(0, 6));
    await page.getByRole('option', { name: title }).first().waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
  }

  it.each(recipes)(
    '$name loses nothing of what is typed, and the server’s own word stands at its field',
    async ({ name, as, at, press = [], policy, form: called, fill, send, field, secret, wrong }) => {
      const page = await windowOf(as);
      await page.goto(`/desk/${typeof at === 'string' ? at : await at()}`);
      for (const each of press) await page.getByRole('button', { name: each }).first().click();
      if (policy !== undefined) await choosePolicy(page, policy);
      const form: Locator = called === '' ? page.locator('main form').last() : page.getByRole('form', { name: called });
      for (const [label, text] of fill) {
        await form.getByLabel(label).first().fill(text);
        // a date is taken when its field is left
        await page.keyboard.press('Tab');
      }
      await losesNothing(page, { name, form, send, field: field[0], at: field[1], ...(secret === undefined ? {} : { secret }) });
      if (wrong !== undefined) await serversWordAtItsField(page, { form, send, field: wrong[0], text: wrong[1] });
      expect(complaintsOf(page)).toEqual([]);
    },
  );

  it('answers every action within 100 ms of the server', () => expectQuickActions('sign-in'));
});

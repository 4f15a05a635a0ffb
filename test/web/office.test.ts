// The office: a queue of fifty is cleared in one go, each case by itself; a case is looked into beside its files; on a telephone too.

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { csv, lineOf } from '../../libs/casework/test/runs/run-world.js';
import { inventId } from '../support/any-case.js';
import { attendanceFile, rosterFile } from '../support/class-files.js';
import { HttpCase } from '../support/http-case.js';
import { waitFor } from '../support/http-client.js';
import { Payees, usccOf } from '../support/payees.js';
import { RunningHouse } from '../support/processes.js';
import { expectQuickActions, timeHouse } from './actions.js';
import {
  closeWindow,
  complaintsOf,
  describeInBrowser,
  fitsInEnglish,
  looksGood,
  openBrowser,
  picture,
  seriousFindings,
  sidewaysScroll,
  signedIn,
} from './browser.js';
import { losesNothing, serversWordAtItsField } from './forms.js';
import { buildPortals } from './site.js';

jest.setTimeout(90_000);

let house: RunningHouse;
let browser: Browser;
const address = () => house.apis[0]?.url ?? '';

async function submittedCases(count: number): Promise<HttpCase[]> {
  const cases: HttpCase[] = [];
  for (let made = 0; made < count; made += 10)
    cases.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(10, count - made) }, async () => {
          const one = await HttpCase.open(house, { size: 1 });
          await one.upload('institution', 'roster', rosterFile(one.people));
          return one.hear('institution', 'application.submitted');
        }),
      )),
    );
  return cases;
}

describeInBrowser('the office', () => {
  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
    timeHouse(house);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('clears a queue of fifty: every case answers for itself, and one that moved on stands there with its reason', async () => {
    const cases = await submittedCases(50);
    const page = await signedIn(browser, address(), 'officer');
    await page.waitForURL('**/desk/office/queue');
    await page.getByText('共 50 条').waitFor();
    await looksGood(page, 'office-queue');
    await page.getByRole('checkbox', { name: /Select all|全选/ }).check();
    await page.getByRole('button', { name: '批量受理申报（50 件）' }).click();
    await page.getByRole('button', { name: '确认逐件办理' }).waitFor();
    // somebody else is faster with one of them
    await cases[7]?.hear('officer', 'application.returned', { reason: '材料不全' });
    await page.getByRole('button', { name: '确认逐件办理' }).click();
    await page.getByText('已办成 49 件，未办成 1 件，共 50 件。').waitFor();
    const { caseNo = '' } = (await cases[7]?.view()) ?? {};
    await page.getByRole('dialog').getByRole('row').filter({ hasText: caseNo }).getByText('未办成').waitFor();
    await picture(page, 'office-bulk');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('没有待办，都已办结。').waitFor();
    const waiting = await house.client.get<{ items: unknown[] }>('reviewer', 'tasks?limit=200');
    expect(waiting.items).toHaveLength(49);
    expect(complaintsOf(page)).toEqual([]);
    await closeWindow(page);
  });

  /** Presses the button of a step, then the one that sends its form. */
  async function take(page: Page, step: string): Promise<void> {
    await page.getByRole('button', { name: step, exact: true }).click();
    await page.getByRole('form', { name: step }).getByRole('button', { name: step, exact: true }).click();
  }

  it('decides a case beside its files, every condition with its clause, and goes on to the next', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => HttpCase.open(house, { size: 3 })));
    for (const each of [first, second])
      await (await each?.upload('institution', 'roster', rosterFile(each.people)))?.hear('institution', 'application.submitted');
    const page = await signedIn(browser, address(), 'officer');
    await page.getByRole('button', { name: '办理下一件' }).click();
    await page.waitForURL('**/office/case/*');
    await page.getByText('✓ 符合').first().waitFor();
    await page.locator('.files-pane pre', { hasText: '电工' }).waitFor();
    await looksGood(page, 'office-workbench');
    await take(page, '受理申报');
    await page.getByText('已办理并留痕').waitFor();
    const before = page.url();
    await page.getByRole('button', { name: '办理下一件' }).click();
    await page.waitForURL((url) => url.href !== before && url.pathname.includes('/office/case/'));
    expect(complaintsOf(page)).toEqual([]);
    await closeWindow(page);
  });

  it('takes a task in its name; a case is put on hold with a reason, nothing of it can be paid, and is let go again', async () => {
    const of = await HttpCase.open(house, { size: 1 });
    await (await of.upload('institution', 'roster', rosterFile(of.people))).hear('institution', 'application.submitted');
    const { caseNo } = await of.view();
    const officer = await signedIn(browser, address(), 'officer');
    const task = officer.getByRole('row').filter({ hasText: caseNo });
    await task.getByRole('button', { name: /^领 ?取$/ }).click();
    await task.getByText('我已领取').waitFor();
    await closeWindow(officer);

    const approver = await signedIn(browser, address(), 'approver', { at: `/cases/${of.id}` });
    await approver.getByRole('button', { name: '暂停付款', exact: true }).click();
    await approver.getByLabel('理由').fill('核查中');
    await approver.getByRole('form', { name: '暂停付款' }).getByRole('button', { name: '暂停付款', exact: true }).click();
    await approver.getByRole('form', { name: '暂停付款' }).waitFor({ state: 'detached' });
    expect((await of.view()).standing).toBe('held');
    await approver.goto('/desk/office/held');
    await approver.getByRole('row').filter({ hasText: caseNo }).getByRole('button', { name: '解除暂停' }).click();
    const form = approver.getByRole('form', { name: '解除暂停' });
    await form.getByLabel('理由').fill('已核实');
    await form.getByRole('button', { name: '解除暂停' }).click();
    await approver.getByText('没有暂停付款的案件').waitFor();
    expect((await of.view()).standing).toBe('active');
    expect(complaintsOf(approver)).toEqual([]);
    await closeWindow(approver);
  });

  /** Fills the form in which an organisation is registered, its kind first. */
  async function registering(page: Page, kind: string, filling: Readonly<Record<string, string>>) {
    const form = page.getByRole('form', { name: '登记单位' });
    await form.getByRole('combobox').fill(kind);
    await page.getByRole('option', { name: kind }).first().waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    for (const [label, text] of Object.entries(filling)) await form.getByLabel(label).fill(text);
    return form;
  }

  it('registers who may apply: another admits an institution, and a suspension is proposed by one and decided by another', async () => {
    const officer = await signedIn(browser, address(), 'officer', { at: '/office/organisations' });
    await officer.getByRole('button', { name: '登记单位' }).click();
    const idNumber = inventId(4_242);
    const person = await registering(officer, '个人', { 姓名: '张小明', 身份证号码: idNumber });
    const number = { form: person, send: /^登 ?记$/, field: /身份证号码/ };
    await losesNothing(officer, { name: 'office/new-organisation.tsx NewOrganisation', ...number, at: 'idNumber', secret: idNumber });
    await serversWordAtItsField(officer, { ...number, text: '210202199001010000' });
    const school = { 名称: '大连第九培训学校', 统一社会信用代码: usccOf(4_242) };
    const form = await registering(officer, '培训机构', school);
    await serversWordAtItsField(officer, { form, send: number.send, field: /地区代码/, text: '2102' });
    await form.getByLabel('地区代码').fill('210200');
    await form.getByRole('button', { name: number.send }).click();
    await officer.waitForURL(/organisations\/[0-9a-f-]{36}$/);
    const id = officer.url().split('/').at(-1) ?? '';
    await officer.getByText('登记人不得自行列入').waitFor();
    expect(await officer.getByRole('button', { name: '列入目录' }).count()).toBe(0);

    const approver = await signedIn(browser, address(), 'approver', { at: '/office/organisations?show=waiting' });
    await approver.getByRole('link', { name: school.名称 }).waitFor();
    await looksGood(approver, 'office-organisations');
    await approver.getByRole('link', { name: school.名称 }).click();
    await approver.getByRole('button', { name: '列入目录' }).click();
    await approver.getByText('已列入目录，符合').waitFor();

    // a supervisor may decide, but not what he proposed himself
    const supervisor = await signedIn(browser, address(), 'supervisor', { at: `/office/organisations/${id}` });
    await supervisor.getByLabel('理由').fill('年检未通过');
    await supervisor.getByRole('button', { name: '提出，待另一人确认' }).click();
    await supervisor.getByText('由您提出，须由另一位审批人或主管决定').waitFor();
    expect(await supervisor.getByRole('button', { name: '批准暂停' }).count()).toBe(0);
    await approver.reload();
    await approver.getByText('待决定：暂停').waitFor();
    await looksGood(approver, 'office-organisation');
    await approver.getByRole('button', { name: '批准暂停' }).click();
    await approver.getByText('已暂停：不能立案').waitFor();
    expect(await house.client.get('officer', `organisations/${id}`)).toMatchObject({
      status: 'suspended',
      proposedStatus: null,
      approvedProvider: true,
    });
    expect([officer, supervisor, approver].flatMap(complaintsOf)).toEqual([]);
    await fitsInEnglish(approver, ['office/organisations', `office/organisations/${id}`]);
    for (const page of [officer, supervisor, approver]) await closeWindow(page);
  });

  it('opens the case of a city, for whom nobody applies', async () => {
    const { organisationId } = await new Payees(house).of('city', 'government', '210200');
    const officer = await signedIn(browser, address(), 'officer', { at: `/office/organisations/${organisationId}` });
    await officer.getByRole('link', { name: '代为立案' }).click();
    await officer.getByRole('combobox', { name: '政策' }).fill('职业技能提升');
    await officer.getByRole('option', { name: '职业技能提升行动专账资金省级调剂金支持' }).first().waitFor({ state: 'attached' });
    await officer.keyboard.press('Enter');
    await officer.getByLabel(/核定支持金额/).fill('1000');
    await looksGood(officer, 'office-open-case');
    await officer.getByRole('button', { name: /^立 ?案$/ }).click();
    await officer.waitForURL('**/desk/cases/*');
    const opened = await house.client.get('officer', `cases/${officer.url().split('/').at(-1)}`);
    expect(opened).toMatchObject({ organisationId, facts: { decidedFen: '100000' } });
    expect(complaintsOf(officer)).toEqual([]);
    await closeWindow(officer);
  });

  it('verifies progress on a telephone', async () => {
    const of = await (await HttpCase.open(house, { size: 4 })).started();
    // the worker has asked for the payment: nothing moves the case under the form
    await of.waiting('s1');
    await of.upload('institution', 'attendance', attendanceFile(await house.today(), 1, 4));
    const page = await signedIn(browser, address(), 'inspector', { width: 360, height: 740 });
    await page.getByRole('link', { name: '核实培训进度' }).click();
    await page.getByRole('tab', { name: '材料' }).click();
    await page.getByText('上传佐证材料').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await picture(page, 'office-telephone');
    const { allowedEvents } = await house.client.get<{ allowedEvents: { type: string; label: { zh: string } }[] }>(
      'inspector',
      `cases/${of.id}`,
    );
    await take(page, allowedEvents.find(({ type }) => type === 'milestone.halfway')?.label.zh ?? '');
    await page.getByText('已办理并留痕').waitFor();
    expect((await of.tranche('s2')).state).not.toBe('locked');
    await closeWindow(page);
  });

  it('posts a notice after seeing what the public will read, and decides an objection', async () => {
    const of = await (await (await HttpCase.open(house, { size: 4 })).started()).halfway();
    // the worker has asked for both payments: nothing moves the case under the upload
    await Promise.all([of.waiting('s1'), of.waiting('s2')]);
    await (await of.hear('institution', 'milestone.ended')).accepted();
    const { caseNo } = await of.view();
    const officer = await signedIn(browser, address(), 'officer', { at: '/office/notices' });
    await officer.getByRole('link', { name: caseNo }).click();
    const preview = officer.getByRole('region', { name: '公示预览' });
    await preview.getByText('¥12,000.00').first().waitFor();
    const text = await preview.innerText();
    expect(['学样一', ...of.people].filter((told) => text.includes(told))).toEqual([]);
    await take(officer, '发布公示');
    await officer.getByText('公示中').first().waitFor();
    await looksGood(officer, 'office-notice');

    const [notice] = (await house.client.get<{ items: { id: string }[] }>('officer', `notices?caseId=${of.id}`)).items;
    await house.client.post('citizen', `public/notices/${notice?.id}/objections`, { ground: '名单中有人未到课' });
    const reviewer = await signedIn(browser, address(), 'reviewer', { at: '/office/objections' });
    await reviewer.getByText('名单中有人未到课').waitFor();
    await looksGood(reviewer, 'office-objections');
    await reviewer.getByRole('link', { name: new RegExp(caseNo) }).click();
    await reviewer.getByRole('button', { name: '异议不成立' }).click();
    await reviewer.getByLabel('决定').fill('经查考勤，所述人员均已到课。');
    await reviewer.getByRole('form', { name: '异议不成立' }).getByRole('button', { name: '异议不成立' }).click();
    await reviewer.getByText('核查结论').waitFor();
    expect((await of.history()).map(({ type }) => type)).toContain('objection.rejected');
    expect(complaintsOf(reviewer)).toEqual([]);
    await fitsInEnglish(officer, [
      ...['queue', 'notices', 'objections', 'accounts', 'runs', 'runs/new', `case/${of.id}`].map((each) => `office/${each}`),
      `cases/${of.id}`,
    ]);
    await closeWindow(officer);
    await closeWindow(reviewer);
  });

  type Run = { state: string; lists: { state: string; contentHash: string }[] };
  const run = (id: string) => house.client.get<Run>('officer', `no-application-runs/${id}`);

  it('shows a run line by line, records what a firm answered, stops it and lets it go on; the firm confirms its own account', async () => {
    const [own] = await house.rows<{ uscc: string }>(
      "SELECT o.uscc FROM users u JOIN organisations o ON o.id = u.organisation_id WHERE u.username = 'enterprise'",
    );
    const firms = [
      lineOf(0, { uscc: own?.uscc ?? '', name: '待确认公司', accountKnown: '否' }),
      lineOf(11, { name: '无账户公司', accountNo: '' }),
      lineOf(12, { name: '不要公司' }),
      lineOf(13, { name: '超员公司', insuredHeadcount: '11', staff: '11' }),
    ];
    const extract = new FormData();
    extract.append('policyId', 'refund-direct-pay-micro');
    extract.append('source', new Blob([csv(firms)]), 'firms.csv');
    const { id } = (await house.client.ask<{ id: string }>('POST', 'no-application-runs', { as: 'officer', raw: extract })).body;
    const officer = await signedIn(browser, address(), 'officer', { at: `/office/runs/${id}` });
    // the page sees by itself that the worker has screened it
    const line = (name: string) => officer.getByRole('region', { name: '数据行' }).getByRole('row').filter({ hasText: name });
    await line('超员公司').getByText('不符合政策条件').filter({ visible: true }).waitFor();
    await looksGood(officer, 'office-run');

    await line('无账户公司')
      .getByRole('button', { name: /确认账户/ })
      .click();
    const account = officer.getByRole('form', { name: '提供收款账户' });
    for (const [label, text] of [
      ['户名', '无账户公司'],
      ['账号', '6228000000000000099'],
      ['开户行行号', '102100099996'],
      ['开户行名称', '示例银行大连分行'],
    ] as const)
      await account.getByLabel(label).fill(text);
    const given = { form: account, send: '以此账户收款' };
    await losesNothing(officer, {
      ...{ ...given, name: 'pieces/line-choices.tsx AnotherAccount', secret: '6228000000000000099' },
      ...{ field: /开户行行号/, at: 'account.bankNo' },
    });
    await serversWordAtItsField(officer, { ...given, field: /开户行行号/, text: '1021' });
    await looksGood(officer, 'office-run-account');
    await account.getByLabel('开户行行号').fill('102100099996');
    await account.getByRole('button', { name: '以此账户收款' }).click();
    await line('无账户公司').getByText('列入', { exact: true }).waitFor();

    await line('不要公司')
      .getByRole('button', { name: /放弃享受/ })
      .click();
    const leaving = officer.getByRole('form', { name: '放弃享受' });
    await leaving.getByText('¥8,000.00').waitFor();
    await leaving.getByRole('button', { name: '确认放弃' }).click();
    await leaving.getByText('请写明放弃的原因').waitFor();
    await leaving.getByLabel('原因').fill('来电表示不需要');
    const left = { form: leaving, send: '确认放弃', field: /原因/, at: 'reason' };
    await losesNothing(officer, { name: 'pieces/line-choices.tsx LineOptOut', ...left });
    await leaving.getByRole('button', { name: '确认放弃' }).click();
    await line('不要公司').getByText('放弃享受', { exact: true }).waitFor();

    const firm = await signedIn(browser, address(), 'enterprise', { at: '/mine' });
    await firm.getByRole('alert').filter({ hasText: '等待您确认收款账户' }).getByRole('link', { name: '去确认' }).click();
    await firm.getByText('¥8,000.00').waitFor();
    await looksGood(firm, 'institution-offers');
    await firm.getByRole('button', { name: '确认收款账户' }).click();
    await firm.getByRole('dialog').getByText('确认之前不会拨付').waitFor();
    await looksGood(firm, 'institution-offer-account');
    await firm.getByRole('button', { name: '账户无误，确认' }).click();
    await firm.getByText('名单待抽核和审批，批准后拨付').waitFor();

    await officer.setViewportSize({ width: 1440, height: 900 });
    await officer.getByRole('button', { name: /^暂 ?停$/ }).click();
    await officer.getByRole('button', { name: '确认暂停' }).click();
    await officer.getByText('已暂停').waitFor();
    const { contentHash } = (await run(id)).lists[0] ?? {};
    await house.client.post('reviewer', `no-application-runs/${id}/confirm`, { contentHash });
    await house.client.post('approver', `no-application-runs/${id}/approve`, { contentHash });
    const supervisor = await signedIn(browser, address(), 'supervisor', { at: `/office/runs/${id}` });
    await supervisor.getByText('建案中').waitFor();
    expect((await run(id)).lists.map(({ state }) => state)).toEqual(['approved']);
    await supervisor.getByRole('button', { name: /^继 ?续$/ }).click();
    await supervisor.getByRole('button', { name: '确认继续' }).click();
    await supervisor.getByText('已建案').waitFor();
    await waitFor('the cases', async () => (await run(id)).lists[0]?.state === 'opened');
    await firm.reload();
    await firm.getByRole('link', { name: /已建案/ }).click();
    await firm.waitForURL('**/desk/cases/*');
    expect([officer, firm, supervisor].flatMap(complaintsOf)).toEqual([]);
    await fitsInEnglish(firm, ['mine', 'no-application']);
    await fitsInEnglish(officer, [`office/runs/${id}`]);
    for (const page of [officer, firm, supervisor]) await closeWindow(page);
  });

  it('answers every action within 100 ms of the server', () => expectQuickActions('office'));
});

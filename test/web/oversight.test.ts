// Supervision and administration: figures with a way down to the case, verification one can see, days that pass, and what an administrator may not see.

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { HttpCase } from '../support/http-case.js';
import { RunningHouse } from '../support/processes.js';
import { expectQuickActions, timeHouse } from './actions.js';
import {
  clippedTexts,
  closeWindow,
  complaintsOf,
  describeInBrowser,
  fitsInEnglish,
  goWithin,
  looksGood,
  openBrowser,
  openWindow,
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
let story: HttpCase;
let late: HttpCase;
const address = () => house.apis[0]?.url ?? '';

/** Fit for everybody: nothing serious found by axe, nothing cut off, nothing to scroll sideways for, no complaint of the browser. */
async function expectFit(page: Page, name: string): Promise<void> {
  for (const width of [320, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole('button', { name: '菜单' }).waitFor({ state: width < 992 ? 'visible' : 'hidden' });
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    expect([name, width, await sidewaysScroll(page), await clippedTexts(page)]).toEqual([name, width, 0, []]);
    await picture(page, `${name}-${width}`);
  }
  expect([name, await seriousFindings(page), complaintsOf(page)]).toEqual([name, [], []]);
}

describeInBrowser('whoever watches and whoever runs the house', () => {
  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
    timeHouse(house);
    story = await (await HttpCase.open(house, { size: 10 })).started();
    await story.pay('s1');
    // nobody pays this one: its legal limit will end
    late = await (await HttpCase.open(house, { size: 5 })).started();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('an administrator tries to read business data and cannot, and sees how much work waits', async () => {
    const page = await signedIn(browser, address(), 'admin');
    await page.getByRole('heading', { name: '账号与角色' }).waitFor();
    expect(await page.getByRole('link', { name: '案件查询' }).count()).toBe(0);
    await page.goto(`/desk/cases/${story.id}`);
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByText((await story.view()).caseNo).count()).toBe(0);
    for (const place of ['cases', 'oversight', 'oversight/breaches', 'admin/parameters']) {
      await page.goto(`/desk/${place}`);
      await page.getByRole('alert').first().waitFor();
    }
    const asked = await page.context().request.get(`${address()}/api/v1/cases/${story.id}`);
    expect([asked.status(), ((await asked.json()) as { code: string }).code]).toEqual([403, 'role-not-allowed']);
    await house.asOwner(
      `INSERT INTO outbox (kind, params, due_at, state, reason) VALUES ('payment.request', '{}', now(), 'parked', 'fund-short')`,
    );
    await page.goto('/desk/admin/queues');
    await page.getByText('指标不足 1').waitFor();
    await expectFit(page, 'admin-queues');
    await closeWindow(page);
  });

  it('one administrator makes an account, the other grants it; a refusal stands at its field and loses nothing', async () => {
    const page = await signedIn(browser, address(), 'admin');
    await page.getByRole('button', { name: '建立账号' }).click();
    await page.getByLabel('用户名').fill('officer');
    await page.getByLabel('姓名').fill('新受理岗');
    await page.getByLabel('初始密码').fill('short');
    await page.getByRole('button', { name: '建 立' }).click();
    await page.locator('.field-error').first().waitFor();
    expect(await page.getByLabel('姓名').inputValue()).toBe('新受理岗');
    await page.getByLabel('用户名').fill('officer-two');
    await page.getByLabel('地区代码').fill('210200');
    await page.getByLabel('初始密码').fill('of-the-administrator');
    await page.getByLabel('初始密码').press('Enter');
    await page.getByRole('cell', { name: 'officer-two', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: '授权 officer-two' }).count()).toBe(0);
    await expectFit(page, 'admin-users');
    await closeWindow(page);
    const security = await signedIn(browser, address(), 'security');
    await security.getByRole('button', { name: '授权 officer-two' }).click();
    await security.getByLabel('启用码（必填）').fill('of-security');
    await security.getByLabel('启用码（必填）').press('Enter');
    await security.getByRole('button', { name: '停用 officer-two' }).waitFor();
    await closeWindow(security);
  });

  it('the security administrator takes a lost device away, and nobody else is offered to', async () => {
    const { secret } = await house.client.post<{ secret: string }>('inspector', 'session/otp');
    await house.client.post('inspector', 'session/otp/confirm', { otp: new TOTP({ secret: Secret.fromBase32(secret) }).generate() });
    const admin = await signedIn(browser, address(), 'admin', { at: '/admin/users' });
    await admin.getByRole('button', { name: '停用 inspector' }).waitFor();
    expect(await admin.getByRole('button', { name: /解除口令设备/ }).count()).toBe(0);
    await closeWindow(admin);
    const security = await signedIn(browser, address(), 'security', { at: '/admin/users' });
    // only one account has a device
    await security.getByRole('button', { name: /解除口令设备/ }).click();
    await security.getByRole('dialog', { name: '解除口令设备 · inspector' }).getByText('立即失效').waitFor();
    await looksGood(security, 'admin-device');
    await security.getByRole('button', { name: '确认解除' }).click();
    await security.getByRole('dialog').waitFor({ state: 'detached' });
    await security.getByRole('button', { name: /解除口令设备/ }).waitFor({ state: 'detached' });
    expect(await house.client.get('inspector', 'session/otp')).toMatchObject({ enrolled: false });
    expect(complaintsOf(security)).toEqual([]);
    await closeWindow(security);
  });

  it('what no step of a case closes is done once its person says it was looked into', async () => {
    await house.asOwner(`INSERT INTO tasks (id, kind, role, label, state, opened_at) VALUES
      (gen_random_uuid(), 'ledger-proof:2020-12-01', 'supervisor', '{"zh":"账目核验有不符","en":"the books do not agree"}', 'open', now()),
      (gen_random_uuid(), 'bank-news:feed:1', 'cashier', '{"zh":"银行应答无法识别","en":"the bank said something odd"}', 'open', now())`);
    const supervisor = await signedIn(browser, address(), 'supervisor', { at: '/office/queue' });
    const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
    await row(supervisor, '账目核验有不符').waitFor();
    // another's is seen, and his to close
    expect(await row(supervisor, '银行应答无法识别').getByRole('button').count()).toBe(0);
    const cashier = await signedIn(browser, address(), 'cashier', { at: '/finance/bank-news' });
    for (const [page, text] of [
      [supervisor, '账目核验有不符'],
      [cashier, '银行应答无法识别'],
    ] as const) {
      await row(page, text)
        .getByRole('button', { name: /^办 ?结$/ })
        .click();
      await looksGood(page, page === cashier ? 'finance-bank-news' : 'office-finish-task');
      await page.getByRole('button', { name: '已核查，办结' }).click();
      await row(page, text).waitFor({ state: 'detached' });
      expect(complaintsOf(page)).toEqual([]);
    }
    expect(
      await house.rows(
        "SELECT k.state, u.username FROM tasks k JOIN users u ON u.id = k.claimed_by WHERE k.kind ~ '^(ledger-proof|bank-news:feed)' ORDER BY 2",
      ),
    ).toEqual([
      { state: 'done', username: 'cashier' },
      { state: 'done', username: 'supervisor' },
    ]);
    await fitsInEnglish(cashier, ['finance/bank-news']);
    await closeWindow(cashier);
    await closeWindow(supervisor);
  });

  it('the person of a new account signs in with both halves, chooses a password, and may change it', async () => {
    const page = await openWindow(browser, address());
    await page.goto('/sign-in');
    await page.getByLabel('用户名').fill('officer-two');
    await page.getByLabel('密码').fill('of-the-administrator');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByLabel('启用码').fill('of-security');
    await page.getByLabel('新密码（至少 12 位）').fill('a password of my own');
    await page.getByLabel('再次输入新密码').fill('another one by mistake');
    await page.getByRole('button', { name: '登录' }).click();
    expect(
      await page.getByLabel('再次输入新密码').evaluate((input) => (input as unknown as { validationMessage: string }).validationMessage),
    ).toMatch(/不一致/);
    await page.setViewportSize({ width: 320, height: 900 });
    expect([await sidewaysScroll(page), await clippedTexts(page), await seriousFindings(page)]).toEqual([0, [], []]);
    await picture(page, 'first-sign-in-320');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByLabel('再次输入新密码').fill('a password of my own');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('button', { name: /当前用户：新受理岗/ }).click();
    await page.getByRole('link', { name: '更换密码' }).click();
    await page.getByLabel('原密码').fill('not this one');
    await page.getByLabel('新密码（必填）', { exact: true }).fill('a second one of mine');
    await page.getByLabel('再次输入新密码').fill('a second one of mine');
    await page.getByRole('button', { name: '更换密码' }).click();
    await page.locator('.field-error', { hasText: '原密码不正确' }).waitFor();
    await expectFit(page, 'password');
    await page.getByLabel('原密码').fill('a password of my own');
    await page.getByRole('button', { name: '更换密码' }).click();
    await page.getByText('密码已更换').waitFor();
    await page.goto('/desk');
    await page.getByRole('button', { name: /当前用户：新受理岗/ }).waitFor();
    await closeWindow(page);
  });

  it('a parameter is proposed by one, looked at and approved by another', async () => {
    const page = await signedIn(browser, address(), 'supervisor', { at: '/admin/parameters' });
    await page.getByRole('button', { name: '提出取值' }).click();
    await page.getByRole('button', { name: '提 出' }).click();
    await page.locator('.field-error').first().waitFor();
    await page.getByLabel('政策').fill('优化拨付');
    await page.getByRole('option', { name: '职业培训补贴（优化拨付模式）' }).first().waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.getByLabel('参数名').fill('notice.days');
    await page
      .getByRole('option', { name: /notice\.days/ })
      .first()
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.getByLabel('范围').fill('210200');
    await page.getByLabel('生效日期').fill('2021-01-01');
    await page.getByRole('textbox', { name: '取值' }).fill('7');
    await page.getByLabel('文件（文号').fill('大人社发〔2020〕400号');
    await page.getByLabel('条款').fill('三');
    await page.getByLabel('理由').fill('公示期统一为七个工作日');
    await expectFit(page, 'admin-parameters-form');
    await page.getByRole('button', { name: '提 出' }).click();
    await page.getByText('待批准').waitFor();
    await page.getByRole('link', { name: 'notice.days' }).click();
    await page.getByText('提出人不能批准').waitFor();
    const link = page.url();
    await closeWindow(page);
    const other = await signedIn(browser, address(), 'approver');
    await other.goto(link);
    await expectFit(other, 'admin-parameter');
    await other.getByRole('button', { name: '批 准', exact: true }).click();
    await other.getByText('已生效').waitFor();
    await closeWindow(other);
  });

  it('the supervisor opens a fund; no money comes or goes and no year ends by one person alone, and the auditor reads it in the books', async () => {
    const supervisor = await signedIn(browser, address(), 'supervisor', { at: '/finance/funds' });
    await supervisor.getByRole('button', { name: '建立资金来源' }).click();
    const opening = supervisor.getByRole('form', { name: '建立资金来源' });
    const accountNo = '2100020000000210299';
    for (const [label, text] of [
      ['资金代码', 'F4'],
      ['地区代码', '210200'],
      ['中文名称', '抗疫特别国债'],
      ['英文名称', 'special treasury bonds'],
      ['付款户名', '大连市财政局(示例)'],
      ['付款账号', accountNo],
      ['开户行行号', '1021'],
    ] as const)
      await opening.getByLabel(label).fill(text);
    await opening.getByRole('button', { name: /^建 ?立$/ }).click();
    await opening.getByText('应为 12 位数字').waitFor();
    await opening.getByLabel('开户行行号').fill('102100099996');
    const fund = { form: opening, send: /^建 ?立$/, field: /资金代码/ };
    await losesNothing(supervisor, { name: 'finance/new-fund.tsx NewFund', ...fund, at: 'code', secret: accountNo });
    // there is an F4 of this year
    await serversWordAtItsField(supervisor, { ...fund, text: 'F4' });
    await expectFit(supervisor, 'finance-new-fund');
    await opening.getByLabel('资金代码').fill('F10');
    await opening.getByLabel('预算年度').fill('2019');
    await opening.getByRole('button', { name: /^建 ?立$/ }).click();
    await supervisor.getByRole('heading', { name: 'F10/2019' }).waitFor();
    const at = new URL(supervisor.url()).pathname;
    const papers = `${at.replace('/desk/finance/', '')}/appropriations`;
    const figure = (page: Page, label: string) => page.locator('.figures > div').filter({ hasText: label });

    const maker = await signedIn(browser, address(), 'maker', { at: at.replace('/desk', '') });
    const propose = async (page: Page, kind: string, amount: string, documentNo: string) => {
      await page.getByRole('button', { name: /^提 ?出$/ }).click();
      const form = page.getByRole('form', { name: '提出指标文件' });
      await form.getByText(kind).click();
      await form.getByLabel('金额').fill(amount);
      await form.getByLabel('文号').fill(documentNo);
      return form;
    };
    const send = '提出，待另一人批准';
    const form = await propose(maker, '指标下达', '五千', '示例指标〔2019〕F10');
    await form.getByRole('button', { name: send }).click();
    await form.getByText('应为大于零的金额').waitFor();
    await form.getByLabel('金额').fill('5,000.00');
    const trial = { form, send, field: /文号/, at: 'documentNo' };
    await losesNothing(maker, { name: 'finance/appropriation-form.tsx AppropriationForm', ...trial });
    await form.getByRole('button', { name: send }).click();
    await form.waitFor({ state: 'detached' });
    await maker.getByRole('button', { name: /^审 ?看$/ }).click();
    await maker.getByRole('dialog').getByText('须由提出人以外的复核人或主管批准').waitFor();
    expect(await maker.getByRole('button', { name: '批准并记账' }).count()).toBe(0);

    const checker = await signedIn(browser, address(), 'checker', { at: at.replace('/desk', '') });
    const review = () => checker.getByRole('button', { name: /^审 ?看$/ }).click();
    await review();
    await checker.getByRole('row', { name: /可用 0\.00 5,000\.00/ }).waitFor();
    await expectFit(checker, 'finance-appropriation');
    await checker.getByRole('button', { name: '批准并记账' }).click();
    await figure(checker, '可用').getByText('¥5,000.00').waitFor();

    // more than is left: the supervisor proposes it and may not approve it, the checker may and is told that it cannot be
    const recall = await propose(supervisor, '核减收回', '6,000', '示例收回〔2019〕1号');
    await recall.getByRole('button', { name: send }).click();
    await supervisor.getByRole('button', { name: /^审 ?看$/ }).click();
    await supervisor.getByRole('dialog').getByText('须由提出人以外的复核人或主管批准').waitFor();
    expect(await supervisor.getByRole('button', { name: '批准并记账' }).count()).toBe(0);
    const [{ id: own } = { id: '' }] = (await house.client.get<{ items: { id: string }[] }>('supervisor', papers)).items;
    const refused = await house.client.ask('POST', `${papers}/${own}/approve`, { as: 'supervisor' });
    expect([refused.status, refused.body['code']]).toEqual([403, 'four-eyes-required']);
    await checker.reload();
    await review();
    await checker.getByText('按现在的数字，批准会被拒绝').waitFor();
    await checker.getByRole('button', { name: '批准并记账' }).click();
    await checker.getByText('收回金额超过可用指标').first().waitFor();
    await checker.getByRole('button', { name: /^否 ?决$/ }).click();
    await checker.getByText('未批准').waitFor();

    await maker.reload();
    const closing = maker.getByRole('form', { name: '提出年终关账' });
    await closing.getByLabel('关账文号').fill('示例关账〔2019〕F10');
    await closing.getByRole('button', { name: '提出，待另一人确认' }).click();
    await maker.getByText('须由提出人以外的复核人或主管批准').waitFor();
    await checker.reload();
    await checker.getByRole('row', { name: /应缴国库 0\.00 5,000\.00/ }).waitFor();
    await expectFit(checker, 'finance-fund');
    await checker.getByRole('button', { name: '批准关账并记账' }).click();
    await checker.getByText(/已年结/).waitFor();
    await figure(checker, '应缴国库').getByText('¥5,000.00').waitFor();

    const auditor = await signedIn(browser, address(), 'auditor', { at: `/finance/books?year=2019` });
    await auditor.getByRole('link', { name: '账簿' }).waitFor();
    await auditor.getByRole('link', { name: '2103 应缴财政款' }).waitFor();
    expect(await auditor.getByText('借贷平衡').count()).toBe(2);
    await expectFit(auditor, 'finance-books');
    await auditor.getByRole('link', { name: '2103 应缴财政款' }).click();
    await auditor.getByRole('row', { name: /年终关账.*5,000\.00/ }).waitFor();
    await figure(auditor, '期末余额').getByText('−¥5,000.00').waitFor();
    await expectFit(auditor, 'finance-account');
    const account = new URL(auditor.url()).pathname.replace('/desk/', '');
    await fitsInEnglish(auditor, [at.replace('/desk/', ''), 'finance/books', account]);
    for (const page of [supervisor, maker, checker, auditor]) await closeWindow(page);
  });

  it('a year of the calendar is proposed by one; another sees which days and limits it moves, and approves it', async () => {
    const page = await signedIn(browser, address(), 'supervisor', { at: '/admin/calendar' });
    const form = page.getByRole('form', { name: '提出放假安排' });
    await form.getByLabel('年份').fill('2027');
    await form.getByLabel('放假日期').fill('2027-01-01');
    await form.getByLabel('调休上班日期').fill('2027-01-03');
    await form.getByLabel('文件（文号').fill('国务院办公厅关于2027年部分节假日安排的通知（示例）');
    await form.getByLabel('条款').fill('一');
    await form.getByLabel('理由').fill('公布2027年安排');
    await form.getByRole('button', { name: '提 出', exact: true }).click();
    await page.getByText('提出人不能批准').waitFor();
    expect(await page.getByRole('button', { name: '批 准', exact: true }).count()).toBe(0);
    const link = page.url();
    await closeWindow(page);
    const other = await signedIn(browser, address(), 'approver');
    await other.goto(link);
    await other.getByText('改变的日期（2）').waitFor();
    await expectFit(other, 'admin-calendar-proposal');
    await other.getByRole('button', { name: '批 准', exact: true }).click();
    await other.getByText('已生效').waitFor();
    await closeWindow(other);
  });

  it('ten working days pass before one’s eyes, and what ended on each is named; the broken limit leads to its case', async () => {
    const page = await signedIn(browser, address(), 'supervisor');
    await page.getByRole('heading', { name: '监督总览' }).waitFor();
    await page.goto('/desk/admin/clock');
    await page.getByText(/计时中的时限/).waitFor();
    await page.getByRole('button', { name: '前进 10 个工作日' }).click();
    await page.locator('.passed-days > li').nth(9).waitFor();
    await expectFit(page, 'admin-clock');
    const before = await house.now();
    await page.getByRole('button', { name: '前进 1 个工作日' }).click();
    await page.locator('.passed-days > li').nth(10).waitFor();
    expect(Date.parse(await house.now())).toBeGreaterThan(Date.parse(before));
    const { caseNo } = await late.view();
    await page.locator('.passed-days').getByText(`到期：${caseNo}`).first().waitFor();
    await page.goto('/desk/oversight/breaches');
    await page
      .getByRole('row', { name: new RegExp(`${caseNo}.*疑似逾期`) })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { name: caseNo }).waitFor();
    for (const [place, name] of [
      ['oversight', 'oversight'],
      ['oversight/districts/210202', 'district'],
      ['oversight/breaches', 'breaches'],
      ['admin/world-events', 'admin-events'],
      ['admin/calendar', 'admin-calendar'],
      ['admin/policies', 'admin-policies'],
      ['admin/policies/training-subsidy-staged/CN-2102/2020-11-24/check', 'admin-policy-check'],
    ] as const) {
      await goWithin(page, `/desk/${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' });
      await expectFit(page, name);
    }
    await fitsInEnglish(page, [
      ...['', '/breaches', '/districts/210202'].map((each) => `oversight${each}`),
      ...['parameters', 'world-events', 'calendar', 'policies', 'clock'].map((each) => `admin/${each}`),
    ]);
    await closeWindow(page);
  });

  it('the map of the districts leads by keyboard to a district, and from there to the case', async () => {
    const page = await signedIn(browser, address(), 'supervisor');
    const { caseNo, district } = (await late.view()) as unknown as { caseNo: string; district: string };
    const tile = page.getByRole('list', { name: '分区示意图' }).locator(`a[href$="/${district}"]`);
    await tile.focus();
    expect(await tile.getAttribute('class')).toMatch(/tile-(\d|none)/);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/oversight/districts/${district}`);
    await page.getByRole('region', { name: '案件' }).getByRole('link', { name: caseNo }).click();
    await page.getByRole('heading', { name: caseNo }).waitFor();
    const reading = page.waitForEvent('popup');
    await page.getByRole('link', { name: '审计包' }).click();
    await (await reading).getByText(caseNo).first().waitFor();
    const taking = page.waitForEvent('download');
    await page.getByRole('link', { name: /^下 ?载$/ }).click();
    expect((await taking).suggestedFilename()).toBe(`packet-${caseNo}.json`);
    await closeWindow(page);
  });

  it('the auditor sees whether everything agrees, and which case does not', async () => {
    const page = await signedIn(browser, address(), 'auditor', { at: '/oversight/proofs' });
    await page.getByText('还没有核验记录').waitFor();
    const summary = {
      ok: false,
      startedAt: '2020-12-10T09:00:00+08:00',
      finishedAt: '2020-12-10T09:00:01+08:00',
      cases: 1,
      events: 9,
      notReplayed: 0,
      checkpoints: { files: 1, rows: 1, leaves: 1, witnessed: true, last: { no: 1, day: '2020-12-09' } },
      findingsTotal: 1,
      findingsByKind: { 'event-changed': 1 },
      findings: [
        { kind: 'event-changed', text: { zh: '事件被改动', en: 'an event was changed' }, caseId: story.id, caseNo: 'X-1', seq: 3 },
      ],
    };
    await house.asOwner('SELECT record_audit_run($1, $2, 1, $3)', [summary.startedAt, summary.finishedAt, summary]);
    await page.reload();
    await page.getByText('发现 1 处不一致').waitFor();
    await expectFit(page, 'proofs');
    await page.getByRole('link', { name: 'X-1' }).click();
    await page.waitForURL(`**/desk/cases/${story.id}`);
    await closeWindow(page);
  });

  it('answers every action within 100 ms of the server', () => expectQuickActions('oversight'));
});

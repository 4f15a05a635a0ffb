// Finance at month-end: collected by one person and signed by two, sent by file, reconciled line by line; what came back, what nobody knows and what
// must be repaid is seen to its end. One house, day after day; each story begins where the one before left the books.

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Locator, Page } from 'playwright-core';
import { statementFile } from '../support/bank-files.js';
import { type BatchLine, HttpCase, signed } from '../support/http-case.js';
import { RunningHouse } from '../support/processes.js';
import { expectQuickActions, timeHouse } from './actions.js';
import { complaintsOf, cookieOf, describeInBrowser, fitsInEnglish, looksGood, openBrowser, openWindow, picture } from './browser.js';
import { losesNothing } from './forms.js';
import { rule, secondChecker } from './set-up.js';
import { buildPortals } from './site.js';

jest.setTimeout(90_000);

let house: RunningHouse;
let browser: Browser;
const address = () => house.apis[0]?.url ?? '';
const pages = new Map<string, Page>();

/** Somebody's own window, opened once, on this page of the portals. */
async function desk(username: string, path: string): Promise<Page> {
  let page = pages.get(username);
  if (page === undefined) {
    page = await openWindow(browser, address());
    await cookieOf(page.context(), address(), username);
    pages.set(username, page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/desk/${path}`);
  return page;
}

const press = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();
const dialog = (page: Page) => page.getByRole('dialog');
/** What is shown: a narrow window repeats some words that a wide one hides. */
const shown = (within: Page | Locator, text: string) => within.getByText(text).filter({ visible: true }).first();
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

/** Enrols a device on its page, as a person does who cannot scan; from then on a signature of this account asks for its codes. */
async function enrolled(page: Page): Promise<TOTP> {
  await press(page, '开始登记');
  const form = page.getByRole('form', { name: '确认设备' });
  const device = new TOTP({
    secret: Secret.fromBase32((await form.locator('code').innerText()).replaceAll(' ', '')),
    digits: 6,
    period: 30,
  });
  await picture(page, 'device');
  await form.getByLabel('输入它显示的六位数字').fill('120120');
  const typed = { form, send: '确认设备', field: /六位数字/, at: 'otp', secret: '120120' };
  await losesNothing(page, { name: 'frame/device.tsx Prove', ...typed });
  await form.getByLabel('输入它显示的六位数字').fill(device.generate());
  await page.keyboard.press('Enter');
  await page.getByText('恢复码（只显示这一次）').waitFor();
  expect(await page.getByRole('main').getByRole('listitem').count()).toBe(10);
  await looksGood(page, 'device-codes');
  return device;
}

describeInBrowser('finance', () => {
  let cases: HttpCase[];
  let filed: HttpCase;
  /** the account money is paid from */
  let account: string;
  let day: string;
  beforeAll(async () => {
    buildPortals();
    [house, browser] = await Promise.all([RunningHouse.start(), openBrowser()]);
    timeHouse(house);
    day = await house.today();
    const started = () => HttpCase.open(house, { size: 20 }).then((of) => of.started());
    [cases, filed] = await Promise.all([
      Promise.all([started(), started()]),
      started(),
      secondChecker(house, 'second-checker'),
      rule(house, 'payment.approval-bands', { 0: 1, 5000000: 2 }),
      rule(house, 'payee.cooling-hours', 0),
    ]);
    // the windows open while the worker finds funds
    await Promise.all([
      ...[...cases, filed].map((each) => each.waiting('s1')),
      ...['maker', 'checker', 'cashier', 'officer'].map((who) => desk(who, 'finance/recoveries')),
    ]);
    [{ account } = { account: '' }] = await house.rows<{ account: string }>(
      "SELECT debtor_account_no AS account FROM funds WHERE code = 'F4' AND fiscal_year = 2020",
    );
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const linesOf = async (of: HttpCase): Promise<BatchLine[]> => {
    const batches = [...new Set((await of.disbursements()).flatMap(({ batchId }) => batchId ?? []))];
    const shown = await Promise.all(batches.map((id) => house.client.get<{ lines: BatchLine[] }>('cashier', `batches/${id}`)));
    const { caseNo } = await of.view();
    return shown.flatMap(({ lines }) => lines.filter((line) => line.caseNo === caseNo));
  };

  let batch: string;
  it('is collected by one person, whose batch another may give back: of the reason nothing is lost', async () => {
    const maker = await desk('maker', 'finance/due');
    await row(maker, (await cases[1]?.view())?.caseNo ?? '').waitFor();
    await looksGood(maker, 'finance-due');
    await maker.setViewportSize({ width: 1440, height: 900 });
    for (const each of cases)
      await row(maker, (await each.view()).caseNo)
        .getByRole('checkbox')
        .check();
    await maker.getByText('已选 2 笔').waitFor();
    await press(maker, '制作拨付单');
    await press(dialog(maker), /^制 ?单$/);
    await maker.waitForURL('**/finance/batches/*');
    batch = maker.url().split('/').at(-1) ?? '';
    await press(maker, '送复核');
    await maker.getByText('须由另一位复核人签发').waitFor();
    expect(await maker.getByRole('button', { name: '复核签发' }).count()).toBe(0);

    const checker = await desk('checker', `finance/batches/${batch}`);
    await press(checker, /^退 ?回$/);
    const form = checker.getByRole('form', { name: '退回拨付单' });
    await form.getByLabel('理由').fill('收款账户待核对');
    await losesNothing(checker, { name: 'finance/batch-actions.tsx Reject', form, send: /^退 ?回$/, field: /理由/, at: 'reason' });
    await press(form, /^取 ?消$/);
  });

  it('is refused with one signature and paid with two, the second by a one-time password that may be mistyped', async () => {
    const checker = await desk('checker', `finance/batches/${batch}`);
    await checker.getByText('首次付款').first().waitFor();
    await checker.getByText('已签 0 / 2').waitFor();
    await looksGood(checker, 'finance-sign');
    await checker.getByRole('button', { name: '复核签发' }).focus();
    await checker.keyboard.press('Enter');
    await checker.getByText('您已签字：已签 1 人，按金额须 2 人').waitFor();
    expect(await checker.getByRole('button', { name: '复核签发' }).count()).toBe(0);

    const other = await desk('second-checker', 'device');
    const device = await enrolled(other);
    await other.setViewportSize({ width: 1440, height: 900 });
    await other.goto(`/desk/finance/batches/${batch}`);
    await other.getByText('已签 1 / 2').waitFor();
    await press(other, '复核签发');
    const code = dialog(other).getByLabel('动态口令', { exact: true });
    await code.fill('000000');
    await other.keyboard.press('Enter');
    await dialog(other).getByText('动态口令不正确').waitFor();
    await picture(other, 'otp');
    // the step of the enrolment is used up; a device may run half a minute ahead
    await code.fill(device.generate({ timestamp: Date.now() + 30_000 }));
    await other.keyboard.press('Enter');
    await Promise.all(cases.map((each) => each.paid('s1')));
    await other.getByText('已办结').waitFor();
  });

  it('writes and takes a file, says too early that the bank never had it, and hands it over', async () => {
    const { batchId } = await signed(house, [await filed.waiting('s1')], 'file');
    const cashier = await desk('cashier', `finance/batches/${batchId}`);
    await press(cashier, '生成银行文件');
    const taking = cashier.waitForEvent('download');
    await cashier.getByRole('link', { name: /^下 ?载$/ }).click();
    expect((await taking).suggestedFilename()).toContain('pain.001.001.09');
    await cashier.getByRole('button', { name: /^撤 ?回$/ }).click();
    await press(dialog(cashier), '提出，待另一人确认');
    await dialog(cashier).getByText('请写明何以确知银行未收到').waitFor();
    await dialog(cashier).getByLabel('依据').fill('网银上传失败');
    await press(dialog(cashier), '提出，待另一人确认');
    await cashier.getByText('已提出撤回，待确认').waitFor();
    expect(await cashier.getByRole('button', { name: '已交付银行' }).count()).toBe(0);
    const maker = await desk('maker', `finance/batches/${batchId}`);
    await press(maker, '撤回情况');
    await dialog(maker).getByText('网银上传失败').waitFor();
    await picture(maker, 'finance-withdraw');
    await press(dialog(maker), /^否 ?决$/);
    await cashier.reload();
    await press(cashier, '已交付银行');
    await cashier.getByText('已提交银行').waitFor();
    await cashier.getByRole('button', { name: '已交付银行' }).waitFor({ state: 'detached' });
    await picture(cashier, 'finance-file');
  });

  it('sets a spoilt statement aside until another person reads it all the same, and two say what a line is', async () => {
    await house.goTo(await house.workingDay(day, 1));
    const [first, second] = (await Promise.all(cases.map(linesOf))).flat();
    const text = statementFile(
      [
        { fen: 3_000_000n, on: day, reference: first?.endToEndId ?? '', bankRef: 'B1' },
        { fen: 3_000_000n, on: day, reference: null, bankRef: 'B2', name: '大连示例职业培训学校', account: '6222020000000000017' },
      ],
      { account, on: day, openingFen: 1_000_000_000n },
    );
    const spoilt = text.replace(/<GrpHdr>.*?<\/GrpHdr>/, '<GrpHdr><MsgId>M1</MsgId></GrpHdr>');
    const cashier = await desk('cashier', 'finance/bank-files');
    await cashier.getByLabel('导入银行来文').setInputFiles({ name: 'statement.xml', mimeType: 'text/xml', buffer: Buffer.from(spoilt) });
    await cashier.getByText('已搁置，待处置').waitFor();
    const checker = await desk('checker', 'finance/bank-files');
    await press(checker, /^处 ?置$/);
    await press(dialog(checker), '仍予读取');
    await dialog(checker).getByText('请填写处置说明').waitFor();
    await dialog(checker).getByLabel('处置说明').fill('报文头缺时间，余额与明细相符');
    const decide = { form: checker.getByRole('form', { name: '处置' }), send: '仍予读取', field: /处置说明/, at: 'note' };
    await losesNothing(checker, { name: 'finance/bank-files.tsx Decide', ...decide });
    await picture(checker, 'finance-quarantine');
    await press(dialog(checker), '仍予读取');
    await checker.getByText('已导入').waitFor();
    await checker.getByText('待查事项').first().click();
    await checker
      .getByRole('button', { name: /^办 ?结$/ })
      .first()
      .click();
    const form = checker.getByRole('form', { name: '办结待查事项' });
    await form.getByLabel('核查结果').fill('已与银行核对');
    await losesNothing(checker, { name: 'finance/receipt-items.tsx CloseItem', form, send: /^办 ?结$/, field: /核查结果/, at: 'note' });

    await cashier.goto('/desk/finance/statement-lines');
    await press(cashier, '大连示例职业培训学校');
    await dialog(cashier).getByText(`我方付款到账 · ${second?.caseNo}`).click();
    await dialog(cashier).getByLabel('理由').fill('金额、账号、户名相符');
    const claim = { form: cashier.getByRole('form', { name: '提出认领' }), send: '提出认领，待另一人确认', field: /理由/, at: 'note' };
    await losesNothing(cashier, { name: 'finance/statement-lines.tsx Propose', ...claim });
    await looksGood(cashier, 'finance-statement-line');
    await press(dialog(cashier), '提出认领，待另一人确认');
    await cashier.getByText('待确认：我方付款到账').waitFor();
    const maker = await desk('maker', 'finance/statement-lines');
    await press(maker, '大连示例职业培训学校');
    await press(dialog(maker), /^确 ?认$/);
    await maker.getByText('没有这样的流水').waitFor();
  });

  it('reconciles a day: one prepares the report, another signs exactly that', async () => {
    const cashier = await desk('cashier', 'finance/reconciliation');
    await cashier.getByText('账实相符').waitFor();
    await press(cashier, '编制当日报告');
    await cashier.getByText('报告待签署').waitFor();
    expect(await cashier.getByRole('button', { name: '核对无误，签署报告' }).count()).toBe(0);
    const checker = await desk('checker', 'finance/reconciliation');
    await press(checker, '核对无误，签署报告');
    await checker.getByText('报告已签署').waitFor();
    await looksGood(checker, 'finance-reconciliation');
  });

  it('has a returned payment corrected by two people, and pays it again', async () => {
    const [of] = cases;
    const [line] = await linesOf(of as HttpCase);
    expect((await house.bank.call('POST', `/returns/${line?.endToEndId}`, { code: 'AC04' })).status).toBe(200);
    const maker = await desk('maker', 'finance/due');
    await shown(row(maker, line?.caseNo ?? ''), '银行退过该账户，待更正').waitFor();
    await maker.goto('/desk/finance/transfers');
    await maker.getByText('退票', { exact: true }).click();
    await shown(maker, '账户有误，待单位或经办更正').waitFor();
    await looksGood(maker, 'finance-transfers');

    const officer = await desk('officer', 'office/accounts?show=doubted');
    await press(officer, /^更 ?正$/);
    const form = dialog(officer);
    for (const [label, text] of [
      ['户名', '大连示例职业培训学校'],
      ['账号', '6222020000000004242'],
      ['开户行行号', '1021'],
      ['开户行名称', '示例银行大连分行'],
    ] as const)
      await form.getByLabel(label).fill(text);
    await press(form, '提交账户');
    await shown(form, '行号应为 12 位数字').waitFor();
    expect(await form.getByLabel('账号').inputValue()).toBe('6222020000000004242');
    await form.getByLabel('开户行行号').fill('102100099996');
    await press(form, '提交账户');
    await form.waitFor({ state: 'detached' });
    const reviewer = await desk('reviewer', 'office/accounts');
    await press(reviewer, /^复 ?核$/);
    await dialog(reviewer).getByText('AC04').waitFor();
    await looksGood(reviewer, 'office-account');
    await press(dialog(reviewer), '核准账户');
    await reviewer.getByText('没有待办的账户').waitFor();
    await of?.pay('s1');
    await maker.goto('/desk/finance/transfers');
    await maker.getByText('退票', { exact: true }).click();
    await shown(row(maker, line?.caseNo ?? ''), '已到账').waitFor();
  });

  it('releases what nobody knows the outcome of by two people, once the statement does not show it', async () => {
    const [line] = await linesOf(filed);
    // three days without an answer
    await house.asOwner(`ALTER TABLE transfers DISABLE TRIGGER USER; UPDATE transfers SET lease_until = now() - interval '1 minute' WHERE id = '${line?.transferId}';
      ALTER TABLE transfers ENABLE TRIGGER USER`);
    const cashier = await desk('cashier', 'finance/transfers');
    await cashier.getByRole('button', { name: '核定未付' }).filter({ visible: true }).click();
    await press(dialog(cashier), '提出，待另一人确认');
    await dialog(cashier).getByText('请写明核对了哪份对账单').waitFor();
    await dialog(cashier).getByLabel('核对情况').fill(`${day} 对账单已到齐，无此笔扣款`);
    const release = { form: cashier.getByRole('form', { name: '提出核定' }), send: '提出，待另一人确认', field: /核对情况/, at: 'note' };
    await losesNothing(cashier, { name: 'finance/propose.tsx ProposeInWords', ...release });
    await press(dialog(cashier), '提出，待另一人确认');
    await shown(cashier, '已提出未付，待确认').waitFor();
    const maker = await desk('maker', 'finance/transfers');
    await maker
      .getByRole('button', { name: /^确 ?认$/ })
      .filter({ visible: true })
      .click();
    await dialog(maker).getByText('对账单已到齐，无此笔扣款').waitFor();
    await picture(maker, 'finance-release');
    await press(dialog(maker), '确认未付，重新列付');
    await maker.getByText('没有这样的转账').waitFor();
    expect(await filed.waiting('s1')).toMatchObject({ amountFen: '3000000' });
  });

  it('has a file that no bank ever had confirmed void by another person, and its payment is due again', async () => {
    const { batchId } = await signed(house, [await filed.waiting('s1')], 'file');
    await house.client.post('cashier', `batches/${batchId}/files`);
    await house.client.post('cashier', `batches/${batchId}/withdrawals`, { part: 1, evidence: '网银改版，未能上传' });
    const maker = await desk('maker', `finance/batches/${batchId}`);
    await press(maker, '撤回情况');
    await dialog(maker).getByText('网银改版，未能上传').waitFor();
    await press(dialog(maker), '确认撤回，重新列付');
    await dialog(maker).waitFor({ state: 'detached' });
    expect(await filed.waiting('s1')).toMatchObject({ amountFen: '3000000' });
  });

  /** Opens the only recovery there is, and what can be done about it. */
  const recovery = async (who: string, tab?: string): Promise<Locator> => {
    const page = await desk(who, 'finance/recoveries');
    await press(page, /^办 ?理$/);
    if (tab !== undefined) await dialog(page).getByRole('tab', { name: tab }).click();
    return dialog(page);
  };

  it('demands back what was advanced for nothing; two people agree on instalments, and the first is paid in part', async () => {
    const [, of] = cases;
    await of?.hear('inspector', 'delivery.aborted', { reason: '机构停办' });
    const maker = await recovery('maker');
    await press(maker, /发出追回通知/);
    await maker.getByText('已发出追回通知').waitFor();

    const officer = await recovery('officer', '分期退还');
    const halves = [
      { dueOn: '2020-12-10', amount: '15,000.00' },
      { dueOn: '2021-01-11', amount: '15,000.00' },
    ];
    for (const [index, { dueOn, amount }] of halves.entries()) {
      await press(officer, /增加一行/);
      const added = officer.getByRole('group', { name: `第 ${index + 1} 行` });
      await added.getByLabel('最迟退还日').fill(dueOn);
      await officer.page().keyboard.press('Enter');
      await added.getByLabel('金额').fill(amount);
    }
    await officer.getByLabel('理由').fill('机构申请分期，已提供还款计划');
    await officer.getByLabel('依据（文件、条款）').fill('资金管理办法第二十条');
    const parts = { form: officer.getByRole('form', { name: '建议分期' }), send: '提出建议', field: /依据/, at: 'cite' };
    await losesNothing(officer.page(), { name: 'finance/propose.tsx ProposeInFields', ...parts });
    await press(officer, '提出建议');
    await officer.getByText('已提出，须由另一人确认后生效').waitFor();
    await officer.getByText('须由另一位审批人或主管确认').waitFor();
    expect(await officer.getByRole('button', { name: '确认此建议' }).count()).toBe(0);

    const supervisor = await recovery('supervisor');
    await supervisor.getByText('机构申请分期，已提供还款计划').waitFor();
    await looksGood(supervisor.page(), 'finance-instalments');
    await press(supervisor, '确认此建议');
    await supervisor.getByText('机构申请分期，已提供还款计划').waitFor({ state: 'detached' });

    const cashier = await recovery('cashier', '登记收款');
    await cashier.getByLabel('到账金额').fill('一万');
    await press(cashier, /^登 ?记$/);
    await cashier.getByText('应为金额').waitFor();
    await cashier.getByLabel('到账金额').fill('10,000.00');
    await cashier.getByLabel('凭证号').fill('HD-0001');
    const money = { form: cashier.getByRole('form', { name: '登记收款' }), send: /^登 ?记$/, field: /凭证号/, at: 'reference' };
    await losesNothing(cashier.page(), { name: 'finance/recovery-receipt.tsx Receipt', ...money });
    await press(cashier, /^登 ?记$/);
    await cashier.waitFor({ state: 'detached' });
    await shown(cashier.page(), '分期退回中').waitFor();
    expect(await of?.view()).toMatchObject({ recoveredFen: '1000000', recovery: { outstandingFen: '2000000' } });
  });

  it('agrees new terms with a bank by two people, each mistake at its field', async () => {
    const maker = await desk('maker', 'finance/rail-profiles');
    await press(maker, '提出新参数');
    const form = maker.getByRole('form', { name: '新参数' });
    await form.getByLabel('截止时间').fill('四点半');
    await form.getByLabel('生效日').fill(day);
    await maker.keyboard.press('Enter');
    await form.getByLabel('依据').fill('代理支付协议补充条款');
    await press(form, /^提 ?出$/);
    await form.getByText('应为 24 小时制时间').waitFor();
    await form.getByLabel('截止时间').fill('17:00');
    const terms = { form, send: /^提 ?出$/, field: /截止时间/, at: 'profile.hours.cutOff' };
    await losesNothing(maker, { name: 'finance/rail-profile-form.tsx RailProfileForm', ...terms });
    await press(form, /^提 ?出$/);
    await shown(form, '生效日期不得早于今天').waitFor();
    await form.getByLabel('生效日').fill('2020-12-01');
    await maker.keyboard.press('Enter');
    await looksGood(maker, 'finance-terms');
    await press(form, /^提 ?出$/);
    await form.waitFor({ state: 'detached' });
    const checker = await desk('checker', 'finance/rail-profiles');
    await press(checker, /^审 ?看$/);
    await dialog(checker).getByText('17:00').waitFor();
    await picture(checker, 'finance-terms-approve');
    await press(dialog(checker), /^批 ?准$/);
    await checker.getByText('待生效').waitFor();
  });

  it('falls overdue and is handed on; no clause permits a set-off; the supervisor writes off what another proposed', async () => {
    const [, of] = cases;
    await house.goTo('2020-12-11');
    const supervisor = await recovery('supervisor', '抵扣');
    await supervisor.getByText('已逾期').waitFor();
    await supervisor.getByText(/没有任何条款允许抵扣；应付款照付，应退款另行追回/).waitFor();
    await looksGood(supervisor.page(), 'finance-set-off');
    await press(supervisor, '移交追缴');
    const handing = supervisor.getByRole('form', { name: '移交追缴' });
    await handing.getByLabel('理由').fill('逾期未退，移交财政部门追缴');
    await handing.locator('button[type=submit]').click();
    await supervisor.getByText('已升级').waitFor();

    const [owed] = (await of?.recoveries()) ?? [];
    const given = { amountFen: '2000000', reason: '机构注销，无可供执行财产', cite: '法院终结执行裁定书' };
    await house.client.post('officer', `recoveries/${owed?.id}/write-off`, given);
    // the page hears of it by itself
    await supervisor.getByText('法院终结执行裁定书').waitFor();
    await press(supervisor, '确认此建议');
    await shown(supervisor.page(), '已结清').waitFor();
    expect(await of?.view()).toMatchObject({ standing: 'closed', recoveredFen: '1000000' });
  });

  it('shows how a year’s budget burns down, and no page complained', async () => {
    const page = await desk('cashier', 'finance/funds');
    await page.getByRole('img', { name: '指标执行图' }).waitFor();
    await page.locator('.ant-skeleton, .ant-spin-spinning').waitFor({ state: 'detached' });
    await looksGood(page, 'finance-funds');
    const places = 'due batches transfers bank-files statement-lines reconciliation recoveries funds rail-profiles';
    await fitsInEnglish(
      await desk('maker', 'finance/due'),
      [...places.split(' '), `batches/${batch}`].map((each) => `finance/${each}`),
    );
    expect([...pages].flatMap(([who, each]) => complaintsOf(each).map((told) => `${who}: ${told}`))).toEqual([]);
  });

  it('answers every action within 100 ms of the server', () => expectQuickActions('finance'));
});

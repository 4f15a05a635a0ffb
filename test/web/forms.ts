// Every form in which something is typed, and one trial for all: a lost connection, an ended session, somebody who was faster and a refusal of the
// server take nothing that was typed. The answers are given in the network's place; stories with the real server's stand in sign-in.test.ts.

import { expect } from '@jest/globals';
import type { Locator, Page, Route } from 'playwright-core';
import { sandboxPassword } from '../support/http-client.js';
import { notTheServer } from './actions.js';

/** File and component, and the story in which it is tried. A form that is written and not named here fails the test of the list. */
export const FORMS = {
  'administration/calendar-proposal-page.tsx Decide': 'sign-in',
  'administration/new-user.tsx NewUser': 'sign-in',
  'administration/propose-calendar-year.tsx ProposeCalendarYear': 'sign-in',
  'administration/propose-parameter.tsx ProposeParameter': 'sign-in',
  'administration/user-secret.tsx UserSecret': 'sign-in',
  'administration/world-events.tsx RecordEvent': 'sign-in',
  'case/begin-case.tsx Facts': 'sign-in',
  'event-form/event-form.tsx EventForm': 'sign-in',
  'finance/appropriation-form.tsx AppropriationForm': 'oversight',
  'finance/bank-files.tsx Decide': 'finance',
  'finance/batch-actions.tsx Reject': 'finance',
  'finance/new-fund.tsx NewFund': 'oversight',
  'finance/propose.tsx ProposeInFields': 'finance',
  'finance/propose.tsx ProposeInWords': 'finance',
  'finance/rail-profile-form.tsx RailProfileForm': 'finance',
  'finance/receipt-items.tsx CloseItem': 'finance',
  'finance/recovery-receipt.tsx Receipt': 'finance',
  'finance/statement-lines.tsx Propose': 'finance',
  'frame/device.tsx Prove': 'finance',
  'frame/password.tsx OwnPassword': 'sign-in',
  'office/begin-run.tsx OneForm': 'sign-in',
  'office/new-organisation.tsx NewOrganisation': 'office',
  'pieces/line-choices.tsx AnotherAccount': 'office',
  'pieces/line-choices.tsx LineOptOut': 'office',
  'pieces/new-account-form.tsx NewAccountForm': 'sign-in',
  'public/objection-form.tsx ObjectionForm': 'public',
} as const;
export type FormName = keyof typeof FORMS;

/** Where a `form` element stands that is none of these, and why. */
export const OTHER_FORMS: Readonly<Record<string, string>> = {
  'session/sign-in-form.tsx SignInForm': 'the sign-in itself: a password is kept nowhere; its story is in sign-in.test.ts',
  'frame/ask-code.tsx CodeForm': 'one code, good once, asked over the page in the name of another form; its story is in finance.test.ts',
  'public/finder.tsx Finder': 'asks and writes nothing; its answers are kept in the tab',
  'public/policy-list.tsx PolicyList': 'a filter',
  'public/compare.tsx Compare': 'a filter',
  'public/objection-status.tsx ObjectionStatus': 'a look-up; what is looked up stands in the address',
};

type Trial = {
  readonly name: FormName;
  readonly form: Locator;
  /** the button that sends */
  readonly send: string | RegExp;
  /** a field by its label, as the server calls it; its text is changed and put back */
  readonly field: string | RegExp;
  readonly at: string;
  /** typed, and never written into the tab's storage */
  readonly secret?: string;
  /** nobody is signed in: no session ends */
  readonly open?: true;
};

const problem = (status: number, code: string, title: string, errors: readonly object[] = []) => ({
  status,
  contentType: 'application/problem+json',
  headers: { [notTheServer]: 'story' },
  body: JSON.stringify({
    type: 'about:blank',
    title,
    status,
    code,
    detail: title,
    errors,
    requestId: '',
    messages: { zh: { title, detail: title }, en: { title, detail: title } },
  }),
});

type Control = { readonly type: string; readonly checked: boolean; readonly value: string };
type Form = { querySelectorAll(selector: string): Iterable<Control> };

/** Whatever a person has typed or chosen in the form. */
const typedIn = (form: Locator): Promise<(string | boolean)[]> =>
  form.evaluate((element: Form) =>
    [...element.querySelectorAll('input, textarea, select')].map(({ type, checked, value }) =>
      type === 'radio' || type === 'checkbox' ? checked : value,
    ),
  );

/** Tries one form that stands open and filled in: afterwards it stands there as before, and nothing was sent. */
export async function losesNothing(page: Page, { name, form, send, field, at, secret, open }: Trial): Promise<void> {
  const typed = () => typedIn(form);
  const before = await typed();
  expect([name, before.some((each) => typeof each === 'string' && each.trim() !== '')]).toEqual([name, true]);
  const keys: (string | undefined)[] = [];
  let answer: (route: Route) => Promise<void> = (route) => route.abort();
  const net = async (route: Route) => {
    if (route.request().method() === 'GET' || route.request().url().endsWith('/session')) return route.fallback();
    keys.push(route.request().headers()['idempotency-key']);
    return answer(route);
  };
  await page.route('**/api/v1/**', net);
  const press = () => form.getByRole('button', { name: send, ...(typeof send === 'string' ? { exact: true } : {}) }).click();
  const says = (text: string) => form.getByRole('alert').getByText(text).first().waitFor();

  await press();
  await says('无法连接服务器');
  expect([name, 'lost', await typed()]).toEqual([name, 'lost', before]);

  const stale = problem(409, 'already-decided', '已有决定');
  if (open === undefined) {
    answer = (route) => {
      answer = (again) => again.fulfill(stale);
      return route.fulfill(problem(401, 'sign-in-required', '请先登录'));
    };
  } else answer = (route) => route.fulfill(stale);
  await press();
  if (open === undefined) {
    const again = page.getByRole('dialog', { name: '登录已过期' });
    await again.getByLabel('密码').fill(sandboxPassword);
    await again.getByRole('button', { name: '登录', exact: true }).click();
  }
  await says('已有决定');
  expect([name, 'stale', await typed()]).toEqual([name, 'stale', before]);
  // one wish, one key: whatever got through the first time is not done twice
  expect([name, new Set(keys.filter((key) => key !== undefined)).size <= 1]).toEqual([name, true]);
  await form.getByRole('button', { name: /查看最新情况|重试/ }).click();
  await form.getByText('已有决定').first().waitFor({ state: 'detached' });
  expect([name, 'looked', await typed()]).toEqual([name, 'looked', before]);

  const errors = [
    { field: at, code: 'wrong', message: '这一项有误' },
    { field: 'nowhere', code: 'wrong', message: '无处可放' },
  ];
  answer = (route) => route.fulfill(problem(422, 'request-invalid', '请求无效', errors));
  await press();
  const about = form.locator('.field').filter({ has: page.locator('label').filter({ hasText: field }) });
  await about.getByText('这一项有误').waitFor();
  await says('无处可放');
  expect([name, 'refused', await typed()]).toEqual([name, 'refused', before]);
  const control = about.locator('input, textarea').first();
  const text = await control.inputValue();
  // the draft holds what was typed, and no secret
  const drafts = await page.evaluate<string>(`Object.values(sessionStorage).join(' ')`);
  if (secret !== undefined) expect([name, drafts.includes(secret)]).toEqual([name, false]);
  else if (text !== '') expect([name, drafts.includes(JSON.stringify(text).slice(1, -1))]).toEqual([name, true]);
  await control.fill(text === '' ? '1' : text.slice(0, -1));
  await form.getByText('这一项有误').waitFor({ state: 'detached' });
  await says('无处可放');
  // as it was refused it is refused again
  await control.fill(text);
  await about.getByText('这一项有误').waitFor();
  await page.unroute('**/api/v1/**', net);
}

type Word = {
  readonly form: Locator;
  readonly send: string | RegExp;
  /** a field by its label, and what the page lets pass but the server does not */
  readonly field: string | RegExp;
  readonly text: string;
};

/** Sends what only the server can know to be wrong: its own words stand at the field, and the rest is as it was typed. */
export async function serversWordAtItsField(page: Page, { form, send, field, text }: Word): Promise<void> {
  const about = form.locator('.field').filter({ has: page.locator('label').filter({ hasText: field }) });
  await about.locator('input, textarea').first().fill(text);
  // a date is taken when its field is left
  await page.keyboard.press('Tab');
  const before = await typedIn(form);
  const answering = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() >= 400);
  await form.getByRole('button', { name: send, ...(typeof send === 'string' ? { exact: true } : {}) }).click();
  const answer = await answering;
  expect(answer.headers()[notTheServer]).toBeUndefined();
  const { errors } = (await answer.json()) as { errors: { message: string }[] };
  const said = about.locator('.field-error');
  await said.waitFor();
  const shown = await said.innerText();
  expect([String(field), errors.some(({ message }) => message !== '' && shown.includes(message))]).toEqual([String(field), true]);
  expect(await typedIn(form)).toEqual(before);
}

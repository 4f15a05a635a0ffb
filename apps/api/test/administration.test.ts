import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { openServer, password, type Server } from './server.js';

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const post = (as: string, path: string, body: unknown = {}, key = v7()) => server.ask('POST', `/api/v1/${path}`, { as, body, key });
const get = async (as: string, path: string) => (await server.ask('GET', `/api/v1/${path}`, { as })).body;
const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body['code']];

/** A second person of a role, made by the administrator and granted by security. */
async function colleague(role: string, username = `${role}-two`): Promise<string> {
  const made = await post('admin', 'users', { username, displayName: username, role, district: '210200', password: firstPassword });
  expect(made.status).toBe(201);
  expect((await post('security', `users/${made.body['id']}/activate`, { activationCode })).status).toBe(200);
  expect((await signInFirst({ username })).status).toBe(201);
  return username;
}

const firstPassword = 'of-the-administrator';
const activationCode = 'of-security';
const signInAs = (username: string, given: string) => server.ask('POST', '/api/v1/session', { body: { username, password: given } });
const signInFirst = (given: { username: string; password?: string; activationCode?: string; newPassword?: string }) =>
  server.ask('POST', '/api/v1/session/first', { body: { password: firstPassword, activationCode, newPassword: password, ...given } });
const whoAmI = async (token: unknown) =>
  (await server.ask('GET', '/api/v1/session', { headers: { authorization: `Bearer ${token}` } })).status;

const school = { name: '大连第三培训学校', uscc: '52210200MJ00000033', kind: 'institution', district: '210200' };
const account = { holderName: '大连第三培训学校', accountNo: '6222020000000000025', bankNo: '102100099996', bankName: '示例银行' };

describe('an account', () => {
  const newOfficer = (username: string) => ({
    username,
    displayName: '新受理岗',
    role: 'officer',
    district: '210200',
    password: firstPassword,
  });

  it('lets nobody in before security has granted what the administrator made', async () => {
    const made = await post('admin', 'users', newOfficer('new-officer'));
    expect(made.body).toMatchObject({ status: 'disabled' });
    const place = `users/${made.body['id']}`;
    expect((await signInAs('new-officer', firstPassword)).status).toBe(401);
    expect((await signInFirst({ username: 'new-officer' })).status).toBe(401);
    expect(told(await post('admin', `${place}/activate`, { activationCode }))).toEqual([403, 'role-not-allowed']);
    const without = await post('security', `${place}/activate`);
    expect([...told(without), without.body['errors']]).toEqual([
      422,
      'data-invalid',
      [expect.objectContaining({ field: 'activationCode' })],
    ]);
    expect((await post('security', `${place}/activate`, { activationCode })).status).toBe(200);
    expect(told(await post('security', `${place}/activate`, { activationCode }))).toEqual([409, 'already-decided']);
  });

  it('is opened by the first password and the activation code together, once, for a password only its person knows', async () => {
    const username = 'newer-officer';
    const { id } = (await post('admin', 'users', newOfficer(username))).body;
    expect((await post('security', `users/${id}/activate`, { activationCode })).status).toBe(200);
    expect(told(await signInAs(username, firstPassword))).toEqual([403, 'first-sign-in-required']);
    expect(told(await signInAs(username, 'a guess of security'))).toEqual([401, 'sign-in-refused']);
    expect(told(await signInFirst({ username, activationCode: 'a guess of the administrator' }))).toEqual([401, 'sign-in-refused']);
    expect(told(await signInFirst({ username, password: 'a guess of security' }))).toEqual([401, 'sign-in-refused']);
    const same = await signInFirst({ username, newPassword: firstPassword });
    expect([...told(same), same.body['errors']]).toEqual([422, 'data-invalid', [expect.objectContaining({ field: 'newPassword' })]]);
    const twice = await Promise.all([1, 2].map((n) => signInFirst({ username, newPassword: `${password} ${n}` })));
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 401]);
    const mine = `${password} ${twice[0]?.status === 201 ? 1 : 2}`;
    expect((await signInAs(username, mine)).status).toBe(201);
    expect((await signInAs(username, firstPassword)).status).toBe(401);
    expect((await signInFirst({ username })).status).toBe(401);
    expect((await get('admin', 'users')).items).toContainEqual(expect.objectContaining({ username, ownPassword: true }));
  });

  it('changes its password by its person, who knows the old one; every other session ends', async () => {
    const username = await colleague('reviewer', 'changes-it');
    const [here, elsewhere] = [await signInAs(username, password), await signInAs(username, password)].map(({ body }) => body['token']);
    const change = (body: object) =>
      server.ask('POST', '/api/v1/session/password', { headers: { authorization: `Bearer ${here}` }, key: null, body });
    const wrong = await change({ password: 'not the old one', newPassword: 'another password' });
    expect([...told(wrong), wrong.body['errors']]).toEqual([422, 'password-refused', [expect.objectContaining({ field: 'password' })]]);
    expect(told(await change({ password, newPassword: password }))).toEqual([422, 'data-invalid']);
    expect(told(await change({ password, newPassword: 'short' }))).toEqual([422, 'request-invalid']);
    const changed = await change({ password, newPassword: 'another password' });
    expect(changed.status).toBe(201);
    expect(await Promise.all([elsewhere, here, changed.body['token']].map(whoAmI))).toEqual([401, 401, 200]);
    expect((await signInAs(username, password)).status).toBe(401);
    expect((await signInAs(username, 'another password')).status).toBe(201);
  });

  it('whose password is forgotten is shut by the administrator and granted anew: neither of the two gets in alone', async () => {
    const username = await colleague('approver', 'forgets-it');
    const open = (await signInAs(username, password)).body['token'];
    const id = (await server.rows<{ id: string }>('SELECT id FROM users WHERE username = $1', [username]))[0]?.id;
    expect(told(await post('security', `users/${id}/password`, { password: firstPassword }))).toEqual([403, 'role-not-allowed']);
    expect((await post('admin', `users/${id}/password`, { password: firstPassword })).body).toMatchObject({ status: 'disabled' });
    expect(await whoAmI(open)).toBe(401);
    expect((await signInAs(username, firstPassword)).status).toBe(401);
    expect((await post('security', `users/${id}/activate`, { activationCode })).status).toBe(200);
    expect(await whoAmI(open)).toBe(401);
    expect(told(await signInAs(username, firstPassword))).toEqual([403, 'first-sign-in-required']);
    expect((await signInFirst({ username, newPassword: 'a password of my own' })).status).toBe(201);
    const self = server.seed.users.find((user) => user.username === 'admin')?.id;
    expect(told(await post('admin', `users/${self}/password`, { password: firstPassword }))).toEqual([403, 'four-eyes-required']);
  });

  it('that was shut and whose person has a password is granted again as it is', async () => {
    const username = await colleague('cashier', 'was-on-leave');
    const id = (await server.rows<{ id: string }>('SELECT id FROM users WHERE username = $1', [username]))[0]?.id;
    expect((await post('admin', `users/${id}/disable`)).status).toBe(200);
    expect((await post('security', `users/${id}/activate`)).status).toBe(200);
    expect((await signInAs(username, password)).status).toBe(201);
  });

  it('has a name of its own and, for an institution, an organisation', async () => {
    expect(told(await post('admin', 'users', { username: 'officer', displayName: 'x', role: 'officer', password }))).toEqual([
      409,
      'already-exists',
    ]);
    expect(told(await post('admin', 'users', { username: 'school', displayName: 'x', role: 'institution', password }))).toEqual([
      422,
      'data-invalid',
    ]);
    expect(told(await post('admin', 'users', { username: 'weak', displayName: 'x', role: 'officer', password: 'short' }))).toEqual([
      422,
      'request-invalid',
    ]);
  });

  it('never shows a password, in no form', async () => {
    expect(JSON.stringify(await get('admin', 'users'))).not.toMatch(/argon2|"password|of-the-administrator|of-security/i);
    expect(JSON.stringify(await server.rows(`SELECT answer FROM commands`))).not.toMatch(/argon2/i);
  });

  it('is not disabled by its own holder', async () => {
    const self = server.seed.users.find(({ username }) => username === 'admin')?.id;
    expect(told(await post('admin', `users/${self}/disable`))).toEqual([403, 'four-eyes-required']);
  });
});

describe('an organisation and its account', () => {
  it('is registered by one, admitted by another, and paid only to an account that a second person approved', async () => {
    const made = await post('officer', 'organisations', school);
    expect(made.status).toBe(201);
    const id = String(made.body['id']);
    expect(told(await post('officer', 'organisations', school))).toEqual([409, 'already-exists']);
    expect(await get('officer', `organisations/${id}`)).toMatchObject({ approvedProvider: false });
    expect((await post('approver', `organisations/${id}/approve`)).status).toBe(200);
    expect(await get('officer', `organisations/${id}`)).toMatchObject({ approvedProvider: true });

    const proposed = await post('officer', `organisations/${id}/accounts`, account);
    expect(proposed.body).toMatchObject({ state: 'proposed', accountMasked: '***************0025' });
    const accountId = String(proposed.body['id']);
    expect((await post('reviewer', `organisations/${id}/accounts/${accountId}/approve`)).body).toMatchObject({ state: 'approved' });
    expect(told(await post('approver', `organisations/${id}/accounts/${accountId}/reject`))).toEqual([409, 'already-decided']);

    const next = await post('officer', `organisations/${id}/accounts`, { ...account, accountNo: '6222020000000000033' });
    await post('reviewer', `organisations/${id}/accounts/${next.body['id']}/approve`);
    const { items = [] } = await get('auditor', `organisations/${id}/accounts`);
    expect(items.map(({ state }) => state)).toEqual(['approved', 'retired']);
    expect(JSON.stringify(items)).not.toContain(account.accountNo);
  });

  it.each([
    ['a credit code of 17 characters', 'organisations', { ...school, uscc: '52210200MJ0000003' }, 'data-invalid'],
    ['an unknown member', 'organisations', { ...school, approvedProvider: true }, 'request-invalid'],
    ['a name of blanks', 'organisations', { ...school, name: '   ' }, 'request-invalid'],
  ])('refuses %s', async (_, path, body, code) => {
    expect(told(await post('officer', path, body))).toEqual([422, code]);
  });

  it('refuses words where nothing is to be said', async () => {
    const path = `organisations/${server.seed.institutionId}/approve`;
    expect(told(await post('approver', path, { approvedProvider: false }))).toEqual([422, 'request-invalid']);
  });

  it('stands among those that wait for another person until it is admitted, and again when its suspension is proposed', async () => {
    const waiting = async (as: string, q: string) => {
      const { items = [] } = await get(as, `organisations?show=waiting&q=${encodeURIComponent(q)}`);
      return items.map(({ name, proposedStatus, appliesAs }) => [name, proposedStatus, appliesAs]);
    };
    const named = { ...school, name: '大连第五培训学校', uscc: '52210200MJ00000050' };
    const { body } = await post('officer', 'organisations', named);
    expect(await waiting('approver', '第五')).toEqual([[named.name, null, 'institution']]);
    await post('approver', `organisations/${body['id']}/approve`);
    expect(await waiting('approver', '第五')).toEqual([]);
    await post('officer', `organisations/${body['id']}/status-changes`, { status: 'suspended', reason: '年检未通过' });
    expect(await waiting('approver', named.uscc.toLowerCase())).toEqual([[named.name, 'suspended', 'institution']]);
    // what the office considers is its own business
    expect(await get('institution', 'organisations')).toMatchObject({ items: [{ proposedStatus: null }] });
    const city = { ...named, name: '示例市', uscc: '11210200MJ00000058', kind: 'government' };
    const { body: made } = await post('officer', 'organisations', city);
    expect(await get('officer', `organisations/${made['id']}`)).toMatchObject({ appliesAs: 'officer' });
  });

  it('keeps an officer within the own district', async () => {
    expect(told(await post('officer', 'organisations', { ...school, uscc: '52210200MJ00000041', district: '210100' }))).toEqual([
      403,
      'role-not-allowed',
    ]);
  });

  it('refuses a broken account or bank number', async () => {
    const path = `organisations/${server.seed.institutionId}/accounts`;
    expect(told(await post('officer', path, { ...account, accountNo: '12-34' }))).toEqual([422, 'data-invalid']);
    expect(told(await post('officer', path, { ...account, bankNo: '12345' }))).toEqual([422, 'data-invalid']);
  });

  it('survives ten approvals of two proposals at once with one approved account', async () => {
    const path = `organisations/${server.seed.institutionId}/accounts`;
    const proposals = await Promise.all(
      ['6222020000000000041', '6222020000000000058'].map((accountNo) => post('officer', path, { ...account, accountNo })),
    );
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        post(index % 2 ? 'reviewer' : 'approver', `${path}/${proposals[index % 2]?.body['id']}/approve`),
      ),
    );
    const { items = [] } = await get('officer', path);
    expect(items.filter(({ state }) => state === 'approved')).toHaveLength(1);
  });
});

describe('an appropriation', () => {
  const fund = () => server.seed.funds['F1/2020'];
  const available = async () => (await get('supervisor', 'funds')).items?.find(({ id }) => id === fund())?.['availableFen'];

  it('moves no fen before another person approves it, and is posted in balance then', async () => {
    const before = BigInt(String(await available()));
    const proposed = await post('maker', `funds/${fund()}/appropriations`, { amountFen: '12345', documentNo: '示例〔2020〕9号' });
    expect(proposed.body).toMatchObject({ state: 'proposed' });
    expect(BigInt(String(await available()))).toBe(before);
    const path = `funds/${fund()}/appropriations/${proposed.body['id']}`;
    expect(told(await post('maker', `${path}/approve`))).toEqual([403, 'role-not-allowed']);
    const key = v7();
    expect((await post('checker', `${path}/approve`, {}, key)).body).toMatchObject({ state: 'approved' });
    expect((await post('checker', `${path}/approve`, {}, key)).body).toMatchObject({ state: 'approved' });
    expect(told(await post('checker', `${path}/reject`))).toEqual([409, 'already-decided']);
    expect(BigInt(String(await available()))).toBe(before + 12_345n);
    const balance = await get('auditor', `ledger/trial-balance?fundId=${fund()}`);
    expect(balance['totals']).toEqual({ cashFen: '0', budgetFen: '0' });
    const bank = balance.items?.find(({ code }) => code === '1001');
    const entries = await get('auditor', `ledger/accounts/${bank?.['accountId']}/entries`);
    expect(entries.items?.[0]).toMatchObject({ amountFen: '12345', eventType: 'appropriation.approved', businessDate: '2020-11-25' });
  });

  it('is not approved by a supervisor who proposed it', async () => {
    const proposed = await post('supervisor', `funds/${fund()}/appropriations`, { amountFen: '1', documentNo: 'n' });
    const path = `funds/${fund()}/appropriations/${proposed.body['id']}`;
    expect(told(await post('supervisor', `${path}/approve`))).toEqual([403, 'four-eyes-required']);
    expect((await post('checker', `${path}/reject`)).body).toMatchObject({ state: 'rejected' });
  });

  it('belongs to its own fund only', async () => {
    const proposed = await post('maker', `funds/${fund()}/appropriations`, { amountFen: '1', documentNo: 'n' });
    const path = `funds/${server.seed.funds['F2/2020']}/appropriations/${proposed.body['id']}/approve`;
    expect(told(await post('checker', path))).toEqual([404, 'not-found']);
  });
});

describe('a parameter', () => {
  const standards = {
    policyId: 'training-subsidy-staged',
    key: 'maxReinspections',
    scope: '210200',
    effectiveFrom: '2020-11-25',
    value: 2,
    cite: { doc: '示例文件', clause: '第一条', basis: 'external' },
    reason: '试行',
  };

  it('holds when another person has approved it', async () => {
    const proposed = await post('supervisor', 'parameters', standards);
    expect([proposed.status, proposed.body['code']]).toEqual([201, undefined]);
    const path = `parameters/${proposed.body['id']}/approve`;
    expect(told(await post('supervisor', path))).toEqual([403, 'four-eyes-required']);
    expect((await post('approver', path)).status).toBe(200);
    const { items = [] } = await get('auditor', 'parameters?policyId=training-subsidy-staged');
    expect(items[0]).toMatchObject({ key: 'maxReinspections', approvedBy: expect.any(String) });
  });

  it('is set by a bureau for its own place only, and approved by one of that place', async () => {
    for (const scope of ['*', 'CN-21', '210000', '210202', 'CN-2101'])
      expect([scope, ...told(await post('officer', 'parameters', { ...standards, scope }))]).toEqual([scope, 403, 'role-not-allowed']);
    const { body } = await post('supervisor', 'parameters', { ...standards, scope: '*' });
    expect(told(await post('approver', `parameters/${body['id']}/approve`))).toEqual([403, 'role-not-allowed']);
  });

  it('is refused when the policy does not have it, or its value is of another kind', async () => {
    expect(told(await post('officer', 'parameters', { ...standards, key: 'nothing' }))).toEqual([422, 'data-invalid']);
    expect(told(await post('officer', 'parameters', { ...standards, value: 'many' }))).toEqual([422, 'data-invalid']);
  });
});

describe('the calendar', () => {
  const cite = { doc: '示例通知', clause: '一', basis: 'external' };
  const year = { year: 2027, publishedOn: '2026-11-20', off: ['2027-01-01'], work: ['2027-01-03'], cite, reason: '公布2027年安排' };
  const question = '/api/v1/calendar/working-days?from=2026-12-30&days=3';

  it('is proposed by the supervisor, counts once another person has seen what moves and approved it', async () => {
    const proposed = await post('supervisor', 'calendar/proposals', year);
    const { id, touched } = proposed.body as { id: string; touched: { sha256: string } };
    expect(touched).toMatchObject({
      newYear: true,
      count: 0,
      days: [
        { day: '2027-01-01', before: null, after: 'off' },
        { day: '2027-01-03', before: null, after: 'work' },
      ],
    });
    const approve = (as: string, touchedSha256?: string) => post(as, `calendar/proposals/${id}/approve`, { touchedSha256 });
    expect(told(await post('officer', 'calendar/proposals', { ...year, year: 2028 }))).toEqual([403, 'role-not-allowed']);
    expect(told(await post('supervisor', 'calendar/proposals', year))).toEqual([409, 'already-exists']);
    expect(told(await approve('supervisor', touched.sha256))).toEqual([403, 'four-eyes-required']);
    expect(told(await approve('approver'))).toEqual([409, 'preview-required']);
    expect((await server.ask('GET', question)).status).toBe(422);
    expect(await get('approver', `calendar/proposals/${id}`)).toMatchObject({ state: 'proposed', touched });
    expect((await approve('approver', touched.sha256)).body).toMatchObject({ state: 'approved', touched: 0 });
    expect((await server.ask('GET', question)).body['due']).toBe('2027-01-04');
    expect(told(await approve('approver', touched.sha256))).toEqual([409, 'already-decided']);
    expect(await get('auditor', `calendar/proposals/${id}`)).toMatchObject({ state: 'approved', touched: null });
  });

  it('stays as it is when the proposal is turned down; the reason is kept', async () => {
    const { body } = await post('supervisor', 'calendar/proposals', { ...year, off: [], work: [] });
    expect(body['touched']).toMatchObject({
      newYear: false,
      days: [
        { before: 'off', after: null },
        { before: 'work', after: null },
      ],
    });
    const path = `calendar/proposals/${body['id']}/reject`;
    expect(told(await post('approver', path))).toEqual([422, 'request-invalid']);
    expect((await post('approver', path, { reason: '与通知不符' })).status).toBe(200);
    const { items } = await get('auditor', 'calendar/proposals');
    expect((items as unknown[])[0]).toMatchObject({ state: 'rejected', rejectionReason: '与通知不符' });
    expect((await server.ask('GET', question)).body['due']).toBe('2027-01-04');
  });

  it('takes no day of another year, no weekday worked instead, no day twice', async () => {
    for (const wrong of [{ off: ['2026-05-01'] }, { work: ['2027-01-04'] }, { off: ['2027-01-03'] }])
      expect(told(await post('supervisor', 'calendar/proposals', { ...year, ...wrong }))).toEqual([422, 'data-invalid']);
  });
});

describe('an administrative write', () => {
  it('is done once under its key, and not at all for another body under it', async () => {
    const key = v7();
    const body = { ...school, uscc: '52210200MJ00000059' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('officer', 'organisations', body, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
    expect(told(await post('officer', 'organisations', { ...body, name: '另一个' }, key))).toEqual([422, 'idempotency-key-reused']);
    expect(told(await post(await colleague('officer'), 'organisations', body, key))).toEqual([409, 'already-exists']);
  });
});

describe('the seed', () => {
  it('may be sown twice and grows nothing new', async () => {
    const count = () =>
      server.rows(
        'SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM funds) AS funds, (SELECT count(*) FROM postings) AS postings',
      );
    const before = await count();
    expect(await server.sow()).toEqual(server.seed);
    expect(await count()).toEqual(before);
    const [row] = await server.rows<{ bad: bigint }>(
      'SELECT count(*) AS bad FROM (SELECT posting_id FROM entries GROUP BY posting_id HAVING sum(amount_fen) <> 0) x',
    );
    expect(row?.bad).toBe(0n);
  });
});

// An office that begins: a database, two administrators, and nobody's sandbox. What the programs do in production, as processes.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyFile } from '@tranche/casework';
import { withClient } from '@tranche/database';
import { policies } from '@tranche/policies';
import { type TOTP, URI } from 'otpauth';
import { addAccount } from '../support/accounts.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { done, HttpClient, sandboxPassword, told } from '../support/http-client.js';
import { type ApiProcess, startApi } from '../support/processes.js';
import { program } from '../support/programs.js';

const folder = mkdtempSync(join(tmpdir(), 'tranche-first-day-'));
let database: TestDatabase;
let api: ApiProcess | undefined;
let client: HttpClient;
beforeAll(async () => {
  database = await createTestDatabase();
  // as the migrations alone leave it
  await withClient(database.ownerUrl, (owner) => owner.query('DELETE FROM calendar_days; DELETE FROM calendar_years'));
});
afterAll(async () => {
  await api?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly code: number; readonly output: string };

/** `tranche …` as the operator of the machine runs it, who may change tables. */
const tranche = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], OWNER_DATABASE_URL: database.ownerUrl };
    execFile(process.execPath, [program('tranche'), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });

/** The secrets of one of the two administrators, as they were printed. */
function secretsOf(output: string, username: string): { password: string; activationCode: string } {
  const [, password = '', activationCode = ''] =
    new RegExp(`: ${username}\\n.*first password: (\\S+)\\n.*activation code: (\\S+)`).exec(output) ?? [];
  return { password, activationCode };
}

describe('the first day of an office', () => {
  it('brings the policies and the calendar with the tables, as often as it is asked', async () => {
    for (const _ of [1, 2]) expect(await tranche('migrate')).toMatchObject({ code: 0 });
    const delivered = await withClient(database.ownerUrl, (owner) =>
      owner.query('SELECT (SELECT count(*)::int FROM policy_versions) AS policies, (SELECT max(year) FROM calendar_years) AS year'),
    );
    expect(delivered.rows).toEqual([{ policies: policies().length, year: 2026 }]);
  });

  it('begins with two administrators, whose secrets are shown once', async () => {
    const begin = () => tranche('accounts', 'first', '--admin', 'chief', '--security', 'guard');
    expect(await tranche('accounts', 'first', '--admin', 'one', '--security', 'one')).toMatchObject({ code: 1 });
    const { code, output } = await begin();
    expect(code).toBe(0);
    expect(await begin()).toMatchObject({ code: 1, output: expect.stringMatching(/账号已存在/) });
    writeFileSync(join(folder, 'keys.json'), generateKeyFile(randomBytes), { mode: 0o600 });
    api = await startApi({
      PATH: process.env['PATH'],
      DATABASE_URL: database.appUrl,
      TRANCHE_SANDBOX: '0',
      TRANCHE_KEY_FILE: join(folder, 'keys.json'),
      PORT: '0',
      LOG_LEVEL: 'error',
    });
    client = new HttpClient([api.url]);
    for (const username of ['chief', 'guard']) {
      const body = { username, ...secretsOf(output, username), newPassword: sandboxPassword };
      expect(told(await client.ask('POST', 'session', { body: { username, password: body.password } }))).toEqual([
        403,
        'first-sign-in-required',
      ]);
      expect((await client.ask('POST', 'session/first', { body })).status).toBe(201);
    }
  });

  it('lets the two make everybody else, and these open the office: a fund with money, an institution that may be paid', async () => {
    const district = '210200';
    for (const [username, role] of [
      ['ofc', 'officer'],
      ['rev', 'reviewer'],
      ['app', 'approver'],
      ['sup', 'supervisor'],
      ['mak', 'maker'],
      ['chk', 'checker'],
    ] as const)
      await addAccount(client, { username, displayName: username, role, district }, { admin: 'chief', security: 'guard' });
    const debtor = { debtorName: '大连市财政局', debtorAccountNo: '2102001234567890', debtorBankNo: '102222000016' };
    const fund = await client.post<{ id: string }>('sup', 'funds', {
      code: 'F4',
      name: { zh: '技能提升行动资金', en: 'Skills action fund' },
      district,
      fiscalYear: 2026,
      ...debtor,
    });
    const appropriation = { amountFen: '100000000', documentNo: '大财社〔2026〕1号' };
    const money = await client.post<{ id: string }>('mak', `funds/${fund.id}/appropriations`, appropriation);
    await client.post('chk', `funds/${fund.id}/appropriations/${money.id}/approve`);
    const school = { name: '大连市示例职业培训学校', uscc: '52210200MJ00000025', kind: 'institution', district };
    const { id } = await client.post<{ id: string }>('ofc', 'organisations', school);
    await client.post('app', `organisations/${id}/approve`);
    await addAccount(
      client,
      { username: 'school', displayName: '经办', role: 'institution', organisationId: id },
      { admin: 'chief', security: 'guard' },
    );
    const account = { holderName: school.name, accountNo: '6222020000000000025', bankNo: '102100099996', bankName: '示例银行' };
    const proposed = await client.post<{ id: string }>('school', `organisations/${id}/accounts`, account);
    const place = `organisations/${id}/accounts/${proposed.id}/approve`;
    expect(told(await client.ask('POST', place, { as: 'rev', body: {} }))).toEqual([403, 'otp-required']);
    await client.post('rev', place, { otp: await codeOf('rev') });
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const facts = { plannedHours: 80, classFiled: true, traineesEligible: true, startsOn: today, endsOn: today };
    const asked = { policyId: 'training-subsidy-staged', organisationId: id, payeeAccountId: proposed.id, facts };
    expect(await client.post('school', 'cases', asked)).toMatchObject({ standing: 'active' });
  });

  it('knows no clock that could be moved', async () => {
    expect((await client.ask('POST', 'sandbox/clock', { as: 'chief', body: { now: '2030-01-01T00:00:00+08:00' } })).status).toBe(404);
    expect(done('clock', await client.ask<{ status?: string }>('GET', 'policies'))).toMatchObject({ items: expect.any(Array) });
  });
});

/** A code of the device that this person enrols now: the first code itself was used up by the enrolment. */
async function codeOf(username: string): Promise<string> {
  const { uri } = await client.post<{ uri: string }>(username, 'session/otp');
  const device = URI.parse(uri) as TOTP;
  const { recoveryCodes } = await client.post<{ recoveryCodes: string[] }>(username, 'session/otp/confirm', { otp: device.generate() });
  return recoveryCodes[0] ?? '';
}

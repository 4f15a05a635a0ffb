import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP, URI } from 'otpauth';
import { v7 } from 'uuid';
import { openServer, type Server } from './server.js';

let now = Date.parse('2026-11-22T08:00:00Z');
let server: Server;
beforeAll(async () => {
  server = await openServer({ systemNow: () => now });
});
afterAll(() => server.close());

const later = (seconds: number) => {
  now += seconds * 1_000;
};
const post = (as: string, path: string, body: unknown = {}) => server.ask('POST', `/api/v1/${path}`, { as, body });
const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body['code']];
const hash = (letter: string) => `sha256:${letter.repeat(64)}`;
const sign = (as: string, contentHash: string, otp?: string) =>
  post(as, `batches/${v7()}/approve`, { contentHash, ...(otp === undefined ? {} : { otp }) });

/** The authenticator of a person who enrolled: it shows the code of a moment. */
async function enrol(as: string): Promise<{ code: () => string; recoveryCodes: string[] }> {
  const { body } = await post(as, 'session/otp');
  const device = URI.parse(String(body['uri'])) as TOTP;
  expect(device).toMatchObject({ issuer: 'Tranche', label: as, digits: 6, period: 30, algorithm: 'SHA1' });
  expect(device.secret.base32).toBe(body['secret']);
  const code = () => device.generate({ timestamp: now });
  const confirmed = await post(as, 'session/otp/confirm', { otp: code() });
  expect(confirmed.status).toBe(200);
  later(30);
  return { code, recoveryCodes: confirmed.body['recoveryCodes'] as string[] };
}

describe('a one-time password', () => {
  it('is that of RFC 6238', () => {
    const device = new TOTP({ secret: Secret.fromUTF8('12345678901234567890'), digits: 8, algorithm: 'SHA1', period: 30 });
    expect(device.generate({ timestamp: 59_000 })).toBe('94287082');
    expect(device.generate({ timestamp: 1_111_111_109_000 })).toBe('07081804');
  });

  it('is asked for as soon as a device is confirmed, counts for what is signed, and for nothing else', async () => {
    expect(told(await sign('checker', hash('a')))).toEqual([404, 'batch-not-found']);
    const { code } = await enrol('checker');
    expect(told(await sign('checker', hash('a')))).toEqual([403, 'otp-required']);
    expect(told(await sign('checker', hash('a'), '000000'))).toEqual([403, 'otp-refused']);
    const otp = code();
    expect(told(await sign('checker', hash('a'), otp))).toEqual([404, 'batch-not-found']);
    expect(told(await sign('checker', hash('a'), otp))).toEqual([404, 'batch-not-found']);
    expect(told(await sign('checker', hash('b'), otp))).toEqual([403, 'otp-refused']);
    later(30);
    expect(told(await sign('checker', hash('b'), code()))).toEqual([404, 'batch-not-found']);
    const old = code();
    later(90);
    expect(told(await sign('checker', hash('c'), old))).toEqual([403, 'otp-refused']);
  });

  it('gives way to a recovery code, once', async () => {
    const { recoveryCodes } = await enrol('maker');
    expect(recoveryCodes).toHaveLength(10);
    expect(new Set(recoveryCodes).size).toBe(10);
    const [stored] = await server.rows<{ codes: string }>(
      "SELECT string_agg(encode(code_sha256, 'hex'), ' ') AS codes FROM otp_recovery_codes",
    );
    expect(stored?.codes).not.toContain(recoveryCodes[0]);
    const account = await proposed('reviewer-less');
    expect(account).toMatch(/^[0-9a-f-]{36}$/);
    await enrol('reviewer').then(async ({ recoveryCodes: own }) => {
      const path = `organisations/${server.seed.institutionId}/accounts/${account}/approve`;
      expect(told(await post('reviewer', path))).toEqual([403, 'otp-required']);
      expect(told(await post('reviewer', path, { otp: recoveryCodes[0] }))).toEqual([403, 'otp-refused']);
      expect((await post('reviewer', path, { otp: own[0] })).body).toMatchObject({ state: 'approved' });
      const another = await proposed('second');
      const again = `organisations/${server.seed.institutionId}/accounts/${another}/approve`;
      expect(told(await post('reviewer', again, { otp: own[0] }))).toEqual([403, 'otp-refused']);
    });
  });

  it('locks after five wrong ones, for a quarter of an hour, even for the right one', async () => {
    const { code } = await enrol('approver');
    const account = await proposed('locked');
    const path = `organisations/${server.seed.institutionId}/accounts/${account}/approve`;
    for (let tries = 0; tries < 5; tries += 1) expect(told(await post('approver', path, { otp: '000000' }))).toEqual([403, 'otp-refused']);
    expect(told(await post('approver', path, { otp: code() }))).toEqual([403, 'otp-refused']);
    later(15 * 60);
    expect((await post('approver', path, { otp: code() })).status).toBe(200);
  });

  it('has a secret that is kept encrypted, cannot be replaced, and is removed by the security administrator', async () => {
    const [row] = await server.rows<{ cipher: Buffer; user: string }>(
      "SELECT secret_cipher AS cipher, user_id AS user FROM otp_secrets s JOIN users u ON u.id = s.user_id WHERE u.username = 'checker'",
    );
    expect(row?.cipher.toString('latin1')).not.toMatch(/[A-Z2-7]{32}/);
    expect(told(await post('checker', 'session/otp'))).toEqual([409, 'already-exists']);
    expect(told(await post('admin', `users/${row?.user}/otp/remove`))).toEqual([403, 'role-not-allowed']);
    const seenBy = async (as: string) => {
      const { items } = (await server.ask('GET', '/api/v1/users?limit=200', { as })).body as {
        items: { id: string; hasDevice: boolean }[];
      };
      return items.find(({ id }) => id === row?.user)?.hasDevice;
    };
    expect([await seenBy('security'), await seenBy('admin')]).toEqual([true, null]);
    expect((await post('security', `users/${row?.user}/otp/remove`)).status).toBe(200);
    expect(await seenBy('security')).toBe(false);
    expect((await server.ask('GET', '/api/v1/session/otp', { as: 'checker' })).body).toEqual({ enrolled: false });
    expect(told(await sign('checker', hash('d')))).toEqual([404, 'batch-not-found']);
  });
});

describe('a house that demands one-time passwords', () => {
  it('asks those without a device to enrol first', async () => {
    const strict = await openServer({ otpRequired: true });
    try {
      const answer = await strict.ask('POST', `/api/v1/batches/${v7()}/approve`, { as: 'checker', body: { contentHash: hash('a') } });
      expect(told(answer)).toEqual([403, 'otp-required']);
      expect(String(answer.body['detail'])).toContain('session/otp');
    } finally {
      await strict.close();
    }
  });
});

let serial = 1000;
async function proposed(bankName: string): Promise<string> {
  serial += 1;
  const account = { holderName: '示例', accountNo: `62220200000000${serial}`, bankNo: '102100099996', bankName };
  return String((await post('institution', `organisations/${server.seed.institutionId}/accounts`, account)).body['id']);
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statementFile } from '../../../test/support/bank-files.js';
import { openServer, type Server } from './server.js';

let server: Server;
let account: string;
beforeAll(async () => {
  server = await openServer();
  const [fund] = await server.rows<{ account: string }>(
    "SELECT debtor_account_no AS account FROM funds WHERE code = 'F4' AND fiscal_year = 2020",
  );
  account = fund?.account ?? '';
});
afterAll(() => server.close());

const post = (as: string, path: string, body: unknown = {}) => server.ask('POST', `/api/v1/${path}`, { as, body });
const get = async (as: string, path: string) => server.ask('GET', `/api/v1/${path}`, { as });
const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body['code']];
const upload = (as: string, content: string, name = 'camt.xml') => {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  return server.ask('POST', '/api/v1/bank-files', { as, raw: form as never });
};
const credit = {
  fen: 70_000n,
  direction: 'credit' as const,
  bankRef: 'B1',
  name: '某单位',
  account: '6222020000000000055',
  remittance: '退款',
};
type Body = Record<string, unknown>;

describe('a file of a bank', () => {
  it('is imported by a cashier, read by finance and the auditor, and is one file however often it comes', async () => {
    const xml = statementFile([credit], { account, on: '2020-11-25' });
    expect(told(await upload('maker', xml))).toEqual([403, 'role-not-allowed']);
    const first = await upload('cashier', xml);
    expect(first).toMatchObject({
      status: 201,
      body: { fresh: true, file: { state: 'imported', report: { lines: 1, suspense: 1, suspenseFen: '70000', open: 1 } } },
    });
    const { file } = first.body as { file: Body };
    expect(await upload('cashier', xml, 'other-name.xml')).toMatchObject({ status: 201, body: { fresh: false, file: { id: file['id'] } } });
    for (const role of ['maker', 'checker', 'supervisor', 'auditor'])
      expect((await get(role, `bank-files/${file['id']}`)).body).toEqual(file);
    expect(told(await get('institution', `bank-files/${file['id']}`))).toEqual([403, 'role-not-allowed']);
    expect((await get('auditor', 'bank-files?state=imported')).body['items']).toEqual([file]);
    expect((await get('auditor', `receipt-items?fileId=${file['id']}&state=open`)).body['items']).toEqual([
      expect.objectContaining({ code: 'credit-unidentified', line: 3, state: 'open' }),
    ]);
  });

  it('that is none gets a reason and waits for another person, who may refuse it', async () => {
    const aside = await upload('cashier', '<a/>');
    const { file } = aside.body as { file: Body };
    expect([aside.status, file['state'], file['reason']]).toEqual([
      201,
      'quarantined',
      expect.objectContaining({ code: 'message-unknown' }),
    ]);
    const decide = (as: string, decision: string) => post(as, `bank-files/${file['id']}/decide`, { decision, note: '不是银行文件' });
    expect(told(await decide('cashier', 'reject'))).toEqual([403, 'role-not-allowed']);
    expect(told(await decide('checker', 'parse-anyway'))).toEqual([422, 'data-invalid']);
    expect(await decide('checker', 'reject')).toMatchObject({ status: 200, body: { state: 'rejected', decision: 'reject' } });
    expect(told(await decide('maker', 'reject'))).toEqual([409, 'already-decided']);
    expect(told(await server.ask('POST', '/api/v1/bank-files', { as: 'cashier', body: {} }))).toEqual([415, 'media-type-unsupported']);
  });
});

describe('a line', () => {
  it('nobody has explained is listed, and explained by two persons', async () => {
    const { items } = (await get('auditor', 'statement-lines?match=none')).body as { items: Body[] };
    expect(items).toEqual([
      expect.objectContaining({ amountFen: '70000', suspense: true, match: null, counterpartyAccount: expect.stringMatching(/^\*+0055$/) }),
    ]);
    const id = String(items?.[0]?.['id']);
    expect((await get('cashier', `statement-lines/${id}`)).body).toMatchObject({ counterpartyAccount: credit.account, suggestions: [] });
    expect(told(await post('cashier', `statement-lines/${id}/proposals`, { kind: 'recovery', note: '?' }))).toEqual([422, 'data-invalid']);
    const said = await post('cashier', `statement-lines/${id}/proposals`, { kind: 'interest', note: '存款利息' });
    expect(said).toMatchObject({ status: 201, body: { state: 'proposed' } });
    expect((await get('checker', `statement-lines/${id}`)).body).toMatchObject({ proposal: { kind: 'interest', note: '存款利息' } });
    const decide = (as: string) => post(as, `line-proposals/${said.body['id']}/decide`, { decision: 'confirm' });
    expect(told(await decide('cashier'))).toEqual([403, 'role-not-allowed']);
    expect(await decide('checker')).toMatchObject({ status: 200, body: { state: 'confirmed' } });
    expect((await get('auditor', 'statement-lines?match=none')).body['items']).toEqual([]);
    expect((await get('auditor', `statement-lines/${id}`)).body).toMatchObject({
      match: { kind: 'interest', rule: 'two-persons' },
      suspense: false,
    });
  });
});

describe('a day', () => {
  it('is reconciled, prepared by one person and signed by another for exactly what it says', async () => {
    expect((await get('auditor', 'reconciliations/days')).body['items']).toEqual([{ accountNo: account, on: '2020-11-25', signed: false }]);
    const day = await get('auditor', `reconciliations/2020-11-25?accountNo=${account}`);
    expect(day.body).toMatchObject({
      statement: { closed: true, creditFen: '70000' },
      matched: { count: 1 },
      bookFen: '70000',
      differenceFen: '0',
      openItems: 0,
      agrees: true,
    });
    expect(told(await post('cashier', 'reconciliations/2020-11-24/prepare', { accountNo: account }))).toEqual([422, 'data-invalid']);
    const prepared = await post('cashier', 'reconciliations/2020-11-25/prepare', { accountNo: account });
    expect(prepared).toMatchObject({ status: 201, body: { agrees: true } });
    const { id, contentHash } = prepared.body;
    expect((await post('cashier', 'reconciliations/2020-11-25/prepare', { accountNo: account })).body).toEqual(prepared.body);
    const sign = (as: string, hash: unknown) => post(as, `reconciliations/${id}/sign`, { contentHash: hash });
    expect(told(await sign('cashier', contentHash))).toEqual([403, 'role-not-allowed']);
    expect(told(await sign('checker', '0'.repeat(64)))).toEqual([422, 'data-invalid']);
    expect(await sign('checker', contentHash)).toMatchObject({ status: 200 });
    expect(told(await sign('checker', contentHash))).toEqual([409, 'already-decided']);
    expect((await get('auditor', `reconciliations?accountNo=${account}`)).body['items']).toEqual([
      expect.objectContaining({ id, contentHash, signedBy: expect.any(String), content: expect.objectContaining({ agrees: true }) }),
    ]);
  });
});

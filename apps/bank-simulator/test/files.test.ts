import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type IsoMessage, openSchema, type PaymentLine, type RailProfile, railOf, type SchemaChecker } from '@tranche/bank';
import iconv from 'iconv-lite';
import { bureau, line, order, profiles } from '../../../libs/bank/test/sample.js';
import { freshBook, type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';

/** Files go in as any rail writes them, and what the bank writes is what the standards say. */
let bank: Simulator;
const schemas = new Map<IsoMessage, SchemaChecker>();
beforeAll(async () => {
  bank = await startSimulator();
  await goTo('2020-11-25T10:00:00+08:00');
});
beforeEach(() => bank.call('DELETE', '/faults'));
afterAll(async () => {
  for (const schema of schemas.values()) await schema.close();
  await bank.kill();
});

const goTo = (instant: string) => bank.call('PUT', '/clock', { offsetMs: Date.parse(instant) - Date.now() });
const fault = (kind: string, more: Record<string, unknown> = {}) => bank.call('POST', '/faults', { kind, ...more });

let count = 0;
/** Lines nobody has sent yet. */
const fresh = (...fens: bigint[]): PaymentLine[] =>
  fens.map((fen) => {
    count += 1;
    return line(1, fen, { endToEndId: `F${count}`, instrId: `F${count}A1` });
  });
function written(
  lines: readonly PaymentLine[],
  profile: RailProfile = profiles.file,
  reference = `F2-20201125-${1000 + count}`,
): Uint8Array {
  const rendered = railOf(profile).render(order({ lines, reference, executionDate: '2020-11-25' }));
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.faults));
  return rendered.artifacts[0]!.bytes;
}
async function send(bytes: Uint8Array, query = ''): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${bank.address}/files${query}`, { method: 'POST', body: Buffer.from(bytes) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
async function paper(path: string): Promise<{ status: number; bytes: Buffer; text: string }> {
  const answer = await fetch(`${bank.address}${path}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, bytes, text: bytes.toString('utf8') };
}
async function faultsOf(message: IsoMessage, bytes: Buffer): Promise<readonly unknown[]> {
  const schema = schemas.get(message) ?? openSchema(message);
  schemas.set(message, schema);
  return schema.check(bytes);
}
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((found) => found[1] ?? '');
const list = (bytes: Uint8Array, name: string) =>
  send(bytes, `?${new URLSearchParams({ name, debtor: bureau.accountNo, debtorName: bureau.name, debtorBank: bureau.bankNo })}`);

describe('a payment file', () => {
  it.each<['pain.001.001.09' | 'pain.001.001.03']>([['pain.001.001.09'], ['pain.001.001.03']])(
    'in %s is booked once, however often it comes',
    async (format) => {
      const lines = fresh(100n, 250n);
      const bytes = written(lines, { ...profiles.file, format });
      expect(await send(bytes)).toMatchObject({ status: 201, body: { lines: 2, status: 'ACSC', format } });
      expect(await send(bytes)).toMatchObject({ status: 200, body: { lines: 2, status: 'ACSC' } });
      const booked = (await bank.call('GET', '/book')).body['bookings'] as { endToEndId: string; amountFen: string; status: string }[];
      expect(booked.filter(({ endToEndId }) => lines.some((each) => each.endToEndId === endToEndId))).toMatchObject([
        { amountFen: '100', status: 'settled' },
        { amountFen: '250', status: 'settled' },
      ]);
    },
  );

  it('under a name that was taken is refused, as is one whose sum or count is wrong', async () => {
    const name = 'F2-20201125-0900';
    await send(written(fresh(1n), profiles.file, name));
    expect(await send(written(fresh(1n), profiles.file, name))).toMatchObject({ status: 409, body: { code: 'DUPL' } });
    const spoilt = Buffer.from(written(fresh(5n)))
      .toString('utf8')
      .replace('<CtrlSum>0.05', '<CtrlSum>0.06');
    expect(await send(Buffer.from(spoilt))).toMatchObject({ status: 422, body: { code: 'AM09' } });
    expect(await send(Buffer.from('not a file'))).toMatchObject({ status: 422, body: { code: 'FF01' } });
  });

  it('as a 代发 list in GB18030 is booked, and its return file says what became of each line', async () => {
    const lines = fresh(10_000n, 20_000n, 30_000n);
    await fault('reject', { match: { nth: 2 }, code: 'AC01', text: '账号有误' });
    expect(await list(written(lines, profiles.csv), 'DF1.csv')).toMatchObject({
      status: 201,
      body: { lines: 3, status: 'PART', format: 'daifa' },
    });
    const { bytes } = await paper('/files/DF1.csv/receipt');
    const rows = iconv
      .decode(bytes, 'gb18030')
      .trim()
      .split('\n')
      .map((row) => row.split(','));
    expect(rows.slice(1, -1).map((row) => [row[0], row[4], row[5]])).toEqual([
      [lines[0]!.endToEndId, '成功', ''],
      [lines[1]!.endToEndId, '失败', 'AC01'],
      [lines[2]!.endToEndId, '成功', ''],
    ]);
    expect(rows.at(-1)).toEqual(['合计', '3', '600.00']);
    await fault('crlf', { on: 'status' });
    expect((await paper('/files/DF1.csv/receipt')).bytes.toString('latin1').split('\r\n')).toHaveLength(6);
  });

  it('interrupted in the middle is completed when it comes again, and nothing is booked twice', async () => {
    const book = freshBook();
    const first = await startSimulator({ book });
    const lines = fresh(1n, 2n, 3n);
    const bytes = written(lines);
    await first.call('POST', '/faults', { kind: 'crash-mid-booking', match: { nth: 2 } });
    await expect(fetch(`${first.address}/files`, { method: 'POST', body: Buffer.from(bytes) })).rejects.toThrow();
    await first.kill();
    const second = await startSimulator({ book });
    const post = () => fetch(`${second.address}/files`, { method: 'POST', body: Buffer.from(bytes) });
    expect((await post()).status).toBe(201);
    expect((await post()).status).toBe(200);
    const booked = (await second.call('GET', '/book')).body['bookings'] as { endToEndId: string }[];
    expect(booked.map(({ endToEndId }) => endToEndId)).toEqual(lines.map(({ endToEndId }) => endToEndId));
    await second.kill();
  });

  it.each(['cut-off-passed', 'holiday'])('after hours waits for the next opening: %s', async (kind) => {
    await fault(kind);
    expect(await send(written(fresh(7n)))).toMatchObject({ body: { status: 'ACSP' } });
  });
});

describe('a status file', () => {
  it.each<['pain.002.001.10' | 'pain.002.001.03']>([['pain.002.001.10'], ['pain.002.001.03']])(
    '%s is valid and says every level',
    async (version) => {
      await fault('reject', { match: { nth: 1 }, code: 'AC04', text: '已销户' });
      await fault('pending-then-settle', { match: { nth: 3 } });
      const { body } = await send(written(fresh(1n, 2n, 3n)));
      const { bytes, text } = await paper(`/files/${body['fileId']}/status?version=${version}`);
      expect(await faultsOf(version, bytes)).toEqual([]);
      expect([all(text, /<GrpSts>(.*?)</g), all(text, /<TxSts>(.*?)</g)]).toEqual([['PART'], ['RJCT', 'ACSC', 'PDNG']]);
    },
  );

  it('comes stale, or says everything twice, when that is planned', async () => {
    const { body } = await send(written(fresh(1n)));
    await fault('stale-status');
    expect(all((await paper(`/files/${body['fileId']}/status`)).text, /<TxSts>(.*?)</g)).toEqual(['RCVD']);
    await fault('twice-in-file');
    expect(all((await paper(`/files/${body['fileId']}/status`)).text, /<TxSts>(.*?)</g)).toEqual(['ACSC', 'ACSC']);
  });
});

describe('a statement', () => {
  const path = (day: string, more = '') => `/statements/${bureau.accountNo}/${day}?size=3${more}`;
  beforeAll(async () => {
    await goTo('2020-12-01T10:00:00+08:00');
    await fault('return', { afterMs: 86_400_000, code: 'AC04', text: '收款账户已销户', match: { nth: 2 } });
    const rendered = railOf(profiles.file).render(
      order({ lines: fresh(1n, 2n, 3n, 4n), reference: 'F2-20201201-0001', executionDate: '2020-12-01' }),
    );
    await send(rendered.ok ? rendered.artifacts[0]!.bytes : new Uint8Array());
    expect((await paper(path('2020-12-01'))).status).toBe(409);
    await goTo('2020-12-03T10:00:00+08:00');
  });

  it.each(['08', '02'])(
    'in version %s is valid, in pages that follow each other, and a return comes as a credit the day after',
    async (version) => {
      const pages = [await paper(path('2020-12-01', `&version=${version}`)), await paper(path('2020-12-01', `&version=${version}&page=2`))];
      for (const { bytes } of pages) expect(await faultsOf(`camt.053.001.${version}` as IsoMessage, bytes)).toEqual([]);
      expect(pages.map(({ text }) => all(text, /<LastPgInd>(.*?)</g)[0])).toEqual(['false', 'true']);
      const balances = pages.map(({ text }) => all(text, /<Amt Ccy="CNY">(.*?)</g).slice(0, 2));
      expect(balances[1]![0]).toBe(balances[0]![1]);
      const next = await paper(path('2020-12-02', `&version=${version}`));
      expect(await faultsOf(`camt.053.001.${version}` as IsoMessage, next.bytes)).toEqual([]);
      expect(all(next.text, /<Amt Ccy="CNY">(.*?)</g)[0]).toBe(balances[1]![1]);
      expect(all(next.text, /<RtrInf><Rsn><Cd>(.*?)</g)).toEqual(['AC04']);
      const notice = await paper(`/notifications/${bureau.accountNo}/2020-12-02?returns=only&version=${version}`);
      expect(await faultsOf(`camt.054.001.${version}` as IsoMessage, notice.bytes)).toEqual([]);
    },
  );

  const opening = async (): Promise<string> => all((await paper(path('2020-12-01'))).text, /<Amt Ccy="CNY">(.*?)</g)[0] ?? '';
  it.each<[string, (text: string) => unknown, unknown]>([
    ['line-without-reference', (text) => all(text, /<EndToEndId>(.*?)</g).length, 2],
    ['amount-off-by-one', (text) => all(text, /<Ntry><Amt Ccy="CNY">(.*?)</g)[0], '0.02'],
    ['same-reference-twice', (text) => new Set(all(text, /<EndToEndId>(.*?)</g)).size, 2],
  ])('is spoilt as planned, once: %s', async (kind, see, expected) => {
    await fault(kind);
    const { text, bytes } = await paper(path('2020-12-01'));
    expect(see(text)).toEqual(expected);
    expect(await faultsOf('camt.053.001.08', bytes)).toEqual([]);
    expect((await paper(path('2020-12-01'))).text).not.toBe(text);
  });

  it('misses a page, begins elsewhere than the last one ended, comes with a byte-order mark or in GBK', async () => {
    await fault('page-missing');
    expect((await paper(path('2020-12-01', '&page=2'))).status).toBe(404);
    const usual = await opening();
    await fault('opening-differs');
    expect(await opening()).not.toBe(usual);
    await fault('bom');
    expect([...(await paper(path('2020-12-01'))).bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    await fault('gbk');
    expect((await paper(path('2020-12-01'))).text).toContain('encoding="GBK"');
  });
});

describe('a plan of faults in a file', () => {
  it('is there from the start', async () => {
    const plan = join(mkdtempSync(join(tmpdir(), 'tranche-faults-')), 'plan.json');
    writeFileSync(plan, JSON.stringify([{ kind: 'account-closed', match: { accountNo: '1' } }, { kind: 'page-missing' }]));
    const planned = await startSimulator({ env: { FAULTS: plan } });
    expect((await planned.call('GET', '/faults')).body['faults']).toMatchObject([
      { kind: 'account-closed', on: 'payment' },
      { kind: 'page-missing', on: 'statement' },
    ]);
    await planned.kill();
  });
});

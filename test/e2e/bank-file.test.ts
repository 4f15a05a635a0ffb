import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { checkSchema } from '@tranche/bank';
import { addDays } from '@tranche/calendar';
import { sum, trialBalance } from '../support/books.js';
import { type BatchView, HttpCase, signed } from '../support/http-case.js';
import { type Reply, told } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(60_000);

let house: RunningHouse;
let batch: BatchView;
let batchId: string;
let file: Reply;
let handedOver: Record<string, unknown>;
/** the line whose case was held before the hand-over */
let heldNo: string;
beforeAll(async () => {
  house = await RunningHouse.start();
  const stories: HttpCase[] = [];
  for (const size of [3, 5, 7]) stories.push(await (await HttpCase.open(house, { size })).started());
  const lines = await Promise.all(stories.map((story) => story.waiting('s1')));
  ({ batchId } = await signed(house, lines, 'file'));
  heldNo = (await stories[1]?.view())?.caseNo ?? '';
  await stories[1]?.hear('supervisor', 'case.held', { reason: '核查' });
  const { files } = await house.client.post<{ files: { sha256: string }[] }>('cashier', `batches/${batchId}/files`);
  file = await house.client.ask('GET', `batches/${batchId}/file`, { as: 'cashier' });
  handedOver = await house.client.post('cashier', `batches/${batchId}/hand-over`, { part: 1, sha256: files[0]?.sha256 });
  batch = await house.client.get<BatchView>('cashier', `batches/${batchId}`);
  expect(told(await house.client.ask('GET', `batches/${batchId}/file`, { as: 'maker' }))).toEqual([403, 'role-not-allowed']);
});
afterAll(() => house?.close());

const xml = (): string => file.bytes.toString('utf8');
const all = (pattern: RegExp): string[] => [...xml().matchAll(pattern)].map((found) => found[1] ?? '');
/** `1234.50` → 123450 */
const fenOf = (yuan: string): string => BigInt(yuan.replace('.', '')).toString();

describe('the pain.001 file of a batch, downloaded by the cashier', () => {
  it('is the very file of the hand-over', () => {
    expect(file.headers.get('content-type')).toMatch(/^application\/xml/);
    expect(file.headers.get('content-disposition')).toContain(String(handedOver['fileName']));
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(handedOver['sha256']);
  });

  it('has the lines of the batch, their references and sums, without the one whose case was held', async () => {
    const sent = batch.lines.filter(({ state }) => state !== 'cancelled');
    expect(batch.lines.filter(({ state }) => state === 'cancelled').map(({ caseNo }) => caseNo)).toEqual([heldNo]);
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ state }) => state))).toEqual(new Set(['submitted']));
    expect(all(/<EndToEndId>(.*?)<\/EndToEndId>/g)).toEqual(sent.map(({ endToEndId }) => endToEndId));
    expect(all(/<InstdAmt Ccy="CNY">(.*?)<\/InstdAmt>/g).map(fenOf)).toEqual(sent.map(({ amountFen }) => amountFen));
    const total = sum(sent.map(({ amountFen }) => amountFen)).toString();
    expect([...new Set(all(/<CtrlSum>(.*?)<\/CtrlSum>/g).map(fenOf))]).toEqual([total]);
    expect([...new Set(all(/<NbOfTxs>(.*?)<\/NbOfTxs>/g))]).toEqual(['2']);
    expect(handedOver).toMatchObject({ lines: 2, totalFen: total });
    const { '1002': inTransit } = await trialBalance(house);
    expect(inTransit).toBe(-BigInt(total));
  });

  it('validates against the ISO 20022 schema', async () => {
    expect(await checkSchema('pain.001.001.09', file.bytes)).toEqual([]);
  });
});

describe('the bank that took the file', () => {
  const lines = async (): Promise<string[]> =>
    (await house.client.get<BatchView>('cashier', `batches/${batchId}`)).lines.map(({ state }) => state);
  const bring = (name: string, bytes: Buffer) => house.client.upload('cashier', 'bank-files', name, bytes);
  const paper = async (path: string): Promise<Buffer> => Buffer.from(await (await fetch(`${house.bank.address}${path}`)).arrayBuffer());

  it('writes a statement of that day, whose import settles every line and changes nothing the second time', async () => {
    const day = (await house.now()).slice(0, 10);
    const taken = await fetch(`${house.bank.address}/files`, { method: 'POST', body: new Uint8Array(file.bytes) });
    expect(taken.status).toBe(201);
    const { fileId } = (await taken.json()) as { fileId: string };
    expect((await bring('stale.xml', await stale(fileId))).status).toBe(201);
    expect(await lines()).toEqual(['submitted', 'cancelled', 'submitted']);
    await house.goTo(addDays(day, 1));
    const statement = await paper(`/statements/${all(/<Dbtr>.*?<DbtrAcct><Id><Othr><Id>(.*?)</g)[0]}/${day}`);
    expect((await bring('statement.xml', statement)).status).toBe(201);
    expect(await lines()).toEqual(['settled', 'cancelled', 'settled']);
    expect((await trialBalance(house))['1002']).toBe(0n);
    expect((await bring('again.xml', statement)).body).toMatchObject({ fresh: false });
    expect((await bring('status.xml', await paper(`/files/${fileId}/status`))).status).toBe(201);
    expect(await lines()).toEqual(['settled', 'cancelled', 'settled']);
  });

  async function stale(fileId: string): Promise<Buffer> {
    await house.bank.call('POST', '/faults', { kind: 'stale-status' });
    return paper(`/files/${fileId}/status`);
  }
});

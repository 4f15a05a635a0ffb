import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { railOf } from '@tranche/bank';
import { bureau, order, profiles } from '../../../libs/bank/test/sample.js';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { advance, answers, deliver, fault, heal, statement, status } from '../src/bank/run.js';

let bank: Simulator;
const folder = mkdtempSync(join(tmpdir(), 'tranche-bank-papers-'));
let said: string[] = [];
beforeAll(async () => {
  bank = await startSimulator();
  await bank.call('PUT', '/clock', { offsetMs: Date.parse('2020-11-26T10:00:00+08:00') - Date.now() });
  for (const where of ['log', 'error'] as const)
    jest.spyOn(console, where).mockImplementation((line: unknown) => void said.push(String(line)));
});
afterEach(() => {
  said = [];
});
afterAll(async () => {
  jest.restoreAllMocks();
  await bank.kill();
});

describe('tranche bank', () => {
  it('hands a file over, moves the clock, and writes the answer and the statement', async () => {
    const rendered = railOf(profiles.file).render(order());
    const path = join(folder, 'file.xml');
    writeFileSync(path, rendered.ok ? rendered.artifacts[0]!.bytes : '');
    expect(await deliver(bank.address, path, {})).toBe(0);
    const { fileId } = JSON.parse(said[0]!) as { fileId: string };
    expect(await advance(bank.address, '24')).toBe(0);
    expect(await answers(bank.address, { file: fileId, to: folder })).toBe(0);
    expect(await statement(bank.address, { account: bureau.accountNo, day: '2020-11-26', to: folder })).toBe(0);
    const papers = readdirSync(folder).filter((name) => name !== 'file.xml');
    expect(papers.map((name) => /<(BkToCstmrStmt|CstmrPmtStsRpt)>/.exec(readFileSync(join(folder, name), 'utf8'))?.[1]).sort()).toEqual([
      'BkToCstmrStmt',
      'CstmrPmtStsRpt',
    ]);
  });

  it('plans faults, shows them, and forgets them', async () => {
    expect(await fault(bank.address, 'account-closed', '{"match":{"accountNo":"1"}}')).toBe(0);
    expect(await status(bank.address)).toBe(0);
    expect(said.at(-1)).toContain('account-closed');
    expect(await heal(bank.address)).toBe(0);
    expect((await bank.call('GET', '/faults')).body).toEqual({ faults: [] });
  });

  it('says in one line what is wrong: a fault nobody knows, settings that are no JSON, a bank that is not there', async () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    expect(await fault(bank.address, 'earthquake')).toBe(1);
    expect(await fault(bank.address, 'reject', '{')).toBe(1);
    expect(await advance(bank.address, '-1')).toBe(1);
    expect(await statement(bank.address, { account: 'nobody', day: '2099-01-01', to: folder })).toBe(1);
    stderr.mockRestore();
  });
});

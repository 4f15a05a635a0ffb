// `npm run demo` as the README promises it: real processes, a fresh database, three cases over HTTP, again and again.

import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { calendarOfYears, due, stateCouncilYears } from '@tranche/calendar';
import { type Session, signIn } from '../../apps/cli/src/demo/client.js';
import { Narrator } from '../../apps/cli/src/demo/narrator.js';
import { tellStories } from '../../apps/cli/src/demo/run.js';
import type { Scene } from '../../apps/cli/src/demo/scene.js';
import type { CaseView, TrialBalance } from '../../apps/cli/src/demo/views.js';
import { leftOn, ROOT, SandboxProcess, tranche } from '../start/sandbox-process.js';

jest.setTimeout(180_000);

const base = mkdtempSync(join(tmpdir(), 'tranche demo '));
chmodSync(base, 0o755);
const dir = join(base, 'sandbox');
const calendar = calendarOfYears(stateCouncilYears);
const password = 'tranche-sandbox';
let sandbox: SandboxProcess | null = null;

afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await leftOn(base, 20_000);
  rmSync(base, { recursive: true, force: true });
});

type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** The command as a person types it. */
function demo(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const { TEST_REDIS_URL: _redis, ...inherited } = process.env;
  return new Promise((resolve) => {
    const command = [tranche(), 'demo', ...args];
    execFile(process.execPath, command, { env: { ...inherited, ...env }, cwd: ROOT }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

const running = (): { address: string; bank: string } => JSON.parse(readFileSync(join(dir, 'running.json'), 'utf8'));
const lastDay = (from: string, count: number): string => {
  const day = due(calendar, from, count, 'workingDays');
  if (day.provisional) throw new Error(`no calendar for ${day.year}`);
  return day.lastDay;
};

describe('npm run demo without a sandbox', () => {
  let told: Ran;

  beforeAll(async () => {
    told = await demo(['--dir', dir]);
  });

  it('starts one, tells three cases in Chinese and ends well', () => {
    expect(told.err).toBe('');
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/没有正在运行的沙箱，先临时启动一个/);
    for (const words of ['第一案', '第二案', '第三案', '150,000.00 元 应予拨付', '已付 300,000.00 元 = 应得 300,000.00 元，案件已结'])
      expect(told.out).toContain(words);
    expect(told.out).toContain('已付 225,000.00 元，收回 225,000.00 元，净付 0.00 元，案件已结');
    expect(told.out).toMatch(/结果不明：不当作失败，绝不重发.*\n.*\n.*这个参考号恰付 1 次/);
  });

  it('names the clause where the document says so, and only there', () => {
    expect(told.out).toMatch(
      /报告开展培训\n.*最迟 2020-12-10（法定）\n.*§ 文件规定：大人社发〔2020〕391号 七“.*10 个工作日内，按照预计补贴数额的 50%/,
    );
    expect(told.out).toMatch(/公示至 2020-12-16（内部）.*\n.*§ 文件未规定，取可调整的默认值/);
  });

  it('ends with the tables: legal days, payments, and books that sum to zero', () => {
    expect(told.out).toMatch(/首笔预拨 .* 150,000\.00 元 │ 已到账 .* 2020-12-10（法定） │ 2020-11-26 │ 大人社发〔2020〕391号 七/);
    expect(told.out).toMatch(/收回 .* -225,000\.00 元 │ 已收回/);
    expect(told.out.match(/合计（借方为正，应为零） │ +0\.00 元/g)).toHaveLength(2);
  });

  it('leaves no process and no note of a running sandbox behind', async () => {
    expect(await leftOn(dir, 2_000)).toEqual([]);
    expect(existsSync(join(dir, 'running.json'))).toBe(false);
  });
});

describe('npm run demo on the same data again, in English', () => {
  const lines: string[] = [];
  let scenes: readonly Scene[] = [];
  let views: CaseView[] = [];
  let supervisor: Session;
  let tookMs = 0;

  beforeAll(async () => {
    sandbox = await new SandboxProcess(dir).ready();
    const { address, bank } = running();
    const began = Date.now();
    scenes = await tellStories({ url: address, bank, password }, 'en', new Narrator('en', (line) => lines.push(line)));
    tookMs = Date.now() - began;
    supervisor = await signIn(address, 'en', 'supervisor', password);
    views = await Promise.all(scenes.map(({ caseId }) => supervisor.get<CaseView>(`cases/${caseId}`)));
  });

  it('tells the whole story in English', () => {
    const told = lines.join('\n');
    for (const words of ['Case 1:', 'Case 2:', 'Case 3:', 'the case is closed', 'never sent again', 'exactly once'])
      expect(told).toContain(words);
    const ownWords = lines.flatMap((line) => line.split('\n')).filter((line) => !/[§│]/.test(line));
    expect(ownWords.filter((line) => /[\u4e00-\u9fff]/.test(line))).toEqual([]);
  });

  it('takes less than a minute', () => {
    expect(tookMs).toBeLessThan(60_000);
  });

  it('paid the first case in full: half, a quarter, the rest, each inside its limit', () => {
    const [view] = views as [CaseView];
    expect(view).toMatchObject({
      standing: 'closed',
      state: 'closed',
      estimateFen: '30000000',
      entitledFen: '30000000',
      paidFen: '30000000',
      recoveredFen: '0',
    });
    expect(view.tranches.map(({ id, state, amountFen }) => [id, state, amountFen])).toEqual([
      ['s1', 'paid', '15000000'],
      ['s2', 'paid', '7500000'],
      ['s3', 'paid', '7500000'],
    ]);
    for (const { id, paidOn } of view.tranches) {
      const clock = view.deadlines.filter(({ key }) => key === `payment:${id}`).at(-1);
      expect(clock).toMatchObject({ status: 'met', endedOn: paidOn });
      expect((paidOn ?? '') <= (clock?.lastDay ?? '')).toBe(true);
    }
  });

  it('counts the legal days on the State Council calendar', () => {
    const [first, second] = scenes as [Scene, Scene];
    const [view] = views as [CaseView];
    const clocks = Object.fromEntries(view.deadlines.map(({ key, kind, lastDay: day }) => [key, [kind, day]]));
    const noticeEnds = lastDay(first.classDay(10), 5);
    expect(clocks).toMatchObject({
      'payment:s1': ['statutory', lastDay(first.classDay(1), 10)],
      'payment:s2': ['service', lastDay(first.classDay(5), 5)],
      'notice:1': ['service', noticeEnds],
      'payment:s3': ['statutory', lastDay(noticeEnds, 5)],
    });
    expect(second.classDay(1) > first.classDay(10)).toBe(true);
  });

  it('recovered exactly what was paid in the second case, after the last re-inspection', async () => {
    const view = views[1] as CaseView;
    expect(view).toMatchObject({ standing: 'closed', paidFen: '22500000', recoveredFen: '22500000', attempts: { failed: 2, allowed: 2 } });
    expect(view.tranches.map(({ id, state }) => [id, state])).toEqual([
      ['s1', 'paid'],
      ['s2', 'paid'],
      ['s3', 'cancelled'],
    ]);
    expect(await scenes[1]?.recovery()).toMatchObject({ state: 'closed', demandedFen: '22500000', receivedFen: '22500000' });
    expect(view.deadlines.filter(({ key }) => key === 'recovery:repay:1').at(-1)).toMatchObject({ kind: 'service', status: 'met' });
  });

  it('paid the third case once although an answer was lost, found it by asking, and finished', async () => {
    const view = views[2] as CaseView;
    expect(view).toMatchObject({ standing: 'closed', paidFen: '30000000', entitledFen: '30000000' });
    const ask = async (path: string) => (await fetch(`${running().bank}/${path}`)).json();
    const { bookings } = (await ask('book')) as { bookings: { endToEndId: string; amountFen: string; remittance: string }[] };
    const own = bookings.filter(({ remittance }) => remittance.startsWith(view.caseNo));
    expect(own.map(({ amountFen }) => amountFen)).toEqual(['15000000', '7500000', '7500000']);
    const reference = own[0]?.endToEndId;
    const { faults } = (await ask('faults')) as { faults: { kind: string; hits: number; match: { reference: string } }[] };
    expect(faults.map(({ kind, hits, match }) => [kind, hits, match.reference])).toEqual([
      ['accept-then-drop-connection', 1, reference],
      ['no-news', 1, reference],
    ]);
    const { events } = (await ask('events?after=0')) as { events: { endToEndId: string }[] };
    expect(events.filter(({ endToEndId }) => endToEndId === reference)).toEqual([]);
  });

  it('keeps the books in balance, fund by fund, with what both runs paid', async () => {
    const { items, totals } = await supervisor.get<TrialBalance>('ledger/trial-balance');
    expect(totals).toEqual({ cashFen: '0', budgetFen: '0' });
    const sumOf = (pick: (item: TrialBalance['items'][number]) => boolean) =>
      items.filter(pick).reduce((sum, { balanceFen }) => sum + BigInt(balanceFen), 0n);
    for (const fund of new Set(items.map((item) => item.fund)))
      for (const book of ['cash', 'budget'])
        expect([fund, book, sumOf((item) => item.fund === fund && item.book === book)]).toEqual([fund, book, 0n]);
    expect(sumOf(({ code }) => code === '5001')).toBe(120_000_000n);
    expect(sumOf(({ code }) => code === '1201')).toBe(0n);
    expect(sumOf(({ code }) => code === '1202')).toBe(0n);
  });
});

describe('npm run demo refuses in plain words and with exit code 1', () => {
  it('a wrong password', async () => {
    const { code, err } = await demo(['--url', running().address, '--dir', dir], { SANDBOX_PASSWORD: 'not-the-password' });
    expect([code, err]).toEqual([1, expect.stringContaining('接口没有接受这一步：POST /api/v1/session')]);
    expect(err).toContain('401 sign-in-refused');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('an address where nothing answers', async () => {
    const { code, err } = await demo(['--url', 'http://127.0.0.1:9', '--lang', 'en', '--dir', dir]);
    expect([code, err.trim()]).toEqual([1, 'http://127.0.0.1:9 does not answer: check that the sandbox runs and the address is right.']);
  });

  it('a legal clock too near the end of the published calendars, with the remedy', async () => {
    const supervisor = await signIn(running().address, 'zh', 'supervisor', password);
    await supervisor.post('sandbox/clock', { now: '2026-11-20T09:00:00+08:00' });
    const { code, out, err } = await demo(['--dir', dir]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/法定时钟已到 2026-11-20.*TRANCHE_DIR=\.tranche-2 npm run demo/);
  });
});

import { type RailKind, setBankClock } from '@tranche/bank';
import { dateOf } from '@tranche/calendar';
import {
  approveBatch,
  createBatch,
  expireLeases,
  failWithdrawn,
  type House,
  inquireTransfers,
  legalNow,
  readBankFeed,
  rematchLines,
  resumeImports,
  resumeReleases,
  runEffects,
  submitBatch,
} from '@tranche/casework';
import { Died, mortal } from '../../../../test/support/mortal.js';
import { correctAccount } from '../../../../test/support/payee-account.js';
import { CaseStory, inTransaction, waitingDisbursements } from '../../../../test/support/story.js';
import { asOwner, classFacts } from '../../../../test/support/world.js';
import { imported } from '../receipts/bank-day.js';
import { claimsOf } from './claims.js';
import { revive, type Scene } from './scene.js';
import type { PaperWork, Step, Story, Work } from './steps.js';

/** Longer than any lease, pause or settle time; a pending payment takes half of it. */
const WAIT_MS = 600_000;
/** A row of the outbox is given up for a person after twelve attempts: so many deaths are no story of this test. */
const DEATHS_MAX = 6;
/** Rounds in which everything must come to rest once nothing goes wrong any more. */
const ROUNDS = 12;

/** Plays a story to its end, then lets everything come to rest; what a claim says goes wrong is thrown with it. */
export async function play(scene: Scene, story: Story): Promise<void> {
  const { world } = scene;
  const cases: CaseStory[] = [];
  for (const people of story.classes) cases.push(await CaseStory.inTraining(world, classFacts(people)));
  const player = new Player(scene, cases);
  await player.calm();
  for (const step of story.steps) {
    await player.carryOut(step);
    await claimsOf(scene, cases).hold();
  }
  await player.comeToRest();
  await claimsOf(scene, cases).holdAtRest();
}

class Player {
  private deaths = 0;
  private driftMs = 0;
  private workers = 0;
  private readonly held = new Set<CaseStory>();
  private readonly halfway = new Set<CaseStory>();

  constructor(
    private readonly scene: Scene,
    private readonly cases: readonly CaseStory[],
  ) {}

  async carryOut(step: Step): Promise<unknown> {
    const { world, line } = this.scene;
    switch (step.do) {
      case 'run':
      case 'ask':
      case 'read':
        return this.work(step);
      case 'sign':
        return this.sign(step.rail);
      case 'files':
        return this.paperWork(step);
      case 'next-day':
        return this.nextDay();
      case 'silence':
        return this.scene.desk.silence();
      case 'wait':
        return this.wait();
      case 'fault':
        return this.call('POST', '/faults', { kind: step.kind, afterMs: WAIT_MS / 2, ...(step.on ? { on: step.on } : {}) });
      case 'delay':
        line.delaying = true;
        return;
      case 'deliver':
        return line.deliver();
      case 'return':
        return this.giveBack(step.nth);
      case 'restart-bank':
        await this.scene.bank.kill();
        return revive(this.scene);
      case 'rewind':
        return asOwner(world, 'UPDATE bank_feeds SET last_seq = 0');
      case 'backwards':
        line.backwards = true;
        return;
      case 'notice':
        return this.bringNotice();
      case 'new-account':
        return this.newAccount();
      case 'hold':
      case 'release':
      case 'halfway':
        return this.tellCase(step.do, this.cases[step.nth % this.cases.length] as CaseStory);
    }
  }

  /** No fault is planned, the bank stands, its clock is the legal one. */
  async calm(): Promise<void> {
    await revive(this.scene);
    Object.assign(this.scene.line, { delaying: false, backwards: false, meanwhile: null });
    await this.call('DELETE', '/faults');
    await this.setClock();
  }

  /** Nothing goes wrong any more: what is held is released, accounts are sound, and work goes on until nothing is left to do. */
  async comeToRest(): Promise<void> {
    await this.calm();
    await this.scene.line.deliver();
    for (const each of this.held) await each.hear('supervisor', 'case.released', { reason: '查无问题' });
    const inFiles = await claimsOf(this.scene, this.cases).inFiles();
    for (let round = 0, quiet = 0; round < ROUNDS; round += 1) {
      await this.wait();
      for (const work of ['run', 'ask', 'read'] as const) await this.once(this.scene.world.house, work);
      if (inFiles) await this.finishFiles(round);
      await this.soundAccount();
      await this.sign('http');
      quiet = (await claimsOf(this.scene, this.cases).atRest()) ? quiet + 1 : 0;
      // what comes back of a file is told by the statement of the day after
      if (quiet === (inFiles ? 2 : 1)) return;
    }
  }

  /** Files are written, brought and answered; what the bank does not have is released when the days it could have been there are closed. */
  private async finishFiles(round: number): Promise<void> {
    const { desk, world } = this.scene;
    if (round > 0) await this.nextDay();
    await desk.decideWhatWaits(world.house);
    await desk.prepare(world.house);
    await desk.handOver(world.house, 'bank-first');
    if (round === 0) await desk.courier();
    await desk.statuses(world.house, 'pain.002.001.10');
    await desk.statements(world.house);
    if (round < 2) return;
    await desk.silence();
    await expireLeases(world.house);
    await desk.release(world.house);
  }

  private async nextDay(): Promise<void> {
    await revive(this.scene);
    await this.scene.world.goTo(await this.scene.desk.nextMorning());
    await this.setClock();
  }

  private async paperWork({ work, diesAt }: PaperWork): Promise<void> {
    const { desk } = this.scene;
    await this.mortally(diesAt, (house) => {
      switch (work.kind) {
        case 'prepare':
          return desk.prepare(house);
        case 'hand-over':
          return desk.handOver(house, work.order);
        case 'courier':
          return desk.courier();
        case 'withdraw':
          return desk.withdraw(house, work.nth);
        case 'status':
          return desk.statuses(house, work.version);
        case 'statement':
          return desk.statements(house);
        case 'release':
          return desk.release(house);
        case 'resume':
          return this.takeUp(house);
      }
    });
  }

  /** What a worker takes up that another left in the middle. */
  private async takeUp(house: House): Promise<void> {
    await resumeImports(house);
    await resumeReleases(house);
    await failWithdrawn(house);
    await rematchLines(house);
  }

  private async work({ do: kind, diesAt, meanwhile }: Extract<Step, { do: Work }>): Promise<void> {
    const { world, line } = this.scene;
    line.meanwhile = meanwhile && (() => this.once(world.house, meanwhile));
    return this.mortally(diesAt, (house) => this.once(house, kind));
  }

  /** Done by a process that is cut off before its so-manieth step. */
  private async mortally(diesAt: number | null, work: (house: House) => Promise<void>): Promise<void> {
    const { world } = this.scene;
    if (diesAt === null || this.deaths >= DEATHS_MAX) return work(world.house);
    const { house, buried } = mortal(world.house, diesAt);
    const died = await work(house).then(
      () => false,
      (error: unknown) => {
        if (!hasDied(error)) throw error;
        return true;
      },
    );
    await buried();
    if (died) this.deaths += 1;
  }

  private async once(house: House, work: Work): Promise<void> {
    this.workers += 1;
    if (!house.bank) throw new Error('no bank');
    if (work === 'run') while ((await runEffects(house, `worker-${this.workers}`)) > 0);
    if (work === 'read') while ((await readBankFeed(house, house.bank)) > 0);
    if (work !== 'ask') return;
    await expireLeases(house);
    await inquireTransfers(house, house.bank);
    await this.takeUp(house);
  }

  /** A batch that cannot be made or signed now is left. */
  private async sign(rail: RailKind): Promise<void> {
    const { world } = this.scene;
    const [maker, checker] = [world.by('maker'), world.by('checker')];
    const legalToday = dateOf(await legalNow(world.house));
    const disbursementIds = await waitingDisbursements(world);
    if (disbursementIds.length === 0) return;
    await inTransaction(world, maker, async (tx) => {
      const made = await createBatch(tx, world.house, maker, { disbursementIds, rail, legalToday });
      return made.ok ? submitBatch(tx, world.house, maker, made.batchId) : made;
    });
    const pending = await world.rows<{ batchId: string; contentHash: string }>(
      `SELECT id AS "batchId", content_hash AS "contentHash" FROM batches WHERE state = 'pending_approval'`,
    );
    for (const each of pending)
      await inTransaction(world, checker, (tx) => approveBatch(tx, world.house, checker, { ...each, legalToday }));
  }

  private async wait(): Promise<void> {
    this.scene.clock.aheadMs += WAIT_MS;
    this.driftMs += WAIT_MS;
    await this.setClock();
  }

  private async setClock(): Promise<void> {
    const offset = Math.round((await legalNow(this.scene.world.house)) - Date.now()) + this.driftMs;
    await revive(this.scene);
    await setBankClock(this.scene.bank.address, offset);
  }

  private async giveBack(nth: number): Promise<void> {
    const settled = await this.scene.world.rows<{ reference: string }>(
      `SELECT t.end_to_end_id AS reference FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id
       WHERE d.case_id = ANY($1::uuid[]) ORDER BY t.id`,
      [this.cases.map(({ id }) => id)],
    );
    const { reference } = settled[nth % Math.max(1, settled.length)] ?? { reference: 'NONE' };
    await this.call('POST', `/returns/${reference}`, { code: 'MD06', text: '收款人退回' });
  }

  private async bringNotice(): Promise<void> {
    const { world, bank } = this.scene;
    const day = dateOf(await legalNow(world.house));
    const accounts = await world.rows<{ account: string }>(
      'SELECT DISTINCT f.debtor_account_no AS account FROM funds f JOIN disbursements d ON d.fund_id = f.id',
    );
    await revive(this.scene);
    for (const { account } of accounts) {
      const notice = await fetch(`${bank.address}/notifications/${account}/${day}`);
      if (notice.ok) await imported(world, new Uint8Array(await notice.arrayBuffer()), 'notice.xml');
    }
  }

  private async tellCase(what: 'hold' | 'release' | 'halfway', story: CaseStory): Promise<void> {
    if (what === 'hold' && !this.held.has(story)) {
      await story.hear('supervisor', 'case.held', { reason: '举报核查' });
      this.held.add(story);
    } else if (what === 'release' && this.held.delete(story)) await story.hear('supervisor', 'case.released', { reason: '查无问题' });
    else if (what === 'halfway' && !this.held.has(story) && !this.halfway.has(story)) {
      await story.halfway();
      this.halfway.add(story);
    }
  }

  private async soundAccount(): Promise<void> {
    const doubted = await this.scene.world.rows(
      "SELECT FROM payee_account_doubts q JOIN payee_accounts p ON p.id = q.payee_account_id WHERE p.state = 'approved'",
    );
    if (doubted.length > 0) await this.newAccount();
  }

  private async newAccount(): Promise<void> {
    const [{ n } = { n: 0 }] = await this.scene.world.rows<{ n: number }>('SELECT count(*)::int AS n FROM payee_accounts');
    await correctAccount(this.scene.world, `2100150123456789${String(1000 + n)}`);
  }

  private async call(method: string, path: string, body?: unknown): Promise<void> {
    await revive(this.scene);
    await this.scene.bank.call(method, path, body);
  }
}

const hasDied = (error: unknown): boolean =>
  error instanceof Died ||
  (error instanceof AggregateError && error.errors.some(hasDied)) ||
  (error instanceof Error && hasDied(error.cause));

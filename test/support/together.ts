import type { Disbursement } from './http-case.js';
import { waitFor } from './http-client.js';
import type { RunningHouse } from './processes.js';

export type Rail = 'http' | 'allocation';
type Wish = { readonly day: string | null; readonly resume: () => void };
type Waiting = Disbursement & { readonly caseId: string; readonly fundId: string };

/** So many lives speak at once; more would only queue at the door. */
const atOnce = 8;

/**
 * Lives that share one sandbox: one clock, one worker, one bank. Each goes on by itself until it needs another day or its money; when none
 * can go on, everything due is collected by fund, signed and paid, or the clock moves to the earliest day anybody waits for.
 */
export class Together {
  private readonly rails = new Map<string, Rail>();
  private readonly wishes: Wish[] = [];
  private readonly queue: (() => void)[] = [];
  private speaking = 0;
  private alive = 0;
  /** the day all of them have */
  today = '';

  constructor(private readonly house: RunningHouse) {}

  /** Lives them all; what each comes to, in their order. */
  async all<T>(lives: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
    this.today = await this.house.today();
    this.alive = lives.length;
    const ends = Promise.allSettled(lives.map((life) => this.run(life)));
    while (this.alive > 0) {
      await this.stillness();
      if (this.alive > 0) await this.serve();
    }
    return ends;
  }

  /** Waits for a day; at once when it has come. */
  async until(day: string): Promise<void> {
    if (day > this.today) await this.wish(day);
  }

  /** Waits until whatever is due now was paid; the case's money takes this rail. */
  async payday(caseId: string, rail: Rail): Promise<void> {
    this.rails.set(caseId, rail);
    await this.wish(null);
  }

  private async run<T>(life: () => Promise<T>): Promise<T> {
    try {
      await this.turn();
      return await life();
    } finally {
      this.alive -= 1;
      this.yielded();
    }
  }

  private async wish(day: string | null): Promise<void> {
    const granted = new Promise<void>((resume) => this.wishes.push({ day, resume }));
    this.yielded();
    await granted;
    await this.turn();
  }

  private async turn(): Promise<void> {
    if (this.speaking >= atOnce) await new Promise<void>((resume) => this.queue.push(resume));
    else this.speaking += 1;
  }

  private yielded(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.speaking -= 1;
    if (this.speaking === 0) this.still();
  }

  private still: () => void = () => undefined;
  private stillness(): Promise<void> {
    if (this.speaking === 0 && this.wishes.length === this.alive) return Promise.resolve();
    return new Promise((resolve) => {
      this.still = resolve;
    });
  }

  private async serve(): Promise<void> {
    if (this.wishes.some(({ day }) => day === null)) {
      await this.pay();
      return this.grant(({ day }) => day === null);
    }
    const [earliest = this.today] = this.wishes.map(({ day }) => day ?? '').sort();
    await this.house.goTo(earliest);
    this.today = earliest;
    this.grant(({ day }) => (day ?? '') <= earliest);
  }

  private grant(served: (wish: Wish) => boolean): void {
    const granted = this.wishes.filter(served);
    this.wishes.splice(0, this.wishes.length, ...this.wishes.filter((wish) => !served(wish)));
    for (const { resume } of granted) resume();
  }

  /** The worker requests what is due; finance collects it by fund and signs; the bank pays, or the books alone. */
  private async pay(): Promise<void> {
    const { client } = this.house;
    await this.workDone();
    const { items } = await client.get<{ items: Waiting[] }>('maker', 'disbursements?state=requested&unbatched=true&limit=200');
    const batches = new Map<string, string[]>();
    for (const { id, caseId, fundId } of items) {
      const name = `${fundId} ${this.rails.get(caseId) ?? 'http'}`;
      batches.set(name, [...(batches.get(name) ?? []), id]);
    }
    for (const [name, disbursementIds] of batches) {
      const [, rail] = name.split(' ');
      const { batchId } = await client.post<{ batchId: string }>('maker', 'batches', { disbursementIds, rail });
      const { contentHash } = await client.post<{ contentHash: string }>('maker', `batches/${batchId}/submit`);
      await client.post('checker', `batches/${batchId}/approve`, { contentHash });
    }
    await this.none('every batch is done', "SELECT id FROM batches WHERE state IN ('approved', 'processing') LIMIT 1");
    await this.workDone();
  }

  private workDone(): Promise<unknown> {
    return this.none('the outbox is done', "SELECT id FROM outbox WHERE state IN ('pending', 'claimed') LIMIT 1");
  }

  private none(what: string, sql: string): Promise<unknown> {
    return waitFor(what, async () => (await this.house.rows(sql)).length === 0, 60_000);
  }
}

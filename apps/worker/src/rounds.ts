import {
  advanceRuns,
  alarmAgeing,
  alarmCrossedFunds,
  calendarRevision,
  drainEffects,
  effectKinds,
  expireLeases,
  failWithdrawn,
  finishBatches,
  fireDueDeadlines,
  type House,
  inquireTransfers,
  readBankFeed,
  recomputeDeadlines,
  rematchLines,
  resumeImports,
  resumeProposals,
  resumeReleases,
  sendingKinds,
  type Topic,
  unparkConfirmed,
  unparkFunded,
  warnOfDeadlines,
  worker,
} from '@tranche/casework';

/**
 * The work of each kind: everything that is due now, page by page. At most one round of a kind runs in a process; a call during
 * a round waits for one more round after it, so that what was written before the call is always seen.
 */
export class Rounds {
  private readonly running = new Map<Topic, Promise<void>>();
  private calendarSeen = -1;
  private ageingNextMs = 0;
  private readonly next = new Map<Topic, Promise<void>>();

  constructor(
    private readonly house: House,
    private readonly workerName: string,
  ) {}

  /** Rejects with what the round threw; then the rows are still there for the next one. */
  run(topic: Topic): Promise<void> {
    const current = this.running.get(topic);
    if (!current) return this.start(topic);
    const waiting = this.next.get(topic) ?? current.catch(() => undefined).then(() => this.startNext(topic));
    this.next.set(topic, waiting);
    return waiting;
  }

  /** Waits until nothing runs. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running.values());
  }

  private startNext(topic: Topic): Promise<void> {
    this.next.delete(topic);
    return this.start(topic);
  }

  private start(topic: Topic): Promise<void> {
    const round = this.once(topic).finally(() => this.running.delete(topic));
    this.running.set(topic, round);
    return round;
  }

  private async once(topic: Topic): Promise<void> {
    if (this.house.stopping()) return;
    if (topic === 'effects') await this.effects();
    else if (topic === 'sending') await this.sending();
    else if (topic === 'deadlines') await this.deadlines();
    else if (topic === 'runs') await advanceRuns(this.house, this.workerName);
    else await this.bank();
  }

  private async effects(): Promise<void> {
    const { house } = this;
    await unparkFunded(house);
    await drainEffects(house, this.workerName, effectKinds);
  }

  /** Signed batches, two side by side; new requests do not wait for them. */
  private async sending(): Promise<void> {
    const { house } = this;
    await unparkConfirmed(house, worker);
    let handled = 0;
    for (let page = 1; page > 0 && !house.stopping(); handled += page) page = await drainEffects(house, this.workerName, sendingKinds);
    if (handled > 0) house.wake('bank');
  }

  private async deadlines(): Promise<void> {
    const revision = await calendarRevision(this.house);
    if (revision !== this.calendarSeen) await recomputeDeadlines(this.house);
    this.calendarSeen = revision;
    await fireDueDeadlines(this.house);
    await warnOfDeadlines(this.house);
  }

  private async bank(): Promise<void> {
    const { house } = this;
    await expireLeases(house);
    await this.receipts();
    if (!house.bank) return;
    await inquireTransfers(house, house.bank);
    while ((await readBankFeed(house, house.bank)) > 0 && !house.stopping());
    await finishBatches(house);
  }

  /**
   * Imports and decisions that a process left in the middle; every quarter of an hour lines whose transfer turned up since, and settlements that no
   * statement shows, and payees who owe one fund what another owes them.
   */
  private async receipts(): Promise<void> {
    const { house } = this;
    await resumeImports(house);
    await resumeProposals(house);
    await resumeReleases(house);
    await failWithdrawn(house);
    if (house.systemNow() < this.ageingNextMs) return;
    this.ageingNextMs = house.systemNow() + 900_000;
    await rematchLines(house);
    await alarmAgeing(house);
    await alarmCrossedFunds(house);
  }
}

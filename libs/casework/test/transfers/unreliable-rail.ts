import type { EventPage } from '@tranche/bank';
import type { BankRail } from '@tranche/casework';

/** A line to the bank on which requests can be overtaken and pages of the feed can come backwards. */
export class UnreliableRail {
  readonly rail: BankRail;
  /** the next page of the feed comes backwards */
  backwards = false;
  /** what is sent next is delivered later; until then nobody knows of it */
  delaying = false;
  /** done once, by somebody else, after the bank's next answer has left it and before it is heard */
  meanwhile: (() => Promise<void>) | null = null;
  private readonly onTheWay: Uint8Array[] = [];

  constructor(private readonly real: BankRail) {
    const { adapter } = real;
    this.rail = {
      ...real,
      adapter: {
        ...adapter,
        send: (request) => this.send(request),
        inquire: async (reference, amountFen) => this.overtaken(await adapter.inquire(reference, amountFen)),
        events: async (after) => this.overtaken(this.ordered(await adapter.events(after))),
      },
    };
  }

  /** Everything that was delayed reaches the bank now, the last first; its answers are heard by nobody. */
  async deliver(): Promise<void> {
    for (let request = this.onTheWay.pop(); request; request = this.onTheWay.pop()) await this.real.adapter.send(request);
  }

  private async send(request: Uint8Array): ReturnType<BankRail['adapter']['send']> {
    if (!this.delaying) return this.overtaken(await this.real.adapter.send(request));
    this.delaying = false;
    this.onTheWay.push(request);
    return { answer: { kind: 'unknown', why: 'timeout', detail: 'still on its way' }, httpStatus: null, response: null };
  }

  private async overtaken<T>(answer: T): Promise<T> {
    const { meanwhile } = this;
    this.meanwhile = null;
    await meanwhile?.();
    return answer;
  }

  private ordered(page: EventPage): EventPage {
    if (!page.ok || !this.backwards) return page;
    this.backwards = false;
    return { ...page, events: page.events.toReversed() };
  }
}

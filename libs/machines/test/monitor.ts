import type { Effect } from '../src/index.js';
import type { Story } from './story.js';

/** What the world was told, kept beside the machine's own context: only this finds a machine that believes its own mistakes. */
export class Monitor {
  private readonly live = new Map<string, bigint>();
  private readonly sent = new Set<string>();
  private readonly paid = new Map<string, bigint>();
  /** disbursement → amount */
  private readonly arrived = new Map<string, bigint>();
  private readonly clocks = new Map<string, 'running' | 'passed'>();
  private recoveries = 0;
  private recovered = 0n;
  private closed = false;
  private held = false;

  /** Follows the last step of a story; returns every broken rule. */
  follow(story: Story): string[] {
    const step = story.steps.at(-1);
    if (!step) return [];
    const { event, advance } = step;
    const broken = advance.effects.flatMap((effect) => this.effect(effect, story));
    if (event.type === 'disbursement.submitted' && this.held) broken.push('sent while held');
    if (event.type === 'disbursement.submitted' && lost(story) && event.data['payment'] !== 'refund') broken.push('sent after the failure');
    this.news(event.type, event.data);
    if (event.type === 'recovery.received' && this.out(story) < BigInt(story.view.entitledFen ?? 0))
      broken.push('more came back than was owed');
    return [...broken, ...this.always(story)];
  }

  private effect(effect: Effect, story: Story): string[] {
    switch (effect.kind) {
      case 'requestDisbursement': {
        const broken = [];
        const amount = BigInt(effect.amountFen);
        if (this.live.has(effect.payment)) broken.push(`two live payments for ${effect.payment}`);
        if (amount <= 0n) broken.push(`a request of ${amount} fen`);
        if (lost(story) && effect.payment !== 'refund') broken.push('requested after the failure');
        if (this.held) broken.push('requested while held');
        this.live.set(effect.payment, amount);
        const limit = BigInt(story.view.entitledFen ?? shareOf(story));
        if (this.out(story) > limit) broken.push(`committed ${this.out(story)} of ${limit}`);
        return broken;
      }
      case 'cancelDisbursement':
        return this.live.delete(effect.payment) ? [] : [`called back what was not requested: ${effect.payment}`];
      case 'setDeadline':
        if (this.clocks.has(effect.key)) return [`clock ${effect.key} set twice`];
        this.clocks.set(effect.key, 'running');
        return effect.deadline === 'statutory' && story.view.marks['received'] === undefined
          ? ['a legal clock before the application was received']
          : [];
      case 'meetDeadline':
        return this.clocks.delete(effect.key) ? [] : [`met a clock that was not set: ${effect.key}`];
      case 'cancelDeadline': {
        const was = this.clocks.get(effect.key);
        this.clocks.delete(effect.key);
        return was === 'running' ? [] : [`cancelled a clock that was not running: ${effect.key}`];
      }
      case 'suspectBreach': {
        const was = this.clocks.get(effect.key);
        this.clocks.set(effect.key, 'passed');
        return was === 'running' ? [] : [`a breach of a clock that was not running: ${effect.key}`];
      }
      case 'openRecovery':
        this.recoveries += 1;
        return this.recoveries === 1 ? [] : ['two recoveries open'];
      case 'closeRecovery':
        this.recoveries -= 1;
        return this.recoveries === 0 ? [] : ['closed a recovery that was not open'];
      case 'closeCase':
        this.closed = true;
        return [];
      case 'reopenCase':
        this.closed = false;
        return [];
      case 'holdCase':
        this.held = true;
        return [];
      case 'releaseCase':
        this.held = false;
        return [];
      default:
        return [];
    }
  }

  private news(type: string, data: Readonly<Record<string, unknown>>): void {
    const payment = String(data['payment']);
    if (type === 'disbursement.settled') {
      const amount = this.live.get(payment) ?? 0n;
      this.arrived.set(String(data['disbursement']), amount);
      this.paid.set(payment, (this.paid.get(payment) ?? 0n) + amount);
    }
    if (type === 'disbursement.submitted') this.sent.add(payment);
    if (type === 'disbursement.settled' || type === 'disbursement.failed') {
      this.live.delete(payment);
      this.sent.delete(payment);
    }
    if (type === 'disbursement.returned')
      this.paid.set(payment, (this.paid.get(payment) ?? 0n) - (this.arrived.get(String(data['disbursement'])) ?? 0n));
    if (type === 'recovery.received') this.recovered += BigInt(String(data['amountFen']));
  }

  private sum(amounts: Map<string, bigint>): bigint {
    return [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);
  }

  private out(story: Story): bigint {
    return this.sum(this.paid) - this.recovered - BigInt(story.view.writtenOffFen) + this.sum(this.live);
  }

  private always(story: Story): string[] {
    const { view } = story;
    const broken: string[] = [];
    const expect = (what: string, is: unknown, should: unknown) => {
      if (is !== should) broken.push(`${what}: ${is}, the world says ${should}`);
    };
    expect('paid', view.paidFen, String(this.sum(this.paid)));
    expect('recovered', view.recoveredFen, String(this.recovered));
    expect('closed', view.standing === 'closed', this.closed);
    expect(
      'clocks',
      JSON.stringify(Object.entries(view.clocks).sort()),
      JSON.stringify([...this.clocks].filter(([key]) => this.clocks.has(key)).sort()),
    );
    const excess = view.entitledFen !== null && this.live.size === 0 && this.out(story) > BigInt(view.entitledFen);
    expect('recovery open', this.recoveries === 1, excess);
    if (this.closed) {
      expect('out when closed', this.out(story), BigInt(view.entitledFen ?? -1));
      expect('clocks when closed', this.clocks.size, 0);
      expect('in flight when closed', this.live.size, 0);
    }
    const limit = BigInt(view.entitledFen ?? shareOf(story));
    const waiting = [...this.live.keys()].some((payment) => !this.sent.has(payment));
    if (waiting && this.out(story) > limit) broken.push(`still requested: ${this.out(story)} of ${limit}`);
    const early = view.marks['received'] === undefined && [...this.clocks.keys()].some((key) => key.startsWith('payment:'));
    if (early) broken.push('a payment’s clock runs while the application is not in the office’s hands');
    const size = Buffer.byteLength(JSON.stringify(story.snapshot.context));
    if (size > 8192) broken.push(`context of ${size} bytes`);
    return broken;
  }
}

const lost = (story: Story): boolean => ['failed', 'rejected', 'withdrawn'].some((mark) => story.view.marks[mark] !== undefined);

/** Σ of the advances of the estimate that stands. */
function shareOf(story: Story): string {
  const { first = '0', second = '0' } = story.snapshot.context['amounts'] as Record<string, string>;
  return String(BigInt(first) + BigInt(second));
}

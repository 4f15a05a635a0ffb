import { type Topic, topics } from '@tranche/casework';
import { describe, log } from './log.js';
import type { Rounds } from './rounds.js';

const LONGEST_PAUSE_MS = 30_000;

/**
 * The worker's own memory of work: looks for due rows of every kind again and again, whatever the queue remembers. Each kind has
 * a loop of its own that never overlaps itself; errors make the pauses longer, up to half a minute.
 */
export class Sweep {
  private readonly ending = new AbortController();
  private loops: Promise<void>[] = [];

  constructor(
    private readonly rounds: Rounds,
    private readonly everyMs: number,
  ) {}

  start(): void {
    this.loops = topics.map((topic) => this.loop(topic));
  }

  /** Waits for the pages in hand. */
  async stop(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.loops);
  }

  private async loop(topic: Topic): Promise<void> {
    for (let failures = 0; !this.ending.signal.aborted; ) {
      failures = await this.round(topic, failures);
      await pause(Math.min(this.everyMs * 2 ** failures, Math.max(this.everyMs, LONGEST_PAUSE_MS)), this.ending.signal);
    }
  }

  private async round(topic: Topic, failures: number): Promise<number> {
    try {
      await this.rounds.run(topic);
      return 0;
    } catch (error) {
      log('error', 'sweep failed', { topic, ...describe(error) });
      return Math.min(failures + 1, 10);
    }
  }
}

/** Resolves after `ms`, or at once when the signal comes. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

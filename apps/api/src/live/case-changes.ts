import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { houseActor } from '../http/actor.js';
import { HOUSE } from '../ports.js';

/** A case as it is after its newest event. */
export type Moved = { readonly id: string; readonly caseNo: string; readonly version: number };
/** `everything`: more than can be told one by one; read anew what is on the screen. */
export type News = { readonly atMs: number; readonly moved: readonly Moved[] | 'everything' };

export type Listener = {
  readonly actor: Actor;
  readonly tell: (news: News) => void;
  /** the house closes */
  readonly end: () => void;
};

type Change = { readonly id: string; readonly seq: number; readonly atMs: number };

const everyMs = 1_000;
/** a transaction's events carry the instant it began: looked at again for this long, so that a slow one is not missed */
const overlapMs = 5_000;
/** more than this at once (a batch settling) is told as `everything` */
const toldAtOnce = 500;
/** a listener who comes back later than this reads everything anew */
export const resumableMs = 10 * 60_000;

const since = {
  name: 'events_since',
  text: `SELECT case_id AS id, max(seq) AS seq, (extract(epoch FROM max(recorded_at)) * 1000)::float8 AS "atMs"
    FROM case_events WHERE recorded_at > $1 GROUP BY case_id ORDER BY max(recorded_at) LIMIT ${toldAtOnce + 1}`,
};

/**
 * Which cases moved, told to whoever listens and may see them. One look a second for the whole process, and only while somebody listens;
 * every process sees what any other wrote, because it is the events themselves that are looked at. Row security decides for each person
 * what is told. Losing news costs nothing but time: pages also read anew by themselves.
 */
@Injectable()
export class CaseChanges implements OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private readonly told = new Map<string, Change>();
  private newestMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private looking = false;

  constructor(@Inject(HOUSE) private readonly house: House) {}

  get count(): number {
    return this.listeners.size;
  }

  countOf(userId: string): number {
    return [...this.listeners].filter(({ actor }) => actor.userId === userId).length;
  }

  /** Tells news from now on; answers how to stop. */
  listen(listener: Listener): () => void {
    if (this.listeners.size === 0) this.newestMs = this.house.systemNow();
    this.listeners.add(listener);
    this.timer ??= setInterval(() => void this.look(), everyMs).unref();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0 || this.timer === null) return;
      clearInterval(this.timer);
      this.timer = null;
    };
  }

  /** What this person missed since an instant. */
  async missed(actor: Actor, sinceMs: number): Promise<News> {
    const nowMs = this.house.systemNow();
    if (sinceMs < nowMs - resumableMs) return { atMs: nowMs, moved: 'everything' };
    return { atMs: nowMs, moved: await this.seenBy(actor, await this.changesSince(sinceMs - overlapMs)) };
  }

  onModuleDestroy(): void {
    for (const listener of [...this.listeners]) listener.end();
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      await this.spread(this.unheard(await this.changesSince(this.newestMs - overlapMs)));
    } catch {
      // the database is away: the next look tells what was missed
    } finally {
      this.looking = false;
    }
  }

  private changesSince(ms: number): Promise<Change[]> {
    return this.house.database.read<Change>(houseActor, since, [new Date(ms).toISOString()]);
  }

  /** Only what was not told yet; forgets what the next look cannot find again. */
  private unheard(changes: readonly Change[]): Change[] {
    const fresh = changes.filter(({ id, seq }) => (this.told.get(id)?.seq ?? 0) < seq);
    for (const change of changes) this.told.set(change.id, change);
    this.newestMs = Math.max(this.newestMs, ...changes.map(({ atMs }) => atMs));
    for (const [id, { atMs }] of this.told) if (atMs < this.newestMs - 2 * overlapMs) this.told.delete(id);
    return fresh;
  }

  private async spread(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const atMs = this.newestMs;
    const asked = new Map<string, Promise<News['moved']>>();
    for (const listener of [...this.listeners]) {
      const { actor } = listener;
      const who = `${actor.userId} ${actor.role}`;
      const moved = asked.get(who) ?? this.seenBy(actor, changes);
      asked.set(who, moved);
      const seen = await moved;
      if (seen === 'everything' || seen.length > 0) listener.tell({ atMs, moved: seen });
    }
  }

  private async seenBy(actor: Actor, changes: readonly Change[]): Promise<News['moved']> {
    if (changes.length > toldAtOnce) return 'everything';
    if (changes.length === 0) return [];
    return this.house.database.read<Moved>(
      actor,
      'SELECT id, case_no AS "caseNo", version FROM cases WHERE id = ANY ($1::uuid[]) ORDER BY id',
      [changes.map(({ id }) => id)],
    );
  }
}

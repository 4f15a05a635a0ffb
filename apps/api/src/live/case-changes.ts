import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { houseActor } from '../http/actor.js';
import { HOUSE } from '../ports.js';

/** A case as it is after its newest event. */
export type Moved = { readonly id: string; readonly caseNo: string; readonly version: number };
/** `mark`: up to where this is told. `everything`: more than can be told one by one; read anew what is on the screen. */
export type News = { readonly mark: Mark; readonly moved: readonly Moved[] | 'everything' };
/** What the server's transactions had committed when somebody looked, as `pg_current_snapshot` writes it. */
export type Mark = string;

export type Listener = {
  readonly actor: Actor;
  readonly tell: (news: News) => void;
  /** the house closes */
  readonly end: () => void;
};

type Look = { readonly mark: Mark; readonly cases: readonly string[] | 'everything' };

const everyMs = 1_000;
/** more cases than this at once (a batch settling) are told as `everything` */
const toldAtOnce = 500;
/** events that are looked at to find them */
const readAtOnce = 5_000;

const here = { name: 'events_here', text: 'SELECT pg_current_snapshot()::text AS mark' };
/**
 * Events that whoever looked at `$1` could not see and who looks now can: exactly those committed between, however long their transactions
 * took. Nothing older than the oldest transaction of then is read. A mark of a later time than now is of another server, and counts as too much.
 */
const since = {
  name: 'events_since',
  text: `SELECT pg_current_snapshot()::text AS mark, pg_snapshot_xmax($1::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) AS strange,
      count(*)::int AS events, coalesce(jsonb_agg(DISTINCT e.case_id), '[]') AS cases
    FROM (SELECT case_id FROM case_events WHERE tx >= (pg_snapshot_xmin($1::pg_snapshot)::text)::bigint
      AND NOT pg_visible_in_snapshot((tx::text)::xid8, $1::pg_snapshot) LIMIT ${readAtOnce + 1}) e`,
};

/** Whether a listener's own word can be a mark; what else it could be is told everything. */
export const isMark = (text: string): boolean => text.length < 4_000 && /^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/.test(text);

/**
 * Which cases moved, told to whoever listens and may see them. One look a second for the whole process, and only while somebody listens;
 * every process sees what any other wrote, because it is the events themselves that are looked at, in the order of their commits. Row
 * security decides for each person what is told. Losing news costs nothing but time: pages also read anew by themselves.
 */
@Injectable()
export class CaseChanges implements OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private mark: Mark | null = null;
  private timer: NodeJS.Timeout | null = null;
  private looking = false;

  constructor(@Inject(HOUSE) private readonly house: House) {}

  get count(): number {
    return this.listeners.size;
  }

  countOf(userId: string): number {
    return [...this.listeners].filter(({ actor }) => actor.userId === userId).length;
  }

  /** The moment of now, to listen from. */
  async here(): Promise<Mark> {
    const [row] = await this.house.database.read<{ mark: Mark }>(houseActor, here, []);
    if (row === undefined) throw new Error('a look at the server answered nothing');
    return row.mark;
  }

  /** Tells news from now on, at the latest from this mark on; answers how to stop. */
  listen(listener: Listener, mark: Mark): () => void {
    if (this.listeners.size === 0) this.mark = mark;
    this.listeners.add(listener);
    this.timer ??= setInterval(() => void this.look(), everyMs).unref();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0 || this.timer === null) return;
      clearInterval(this.timer);
      this.timer = null;
    };
  }

  /** What this person missed since a mark. */
  async missed(actor: Actor, mark: Mark): Promise<News> {
    const look = isMark(mark) ? await this.changesSince(mark) : { mark: await this.here(), cases: 'everything' as const };
    return { mark: look.mark, moved: await this.seenBy(actor, look.cases) };
  }

  onModuleDestroy(): void {
    for (const listener of [...this.listeners]) listener.end();
  }

  private async look(): Promise<void> {
    if (this.looking || this.mark === null) return;
    this.looking = true;
    try {
      const look = await this.changesSince(this.mark);
      await this.spread(look);
      this.mark = look.mark;
    } catch {
      // the database is away: the next look tells what was missed
    } finally {
      this.looking = false;
    }
  }

  private async changesSince(mark: Mark): Promise<Look> {
    const [row] = await this.house.database.read<{ mark: Mark; strange: boolean; events: number; cases: string[] }>(houseActor, since, [
      mark,
    ]);
    if (row === undefined) throw new Error('a look at the events answered nothing');
    const much = row.strange || row.events > readAtOnce || row.cases.length > toldAtOnce;
    return { mark: row.mark, cases: much ? 'everything' : row.cases };
  }

  private async spread({ mark, cases }: Look): Promise<void> {
    if (cases.length === 0) return;
    const asked = new Map<string, Promise<News['moved']>>();
    for (const listener of [...this.listeners]) {
      const { actor } = listener;
      const who = `${actor.userId} ${actor.role}`;
      const moved = asked.get(who) ?? this.seenBy(actor, cases);
      asked.set(who, moved);
      const seen = await moved;
      if (seen === 'everything' || seen.length > 0) listener.tell({ mark, moved: seen });
    }
  }

  private async seenBy(actor: Actor, cases: Look['cases']): Promise<News['moved']> {
    if (cases === 'everything') return cases;
    if (cases.length === 0) return [];
    return this.house.database.read<Moved>(
      actor,
      'SELECT id, case_no AS "caseNo", version FROM cases WHERE id = ANY ($1::uuid[]) ORDER BY id',
      [cases],
    );
  }
}

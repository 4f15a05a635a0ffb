import { formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import type { Cite } from '@tranche/policies';
import { type CalendarChange, calendarChange } from './calendar-change.js';
import { type ArrangedDays, refuseDays } from './calendar-import.js';
import { type Done, forTheHouse, type Office, once, type Request } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

/** A year of the calendar as a notice of the State Council arranges it, or arranges it anew. */
export type NewCalendarYear = ArrangedDays & { readonly publishedOn: string | null; readonly cite: Cite; readonly reason: string };

/** What a proposal stands for in the database. */
export type CalendarProposalRow = ArrangedDays & {
  readonly id: string;
  readonly state: 'proposed' | 'approved' | 'rejected';
  readonly proposedBy: string;
};

/**
 * Proposes a year of the calendar, or a year that an amending notice replaces; the answer tells which days and time limits would
 * move. Nothing changes before another person approves. One proposal at a time waits for each year.
 */
export function proposeCalendarYear(
  office: Office,
  request: Request,
  given: NewCalendarYear,
): Promise<Done<{ id: string; touched: CalendarChange }> | NotDone> {
  return once(
    office,
    request,
    async (tx) => {
      const refusal = refuseDays(given) ?? (await refuseSecond(tx, given.year));
      if (refusal !== null) return refusal;
      const id = office.newId();
      const { year, publishedOn, off, work, cite, reason } = given;
      await tx.query(
        `INSERT INTO calendar_proposals (id, year, published_on, off, work, cite, reason, state, proposed_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9)`,
        [id, year, publishedOn, off, work, JSON.stringify(cite), reason, request.actor.userId, formatInstant(office.systemNow())],
      );
      return { id, touched: await calendarChange(tx, given) };
    },
    forTheHouse(request.actor),
  );
}

/** One at a time: the lock makes a second proposal wait and see the first. */
async function refuseSecond(tx: Tx, year: number): Promise<NotDone | null> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`calendar:${year}`]);
  const { rowCount } = await tx.query(`SELECT 1 FROM calendar_proposals WHERE year = $1 AND state = 'proposed'`, [year]);
  if (rowCount === 0) return null;
  return notDone('already-exists', `${year} 年已有一份放假安排待批准。`, `An arrangement of ${year} waits for approval already.`, 'year');
}

/** One proposal, as it was made. */
export async function calendarProposalOf(tx: Pick<Tx, 'query'>, id: string): Promise<CalendarProposalRow | undefined> {
  const { rows } = await tx.query<CalendarProposalRow>(
    `SELECT id, year, off::text[] AS off, work::text[] AS work, state, proposed_by AS "proposedBy" FROM calendar_proposals WHERE id = $1`,
    [id],
  );
  return rows[0];
}

async function toDecide(tx: Tx, id: string): Promise<{ readonly ok: true; readonly row: CalendarProposalRow } | NotDone> {
  await tx.query('SELECT 1 FROM calendar_proposals WHERE id = $1 FOR UPDATE', [id]);
  const row = await calendarProposalOf(tx, id);
  if (row === undefined) return notFound();
  return row.state === 'proposed' ? { ok: true, row } : decidedAlready();
}

/**
 * Puts the year in force (the database writes its days with the decision), by another person than its proposer, who has seen what moves:
 * `touchedSha256` is that of the change as it is now, or it is shown again. Time limits follow the calendar's revision.
 */
export function approveCalendarYear(
  office: Office,
  request: Request,
  id: string,
  touchedSha256?: string,
): Promise<Done<{ id: string; state: 'approved'; touched: number }> | NotDone> {
  return once(
    office,
    request,
    async (tx) => {
      // one approval at a time: what was shown is what will be
      await tx.query('SELECT 1 FROM calendar_revision WHERE id = 1 FOR UPDATE');
      const open = await toDecide(tx, id);
      if (!open.ok) return open;
      if (open.row.proposedBy === request.actor.userId) return anotherPerson();
      const touched = await calendarChange(tx, open.row);
      if (touched.sha256 !== touchedSha256) return lookFirst(touched);
      await tx.query(
        `UPDATE calendar_proposals SET state = 'approved', decided_by = $2, decided_at = $3, touched_sha256 = $4 WHERE id = $1`,
        [id, request.actor.userId, formatInstant(office.systemNow()), Buffer.from(touched.sha256, 'hex')],
      );
      return { id, state: 'approved' as const, touched: touched.count };
    },
    forTheHouse(request.actor),
  );
}

/** Turns a proposal down and keeps why; who proposed it may take it back so. */
export function rejectCalendarYear(
  office: Office,
  request: Request,
  id: string,
  reason: string,
): Promise<Done<{ id: string; state: 'rejected' }> | NotDone> {
  return once(
    office,
    request,
    async (tx) => {
      const open = await toDecide(tx, id);
      if (!open.ok) return open;
      await tx.query(
        `UPDATE calendar_proposals SET state = 'rejected', decided_by = $2, decided_at = $3, rejection_reason = $4 WHERE id = $1`,
        [id, request.actor.userId, formatInstant(office.systemNow()), reason],
      );
      return { id, state: 'rejected' as const };
    },
    forTheHouse(request.actor),
  );
}

const lookFirst = ({ days, count }: CalendarChange): NotDone =>
  notDone(
    'preview-required',
    `此安排改变 ${days.length} 天，移动 ${count} 个未到期时限。请先查看清单，再以清单的 touchedSha256 批准；清单变化后须重新查看。`,
    `The arrangement changes ${days.length} days and moves ${count} running time limits. Look at the list first and approve with its touchedSha256; when the list has changed, look again.`,
    'touchedSha256',
  );

import { dateOf, formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import { type Answer, systemCommand } from './command.js';
import { dispatchEach } from './dispatch.js';
import type { House } from './house.js';
import { inLanes } from './lanes.js';

/** The clock of the house as an actor: it tells cases that a day has passed. */
export const deadlineKeeper: Actor = { userId: 'system:deadlines', role: 'system', organisationId: null, district: null };

/** Cases in one transaction of a sweep. */
const SWEEP = 100;
/** Deadlines taken up at once. */
const READ = 1_000;

/** `dueAt` as the database writes it, to the microsecond */
type Cursor = { readonly dueAt: string; readonly id: string };
type DueRow = Cursor & { readonly caseId: string; readonly key: string; readonly lastDay: string };

/** Legal time now: the system clock plus the sandbox's offset. */
export async function legalNow(house: House): Promise<number> {
  const [row] = await house.database.read<{ offset: number }>(
    deadlineKeeper,
    'SELECT coalesce((SELECT offset_ms FROM sandbox_clock WHERE id = 1), 0)::float8 AS offset',
    [],
  );
  return house.systemNow() + (row?.offset ?? 0);
}

/**
 * Tells every case whose deadline has passed, in the order of their days; rows decide, whatever the queue remembers. What comes due
 * during a sweep is taken up by it. Many workers may sweep at once: each deadline is told under its own key, so the second telling is
 * a replay. Returns how many were told.
 */
export async function fireDueDeadlines(house: House): Promise<number> {
  let fired = 0;
  let last: Cursor = { dueAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
  const tell = async (rows: readonly DueRow[]): Promise<void> => {
    house.checkpoint('during-sweep');
    const { answers, errors } = await dispatchEach(house, deadlineKeeper, rows.map(passedCommand));
    fired += answers.filter((answer) => answer?.ok && !answer.replayed).length;
    await settleUnheard(house, rows, answers);
    if (errors.length > 0) throw new AggregateError(errors);
  };
  const read = async (): Promise<DueRow[]> => {
    const rows = await dueRows(house, last);
    last = rows.at(-1) ?? last;
    return rows;
  };
  const failed = (await inLanes({ read, apply: tell, page: SWEEP, stopping: house.stopping })).flatMap((error) =>
    error instanceof AggregateError ? error.errors : [error],
  );
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} deadlines could not be told: ${String(failed[0])}`);
  return fired;
}

const passedCommand = ({ id, caseId, key, lastDay }: DueRow) =>
  systemCommand({ caseId, type: 'deadline.passed', data: { key }, on: lastDay, key: `deadline:${id}`, cause: 'deadline' });

async function dueRows(house: House, after: Cursor): Promise<DueRow[]> {
  return house.database.read<DueRow>(deadlineKeeper, dueSince, [formatInstant(house.systemNow()), after.dueAt, after.id]);
}

/** Legal now and what is due by it in one look: a second one would wait for the cases being decided meanwhile. */
const dueSince = {
  name: 'deadlines_due_since',
  text: `SELECT id, case_id AS "caseId", key, last_day::text AS "lastDay", due_at::text AS "dueAt" FROM deadlines
         WHERE status = 'running' AND due_at <= $1::timestamptz + coalesce((SELECT offset_ms FROM sandbox_clock WHERE id = 1), 0) * interval '1 millisecond'
           AND due_at >= $2::timestamptz AND (due_at, id) > ($2::timestamptz, $3::uuid)
         ORDER BY due_at, id LIMIT ${READ}`,
};

/**
 * A deadline the machine no longer listens to must not be swept for ever: it is marked passed, with the reason. One that was moved
 * to a later day meanwhile (a calendar was imported) goes on running.
 */
const refusedAs = (answer: Answer | null | undefined, code: string): boolean => answer?.ok === false && answer.code === code;

async function settleUnheard(house: House, rows: readonly DueRow[], answers: readonly (Answer | null)[]): Promise<void> {
  const unheard = rows.filter((_, index) => refusedAs(answers[index], 'event-not-allowed')).map(({ id, lastDay }) => ({ id, lastDay }));
  if (unheard.length === 0) return;
  await house.database.transaction(deadlineKeeper, (tx) =>
    tx.query(
      `UPDATE deadlines d SET status = 'passed', trace = trace || '[{"status":"passed","reason":"no longer awaited"}]'::jsonb
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "lastDay" date) WHERE d.id = r.id AND d.status = 'running' AND d.last_day = r."lastDay"`,
      [JSON.stringify(unheard)],
    ),
  );
}

/** Warns once, two working days ahead, whoever must act; returns how many warnings were written. */
export async function warnOfDeadlines(house: House): Promise<number> {
  const today = dateOf(await legalNow(house));
  return house.database.transaction(deadlineKeeper, async (tx) => {
    const { rowCount } = await tx.query(
      `WITH due AS (
         UPDATE deadlines SET warned_at = $2 WHERE id IN (
           SELECT id FROM deadlines WHERE status = 'running' AND warned_at IS NULL AND warn_on <= $1 ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED)
         RETURNING case_id, key, label, last_day, organisation_id)
       INSERT INTO notifications (id, case_id, audience_role, organisation_id, kind, text, recorded_at)
       SELECT gen_random_uuid(), case_id, NULL, organisation_id, 'deadline.near',
              jsonb_build_object('zh', (label->>'zh') || '：最迟 ' || last_day, 'en', (label->>'en') || ': by ' || last_day, 'key', key), $2 FROM due`,
      [today, formatInstant(house.systemNow())],
    );
    return rowCount ?? 0;
  });
}

/**
 * Moves the sandbox's legal clock forward, stopping at every deadline on the way, so that what a deadline sets off is dated
 * on its own day. Answers after everything due up to `toMs` has been told. `false`: the clock would have gone backwards.
 */
export async function moveSandboxClock(house: House, toMs: number): Promise<boolean> {
  if (toMs < (await legalNow(house))) return false;
  for (let next = await nextDue(house, toMs); next !== null; next = await nextDue(house, toMs)) {
    await setClock(house, Math.max(next, await legalNow(house)));
    const fired = await fireDueDeadlines(house);
    if (fired === 0 && (await nextDue(house, next)) !== null)
      throw new Error('a deadline is due and cannot be told: the clock stays where it is');
    await warnOfDeadlines(house);
  }
  await setClock(house, toMs);
  await warnOfDeadlines(house);
  return true;
}

async function nextDue(house: House, untilMs: number): Promise<number | null> {
  const [row] = await house.database.read<{ due: number | null }>(
    deadlineKeeper,
    `SELECT (extract(epoch FROM min(due_at)) * 1000)::float8 AS due FROM deadlines WHERE status = 'running' AND due_at <= $1`,
    [formatInstant(untilMs)],
  );
  return row?.due ?? null;
}

async function setClock(house: House, nowMs: number): Promise<void> {
  const offsetMs = nowMs - house.systemNow();
  await house.database.transaction(deadlineKeeper, (tx) =>
    tx.query('UPDATE sandbox_clock SET offset_ms = greatest(offset_ms, $1) WHERE id = 1', [offsetMs]),
  );
  await house.followBankClock(offsetMs);
}

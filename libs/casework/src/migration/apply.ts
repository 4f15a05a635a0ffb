import { dateOf, formatInstant } from '@tranche/calendar';
import {
  type Actor,
  addChanges,
  type ChangeSet,
  commitChanges,
  keepTerms,
  type LoadedCase,
  loadCalendar,
  lockAndLoad,
  type Tx,
} from '@tranche/database';
import { type CaseEvent } from '@tranche/machines';
import { stamp } from '@tranche/policies';
import { termsSha256 } from '../audit/identity.js';
import { carryOut } from '../carry-out.js';
import type { CasePolicy } from '../case-policies.js';
import { sha256Of } from '../command.js';
import type { House } from '../house.js';
import { sealEvent, storeAnswer } from '../seal.js';
import { put, type Work, workOn } from '../work.js';
import type { Migration } from './agree.js';
import { loadMoving } from './load.js';
import { type CasePlan, type MovingCase, migrationMovement, planCase, reconcile } from './plan-case.js';
import type { ReportLine } from './report.js';

export type MovedCase = {
  readonly caseId: string;
  readonly caseNo: string;
  readonly outcome: 'moved' | 'already' | 'changed-since' | 'not-visible';
};

const keyOf = (migration: Migration, caseId: string): string => `migration:${migration.id}:${caseId}`;

/** The words for the event, which no policy's vocabulary has. */
export const migratedLabel = { zh: '案件迁移至另一政策版本', en: 'Case moved to another policy version' };

/**
 * Moves one page of cases of a confirmed migration, in one transaction: each is locked and loaded as for any command, its story told again,
 * and moved only when it would become exactly what the report says; one that went on since is left for the next report. The event
 * `case.migrated` in its chain says from where, to where, and who agreed.
 */
export async function moveCases(
  house: House,
  actor: Actor,
  target: CasePolicy,
  migration: Migration,
  page: readonly ReportLine[],
): Promise<MovedCase[]> {
  const wanted = new Map(page.filter((line) => line.ok).map((line) => [line.caseId, line]));
  if (wanted.size === 0) return [];
  const client = await house.hot.connect();
  let broken = true;
  try {
    const ids = [...wanted.keys()];
    const loaded = await lockAndLoad(
      client,
      actor,
      ids,
      ids.map((id) => keyOf(migration, id)),
    );
    if (house.calendarCache.calendar === null || house.calendarCache.revision !== loaded.calendarRevision)
      Object.assign(house.calendarCache, await loadCalendar(client));
    const done = new Set(loaded.commands.map(({ key }) => key));
    const moving = await loadMoving(client, target, loaded.cases, migration.restamp);
    const tasks = await openTasks(client, ids);
    const changes: ChangeSet = {};
    const nowMs = house.systemNow() + loaded.clockOffsetMs;
    const moved = loaded.cases.map((row): MovedCase => {
      const [line, each] = [wanted.get(row.id), moving.get(row.id)];
      const about = { caseId: row.id, caseNo: row.caseNo };
      if (done.has(keyOf(migration, row.id))) return { ...about, outcome: 'already' };
      const plan = each && planCase(target, each);
      if (!line?.ok || !each || !plan?.ok || plan.digest !== line.digest) return { ...about, outcome: 'changed-since' };
      addChanges(changes, moveOne(house, actor, target, migration, { row, each, plan, nowMs, tasks: tasks.get(row.id) ?? [] }));
      return { ...about, outcome: 'moved' };
    });
    for (const { terms } of moving.values()) await keepTerms(house.database, termsSha256(terms), terms);
    if (Object.keys(changes).length === 0) await client.query('ROLLBACK');
    else await commitChanges(client, changes);
    broken = false;
    const seen = new Set(moved.map(({ caseId }) => caseId));
    const unseen = [...wanted.values()].filter(({ caseId }) => !seen.has(caseId));
    return [...moved, ...unseen.map(({ caseId, caseNo }): MovedCase => ({ caseId, caseNo, outcome: 'not-visible' }))];
  } finally {
    if (broken) await client.query('ROLLBACK').catch(() => undefined);
    client.release(broken);
  }
}

async function openTasks(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await tx.query<{ caseId: string; kinds: string[] }>(
    `SELECT case_id AS "caseId", jsonb_agg(kind) AS kinds FROM tasks WHERE case_id = ANY($1::uuid[]) AND state IN ('open', 'claimed') GROUP BY 1`,
    [ids],
  );
  return new Map(rows.map(({ caseId, kinds }) => [caseId, kinds]));
}

type Moving = {
  readonly row: LoadedCase;
  readonly each: MovingCase;
  readonly plan: Extract<CasePlan, { ok: true }>;
  readonly nowMs: number;
  readonly tasks: readonly string[];
};

function moveOne(
  house: House,
  actor: Actor,
  target: CasePolicy,
  migration: Migration,
  { row, each, plan, nowMs, tasks }: Moving,
): ChangeSet {
  const work: Work = workOn({ ...row, terms: each.terms });
  const recordedAt = formatInstant(house.systemNow());
  const event = migratedEvent(target, migration, actor, { row, each, nowMs });
  const hash = sealEvent(work, actor, 'http', event, recordedAt);
  const effects = reconcile(row.snapshot, plan, { deadlines: row.deadlines.map(({ key }) => key), tasks });
  const calendar = house.calendarCache.calendar;
  if (calendar === null) throw new Error('no calendar could be loaded');
  carryOut({ ok: true, snapshot: plan.snapshot, effects, movement: migrationMovement(target, row.snapshot, plan.snapshot) }, work, {
    event,
    calendar,
    newId: house.newId,
    recordedAt,
  });
  for (const ended of work.endedDeadlines.values()) put(work, 'endDeadlines', ended);
  put(work, 'migrateCases', {
    id: row.id,
    from_version: row.version,
    version: event.seq,
    policy_version: target.policy.version,
    machine_hash: target.hash,
    terms_sha256: `\\x${termsSha256(each.terms)}`,
    state: plan.state,
    standing: plan.standing,
    snapshot: plan.snapshot,
    head_hash: `\\x${hash}`,
    last_at: event.at,
  });
  storeAnswer(
    work,
    actor,
    { key: keyOf(migration, row.id), requestSha256: sha256Of({ migration: migration.id, caseId: row.id }) },
    200,
    { seq: event.seq },
    recordedAt,
  );
  return work.changes;
}

function migratedEvent(
  target: CasePolicy,
  migration: Migration,
  actor: Actor,
  { row, each, nowMs }: Pick<Moving, 'row' | 'each' | 'nowMs'>,
): CaseEvent {
  const atMs = Math.max(nowMs, row.lastAtMs);
  return {
    seq: row.version + 1,
    type: 'case.migrated',
    at: formatInstant(atMs),
    on: dateOf(atMs),
    actor: actor.userId,
    data: {
      migration: migration.id,
      reportSha256: migration.reportSha256,
      from: { policyVersion: row.policyVersion, machineHash: row.machineHash },
      to: { policyVersion: target.policy.version, machineHash: target.hash, termsSha256: termsSha256(each.terms) },
      ...(Object.keys(each.stamps).length > 0 ? { stamps: each.stamps } : {}),
    },
    stamp: stamp(target.policy, { facts: row.facts, terms: each.terms, on: row.openedOn }),
  };
}

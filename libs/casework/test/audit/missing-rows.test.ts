import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventHash } from '@tranche/casework';
import { type CaseEvent, caseView, replay } from '@tranche/machines';
import { CaseStory } from '../../../../test/support/story.js';
import { type AuditedHouse, auditedHouse, verifyAs } from './house.js';

const ofACase = ['tasks', 'deadlines', 'case_duties', 'case_facts', 'commands', 'case_events', 'outbox', 'notifications'];

let house: AuditedHouse;
beforeAll(async () => {
  house = await auditedHouse();
}, 90_000);
afterAll(() => house?.close());

const kinds = async () => Object.keys((await house.verify()).findingsByKind);
const run = (sql: string, params: unknown[] = []) => house.superuser.query(sql, params);

/** Does something behind every control, looks, and rolls the database back to before. */
async function within(work: () => Promise<void>, look: () => Promise<void>, tables: readonly string[]): Promise<void> {
  for (const table of tables) await run(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  try {
    await work();
    await look();
  } finally {
    for (const table of [...tables].reverse()) {
      await run(`DELETE FROM ${table}`);
      await run(`INSERT INTO ${table} ${table === 'outbox' ? 'OVERRIDING SYSTEM VALUE ' : ''}SELECT * FROM kept_${table}`);
      await run(`DROP TABLE kept_${table}`);
    }
  }
}

/** The case as it was before its last event, in every table: nothing inside the database can tell. */
async function rewind(caseId: string): Promise<void> {
  const policy = house.world.house.policies;
  const { rows } = await run('SELECT * FROM cases JOIN case_terms t ON t.sha256 = terms_sha256 WHERE id = $1', [caseId]);
  const row = rows[0];
  const { rows: events } = await run(
    `SELECT seq, type, data, stamp, actor, occurred_on::text AS "on", to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"') AS at, at AS instant, hash FROM case_events WHERE case_id = $1 ORDER BY seq`,
    [caseId],
  );
  const left = events.slice(0, -1);
  const { machine } = policy.of({ policyId: row.policy_id, policyVersion: row.policy_version, jurisdiction: row.jurisdiction });
  const snapshot = replay(machine, row.terms, left as CaseEvent[]);
  const { state, standing } = caseView(machine, snapshot);
  const last = left.at(-1);
  await run('DELETE FROM case_events WHERE case_id = $1 AND seq > $2', [caseId, left.length]);
  for (const table of ['case_duties', 'commands']) await run(`DELETE FROM ${table} WHERE case_id = $1 AND seq > $2`, [caseId, left.length]);
  // a draft has no to-do yet
  await run('DELETE FROM tasks WHERE case_id = $1', [caseId]);
  await run('UPDATE cases SET version = $2, head_hash = $3, last_at = $4, snapshot = $5, state = $6, standing = $7 WHERE id = $1', [
    caseId,
    left.length,
    last?.hash,
    last?.instant,
    snapshot,
    state,
    standing,
  ]);
}

const submitted = () => house.cases[1] ?? '';
const draft = () => house.cases[0] ?? '';

async function removeCase(caseId: string): Promise<void> {
  for (const table of ofACase) await run(`DELETE FROM ${table} WHERE case_id = $1`, [caseId]);
  await run('DELETE FROM cases WHERE id = $1', [caseId]);
}

describe('what was taken away', () => {
  it('an event in the middle, or two that changed places, break the chain', async () => {
    await within(
      () => run('DELETE FROM case_events WHERE case_id = $1 AND seq = 3', [house.cases[5]]).then(() => undefined),
      async () => expect(await kinds()).toContain('event-missing'),
      ['case_events'],
    );
    await within(
      async () => {
        await run('UPDATE case_events SET seq = seq + 1000 WHERE case_id = $1 AND seq IN (3, 4)', [house.cases[5]]);
        await run('UPDATE case_events SET seq = 1007 - seq WHERE case_id = $1 AND seq > 1000', [house.cases[5]]);
      },
      async () => expect(await kinds()).toContain('event-changed'),
      ['case_events'],
    );
  });

  it('a cut tail is found by its case row alone, and when every row agrees, by the checkpoint', async () => {
    await within(
      () => run('DELETE FROM case_events WHERE case_id = $1 AND seq = 2', [submitted()]).then(() => undefined),
      async () => expect(await kinds()).toEqual(expect.arrayContaining(['head-differs'])),
      ['case_events'],
    );
    await within(
      () => rewind(submitted()),
      async () => expect(await kinds()).toEqual(['witness-event-differs']),
      ['cases', 'case_events', 'case_duties', 'commands', 'tasks'],
    );
  });

  it('a whole case with all its rows is found by the checkpoint, also when the checkpoints were deleted from the database', async () => {
    const tables = [...ofACase, 'cases', 'checkpoints'];
    await within(
      () => removeCase(draft()),
      async () => expect(await kinds()).toEqual(['witness-case-missing']),
      tables,
    );
    await within(
      async () => {
        await removeCase(draft());
        await run('DELETE FROM checkpoints');
      },
      async () => expect(await kinds()).toContain('witness-case-missing'),
      tables,
    );
  });

  it('no new checkpoint is signed over a history that shrank', async () => {
    await within(() => removeCase(draft()), async () => {
      await expect(house.checkpoint()).rejects.toThrow('is gone or changed');
    }, [...ofACase, 'cases']);
  });

  it('checkpoints that are missing on either side are found', async () => {
    await house.checkpoint();
    expect((await house.verify()).findings).toEqual([]);
    await within(
      () => run('DELETE FROM checkpoints WHERE no = 1').then(() => undefined),
      async () => expect(await kinds()).toContain('checkpoint-chain'),
      ['checkpoints'],
    );
    const name = readdirSync(house.dir).find((each) => each.startsWith('checkpoint-000001')) ?? '';
    renameSync(join(house.dir, name), join(house.dir, 'aside'));
    expect(await kinds()).toEqual(['checkpoint-file']);
    renameSync(join(house.dir, 'aside'), join(house.dir, name));
  });
});

describe('what a verification cannot see, and says so', () => {
  it('a story of one case invented anew since the last exported checkpoint', async () => {
    const story = await CaseStory.open(house.world);
    await story.hear('institution', 'application.submitted');
    await story.hear('institution', 'application.withdrawn', { reason: '班次取消' });
    await reseal(story.id, 3, { reason: '另有原因' });
    expect((await house.verify()).ok).toBe(true);
    await house.checkpoint();
    await reseal(story.id, 3, { reason: '第三种说法' });
    expect(await kinds()).toEqual(['witness-event-differs']);
    await reseal(story.id, 3, { reason: '另有原因' });
    expect((await house.verify()).ok).toBe(true);
  });

  it('a case deleted together with every checkpoint of it, inside and outside', async () => {
    const tables = [...ofACase, 'cases', 'checkpoints'];
    await within(
      async () => {
        await removeCase(draft());
        await run('DELETE FROM checkpoints');
      },
      async () => expect((await verifyAs(house.world.test.auditUrl, null, house.world)).ok).toBe(true),
      tables,
    );
  });
});

/** Another content for the last event, with its hash and the head made to fit, as somebody with all rights could. */
async function reseal(caseId: string, seq: number, data: object): Promise<void> {
  const { rows } = await run(
    `SELECT type, stamp, actor, role, cause, occurred_on::text AS "occurredOn", (extract(epoch FROM at) * 1000)::float8 AS at, (extract(epoch FROM recorded_at) * 1000)::float8 AS recorded,
       encode(prev_hash, 'hex') AS prev FROM case_events WHERE case_id = $1 AND seq = $2`,
    [caseId, seq],
  );
  const { prev, at, recorded, ...event } = rows[0];
  const { formatInstant } = await import('@tranche/calendar');
  const hash = eventHash(prev, { ...event, caseId, seq, data, at: formatInstant(at), recordedAt: formatInstant(recorded) });
  await run("UPDATE case_events SET data = $3, hash = decode($4, 'hex') WHERE case_id = $1 AND seq = $2", [
    caseId,
    seq,
    JSON.stringify(data),
    hash,
  ]);
  await run("UPDATE cases SET head_hash = decode($2, 'hex') WHERE id = $1", [caseId, hash]);
}

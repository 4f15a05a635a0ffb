import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approveList, confirmList } from '@tranche/casework';
import { type Actor, firmOfLine, runJoins } from '@tranche/database';
import pg from 'pg';
import { another, asOwner, openWorld, type World } from '../../../../test/support/world.js';
import { asActor, refusal } from '../../../database/test/world.js';
import { answerOf, asked, csv, lineOf, Story } from './run-world.js';

let world: World;
let story: Story;
let app: pg.Client;
beforeAll(async () => {
  world = await openWorld();
  story = new Story(world);
  app = new pg.Client({ connectionString: world.test.appUrl });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await world.close();
});

const system: Actor = { userId: 'system:test', role: 'system', organisationId: null, district: null };
const attempt = (actor: Actor, ...steps: (() => Promise<unknown>)[]) =>
  refusal(
    asActor(app, actor, async () => {
      for (const step of steps) await step();
    }),
  );

let n = 90_000;
const screened = () => {
  n += 2;
  return story.screened(csv([lineOf(n), lineOf(n + 1)]));
};
const decide = (runId: string, step: string, person: string, hash: string) => () =>
  app.query(
    `INSERT INTO no_application_decisions (run_id, list_no, step, person_id, content_hash, recorded_at) VALUES ($1, 1, $2, $3, decode($4, 'hex'), now())`,
    [runId, step, person, hash],
  );
const approve = (runId: string, person: string) => () =>
  app.query(
    `UPDATE no_application_lists SET state = 'approved', approved_by = $2, approved_on = '2020-11-25', approved_at = now() WHERE run_id = $1 AND list_no = 1`,
    [runId, person],
  );

describe('what the database itself refuses, whoever reaches its connection', () => {
  it('both steps by one person, in any role', async () => {
    const runId = await screened();
    const hash = await story.confirmed(runId);
    const { userId: reviewer } = world.by('reviewer');
    const { userId: officer } = world.by('officer');
    const { userId: approver } = world.by('approver');
    expect(await attempt(system, decide(runId, 'approve', reviewer, hash))).toBe('no_application_decisions_four_eyes');
    expect(await attempt(system, decide(runId, 'approve', officer, hash))).toBe('no_application_decisions_four_eyes');
    expect(await attempt(system, approve(runId, approver))).toBe('no_application_decisions_four_eyes');
    expect(await attempt(system, decide(runId, 'approve', approver, hash), approve(runId, reviewer))).toBe(
      'no_application_decisions_four_eyes',
    );
    expect(await attempt(world.by('approver'), decide(runId, 'approve', approver, hash), approve(runId, approver))).toBe('accepted');
  });

  it('a decision in another’s name, or out of the own role', async () => {
    const runId = await screened();
    const hash = await story.confirmed(runId);
    const { userId } = world.by('approver');
    expect(await attempt(world.by('reviewer'), decide(runId, 'approve', userId, hash))).toBe('42501');
    expect(await attempt({ ...world.by('reviewer'), userId }, decide(runId, 'approve', userId, hash))).toBe('42501');
    expect(await attempt(world.by('enterprise'), decide(runId, 'approve', userId, hash))).toBe('42501');
    expect(await attempt(another(world.by('approver')), decide(runId, 'approve', userId, hash))).toBe('42501');
  });

  it('an approval of other content: another hash, or lines that are not those confirmed', async () => {
    const runId = await screened();
    const hash = await story.confirmed(runId);
    const { userId } = world.by('approver');
    expect(await attempt(system, decide(runId, 'approve', userId, 'ab'.repeat(32)))).toBe('no_application_content_hash');
    await asOwner(world, 'ALTER TABLE no_application_lines DISABLE TRIGGER no_application_lines_frozen');
    await asOwner(world, 'UPDATE no_application_lines SET account_no = $2 WHERE run_id = $1 AND row_no = 2', [
      runId,
      '6228000000000000666',
    ]);
    await asOwner(world, 'ALTER TABLE no_application_lines ENABLE TRIGGER no_application_lines_frozen');
    expect(await attempt(system, decide(runId, 'approve', userId, hash), approve(runId, userId))).toBe('no_application_content_hash');
  });

  it('a listed line that changes its amount, account or list, and a line that is edited', async () => {
    const runId = await screened();
    await story.confirmed(runId);
    const change = (what: string) => () => app.query(`UPDATE no_application_lines SET ${what} WHERE run_id = $1 AND row_no = 2`, [runId]);
    for (const what of ['fen = fen + 1', "account_no = '6228000000000000666'", 'list_no = NULL', "holder_name = '别人'", "fund = 'F5'"])
      expect([what, await attempt(system, change(what))]).toEqual([what, 'no_application_lines_frozen']);
    for (const what of ["uscc = '91'", "cells = ''", 'line_sha256 = line_sha256', "name = '别人'"])
      expect([what, await attempt(system, change(what))]).toEqual([what, '42501']);
    expect(await attempt(system, () => app.query('DELETE FROM no_application_lines WHERE run_id = $1', [runId]))).toBe('42501');
  });

  it('a run in another’s name, by another role, and a second run of the same file', async () => {
    const officer = world.by('officer');
    const insert =
      (by: string, file = 'cd') =>
      () =>
        app.query(
          `INSERT INTO no_application_runs (id, run_no, policy_id, policy_version, jurisdiction, district, state, file_name, file_sha256, file_bytes, encoding, columns, overrides,
           screened_on, created_by, recorded_at)
         VALUES (gen_random_uuid(), gen_random_uuid()::text, 'p', 'v', 'CN-2102', '210200', 'loading', 'f', decode(repeat($2, 32), 'hex'), 1, 'utf-8', '{}', '[]', '2020-11-25', $1, now())`,
          [by, file],
        );
    expect(await attempt(officer, insert(world.by('reviewer').userId))).toBe('42501');
    expect(await attempt(world.by('reviewer'), insert(world.by('reviewer').userId))).toBe('42501');
    expect(await attempt(officer, insert(officer.userId))).toBe('accepted');
    expect(await attempt(officer, insert(officer.userId), insert(officer.userId))).toBe('no_application_runs_one_per_file');
  });

  it('a list declared opened while a firm has no case, and a run called off after an approval', async () => {
    const runId = await screened();
    const hash = await story.confirmed(runId);
    answerOf(await approveList(world.house, asked(world.by('approver')), { runId, contentHash: hash }));
    expect(await attempt(system, () => app.query(`UPDATE no_application_lists SET state = 'opened' WHERE run_id = $1`, [runId]))).toBe(
      'no_application_lists_opened',
    );
    expect(await attempt(system, () => app.query(`UPDATE no_application_runs SET state = 'cancelled' WHERE id = $1`, [runId]))).toBe(
      'no_application_runs_transition',
    );
  });

  it('shows a run to its own place only, and a line to its firm', async () => {
    const [{ uscc } = { uscc: '' }] = await world.rows<{ uscc: string }>('SELECT uscc FROM organisations WHERE id = $1', [
      world.seed.enterpriseId,
    ]);
    n += 2;
    const runId = await story.screened(csv([lineOf(n, { uscc }), lineOf(n + 1)]));
    const seen = async (actor: Actor, what: string) =>
      (
        await asActor(app, actor, () =>
          app.query(`SELECT FROM ${what} WHERE ${what === 'no_application_runs' ? 'id' : 'run_id'} = $1`, [runId]),
        )
      ).rowCount;
    const elsewhere = { ...another(world.by('officer')), district: '210100' };
    expect([await seen(elsewhere, 'no_application_runs'), await seen(elsewhere, 'no_application_lines')]).toEqual([0, 0]);
    expect([await seen(world.by('officer'), 'no_application_runs'), await seen(world.by('officer'), 'no_application_lines')]).toEqual([
      1, 2,
    ]);
    expect([await seen(world.by('enterprise'), 'no_application_runs'), await seen(world.by('enterprise'), 'no_application_lines')]).toEqual(
      [0, 1],
    );
    expect([await seen(world.by('admin'), 'no_application_runs'), await seen(world.by('admin'), 'no_application_lines')]).toEqual([0, 0]);
    const { contentHash } = await story.list(runId);
    expect(
      await confirmList(world.house, asked({ ...another(world.by('reviewer')), district: '210100' }), { runId, contentHash }),
    ).toMatchObject({
      code: 'not-found',
    });
  });

  it('who a person of an extract is: written by the house alone, never changed, and without the identity number in sight', async () => {
    const runId = await screened();
    const put =
      (masked = '210202********9012', row = 2) =>
      () =>
        app.query(
          `INSERT INTO no_application_people (run_id, row_no, organisation_id, person_key, name_cipher, name_masked, id_cipher, id_masked, key_id, recorded_at)
           VALUES ($1, $2, gen_random_uuid(), sha256('p'), '\\x00', '王**', '\\x00', $3, 'k', now())`,
          [runId, row, masked],
        );
    expect(await attempt(world.by('officer'), put())).toBe('42501');
    expect(await attempt(system, put('210202199001019012'))).toBe('no_application_people_id_masked_check');
    expect(await attempt(system, put(), put())).toBe('no_application_people_pkey');
    expect(await attempt(system, put(), () => app.query(`UPDATE no_application_people SET id_masked = 'x'`))).toBe('42501');
    const elsewhere = { ...another(world.by('officer')), district: '210100' };
    const seen = (actor: Actor) =>
      asActor(app, system, async () => {
        await put()();
        await app.query("SELECT set_config('app.role', $1, true), set_config('app.district', $2, true)", [actor.role, actor.district]);
        return (await app.query('SELECT FROM no_application_people WHERE run_id = $1', [runId])).rowCount;
      });
    expect([await seen(elsewhere), await seen(world.by('officer'))]).toEqual([0, 1]);
  });
});

describe('the firm of a line', () => {
  it('is found by an index for every line: none reads all organisations', async () => {
    const runId = await screened();
    const plan = await asActor(app, system, async () => {
      await app.query(runJoins.byIndex);
      const { rows } = await app.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT l.row_no, o.id, a.id FROM no_application_lines l ${firmOfLine} WHERE l.run_id = $1 AND l.row_no BETWEEN 1 AND 1000`,
        [runId],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('organisations_pkey on organisations o');
    expect(plan).not.toMatch(/Seq Scan on (organisations o|payee_accounts a) /);
  });
});

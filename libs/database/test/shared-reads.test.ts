import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, type Database, openDatabase, settingActor } from '@tranche/database';
import { person, useHouse } from './house.js';

const house = useHouse();
let database: Database;
beforeAll(() => {
  database = openDatabase({ url: house.database.appUrl, max: 2, applicationName: 'shared-test' });
});
afterAll(() => database.close());

const visible = {
  name: 'visible_cases',
  text: `SELECT seen.id FROM (SELECT ${settingActor}, $5::uuid AS wanted OFFSET 0) actor
    CROSS JOIN LATERAL (SELECT c.id FROM cases c WHERE c.id = actor.wanted OFFSET 0) seen`,
};
const see = async (actor: Actor, id: string) => (await database.readAlone<{ id: string }>(actor, visible, [id])).length === 1;

/** What stands on every shared connection between two statements. */
const left = async (): Promise<unknown[]> => {
  const asked = {
    name: 'left',
    text: `SELECT $1::text || $2 || $3 || $4 AS given, current_setting('app.role', true) AS role, pg_backend_pid() AS pid`,
  };
  const rows = await Promise.all(
    Array.from({ length: 8 }, async (_, turn) => {
      // statements of one turn share a connection: one turn for each
      await new Promise((resolve) => setTimeout(resolve, turn * 2));
      return database.readAlone<{ role: string | null; pid: number }>(person('x', 'officer'), asked, []);
    }),
  );
  return rows.flat().map(({ role }) => role ?? '');
};

describe('a statement alone on a shared connection', () => {
  it('sees as its own actor, whoever comes before, after and beside it', async () => {
    const { caseId, organisationId, district, otherDistrict } = await aCase();
    const inside = person('01990000-0000-7000-8000-000000000001', 'officer', { district });
    const outside = person('01990000-0000-7000-8000-000000000002', 'officer', { district: otherDistrict });
    const owner = person('01990000-0000-7000-8000-000000000003', 'institution', { organisationId });
    const nobody = person('01990000-0000-7000-8000-000000000004', 'institution');
    const asked = Array.from({ length: 200 }, (_, turn) => [inside, outside, owner, nobody][(turn * 7) % 4] as Actor);
    const answers = await Promise.all(asked.map((actor) => see(actor, caseId)));
    expect(answers).toEqual(asked.map((actor) => actor === inside || actor === owner));
  });

  it('leaves nothing of its actor behind', async () => {
    const { caseId, district } = await aCase();
    await Promise.all(Array.from({ length: 40 }, () => see(person('x', 'officer', { district }), caseId)));
    expect(new Set(await left())).toEqual(new Set(['']));
  });

  it('fails alone: its neighbours in the same write are answered', async () => {
    const { caseId, district } = await aCase();
    const actor = person('x', 'officer', { district });
    const answers = await Promise.allSettled([see(actor, caseId), see(actor, 'no uuid'), see(actor, caseId)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('writes nothing', async () => {
    const write = { name: 'write', text: `UPDATE cases SET state = $1 || $2 || $3 || $4` };
    await expect(database.readAlone(person('x', 'officer'), write, [])).rejects.toMatchObject({ code: '25006' });
  });

  it('finds a new connection after the server cut the old ones', async () => {
    const { caseId, district } = await aCase();
    const actor = person('x', 'officer', { district });
    const cut = async () => {
      await house.app.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'shared-test-shared' AND datname = current_database()`,
      );
    };
    await see(actor, caseId);
    await cut();
    const answers: unknown[] = [];
    for (let turn = 0; turn < 12; turn += 1) answers.push(await see(actor, caseId).catch(() => 'lost'));
    expect(answers.slice(-8)).toEqual(Array.from({ length: 8 }, () => true));
  });
});

async function aCase() {
  const { rows } = await house.owner.query<{ caseId: string; organisationId: string; district: string }>(
    'SELECT id AS "caseId", organisation_id AS "organisationId", district FROM cases ORDER BY id LIMIT 1',
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the world has no case');
  return { ...row, otherDistrict: row.district === '210100' ? '210200' : '210100' };
}

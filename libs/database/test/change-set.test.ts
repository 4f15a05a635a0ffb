import { beforeEach, describe, expect, it } from '@jest/globals';
import { commitChanges, lockAndLoad, openDatabase, writeChanges } from '@tranche/database';
import { attemptAs, system, useHouse } from './house.js';

const house = useHouse();
const attempt = attemptAs(house);

const at = '2020-11-25T09:00:00+08:00';
const place = () => ({ organisation_id: house.world.institution, district: '210102' });
const event = (seq: number) => ({
  case_id: house.world.caseId,
  seq,
  type: 'facts.recorded',
  data: {},
  stamp: {},
  actor: 'x',
  role: 'officer',
  cause: 'http',
  occurred_on: '2020-11-25',
  at,
  recorded_at: at,
  alg: 'a',
  prev_hash: '\\x00',
  hash: '\\x01',
  ...place(),
});
/** One event, and the case moved to its number from the version that was read. */
const move = (from: number, to: number) => ({
  events: [event(to)],
  moveCases: [
    {
      id: house.world.caseId,
      from_version: from,
      version: to,
      state: 'draft',
      standing: 'active',
      snapshot: {},
      head_hash: '\\x01',
      last_at: at,
    },
  ],
});

let version = 0;
beforeEach(async () => {
  const { rows } = await house.owner.query<{ version: number }>('SELECT version FROM cases WHERE id = $1', [house.world.caseId]);
  version = rows[0]?.version ?? 0;
});

describe('a case', () => {
  it('is not written when the case has moved on since it was read', async () => {
    const first = () => writeChanges(house.app, move(version, version + 1));
    expect(await attempt(system, first)).toBe('accepted');
    expect(await attempt(system, first, () => writeChanges(house.app, move(version, version + 2)))).toBe('TR001');
    expect(await attempt(system, first, () => writeChanges(house.app, move(version + 1, version + 2)))).toBe('accepted');
  });

  it('waits for whoever holds it, and then sees what was committed', async () => {
    const database = openDatabase({ url: house.database.appUrl, applicationName: 'tranche-test', max: 2 });
    const [first, second] = await Promise.all([database.hot().connect(), database.hot().connect()]);
    const ids = [house.world.caseId];
    expect((await lockAndLoad(first, system, ids, [])).cases.map((each) => each.version)).toEqual([version]);
    const waiting = lockAndLoad(second, system, ids, []);
    const early = await Promise.race([waiting.then(() => 'read'), new Promise((resolve) => setTimeout(() => resolve('waits'), 200))]);
    await commitChanges(first, move(version, version + 1));
    const seen = await waiting;
    for (const client of [first, second]) client.release(true);
    await database.close();
    expect([early, seen.cases.map((each) => each.version)]).toEqual(['waits', [version + 1]]);
  });
});

import { afterAll, beforeAll } from '@jest/globals';
import type { Actor } from '@tranche/database';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { asActor, buildWorld, refusal, type World } from './world.js';

/** A database with a world in it, and one connection for each role; filled before the first test of the file. */
export type House = { database: TestDatabase; owner: pg.Client; app: pg.Client; world: World };

export function useHouse(): House {
  const house = {} as House;
  beforeAll(async () => {
    house.database = await createTestDatabase();
    house.owner = new pg.Client({ connectionString: house.database.ownerUrl });
    house.app = new pg.Client({ connectionString: house.database.appUrl });
    await Promise.all([house.owner.connect(), house.app.connect()]);
    house.world = await buildWorld(house.owner);
  });
  afterAll(async () => {
    await Promise.all([house.owner?.end(), house.app?.end()]);
    await house.database?.drop();
  });
  return house;
}

export const system: Actor = { userId: 'system:test', role: 'system', organisationId: null, district: null };

export const person = (userId: string, role: Actor['role'], where: Partial<Pick<Actor, 'organisationId' | 'district'>> = {}): Actor => ({
  userId,
  role,
  organisationId: null,
  district: null,
  ...where,
});

/** What the database says when this actor takes these steps in one transaction under the application's role. */
export const attemptAs =
  (house: House) =>
  (actor: Actor, ...steps: (() => Promise<unknown>)[]): Promise<string> =>
    refusal(
      asActor(house.app, actor, async () => {
        for (const step of steps) await step();
      }),
    );

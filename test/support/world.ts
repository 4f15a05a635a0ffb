import { httpBank, setBankClock } from '@tranche/bank';
import { dateOf, toInstant } from '@tranche/calendar';
import {
  approveParameter,
  bankRail,
  type House,
  type HouseParts,
  jurisdictionOf,
  legalNow,
  makeHouse,
  moveSandboxClock,
  openCase,
  proposeParameter,
  type SandboxSeed,
  sandboxDistrict,
  sandboxPeople,
  sha256Of,
} from '@tranche/casework';
import { type Actor, type Database, openDatabase, systemActor } from '@tranche/database';
import { type ParameterValue, policies, type Role } from '@tranche/policies';
import { Client } from 'pg';
import { v7 } from 'uuid';
import type { TestDatabase } from './database.js';
import { createSandboxDatabase } from './sandbox-database.js';

export const policyId = 'training-subsidy-staged';

/** The policy version that the sandbox's cases are opened under. */
export const casePolicy = () => {
  const found = policies().find((policy) => policy.id === policyId && policy.jurisdiction === jurisdictionOf(sandboxDistrict));
  if (!found) throw new Error('the sandbox has no training policy');
  return found;
};

/** Short pauses, so that what takes minutes in life takes a moment in a test. */
export const quickBank = { timeoutMs: 2_000, leaseMarginMs: 500, inquireAfterMs: [100, 200, 300], settleMs: 300 };

/** A seeded sandbox on a database of its own, its legal clock standing at the sandbox's start. */
export type World = {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly house: House;
  readonly seed: SandboxSeed;
  /** the sandbox's person of this role */
  readonly by: (role: Role) => Actor;
  /** what the tables say, seen by the house itself */
  readonly rows: <R extends object>(sql: string, params?: readonly unknown[]) => Promise<R[]>;
  readonly today: () => Promise<string>;
  /** moves the legal clock to nine o'clock of the day; everything due on the way is told */
  readonly goTo: (day: string) => Promise<void>;
  /** moves the legal clock to an instant with offset; the bank's follows */
  readonly moveTo: (instant: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type WorldOptions = { readonly bankUrl?: string; readonly parts?: Partial<HouseParts> };

export async function openWorld({ bankUrl, parts = {} }: WorldOptions = {}): Promise<World> {
  const { test, seed } = await createSandboxDatabase();
  const database = openDatabase({ url: test.appUrl, applicationName: 'tranche-test', max: 8 });
  const bank = bankUrl === undefined ? null : bankRail(httpBank({ baseUrl: bankUrl, timeoutMs: quickBank.timeoutMs }), quickBank);
  const house = makeHouse({ database, bank, ...parts });
  // a changed account is paid at once, but where a test is about the pause
  await setHouse({ house, by: (role) => actorOf(seed, role) }, 'payee.cooling-hours', 0, '2000-01-01');
  const followLegalClock = async () => {
    if (bankUrl !== undefined) await setBankClock(bankUrl, Math.round((await legalNow(house)) - Date.now()));
  };
  const moveTo = async (instant: string) => {
    if (!(await moveSandboxClock(house, toInstant(instant)))) throw new Error(`the clock is past ${instant} already`);
    await followLegalClock();
  };
  await followLegalClock();
  return {
    test,
    database,
    house,
    seed,
    by: (role) => actorOf(seed, role),
    rows: <R extends object>(sql: string, params: readonly unknown[] = []) =>
      database.read<R & Record<string, unknown>>(systemActor('test'), sql, params),
    today: async () => dateOf(await legalNow(house)),
    goTo: (day) => moveTo(`${day}T09:00:00+08:00`),
    moveTo,
    close: async () => {
      await database.close();
      await test.drop();
    },
  };
}

/** A rule of the house, or of a table that policies share, proposed by one and approved by another; in force from the day on. */
export async function setHouse(
  { house, by }: Pick<World, 'house' | 'by'>,
  key: string,
  value: ParameterValue,
  effectiveFrom = '2020-11-25',
  of: { readonly policyId: string } | { readonly shared: string } = { policyId: 'house' },
): Promise<void> {
  const request = (role: Role) => ({ actor: by(role), key: v7(), requestSha256: sha256Of({ key }) });
  const cite = { doc: '内部控制制度', clause: '第一条', basis: 'external' as const };
  const given = { ...of, key, scope: '*', effectiveFrom, value, cite, reason: '测试' };
  const proposed = await proposeParameter(house, request('supervisor'), given);
  if (!proposed.ok) throw new Error(`${proposed.code}: ${proposed.detail.en}`);
  const approved = await approveParameter(
    house,
    { ...request('approver'), actor: { ...by('approver'), district: null } },
    proposed.answer.id,
  );
  if (!approved.ok) throw new Error(`${approved.code}: ${approved.detail.en}`);
}

/** A statement the application itself may not make: for looking behind the controls. */
export async function asOwner(world: World, sql: string, params: readonly unknown[] = []): Promise<void> {
  const owner = new Client({ connectionString: world.test.ownerUrl });
  await owner.connect();
  try {
    await owner.query(sql, [...params]);
  } finally {
    await owner.end();
  }
}

function actorOf(seed: SandboxSeed, role: Role): Actor {
  const person = sandboxPeople.find((each) => each.role === role);
  const user = seed.users.find(({ username }) => username === role);
  if (!person || !user) throw new Error(`the sandbox has nobody for ${role}`);
  const organisationId = person.of === 'institution' ? seed.institutionId : person.of === 'enterprise' ? seed.enterpriseId : null;
  return { userId: user.id, role, organisationId, district: person.district };
}

/** Another person of the same role, for four eyes and crowds. */
export const another = (actor: Actor, userId: string = v7()): Actor => ({ ...actor, userId });

/** Facts of a class of a hundred electricians: an estimate of 300,000 yuan. */
export const classFacts = (people = 100) => ({
  enrolled: [{ occupation: '电工', level: '中级', count: people }],
  plannedHours: 80,
  classFiled: true,
  traineesEligible: true,
  startsOn: '2020-11-25',
  endsOn: '2020-12-20',
});

/** A draft case of the sandbox's institution. */
export async function draftCase(
  world: World,
  facts: Readonly<Record<string, unknown>> = classFacts(),
  policy: string = policyId,
): Promise<string> {
  const key = v7();
  const opened = await openCase(world.house, world.by('institution'), {
    policyId: policy,
    organisationId: world.seed.institutionId,
    payeeAccountId: world.seed.payeeAccountId,
    facts,
    key,
    requestSha256: sha256Of({ key }),
  });
  if (!opened.ok) throw new Error(`the case was not opened: ${opened.code} ${opened.detail.en} ${JSON.stringify(opened.errors)}`);
  return opened.caseId;
}

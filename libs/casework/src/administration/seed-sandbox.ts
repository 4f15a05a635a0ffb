import { toInstant } from '@tranche/calendar';
import { type Actor, type Database, systemActor, withClient } from '@tranche/database';
import { usccCheck } from '@tranche/identifiers';
import { policies, type Role } from '@tranche/policies';
import { sha256Of } from '../command.js';
import { decideAppropriation, proposeAppropriation } from './appropriations.js';
import { bringDelivered } from './delivered.js';
import { openFund } from './funds.js';
import type { Done, Office, Request } from './once.js';
import { approveProvider, registerOrganisation } from './organisations.js';
import { decidePayeeAccount, proposePayeeAccount } from './payee-accounts.js';
import type { NotDone } from './refused.js';
import {
  fundsOf,
  type SandboxFund,
  type SandboxPerson,
  sandboxAccount,
  sandboxAppropriationFen,
  sandboxDebtor,
  sandboxDistrict,
  sandboxFunds,
  sandboxFundYears,
  sandboxOrganisations,
  sandboxPeople,
  sandboxStart,
  sandboxYears,
} from './sandbox-people.js';
import { createUser } from './users.js';

export type SeedOptions = {
  /** makes the sandbox's clock, which the application itself may only move */
  readonly ownerUrl: string;
  readonly systemNow: () => number;
  readonly newId: () => string;
  /** password in clear → PHC string */
  readonly hashPassword: (password: string) => Promise<string>;
  /** of every sandbox account */
  readonly password: string;
};

export type SandboxSeed = {
  readonly users: readonly { readonly username: string; readonly id: string }[];
  readonly institutionId: string;
  readonly enterpriseId: string;
  readonly payeeAccountId: string;
  /** `F4/2020` → fund id */
  readonly funds: Readonly<Record<string, string>>;
};

const seeder = systemActor('seed');

/**
 * Fills an empty database with the sandbox: people, one institution that can be paid, funds with money, the calendar, the policy
 * versions, the clock. Goes through the same use-cases and the same four eyes as people do. Safe to repeat: every step has a key.
 */
export async function seedSandbox(database: Database, options: SeedOptions): Promise<SandboxSeed> {
  await startClock(options);
  const office: Office = { database, systemNow: options.systemNow, newId: options.newId };
  await bringDelivered(office);
  const people = new Map<Role, Actor>();
  const addPeople = async (some: readonly SandboxPerson[], organisationId: string | null) => {
    for (const person of some) people.set(person.role, await addPerson(office, options, person, organisationId));
  };
  await addPeople(
    sandboxPeople.filter((person) => person.of === undefined),
    null,
  );
  const by = (role: Role): Actor => people.get(role) ?? missing(role);
  const institutionId = await addInstitution(office, by);
  await addOrganisation(office, by, sandboxOrganisations.bureau);
  await addPeople(
    sandboxPeople.filter((person) => person.of === 'institution'),
    institutionId,
  );
  const { first17, ...enterprise } = sandboxOrganisations.enterprise;
  const enterpriseId = await addOrganisation(office, by, { ...enterprise, uscc: first17 + usccCheck(first17) });
  await addPeople(
    sandboxPeople.filter((person) => person.of === 'enterprise'),
    enterpriseId,
  );
  const payeeAccountId = await addAccount(office, by, institutionId);
  const funds = await addFunds(office, by);
  const users = [...people].map(([username, actor]) => ({ username, id: actor.userId }));
  return { users, institutionId, enterpriseId, payeeAccountId, funds };
}

type By = (role: Role) => Actor;

const missing = (what: string): never => {
  throw new Error(`the sandbox lacks ${what}`);
};

/** The request under which a step of the seed is remembered: once per actor and key. */
const step = (actor: Actor, key: string, content: unknown = null): Request => ({
  actor,
  key: `seed:${key}`,
  requestSha256: sha256Of({ key, content }),
});

async function done<T>(outcome: Promise<Done<T> | NotDone>): Promise<T> {
  const result = await outcome;
  if (!result.ok) throw new Error(`seeding the sandbox was refused: ${result.code}: ${result.detail.en}`);
  return result.answer;
}

async function startClock({ ownerUrl, systemNow }: SeedOptions): Promise<void> {
  await withClient(ownerUrl, (owner) =>
    owner.query('INSERT INTO sandbox_clock (id, offset_ms) VALUES (1, $1) ON CONFLICT (id) DO NOTHING', [
      toInstant(sandboxStart) - systemNow(),
    ]),
  );
}

async function addPerson(office: Office, options: SeedOptions, person: SandboxPerson, organisationId: string | null): Promise<Actor> {
  const { role, displayName, district } = person;
  const known = await office.database.read<{ id: string }>(seeder, 'SELECT id FROM users WHERE username = $1', [role]);
  const passwordHash = known.length > 0 ? '' : await options.hashPassword(options.password);
  const userId =
    known[0]?.id ??
    (
      await done(
        createUser(
          office,
          step(seeder, `user:${role}`),
          { username: role, displayName, role, organisationId, district, passwordHash },
          'active',
        ),
      )
    ).id;
  return { userId, role, organisationId, district };
}

async function addOrganisation(office: Office, by: By, given: Parameters<typeof registerOrganisation>[2]): Promise<string> {
  return (await done(registerOrganisation(office, step(by('officer'), `organisation:${given.uscc}`, given), given))).id;
}

async function addInstitution(office: Office, by: By): Promise<string> {
  const id = await addOrganisation(office, by, sandboxOrganisations.institution);
  await done(approveProvider(office, step(by('approver'), 'provider', id), id));
  return id;
}

async function addAccount(office: Office, by: By, organisationId: string): Promise<string> {
  const given = { organisationId, holderName: sandboxOrganisations.institution.name, ...sandboxAccount };
  const { id: accountId } = await done(proposePayeeAccount(office, step(by('institution'), 'account', given), given));
  await done(decidePayeeAccount(office, step(by('reviewer'), 'account', accountId), { organisationId, accountId, decision: 'approved' }));
  return accountId;
}

async function addFunds(office: Office, by: By): Promise<Record<string, string>> {
  const funds: Record<string, string> = {};
  const further = fundsOf(policies());
  for (const fiscalYear of sandboxYears)
    for (const fund of [...sandboxFunds, ...(sandboxFundYears.includes(fiscalYear) ? further : [])])
      funds[`${fund.code}/${fiscalYear}`] = await addFund(office, by, fund, fiscalYear);
  return funds;
}

async function addFund(office: Office, by: By, { code, name, debtorAccountNo }: SandboxFund, fiscalYear: number): Promise<string> {
  const key = `${code}/${fiscalYear}`;
  const debtor = { debtorName: sandboxDebtor.name, debtorAccountNo, debtorBankNo: sandboxDebtor.bankNo };
  const given = { code, district: sandboxDistrict, fiscalYear, name, ...debtor };
  const { id: fundId } = await done(openFund(office, step(by('supervisor'), `fund:${key}`, given), given));
  const money = { fundId, amountFen: sandboxAppropriationFen, documentNo: `示例指标〔${fiscalYear}〕${code}` };
  const request = step(by('maker'), `appropriation:${key}`, { ...money, amountFen: money.amountFen.toString() });
  const { id: appropriationId } = await done(proposeAppropriation(office, request, money));
  const decision = { fundId, appropriationId, decision: 'approved' as const, on: `${fiscalYear}-01-01` };
  await done(decideAppropriation(office, step(by('checker'), `appropriation:${key}`, decision), decision));
  return fundId;
}

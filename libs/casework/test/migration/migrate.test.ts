import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  assertCasesRunnable,
  type CasePolicy,
  casePolicies,
  confirmMigration,
  type House,
  type MovedCase,
  moveCases,
  proposeMigration,
  type ReportLine,
  readMigrationReport,
  writeMigrationReport,
} from '@tranche/casework';
import { loadPolicy, type Policy, policies } from '@tranche/policies';
import { Client } from 'pg';
import { type Simulator, startSimulator } from '../../../../test/support/bank-simulator.js';
import { CaseStory, payWhatIsDue, runAll } from '../../../../test/support/story.js';
import { another, asOwner, casePolicy, openWorld, policyId, type World } from '../../../../test/support/world.js';
import { verifyAs } from '../audit/house.js';

type Draft = { -readonly [K in keyof Policy]: Policy[K] } & {
  plan: { milestones: { id: string; label: object }[]; advances: { opens: string[]; due: { from: string } }[] };
};

/** The policy in force, as a later version that differs in one thing. */
function later(version: string, change: (draft: Draft) => void): Policy {
  const draft = JSON.parse(JSON.stringify(casePolicy())) as Draft;
  draft.version = version;
  change(draft);
  return loadPolicy(draft);
}

const renamed = later('2021-01-01', (draft) => {
  for (const milestone of draft.plan.milestones) milestone.label = { zh: '新名称', en: 'another name' };
});
const lowered = later('2021-01-02', (draft) => {
  draft.parameters = draft.parameters.map((parameter) => (parameter.key === 'firstShare' ? { ...parameter, value: '40%' } : parameter));
});
const reopened = later('2021-01-03', (draft) => {
  const [first, second] = draft.plan.advances;
  if (first) Object.assign(first, { opens: ['approved', 'started', 'halfway'], due: { ...first.due, from: 'halfway' } });
  if (second) second.opens = ['approved'];
});
const without = later('2021-01-04', (draft) => {
  for (const milestone of draft.plan.milestones) if (milestone.id === 'ended') milestone.id = 'finished';
  const text = JSON.stringify(draft.plan).replaceAll('"ended"', '"finished"');
  draft.plan = JSON.parse(text) as Draft['plan'];
});

let bank: Simulator;
let world: World;
let house: House;
let folder: string;
beforeAll(async () => {
  bank = await startSimulator();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-migration-'));
  world = await openWorld({ bankUrl: bank.address });
  // the stories, and the clock of the world, go on under whatever machine a case then has
  house = Object.assign(world.house, { policies: casePolicies([...policies(), renamed, lowered, reopened, without]) });
});
afterEach(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => bank?.kill());

const targetOf = ({ version, jurisdiction }: Policy): CasePolicy => house.policies.of({ policyId, policyVersion: version, jurisdiction });

async function report(policy: Policy, restamp = false) {
  const file = join(folder, `${policy.version}-${Math.random()}.jsonl`);
  const lines: ReportLine[] = [];
  const written = await writeMigrationReport(house, targetOf(policy), { restamp, file, onLine: (line) => lines.push(line) });
  return { file, lines, written };
}

/** Proposed by the supervisor, confirmed by the approver, applied page by page. */
async function migrate(policy: Policy, restamp = false): Promise<{ moved: MovedCase[]; lines: ReportLine[] }> {
  const { file, lines } = await report(policy, restamp);
  const read = await readMigrationReport(file, () => undefined);
  if (!read) throw new Error('the report cannot be read');
  const proposed = await proposeMigration(house, world.by('supervisor'), read);
  if (!proposed.ok) throw new Error(proposed.detail.en);
  const confirmed = await confirmMigration(house, world.by('approver'), proposed.id, read.sha256);
  if (!confirmed.ok) throw new Error(confirmed.detail.en);
  const moved = await moveCases(house, world.by('approver'), targetOf(policy), confirmed.migration, lines);
  return { moved, lines };
}

const sound = async () => expect((await verifyAs(world.test.auditUrl, null, world)).findings).toEqual([]);
const inTraining = async () => (await (await CaseStory.open(world)).approved()).started();
const lineOf = (lines: readonly ReportLine[], { id }: CaseStory) => lines.find(({ caseId }) => caseId === id);
const rowOf = async ({ id }: CaseStory) =>
  (
    await world.rows<{ version: number; policy: string; hash: string }>(
      'SELECT version, policy_version AS policy, machine_hash AS hash FROM cases WHERE id = $1',
      [id],
    )
  )[0];

describe('a dry run', () => {
  it('tells every running case to the new machine, lists what differs, names the event it refuses, and changes nothing', async () => {
    const draft = await CaseStory.open(world);
    const started = await inTraining();
    const before = await world.rows('SELECT id, version, snapshot FROM cases ORDER BY id');
    const same = await report(renamed);
    expect(same.written).toMatchObject({ movable: 2, refused: 0, changed: 0 });

    const fresh = await report(reopened);
    expect(lineOf(fresh.lines, started)).toMatchObject({
      ok: true,
      differences: expect.arrayContaining([
        { what: 'state', name: 's1', before: 'due', after: 'locked' },
        { what: 'state', name: 's2', before: 'locked', after: 'due' },
        { what: 'clock', name: 'payment:s1', before: 'running', after: null },
      ]),
    });
    expect(lineOf(fresh.lines, draft)).toMatchObject({ ok: true, differences: [] });

    await started.ended();
    const refused = await report(without);
    expect(lineOf(refused.lines, started)).toMatchObject({
      ok: false,
      reason: 'event-refused',
      detail: expect.stringContaining('milestone.ended'),
    });
    expect(await world.rows('SELECT id, version, snapshot FROM cases WHERE id <> $1 ORDER BY id', [started.id])).toEqual(
      before.filter((row) => (row as { id: string }).id !== started.id),
    );
  });

  it('keeps stamps and terms unless it is asked to compute them anew; then it lists the money, and refuses where it was paid already', async () => {
    const paid = await inTraining();
    await payWhatIsDue(world);
    const due = await inTraining();
    expect((await report(lowered)).written).toMatchObject({ movable: 2, changed: 0 });
    const { lines } = await report(lowered, true);
    expect(lineOf(lines, due)).toMatchObject({
      ok: true,
      differences: [{ what: 'money', name: 'claim.s1', before: '15000000', after: '12000000' }],
    });
    expect(lineOf(lines, paid)).toMatchObject({ ok: false, reason: 'history-differs', detail: 'payments.s1' });
  });
});

describe('a migration', () => {
  it('moves a case by one event in its chain, after which it lives on to the end and verifies', async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    const { moved } = await migrate(renamed);
    expect(moved).toEqual([{ caseId: story.id, caseNo: expect.any(String), outcome: 'moved' }]);
    expect(await rowOf(story)).toMatchObject({ policy: '2021-01-01', hash: targetOf(renamed).hash });
    expect(await world.rows('SELECT type, actor, role FROM case_events WHERE case_id = $1 ORDER BY seq DESC LIMIT 1', [story.id])).toEqual([
      { type: 'case.migrated', actor: world.by('approver').userId, role: 'approver' },
    ]);
    await sound();
    await story.halfway();
    await payWhatIsDue(world);
    await story.ended();
    await story.accepted(100);
    await story.hear('officer', 'notice.posted');
    await world.goTo('2021-01-20');
    await payWhatIsDue(world);
    expect(await story.view()).toMatchObject({ standing: 'closed', paidFen: '30000000' });
    await sound();
  });

  it('with stamps computed anew changes what will be paid, and the record of it can be verified', async () => {
    const story = await inTraining();
    await migrate(lowered, true);
    expect(await story.tranche('s1')).toMatchObject({ state: 'due', amountFen: '12000000' });
    await sound();
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid', amountFen: '12000000' });
    await sound();
  });

  it('brings deadlines, payments and tasks in line with the new state', async () => {
    const story = await inTraining();
    await migrate(reopened);
    expect(await story.deadline('payment:s1')).toBe('cancelled');
    expect(await story.tranche('s1')).toMatchObject({ state: 'locked' });
    await runAll(world);
    expect(await story.tranche('s2')).toMatchObject({ state: 'requested', amountFen: '7500000' });
    await sound();
  });

  it('leaves alone a case that went on since the report, and does nothing twice', async () => {
    const [still, moving] = [await inTraining(), await inTraining()];
    const { file, lines } = await report(renamed);
    const read = await readMigrationReport(file, () => undefined);
    const proposed = await proposeMigration(house, world.by('supervisor'), read as NonNullable<typeof read>);
    await moving.hear('supervisor', 'case.held', { reason: '核查' });
    const confirmed = await confirmMigration(house, world.by('approver'), proposed.ok ? proposed.id : '', read?.sha256 ?? '');
    if (!confirmed.ok) throw new Error(confirmed.detail.en);
    const apply = () => moveCases(house, world.by('approver'), targetOf(renamed), confirmed.migration, lines);
    const outcomes = (moved: MovedCase[]) => Object.fromEntries(moved.map(({ caseId, outcome }) => [caseId, outcome]));
    expect(outcomes(await apply())).toEqual({ [still.id]: 'moved', [moving.id]: 'changed-since' });
    expect(outcomes(await apply())).toEqual({ [still.id]: 'already', [moving.id]: 'changed-since' });
    await sound();
  });
});

describe('four eyes on a migration', () => {
  it('needs a supervisor, another person who approves, and the very same report', async () => {
    await inTraining();
    const { file } = await report(renamed);
    const read = (await readMigrationReport(file, () => undefined)) as NonNullable<Awaited<ReturnType<typeof readMigrationReport>>>;
    expect(await proposeMigration(house, world.by('officer'), read)).toMatchObject({ ok: false, code: 'role-not-allowed' });
    const proposed = await proposeMigration(house, world.by('supervisor'), read);
    const id = proposed.ok ? proposed.id : '';
    expect(await confirmMigration(house, world.by('supervisor'), id, read.sha256)).toMatchObject({ ok: false, code: 'role-not-allowed' });
    const both = { ...world.by('approver'), userId: world.by('supervisor').userId };
    expect(await confirmMigration(house, both, id, read.sha256)).toMatchObject({ ok: false, code: 'duty-conflict' });
    expect(await confirmMigration(house, world.by('approver'), id, 'ab'.repeat(32))).toMatchObject({ ok: false, code: 'data-invalid' });
    expect(await confirmMigration(house, world.by('approver'), id, read.sha256)).toMatchObject({ ok: true });
    expect(await confirmMigration(house, another(world.by('approver')), id, read.sha256)).toMatchObject({ ok: false });
  });

  it('is in the database: no policy version, machine or terms change without the confirmed event', async () => {
    const story = await inTraining();
    const { file, lines } = await report(renamed);
    const read = (await readMigrationReport(file, () => undefined)) as NonNullable<Awaited<ReturnType<typeof readMigrationReport>>>;
    const proposed = await proposeMigration(house, world.by('supervisor'), read);
    if (!proposed.ok) throw new Error(proposed.detail.en);
    const unconfirmed = {
      ...read.header,
      toVersion: read.header.to,
      id: proposed.id,
      reportSha256: read.sha256,
      state: 'proposed',
      proposedBy: '',
      decidedBy: null,
    } as const;
    await expect(moveCases(house, world.by('approver'), targetOf(renamed), unconfirmed, lines)).rejects.toMatchObject({
      constraint: 'case_events_four_eyes',
    });
    await confirmMigration(house, world.by('approver'), proposed.id, read.sha256);
    await expect(moveCases(house, another(world.by('approver')), targetOf(renamed), unconfirmed, lines)).rejects.toMatchObject({
      constraint: 'case_events_four_eyes',
    });
    await expect(
      asOwner(world, "UPDATE cases SET machine_hash = 'x', version = version + 1 WHERE id = $1", [story.id]),
    ).rejects.toMatchObject({
      constraint: expect.stringMatching(/cases_machine_pinned|cases_head_is_last_event/),
    });
    await expect(asOwner(world, 'UPDATE machine_migrations SET restamp = true')).rejects.toMatchObject({
      constraint: 'machine_migrations_immutable',
    });
    await sound();
  });
});

describe('a start', () => {
  it('refuses open cases whose machine is another, and names the command that moves them', async () => {
    const story = await inTraining();
    const owner = new Client({
      connectionString: process.env['TRANCHE_TEST_SERVER']?.replace(/\/postgres$/, new URL(world.test.appUrl).pathname),
    });
    await owner.connect();
    await owner.query("SET session_replication_role = replica; UPDATE cases SET machine_hash = repeat('0', 64)");
    await owner.end();
    await expect(assertCasesRunnable(house)).rejects.toMatchObject({
      code: 'case-machine-unknown',
      text: { en: expect.stringContaining('tranche cases migrate') },
    });
    expect((await migrate(casePolicy())).moved).toMatchObject([{ caseId: story.id, outcome: 'moved' }]);
    await assertCasesRunnable(house);
  });
});

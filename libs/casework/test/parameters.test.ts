import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approveParameter,
  confirmMigration,
  moveCases,
  type NewParameter,
  openCase,
  parameterOf,
  proposeMigration,
  proposeParameter,
  proposeWorldEvent,
  type ReportLine,
  readMigrationReport,
  rejectParameter,
  sandboxDistrict,
  sha256Of,
  type Touched,
  touchedBy,
  writeMigrationReport,
} from '@tranche/casework';
import { type Actor, systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { fund, newPayee } from '../../../test/support/any-case.js';
import { CaseStory } from '../../../test/support/story.js';
import { casePolicy, openWorld, type World } from '../../../test/support/world.js';
import { verifyAs } from './audit/house.js';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world?.close());

const cite = { doc: '示例公告', clause: '第一条', basis: 'external' } as const;
const request = (actor: Actor) => ({ actor, key: v7(), requestSha256: sha256Of({ key: v7() }) });
const wage: NewParameter = {
  shared: 'minimumWage',
  key: 'minimumWageFen',
  scope: 'CN-2102',
  effectiveFrom: '2020-12-01',
  value: '200000',
  cite,
  reason: '调整最低工资',
};
const propose = async (given: NewParameter) => {
  const proposed = await proposeParameter(world.house, request(world.by('supervisor')), given);
  return proposed.ok ? proposed.answer.id : `${proposed.code} ${proposed.field}`;
};
const preview = (id: string): Promise<Touched> =>
  world.database.transaction(systemActor('test'), async (tx) => touchedBy(tx, (await parameterOf(tx, id))!));
const approve = (id: string, sha256?: string, by: Actor = { ...world.by('approver'), district: null }) =>
  approveParameter(world.house, request(by), id, sha256);
const inForce = async (given: NewParameter) => {
  const id = await propose(given);
  const done = await approve(id, given.running === 'refresh' ? (await preview(id)).sha256 : undefined);
  if (!done.ok) throw new Error(done.detail.en);
  return done.answer;
};

const worker = { person: 'w1', certified: true, contract: true, contributionsPaid: true };
const month = (period: string) => ({ claim: 'post', period, facts: { workers: [worker] } });
const employer = async () => (await CaseStory.of(world, 'hard-to-employ-post-subsidy', {})).approved();
const granted = async (story: CaseStory) => (await story.view()).tranches.map(({ id, amountFen }) => `${id} ${amountFen}`);
const sound = async () => expect((await verifyAs(world.test.auditUrl, null, world)).findings).toEqual([]);

describe('a table that several policies share', () => {
  it('is set once for all of them, and leaves what a running case was promised as it was', async () => {
    const running = await employer();
    expect(await inForce(wage)).toMatchObject({ state: 'approved', touched: 0 });
    await world.goTo('2020-12-01');
    await running.hear('officer', 'claim.filed', month('2020-12'));
    expect(await granted(running)).toEqual(['post:2020-12 90500']);
    const fresh = await employer();
    await fresh.hear('officer', 'claim.filed', { ...month('2020-12'), facts: { workers: [{ ...worker, person: 'w2' }] } });
    expect(await granted(fresh)).toEqual(['post:2020-12 100000']);
    await sound();
  });

  it('is followed by running cases where the change says so: from its first day on, and only by those it touches', async () => {
    const running = await employer();
    await running.hear('officer', 'claim.filed', month('2020-11'));
    const elsewhere = await CaseStory.open(world);
    const id = await propose({ ...wage, running: 'refresh' });
    const touched = await preview(id);
    expect(touched).toMatchObject({
      count: 1,
      cases: [{ id: running.id }],
      byPolicy: [{ policyId: 'hard-to-employ-post-subsidy', count: 1, after: '200000' }],
    });
    expect(touched.cases.map((each) => each.id)).not.toContain(elsewhere.id);
    expect(await approve(id)).toMatchObject({ ok: false, code: 'preview-required' });
    const another = await employer();
    // page by page as all at once
    const byOne = await world.database.transaction(systemActor('test'), async (tx) => touchedBy(tx, (await parameterOf(tx, id))!, 1));
    expect(byOne).toMatchObject({ count: 2, byPolicy: [{ count: 2 }] });
    expect(byOne).toEqual(await preview(id));
    expect(await approve(id, touched.sha256)).toMatchObject({ ok: false, code: 'preview-required' });
    expect(await approve(id, (await preview(id)).sha256)).toMatchObject({ ok: true, answer: { touched: 2 } });
    await world.goTo('2020-12-01');
    await running.hear('officer', 'claim.filed', month('2020-12'));
    expect(await granted(running)).toEqual(['post:2020-11 90500', 'post:2020-12 100000']);
    expect(another.id).not.toBe(running.id);
    await sound();
  });
});

const firm = {
  insured: true,
  firmSize: 'SMALL',
  affectedByEpidemic: false,
  insuredHeadcount: 100,
  staff: 100,
  benefitClaimants: 2,
  netDecrease: 0,
  employerPremiumsFen: '500000',
  employeePremiumsFen: '500000',
};

async function applied(): Promise<CaseStory | string> {
  const payee = await newPayee(world, 'enterprise', sandboxDistrict);
  const key = v7();
  const { organisationId, payeeAccountId, actor } = payee;
  const policyId = 'job-stabilisation-refund';
  const opened = await openCase(world.house, actor, {
    policyId,
    organisationId,
    payeeAccountId,
    facts: firm,
    key,
    requestSha256: sha256Of({ key }),
  });
  if (!opened.ok) return opened.errors?.[0]?.code ?? opened.code;
  const story = CaseStory.known(world, opened.caseId);
  await story.hear('enterprise', 'application.submitted', {}, { by: actor });
  await story.hear('officer', 'application.accepted');
  return story.hear('reviewer', 'application.reviewed');
}

const ended = (on: string) => ({ landmark: 'epidemicTo', on, cite, reason: '公告疫情防控结束' });

describe('an event in the world', () => {
  beforeEach(() => fund(world, ['F2'], sandboxDistrict, 2020));

  it('closes the windows that wait for it, for running and for new cases, once another person has seen whom it touches', async () => {
    const story = (await applied()) as CaseStory;
    const proposed = await proposeWorldEvent(world.house, request(world.by('supervisor')), ended('2020-11-20'));
    if (!proposed.ok) throw new Error(proposed.detail.en);
    const { id } = proposed.answer;
    const { sha256, count, byPolicy } = await preview(id);
    expect([count, byPolicy.map(({ policyId, before, after }) => [policyId, before, after])]).toEqual([
      1,
      [['job-stabilisation-refund', [''], '2020-11-20']],
    ]);
    expect(await approve(id, sha256, world.by('supervisor'))).toMatchObject({ code: 'four-eyes-required' });
    expect(await approve(id, sha256, world.by('approver'))).toMatchObject({ ok: true, answer: { touched: 1 } });
    expect(await approve(id, sha256)).toMatchObject({ code: 'already-decided' });
    expect(await story.tell('approver', 'application.approved')).toMatchObject({ ok: false, code: 'event-not-allowed' });
    expect(await applied()).toBe('date-outside-versions');
    await sound();
  });

  it('leaves open what lay inside: an application received before the last day is approved under the recorded window', async () => {
    const story = (await applied()) as CaseStory;
    const proposed = await proposeWorldEvent(world.house, request(world.by('supervisor')), ended('2020-11-30'));
    if (!proposed.ok) throw new Error(proposed.detail.en);
    const { id } = proposed.answer;
    expect(await approve(id, (await preview(id)).sha256)).toMatchObject({ ok: true });
    await story.hear('approver', 'application.approved');
    const [told] = await world.rows<{ terms: Record<string, { value: string }> }>(
      `SELECT data -> 'terms' AS terms FROM case_events WHERE case_id = $1 AND type = 'application.approved'`,
      [story.id],
    );
    expect(told?.terms['epidemicTo']?.value).toBe('2020-11-30');
    await sound();
  });

  it('does nothing while it is only proposed, or once it was turned down', async () => {
    const story = (await applied()) as CaseStory;
    const proposed = await proposeWorldEvent(world.house, request(world.by('supervisor')), ended('2020-11-20'));
    if (!proposed.ok) throw new Error(proposed.detail.en);
    expect(await rejectParameter(world.house, request(world.by('approver')), proposed.answer.id)).toMatchObject({ ok: true });
    expect(await approve(proposed.answer.id, (await preview(proposed.answer.id)).sha256)).toMatchObject({ code: 'already-decided' });
    await story.hear('approver', 'application.approved');
  });

  it('must be one that a policy waits for', async () => {
    const given = { ...ended('2020-11-20'), landmark: 'moonLanding' };
    expect(await proposeWorldEvent(world.house, request(world.by('supervisor')), given)).toMatchObject({
      code: 'data-invalid',
      field: 'landmark',
    });
  });
});

describe('a proposal', () => {
  const own = { policyId: 'training-subsidy-staged', scope: '*', effectiveFrom: '2020-11-25', cite, reason: '试行' };
  const refused: readonly (readonly [string, NewParameter, string])[] = [
    ['a figure the document states', { ...own, key: 'firstShare', value: '40%' }, 'data-invalid value'],
    ['a key the policy does not declare', { ...own, key: 'nothing', value: 1 }, 'data-invalid key'],
    ['a value of another kind', { ...own, key: 'maxReinspections', value: 'many' }, 'data-invalid value'],
    ['a value out of range', { ...own, key: 'maxReinspections', value: 1000 }, 'data-invalid value'],
    [
      'a choice that is not built',
      { ...own, policyId: 'hard-to-employ-post-subsidy', key: 'windowMode', value: 'PER_PERSON' },
      'data-invalid value',
    ],
    [
      'one policy’s copy of a shared table',
      { ...own, policyId: 'hard-to-employ-post-subsidy', key: 'minimumWageFen', value: '1' },
      'data-invalid shared',
    ],
    ['a table nobody shares', { ...wage, shared: 'nothing' }, 'data-invalid shared'],
    ['both or neither', { ...wage, policyId: 'training-subsidy-staged' }, 'data-invalid policyId'],
    ['a landmark as a mere value', { ...wage, shared: 'epidemic', key: 'epidemicTo', value: '2020-11-30' }, 'data-invalid running'],
    [
      'running cases to follow what was promised once',
      { ...own, key: 'maxReinspections', value: 2, running: 'refresh' as const },
      'data-invalid running',
    ],
  ];

  it('is refused for what a document states, what is not declared, out of range, not built, or set in the wrong place', async () => {
    const answers = [];
    for (const [why, given] of refused) answers.push([why, await propose(given)]);
    expect(answers).toEqual(refused.map(([why, , expected]) => [why, expected]));
  });
});

describe('what was promised once and for all', () => {
  it('stays under a change, and moves only by a migration that two people agree on', async () => {
    const running = await (await CaseStory.open(world)).approved();
    const folder = mkdtempSync(join(tmpdir(), 'tranche-parameters-'));
    const { version, jurisdiction, id: policyId } = casePolicy();
    const target = world.house.policies.of({ policyId, policyVersion: version, jurisdiction });
    const report = async (name: string) => {
      const lines: ReportLine[] = [];
      await writeMigrationReport(world.house, target, { restamp: true, file: join(folder, name), onLine: (line) => lines.push(line) });
      return lines;
    };
    try {
      expect(await report('before')).toEqual([]);
      const before = (await running.view()).attempts;
      await inForce({ policyId, key: 'maxReinspections', scope: '*', effectiveFrom: '2020-11-25', value: 3, cite, reason: '放宽' });
      expect((await running.view()).attempts).toEqual(before);
      const fresh = await CaseStory.open(world);
      expect((await fresh.view()).attempts.allowed).toBe(4);
      const lines = await report('after');
      expect(lines.map(({ caseId, ok }) => [caseId, ok])).toEqual([[running.id, true]]);
      const read = (await readMigrationReport(join(folder, 'after'), () => undefined))!;
      const proposed = await proposeMigration(world.house, world.by('supervisor'), read);
      if (!proposed.ok) throw new Error(proposed.detail.en);
      const confirmed = await confirmMigration(world.house, world.by('approver'), proposed.id, read.sha256);
      if (!confirmed.ok) throw new Error(confirmed.detail.en);
      expect(await moveCases(world.house, world.by('approver'), target, confirmed.migration, lines)).toMatchObject([{ outcome: 'moved' }]);
      expect((await running.view()).attempts.allowed).toBe(4);
      await sound();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Command, dispatch, dispatchMany, dispatchPages, sha256Of, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { CaseStory } from '../../../test/support/story.js';
import { another, asOwner, openWorld, type World } from '../../../test/support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const versionOf = async (id: string): Promise<number> =>
  (await world.rows<{ version: number }>('SELECT version FROM cases WHERE id = $1', [id]))[0]?.version ?? 0;
const eventsOf = async (id: string): Promise<string[]> =>
  (await world.rows<{ type: string }>('SELECT type FROM case_events WHERE case_id = $1 ORDER BY seq', [id])).map(({ type }) => type);

describe('many commands, page by page', () => {
  it('are answered in their order, those of one case in theirs, and one that is refused stops no other', async () => {
    const [one, two, three] = [await CaseStory.open(world), await CaseStory.open(world), await CaseStory.open(world)];
    const says = (story: CaseStory, type: string, data: Command['data'] = {}): Command => ({
      caseId: story.id,
      type,
      data,
      key: v7(),
      requestSha256: sha256Of({ type, data }),
      cause: 'http',
    });
    const commands = [
      says(one, 'application.submitted'),
      says(two, 'application.submitted'),
      says(three, 'application.submitted'),
      says(three, 'application.submitted'),
      says(one, 'application.withdrawn', { reason: '不再申报' }),
    ];
    const { answers, errors } = await dispatchPages(world.house, world.by('institution'), commands, 2);
    expect(errors).toEqual([]);
    expect(answers.map((answer) => (answer?.ok ? answer.type : answer?.code))).toEqual([
      'application.submitted',
      'application.submitted',
      'application.submitted',
      'event-not-allowed',
      'application.withdrawn',
    ]);
    expect(answers.map((answer) => answer?.ok && answer.caseId)).toEqual([one.id, two.id, three.id, false, one.id]);
    expect(await eventsOf(one.id)).toEqual([expect.any(String), 'application.submitted', 'application.withdrawn']);
  });
});

describe('the same command twice', () => {
  it('is one effect: the second time the stored answer comes back', async () => {
    const story = await CaseStory.open(world);
    const key = v7();
    const first = await story.tell('institution', 'application.submitted', {}, { key });
    const second = await story.tell('institution', 'application.submitted', {}, { key });
    expect(first).toMatchObject({ ok: true, replayed: false, seq: 2 });
    expect(second).toEqual({ ...first, replayed: true });
    expect(await versionOf(story.id)).toBe(2);
  });

  it('is one effect when twenty come at once', async () => {
    const story = await CaseStory.open(world);
    const key = v7();
    const answers = await Promise.all(Array.from({ length: 20 }, () => story.tell('institution', 'application.submitted', {}, { key })));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(answers.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1);
    expect(await versionOf(story.id)).toBe(2);
  });

  it('is refused under the same key with another body', async () => {
    const story = await CaseStory.open(world);
    const key = v7();
    await story.tell('institution', 'facts.recorded', { facts: { plannedHours: 80 } }, { key });
    const other = await story.tell('institution', 'facts.recorded', { facts: { plannedHours: 90 } }, { key });
    expect(other).toMatchObject({ ok: false, code: 'idempotency-key-reused' });
    expect(await versionOf(story.id)).toBe(2);
  });

  it('may be tried again after a refusal: refusals are not remembered', async () => {
    const story = await CaseStory.open(world);
    const key = v7();
    expect(await story.tell('officer', 'application.accepted', {}, { key })).toMatchObject({ ok: false, code: 'event-not-allowed' });
    await story.hear('institution', 'application.submitted');
    expect(await story.tell('officer', 'application.accepted', {}, { key })).toMatchObject({ ok: true, replayed: false });
  });

  it('under the keys of two persons is two commands', async () => {
    const story = await CaseStory.open(world);
    const key = v7();
    await story.hear('institution', 'facts.recorded', { facts: { plannedHours: 81 } }, { key });
    await story.hear('institution', 'facts.recorded', { facts: { plannedHours: 82 } }, { key, by: another(world.by('institution')) });
    expect(await versionOf(story.id)).toBe(3);
  });
});

describe('a command is refused', () => {
  it('when the case has moved on since it was looked at', async () => {
    const story = await CaseStory.open(world);
    await story.hear('institution', 'application.submitted', {}, { expectedVersion: 1 });
    expect(await story.tell('officer', 'application.accepted', {}, { expectedVersion: 1 })).toMatchObject({
      ok: false,
      code: 'case-changed',
    });
    expect(await story.tell('officer', 'application.accepted', {}, { expectedVersion: 2 })).toMatchObject({ ok: true });
  });

  it('when the same person already holds another duty of the case, whatever role they come in', async () => {
    const story = await (await CaseStory.open(world)).hear('institution', 'application.submitted');
    await story.hear('officer', 'application.accepted');
    const sameHuman = { ...world.by('reviewer'), userId: world.by('officer').userId };
    expect(await story.tell('reviewer', 'application.reviewed', {}, { by: sameHuman })).toMatchObject({ ok: false, code: 'duty-conflict' });
    expect(await story.tell('reviewer', 'application.reviewed')).toMatchObject({ ok: true });
  });

  it('with words that name the duty that is held, before the database has to refuse', async () => {
    const story = await (await CaseStory.open(world)).hear('institution', 'application.submitted');
    await story.hear('officer', 'application.accepted');
    const sameHuman = { ...world.by('reviewer'), userId: world.by('officer').userId };
    const answer = await story.tell('reviewer', 'application.reviewed', {}, { by: sameHuman });
    expect(answer.ok ? '' : answer.detail.en).toContain('You already hold the duty "accept"');
    const other = await story.tell('reviewer', 'notice.posted', {}, { by: { ...sameHuman, role: 'officer' } });
    expect(other).toMatchObject({ code: 'event-not-allowed', allowed: expect.not.arrayContaining(['application.reviewed']) });
  });

  it('with the list of what this person could do instead', async () => {
    const story = await CaseStory.open(world);
    expect(await story.tell('officer', 'application.accepted')).toMatchObject({ code: 'event-not-allowed', allowed: [] });
    await story.hear('institution', 'application.submitted');
    const answer = await story.tell('officer', 'notice.posted');
    expect(answer).toMatchObject({ ok: false, code: 'event-not-allowed', state: 'submitted' });
    const allowed = answer.ok ? [] : answer.allowed;
    expect(allowed).toEqual(expect.arrayContaining(['application.accepted', 'application.returned']));
    expect(allowed).not.toContain('application.reviewed');
    expect(allowed).not.toContain('notice.posted');
  });

  it.each([
    ['a step of the procedure dated yesterday', 'institution', 'application.submitted', '2020-11-24'],
    ['a day that has not come', 'institution', 'milestone.started', '2020-11-26'],
    ['no day at all', 'institution', 'milestone.started', '2020-02-30'],
    ['a fact from before the case was opened', 'institution', 'milestone.started', '2020-11-24'],
  ] as const)('for its date: %s', async (_, role, type, on) => {
    const story = await CaseStory.open(world);
    expect(await story.tell(role, type, {}, { on })).toMatchObject({ ok: false, code: 'date-invalid' });
    expect(await versionOf(story.id)).toBe(1);
  });

  it.each([
    ['an unknown event', 'case.exploded', {}, 'event-unknown'],
    ['an unknown field', 'application.submitted', { amountFen: '1' }, 'data-invalid'],
    ['U+0000', 'application.withdrawn', { reason: 'a\u0000b' }, 'data-invalid'],
    ['a fact that is none', 'facts.recorded', { facts: { plannedHours: 'eighty' } }, 'data-invalid'],
  ] as const)('for what it says: %s', async (_, type, data, code) => {
    const story = await CaseStory.open(world);
    expect(await story.tell('institution', type, data)).toMatchObject({ ok: false, code });
    expect(await versionOf(story.id)).toBe(1);
  });

  it('when the case does not exist or belongs to another organisation', async () => {
    const story = await CaseStory.open(world);
    const stranger = { ...world.by('institution'), organisationId: world.seed.enterpriseId };
    expect(await story.tell('institution', 'application.submitted', {}, { by: stranger })).toMatchObject({
      ok: false,
      code: 'case-not-found',
    });
  });
});

describe('many commands in one transaction', () => {
  const system = systemActor('test');
  const commandOf = (caseId: string, type: string, data: Record<string, unknown> = {}): Command => ({
    caseId,
    type,
    data,
    key: v7(),
    requestSha256: sha256Of({ type, data }),
    cause: 'worker',
  });

  it('are decided one by one: the refused ones change nothing and stop nobody', async () => {
    const stories = await Promise.all(Array.from({ length: 6 }, () => CaseStory.open(world)));
    const officer = world.by('officer');
    for (const story of stories.slice(0, 3)) await story.hear('institution', 'application.submitted');
    const answers = await dispatchMany(
      world.house,
      officer,
      stories.map(({ id }) => commandOf(id, 'application.accepted')),
    );
    expect(answers.map((answer) => (answer.ok ? answer.seq : answer.code))).toEqual([
      3,
      3,
      3,
      'event-not-allowed',
      'event-not-allowed',
      'event-not-allowed',
    ]);
    expect(await Promise.all(stories.map(({ id }) => versionOf(id)))).toEqual([3, 3, 3, 1, 1, 1]);
  });

  it('see each other within one case', async () => {
    const story = await CaseStory.open(world);
    const institution = world.by('institution');
    const answers = await dispatchMany(world.house, institution, [
      commandOf(story.id, 'facts.recorded', { facts: { plannedHours: 90 } }),
      commandOf(story.id, 'application.submitted'),
      commandOf(story.id, 'application.submitted'),
    ]);
    expect(answers.map((answer) => (answer.ok ? answer.seq : answer.code))).toEqual([2, 3, 'event-not-allowed']);
    expect(await eventsOf(story.id)).toEqual(['case.opened', 'facts.recorded', 'application.submitted']);
    expect(await verifyCase(world.house, system, story.id)).toMatchObject({ ok: true, events: 3 });
  });

  it('leave the tasks of the last event, not of the first', async () => {
    const story = await CaseStory.open(world);
    const institution = world.by('institution');
    await dispatchMany(world.house, institution, [
      commandOf(story.id, 'application.submitted'),
      commandOf(story.id, 'application.withdrawn', { reason: '重报' }),
    ]);
    expect(await world.rows('SELECT kind FROM tasks WHERE case_id = $1 AND state = $2', [story.id, 'open'])).toEqual([]);
  });
});

describe('two hundred commands on one case at once', () => {
  it('are all answered, and exactly one wins each step', async () => {
    const story = await CaseStory.open(world);
    const submitting = Array.from({ length: 100 }, () => story.tell('institution', 'application.submitted'));
    const recording = Array.from({ length: 100 }, (_, index) =>
      story.tell('institution', 'facts.recorded', { facts: { plannedHours: 80 + index } }),
    );
    const answers = await Promise.all([...submitting, ...recording]);
    const accepted = answers.filter((answer) => answer.ok);
    expect(answers.filter((answer) => !answer.ok && answer.code !== 'event-not-allowed')).toEqual([]);
    expect(await Promise.all(submitting)).toEqual(expect.arrayContaining([expect.objectContaining({ ok: true })]));
    expect((await Promise.all(submitting)).filter((answer) => answer.ok)).toHaveLength(1);
    expect(await versionOf(story.id)).toBe(1 + accepted.length);
    expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true, events: 1 + accepted.length });
  });
});

describe('the chain of a case', () => {
  it('shows the first event that is not what it was, and a missing one', async () => {
    const story = await (await CaseStory.open(world)).hear('institution', 'application.submitted');
    await story.hear('officer', 'application.accepted');
    const auditor = systemActor('test');
    expect(await verifyCase(world.house, auditor, story.id)).toMatchObject({ ok: true, events: 3 });
    await asOwner(world, 'ALTER TABLE case_events DISABLE TRIGGER USER');
    await asOwner(world, `UPDATE case_events SET actor = 'somebody else' WHERE case_id = $1 AND seq = 2`, [story.id]);
    expect(await verifyCase(world.house, auditor, story.id)).toEqual({ ok: false, problem: 'event-changed', seq: 2 });
    await asOwner(world, 'DELETE FROM case_events WHERE case_id = $1 AND seq = 2', [story.id]);
    expect(await verifyCase(world.house, auditor, story.id)).toEqual({ ok: false, problem: 'event-missing', seq: 2 });
    await asOwner(world, 'ALTER TABLE case_events ENABLE TRIGGER USER');
  });

  it.each([
    ['type', `'application.returned'`],
    ['data', `'{"reason":"x"}'`],
    ['stamp', `stamp || '{"eligible":null,"more":1}'`],
    ['actor', `actor || 'x'`],
    ['role', `'reviewer'`],
    ['cause', `'worker'`],
    ['occurred_on', 'occurred_on - 1'],
    ['at', `at + interval '1 ms'`],
    ['recorded_at', `recorded_at + interval '1 ms'`],
    ['hash', `decode(md5('x') || md5('y'), 'hex')`],
  ])('covers every column of an event: %s', async (column, changed) => {
    const story = await (await CaseStory.open(world)).hear('institution', 'application.submitted');
    await asOwner(world, 'ALTER TABLE case_events DISABLE TRIGGER USER');
    await asOwner(world, `UPDATE case_events SET ${column} = ${changed} WHERE case_id = $1 AND seq = 2`, [story.id]);
    await asOwner(world, 'ALTER TABLE case_events ENABLE TRIGGER USER');
    expect(await verifyCase(world.house, systemActor('test'), story.id)).toEqual({ ok: false, problem: 'event-changed', seq: 2 });
  });

  it('a missing case is said to be missing', async () => {
    expect(await verifyCase(world.house, systemActor('test'), v7())).toMatchObject({ ok: false, problem: 'case-missing' });
    const nobody = await dispatch(world.house, world.by('officer'), {
      caseId: v7(),
      type: 'notice.posted',
      data: {},
      key: v7(),
      requestSha256: sha256Of(1),
      cause: 'http',
    });
    expect(nobody).toMatchObject({ ok: false, code: 'case-not-found' });
  });
});

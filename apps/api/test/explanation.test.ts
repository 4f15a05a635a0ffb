import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispatch, openCase, sandboxDistrict, sha256Of } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import type { Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { openServer, type Server } from './server.js';

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const request = () => {
  const key = v7();
  return { key, requestSha256: sha256Of({ key }) };
};
const actorOf = (role: Role) => ({
  userId: server.seed.users.find(({ username }) => username === role)?.id ?? '',
  role,
  organisationId: role === 'institution' ? server.seed.institutionId : null,
  district: role === 'institution' ? null : sandboxDistrict,
});
/** A class of a hundred, filed with its roster; nothing of it is held yet. */
const sampleFacts = {
  classFiled: true,
  traineesEligible: true,
  enrolled: [{ occupation: '电工', level: '中级', count: 100 }],
  plannedHours: 80,
  startsOn: '2020-11-25',
  endsOn: '2020-12-31',
};
const worker = (contributionsPaid = true) => ({ person: 'w1', certified: true, contract: true, contributionsPaid });

/** The training institution as an employer: approved, with one month claimed. */
async function employer(): Promise<string> {
  const { institutionId: organisationId, payeeAccountId } = server.seed;
  const application = { policyId: 'hard-to-employ-post-subsidy', organisationId, payeeAccountId, facts: {}, ...request() };
  const opened = await openCase(server.house, actorOf('institution'), application);
  if (!opened.ok) throw new Error(opened.detail.en);
  const say = async (role: Role, type: string, data: object = {}) => {
    const told = await dispatch(server.house, actorOf(role), {
      caseId: opened.caseId,
      type,
      data: { ...data },
      cause: 'import',
      ...request(),
    });
    if (!told.ok) throw new Error(`${type}: ${told.detail.en}`);
  };
  await say('institution', 'application.submitted');
  await say('officer', 'application.accepted');
  await say('reviewer', 'application.reviewed');
  await say('approver', 'application.approved');
  await say('officer', 'claim.filed', { claim: 'post', period: '2020-11', facts: { workers: [worker()] } });
  return opened.caseId;
}

describe('the explanation of a case paid by month', () => {
  it('tells every period by its own rules and table values, who is next and until when, in both languages', async () => {
    const id = await employer();
    const { status, body } = await server.ask('GET', `/api/v1/cases/${id}/explanation`, { as: 'institution' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      verdict: 'may',
      summary: { zh: expect.any(String), en: expect.stringContaining('each period') },
      window: { anchor: 'period', until: '2021-11-24' },
      periods: [{ id: '2020-11', claim: 'post', verdict: 'may', amounts: { monthly: { fen: '90500' } }, missing: [] }],
      until: [{ key: 'payment:post:2020-11', kind: 'service' }],
    });
    const [period] = body['periods'] as { rules: { id: string; result: boolean; cite: { clause: string } }[] }[];
    expect(period?.rules.map(({ id: rule, result }) => [rule, result])).toEqual([
      ['workers-present', true],
      ['certified', true],
      ['labour-contract', true],
      ['contributions-paid', true],
    ]);
    expect(period?.rules.every(({ cite }) => cite.clause !== '')).toBe(true);
    expect(body['next']).toContainEqual(expect.objectContaining({ type: 'claim.filed', by: ['officer'] }));
  });
});

async function training(facts: Readonly<Record<string, unknown>>) {
  const { institutionId: organisationId, payeeAccountId } = server.seed;
  const application = { policyId: 'training-subsidy-staged', organisationId, payeeAccountId, facts, ...request() };
  const opened = await openCase(server.house, actorOf('institution'), application);
  if (!opened.ok) throw new Error(opened.detail.en);
  return opened;
}

describe('an application whose roster is missing', () => {
  it('is not received: it says what is missing, stays a draft, and no clock runs until it is complete', async () => {
    const { enrolled: _, ...withoutRoster } = sampleFacts;
    const { caseId } = await training(withoutRoster);
    const submit = () =>
      server.ask('POST', `/api/v1/cases/${caseId}/events`, { as: 'institution', body: { type: 'application.submitted', data: {} } });
    const refused = await submit();
    expect([refused.status, refused.body['code']]).toEqual([409, 'event-not-allowed']);
    expect((refused.body['errors'] as { field: string; message: string }[]).map(({ field }) => field)).toEqual(['facts.enrolled']);
    expect(refused.body['detail']).toMatch(/缺少：.*名单或附件/);
    const view = async () => (await server.ask('GET', `/api/v1/cases/${caseId}`, { as: 'institution' })).body;
    expect(await view()).toMatchObject({ state: 'draft', deadlines: [] });
    await dispatch(server.house, actorOf('institution'), {
      caseId,
      type: 'roster.imported',
      data: { fileSha256: 'ab'.repeat(32), facts: { enrolled: sampleFacts.enrolled } },
      cause: 'import',
      ...request(),
    });
    expect((await submit()).status).toBeLessThan(300);
    expect(await view()).toMatchObject({ state: 'submitted' });
  });
});

/** What the worker does: the advance of the half is asked for, and handed to the bank. */
async function sendAdvance(caseId: string): Promise<void> {
  const tell = async (type: string, data: object) => {
    const told = await dispatch(server.house, systemActor('worker'), { caseId, type, data: { ...data }, cause: 'import', ...request() });
    if (!told.ok) throw new Error(`${type}: ${told.detail.en}`);
  };
  const [fund] = await server.rows<{ id: string }>("SELECT id FROM funds WHERE code = 'F4'");
  await tell('payment.requested', { payment: 's2', fund: fund?.id });
  const [line] = await server.rows<{ id: string }>("SELECT id FROM disbursements WHERE case_id = $1 AND payment = 's2'", [caseId]);
  await tell('disbursement.submitted', { payment: 's2', disbursement: line?.id });
}

describe('attendance that is lowered after the half was verified', () => {
  it('takes the verification back while no money is out on it; once some is, it gives the officer a task with the difference, shows in the explanation under its clause, takes nothing back, and is settled by the next list', async () => {
    const { caseId } = await training(sampleFacts);
    const say = async (role: Role, type: string, data: object = {}) => {
      const told = await dispatch(server.house, actorOf(role), { caseId, type, data: { ...data }, cause: 'import', ...request() });
      if (!told.ok) throw new Error(`${type}: ${told.detail.en}`);
    };
    const attended = (completedHours: number) =>
      say('institution', 'attendance.imported', { fileSha256: 'ab'.repeat(32), facts: { completedHours } });
    await say('institution', 'application.submitted');
    await say('officer', 'application.accepted');
    await say('reviewer', 'application.reviewed');
    await say('approver', 'application.approved');
    await say('institution', 'milestone.started');
    await attended(40);
    await say('inspector', 'milestone.halfway');
    const doubts = async () =>
      (await server.ask('GET', `/api/v1/cases/${caseId}/explanation`, { as: 'officer' })).body['doubts'] as object[];
    const task = async () =>
      (
        (await server.ask('GET', '/api/v1/tasks?limit=100', { as: 'officer' })).body['items'] as {
          caseId: string;
          kind: string;
          label: { zh: string };
        }[]
      ).find((each) => each.caseId === caseId && each.kind === 'recheck');
    const advance = async () => {
      const { body: view } = await server.ask('GET', `/api/v1/cases/${caseId}`, { as: 'officer' });
      const { tranches, regions } = view as { tranches?: { id: string; state: string }[]; regions?: Record<string, { state: string }> };
      return [tranches?.find(({ id }) => id === 's2')?.state, regions?.['delivery']?.state];
    };
    expect([await doubts(), await task(), await advance()]).toEqual([[], undefined, ['due', 'halfway']]);
    await attended(36);
    expect([await doubts(), await task(), await advance()]).toEqual([[], undefined, ['locked', 'started']]);
    await attended(40);
    await say('inspector', 'milestone.halfway');
    await sendAdvance(caseId);
    expect(await advance()).toEqual(['sent', 'halfway']);
    await attended(36);
    expect((await task())?.label.zh).toMatch(/核对“达到正常进度一半”.*36.*不再满足/);
    expect(await doubts()).toEqual([
      expect.objectContaining({
        milestone: 'halfway',
        paidFen: '0',
        cite: expect.objectContaining({ clause: '七' }),
        told: expect.arrayContaining([expect.objectContaining({ zh: expect.stringContaining('36') })]),
      }),
    ]);
    expect(await advance()).toEqual(['sent', 'halfway']);
    await attended(44);
    expect([await doubts(), await task()]).toEqual([[], undefined]);
    await attended(36);
    await say('institution', 'milestone.ended');
    expect(await doubts()).toHaveLength(1);
    await say('inspector', 'acceptance.failed', { reason: '不合格' });
    await say('inspector', 'acceptance.failed', { reason: '不合格' });
    expect([await doubts(), await task()]).toEqual([[], undefined]);
  });
});

describe('a step whose facts are missing', () => {
  type Missing = { fact: string; rules: { kind: string; id: string; cite: { clause: string } }[] }[];
  const half = {
    kind: 'condition',
    id: 'halfReached',
    label: expect.any(Object),
    cite: expect.objectContaining({ clause: expect.any(String) }),
  };

  it('is refused naming each fact, its supplier and the clause that needs it; the same is told before anybody tries', async () => {
    const opened = await training(sampleFacts);
    const say = (as: string, type: string) => server.ask('POST', `/api/v1/cases/${opened.caseId}/events`, { as, body: { type, data: {} } });
    for (const type of ['application.submitted', 'milestone.started']) expect((await say('institution', type)).status).toBeLessThan(300);

    const { body: view } = await server.ask('GET', `/api/v1/cases/${opened.caseId}`, { as: 'inspector' });
    const offered = (view['allowedEvents'] as { type: string; missing: Missing }[]).map(({ type, missing }) => [type, missing] as const);
    const missing = new Map(offered).get('milestone.halfway') ?? [];
    expect(missing.map(({ rules }) => rules)).toEqual(missing.map(() => [half]));
    expect([missing.length > 0, new Map(offered).get('milestone.ended')]).toEqual([true, []]);
    const { body: why } = await server.ask('GET', `/api/v1/cases/${opened.caseId}/explanation`, { as: 'inspector' });
    expect(why['next']).toContainEqual(expect.objectContaining({ type: 'milestone.halfway', missing }));

    const refused = await say('inspector', 'milestone.halfway');
    expect([refused.status, refused.body['code']]).toEqual([409, 'event-not-allowed']);
    expect(refused.body['errors']).toEqual(
      missing.map(({ fact }) => ({
        field: `facts.${fact}`,
        code: 'fact-missing',
        message: expect.stringMatching(/^缺少：.*〔.+〕/),
        rules: [half],
      })),
    );
    expect(refused.body['detail']).toContain('缺少：');
  });
});

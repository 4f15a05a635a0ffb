import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispatch, openCase, sandboxDistrict, sha256Of } from '@tranche/casework';
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

describe('a step whose facts are missing', () => {
  type Missing = { fact: string; rules: { kind: string; id: string; cite: { clause: string } }[] }[];
  const half = {
    kind: 'condition',
    id: 'halfReached',
    label: expect.any(Object),
    cite: expect.objectContaining({ clause: expect.any(String) }),
  };

  it('is refused naming each fact, its supplier and the clause that needs it; the same is told before anybody tries', async () => {
    const { institutionId: organisationId, payeeAccountId } = server.seed;
    const application = { policyId: 'training-subsidy-staged', organisationId, payeeAccountId, facts: {}, ...request() };
    const opened = await openCase(server.house, actorOf('institution'), application);
    if (!opened.ok) throw new Error(opened.detail.en);
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

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { csv, headerLine, lineOf } from '../../libs/casework/test/runs/run-world.js';
import { done, waitFor } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(120_000);

/** More than a page of each kind, so that a worker can die between two. */
const FIRMS = 2_600;

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start();
});
afterAll(() => house.close());

type Preview = {
  state: string;
  lists: { state: string; contentHash: string; lines: number; totalFen: string; opened: number }[];
  totals: { district: string; fund: string; lines: number; amountFen: string }[];
  outcomes: { outcome: string; lines: number; reason: { code: string; rules: { id: string; cite: { clause: string } }[] } | null }[];
};

const upload = (text: string, fields: Record<string, string>, part = 'source') => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append(part, new Blob([text]), 'extract.csv');
  return house.client.ask<{ id: string }>('POST', 'no-application-runs', { as: 'officer', raw: form });
};
const policy = { policyId: 'refund-direct-pay-micro' };
const preview = (id: string) => house.client.get<Preview>('officer', `no-application-runs/${id}`);
const opened = async (id: string) =>
  (await house.rows<{ n: number }>('SELECT count(case_id)::int AS n FROM no_application_lines WHERE run_id = $1', [id]))[0]?.n ?? 0;

describe('a run without application over HTTP', () => {
  let id: string;

  it('is uploaded, screened by the worker and previewed with every exclusion and its clause', async () => {
    const lines = Array.from({ length: FIRMS }, (_, n) => lineOf(n + 1, n % 13 === 0 ? { insuredHeadcount: '11' } : {}));
    const first = await upload(csv(lines), policy);
    expect(first.status).toBe(201);
    id = first.body.id;
    expect((await upload(csv(lines), policy)).body.id).toBe(id);
    const shown = await waitFor('the screening', async () => {
      const found = await preview(id);
      return found.state === 'screened' && found;
    });
    expect(shown.lists).toEqual([
      { list: null, state: 'open', contentHash: expect.any(String), lines: 2_400, totalFen: '1920000000', opened: 0 },
    ]);
    expect(shown.totals).toEqual([{ district: '210200', fund: 'F2', lines: 2_400, amountFen: '1920000000' }]);
    expect(shown.outcomes).toContainEqual(
      expect.objectContaining({
        outcome: 'excluded',
        lines: 200,
        reason: expect.objectContaining({ code: 'rule', rules: [expect.objectContaining({ id: 'few-staff' })] }),
      }),
    );
  });

  it('is checked by the reviewer and approved by the approver, by nobody else', async () => {
    const { contentHash } = (await preview(id)).lists[0] ?? { contentHash: '' };
    for (const as of ['officer', 'approver', 'enterprise'])
      expect((await house.client.ask('POST', `no-application-runs/${id}/confirm`, { as, body: { contentHash } })).status).toBe(403);
    await house.client.post('reviewer', `no-application-runs/${id}/confirm`, { contentHash });
    expect((await house.client.ask('POST', `no-application-runs/${id}/approve`, { as: 'reviewer', body: { contentHash } })).status).toBe(
      403,
    );
  });

  it('survives a worker that is killed while it opens the cases: no firm twice, none lost', async () => {
    const { contentHash } = (await preview(id)).lists[0] ?? { contentHash: '' };
    await house.client.post('approver', `no-application-runs/${id}/approve`, { contentHash });
    await waitFor('the first page', async () => (await opened(id)) > 0);
    for (const worker of house.workers.splice(0)) worker.child.kill('SIGKILL');
    // the lease of the dead worker is a minute; nobody waits for it here
    await house.asOwner('UPDATE no_application_runs SET lease_until = now() WHERE lease_until IS NOT NULL');
    await house.startWorkers();
    await waitFor('every case', async () => (await preview(id)).lists[0]?.state === 'opened', 60_000);
    const [counted] = await house.rows(
      `SELECT count(*)::int AS cases, count(DISTINCT organisation_id)::int AS firms, count(*) FILTER (WHERE version >= 5)::int AS told FROM cases WHERE policy_id = $1`,
      [policy.policyId],
    );
    expect(counted).toEqual({ cases: 2_400, firms: 2_400, told: 2_400 });
  });

  it('pays the first of them from the unemployment insurance fund, and waits for money for the rest', async () => {
    const states = async () =>
      Object.fromEntries(
        (
          await house.rows<{ state: string; n: number }>(
            `SELECT d.state, count(*)::int AS n FROM disbursements d JOIN cases c ON c.id = d.case_id WHERE c.policy_id = $1 GROUP BY 1`,
            [policy.policyId],
          )
        ).map(({ state, n }) => [state, n]),
      );
    await waitFor('requests', async () => ((await states())['requested'] ?? 0) > 20, 30_000);
    const funds = await house.rows<{ code: string }>(
      `SELECT DISTINCT f.code FROM disbursements d JOIN funds f ON f.id = d.fund_id JOIN cases c ON c.id = d.case_id WHERE c.policy_id = $1`,
      [policy.policyId],
    );
    expect(funds).toEqual([{ code: 'F2' }]);
  });

  it.each([
    ['without a policy', csv([lineOf(9_001)]), {}, 422],
    ['of an unknown policy', csv([lineOf(9_001)]), { policyId: 'nothing' }, 422],
    ['without a column', csv([lineOf(9_001)], headerLine.replace('在营', '状态')), policy, 422],
    ['without a line', csv([]), policy, 422],
  ])('refuses an extract %s', async (_, text, fields, status) => {
    const answer = await upload(text, fields as Record<string, string>);
    expect([answer.status, typeof answer.body['code']]).toEqual([status, 'string']);
  });

  it('shows the lines page by page, accounts masked', async () => {
    type Lines = { items: { row: number; accountMasked: string; outcome: string }[]; nextAfter: number | null };
    const first = await house.client.get<Lines>('auditor', `no-application-runs/${id}/lines?limit=3&outcome=included`);
    expect(first.items.map(({ row }) => row)).toEqual([3, 4, 5]);
    expect(first.items[0]?.accountMasked).toMatch(/\*/);
    const next = await house.client.get<Lines>(
      'auditor',
      `no-application-runs/${id}/lines?limit=3&outcome=included&after=${first.nextAfter}`,
    );
    expect(next.items[0]?.row).toBe(6);
    expect(done('list', await house.client.ask('GET', 'no-application-runs', { as: 'supervisor' }))).toMatchObject({ items: [{ id }] });
  });
});

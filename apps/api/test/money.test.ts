import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runEffects } from '@tranche/casework';
import { v7 } from 'uuid';
import { type Ask, classFacts, enrol, openServer, type Server } from './server.js';

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const post = (as: string, path: string, body: unknown = {}, more: Partial<Ask> = {}) =>
  server.ask('POST', `/api/v1/${path}`, { as, body, ...more });
const get = async (as: string, path: string) => (await server.ask('GET', `/api/v1/${path}`, { as })).body;
const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body['code']];

/** A started class whose first tranche the worker has turned into a disbursement. */
async function disbursement(): Promise<string> {
  const { institutionId: organisationId, payeeAccountId } = server.seed;
  const opened = await post('institution', 'cases', {
    policyId: 'training-subsidy-staged',
    organisationId,
    payeeAccountId,
    facts: classFacts,
  });
  const caseId = String(opened.body['id']);
  await enrol(server, caseId, 10);
  for (const [as, type] of [
    ['institution', 'application.submitted'],
    ['officer', 'application.accepted'],
    ['reviewer', 'application.reviewed'],
    ['approver', 'application.approved'],
    ['institution', 'milestone.started'],
  ] as const)
    expect([type, (await post(as, `cases/${caseId}/events`, { type })).status]).toEqual([type, 200]);
  await runEffects(server.house, 'test');
  const { items = [] } = await get('maker', `disbursements?caseId=${caseId}&unbatched=true`);
  expect(items).toEqual([
    expect.objectContaining({
      payment: 's1',
      amountFen: '1500000',
      state: 'requested',
      accountMasked: expect.stringMatching(/^\*+\d{4}$/),
    }),
  ]);
  return String(items[0]?.['id']);
}

async function submitted(rail: string): Promise<{ id: string; contentHash: string }> {
  const made = await post('maker', 'batches', { disbursementIds: [await disbursement()], rail });
  expect([made.status, made.body['code']]).toEqual([201, undefined]);
  const id = String(made.body['batchId']);
  const sent = await post('maker', `batches/${id}/submit`);
  expect(sent.body).toMatchObject({ state: 'pending_approval' });
  return { id, contentHash: String(sent.body['contentHash']) };
}

describe('a batch', () => {
  it('is signed for exactly the content that was shown, by another person, and leaves work for the worker', async () => {
    const { id, contentHash } = await submitted('http');
    const stale = `${contentHash.slice(0, -4)}0000`;
    expect(told(await post('maker', `batches/${id}/approve`, { contentHash }))).toEqual([403, 'role-not-allowed']);
    expect(told(await post('checker', `batches/${id}/approve`, { contentHash: stale }))).toEqual([409, 'batch-content-changed']);
    expect(told(await post('checker', `batches/${id}/approve`, {}))).toEqual([422, 'request-invalid']);
    const key = v7();
    const signed = await post('checker', `batches/${id}/approve`, { contentHash }, { key });
    expect(signed.body).toMatchObject({ state: 'approved', lines: 1, totalFen: '1500000' });
    expect((await post('checker', `batches/${id}/approve`, { contentHash }, { key })).body).toEqual(signed.body);
    expect(told(await post('checker', `batches/${id}/approve`, { contentHash }))).toEqual([409, 'batch-state']);
    expect(await server.rows(`SELECT kind FROM outbox WHERE kind = 'batch.send' AND state = 'pending'`)).toHaveLength(1);
    const funds = await get('auditor', 'funds');
    expect(funds.items?.find(({ id: fund }) => fund === server.seed.funds['F4/2020'])).toMatchObject({ inPaymentFen: '1500000' });
  });

  it('may be rejected, and its disbursements are free again', async () => {
    const { id } = await submitted('http');
    expect((await post('checker', `batches/${id}/reject`, { reason: '金额待核' })).body).toMatchObject({ state: 'rejected' });
    const { items = [] } = await get('maker', 'disbursements?unbatched=true&state=requested');
    expect(items).toHaveLength(1);
    await post('maker', 'batches', { disbursementIds: [items[0]?.['id']], rail: 'http' });
  });

  it('takes a disbursement once, however many ask', async () => {
    const id = await disbursement();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post('maker', 'batches', { disbursementIds: [id], rail: 'http' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(told(await post('maker', 'batches', { disbursementIds: [v7()], rail: 'http' }))).toEqual([409, 'disbursement-not-available']);
    expect(told(await post('maker', 'batches', { disbursementIds: [], rail: 'http' }))).toEqual([422, 'request-invalid']);
  });

  it('shows whole account numbers to those who make, sign and hand over, and to nobody else', async () => {
    const { id } = await submitted('http');
    for (const role of ['maker', 'checker', 'cashier', 'supervisor', 'auditor']) {
      const [line] = (await get(role, `batches/${id}`))['lines'] as { accountNo: string }[];
      expect([role, /^\d{10,}$/.test(line?.accountNo ?? '')]).toEqual([role, ['maker', 'checker', 'cashier'].includes(role)]);
    }
  });

  it('is handed over by the cashier as a file that is stored as it was', async () => {
    const { id, contentHash } = await submitted('file');
    expect(told(await post('cashier', `batches/${id}/hand-over`))).toEqual([409, 'batch-state']);
    expect((await server.ask('GET', `/api/v1/batches/${id}/file`, { as: 'cashier' })).status).toBe(404);
    await post('checker', `batches/${id}/approve`, { contentHash });
    const key = v7();
    const handed = await post('cashier', `batches/${id}/hand-over`, {}, { key });
    expect(handed.body).toMatchObject({ lines: 1, totalFen: '1500000' });
    expect((await post('cashier', `batches/${id}/hand-over`, {}, { key })).body).toEqual(handed.body);
    const file = await server.ask('GET', `/api/v1/batches/${id}/file`, { as: 'cashier' });
    expect(file.headers.get('content-disposition')).toContain('.pain.001.001.09.xml');
    expect(file.body['text']).toContain('15000.00');
    const { items = [] } = await get('maker', 'disbursements?state=sent');
    const shown = await get('auditor', `disbursements/${items[0]?.['id']}`);
    expect(shown['transfers']).toEqual([expect.objectContaining({ state: 'submitted', amountFen: '1500000' })]);
  });

  it('keeps both books in balance all along', async () => {
    expect((await get('auditor', 'ledger/trial-balance'))['totals']).toEqual({ cashFen: '0', budgetFen: '0' });
  });
});

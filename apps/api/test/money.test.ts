import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proveBooks, runEffects } from '@tranche/casework';
import { systemActor } from '@tranche/database';
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
    const [{ id: checker } = { id: '' }] = await server.rows<{ id: string }>("SELECT id FROM users WHERE username = 'checker'");
    expect(await get('maker', `batches/${id}`)).toMatchObject({ signedBy: [checker], signaturesNeeded: 1 });
    expect((await post('checker', `batches/${id}/approve`, { contentHash }, { key })).body).toEqual(signed.body);
    expect(told(await post('checker', `batches/${id}/approve`, { contentHash }))).toEqual([409, 'batch-state']);
    expect(await server.rows(`SELECT kind FROM outbox WHERE kind = 'batch.send' AND state = 'pending'`)).toHaveLength(1);
    const funds = await get('auditor', 'funds?fiscalYear=2020');
    expect(new Set(funds.items?.map(({ fiscalYear }) => fiscalYear))).toEqual(new Set([2020]));
    const listed = funds.items?.find(({ id: fund }) => fund === server.seed.funds['F4/2020']);
    expect(listed).toMatchObject({ inPaymentFen: '1500000' });
    expect(await get('auditor', `funds/${server.seed.funds['F4/2020']}`)).toEqual(listed);
    expect(await get('auditor', `funds/${v7()}`)).toMatchObject({ code: 'not-found' });
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
    expect(told(await post('cashier', `batches/${id}/files`))).toEqual([409, 'batch-state']);
    expect((await server.ask('GET', `/api/v1/batches/${id}/file`, { as: 'cashier' })).status).toBe(404);
    await post('checker', `batches/${id}/approve`, { contentHash });
    const { files } = (await post('cashier', `batches/${id}/files`)).body as { files: { sha256: string; lines: number }[] };
    expect(files).toMatchObject([{ part: 1, lines: 1, totalFen: '1500000', format: 'pain.001.001.09', downloads: 0, handedOverAt: null }]);
    const sha256 = files[0]?.sha256;
    expect(told(await post('cashier', `batches/${id}/hand-over`, { part: 1, sha256 }))).toEqual([409, 'batch-state']);
    const file = await server.ask('GET', `/api/v1/batches/${id}/file`, { as: 'cashier' });
    expect(file.headers.get('x-content-sha256')).toBe(sha256);
    expect(told(await post('cashier', `batches/${id}/hand-over`, { part: 1, sha256: '0'.repeat(64) }))).toEqual([409, 'bank-file-changed']);
    const key = v7();
    const handed = await post('cashier', `batches/${id}/hand-over`, { part: 1, sha256 }, { key });
    expect(handed.body).toMatchObject({ lines: 1, totalFen: '1500000', executionOn: '2020-11-25' });
    expect((await post('cashier', `batches/${id}/hand-over`, { part: 1, sha256 }, { key })).body).toEqual(handed.body);
    expect(told(await post('cashier', `batches/${id}/hand-over`, { part: 1, sha256 }))).toEqual([409, 'batch-state']);
    expect((await get('auditor', `batches/${id}/files`))['items']).toEqual([
      expect.objectContaining({ sha256, downloads: 1, handedOverBy: expect.any(String) }),
    ]);
    expect(file.headers.get('content-disposition')).toContain('.pain.001.001.09.xml');
    expect(file.body['text']).toContain('15000.00');
    const { items = [] } = await get('maker', 'disbursements?state=sent');
    const shown = await get('auditor', `disbursements/${items[0]?.['id']}`);
    expect(shown['transfers']).toEqual([expect.objectContaining({ state: 'submitted', amountFen: '1500000' })]);
  });

  it('shows before it is signed what it pays, what it does to the budget, and what differs from before', async () => {
    const { id } = await submitted('http');
    const review = await get('checker', `batches/${id}/review`);
    expect(review).toMatchObject({
      batchId: id,
      subtotals: [
        { by: 'district', key: '210200', lines: 1, amountFen: '1500000' },
        { by: 'organisation', name: '大连示例职业培训学校', amountFen: '1500000' },
        { by: 'policy', key: 'training-subsidy-staged', amountFen: '1500000' },
      ],
      changes: [{ line: 1, payment: 's1', kinds: ['new-payee'], plannedFen: '1500000' }],
    });
    const [{ before, after }] = review['budget'] as [{ before: Record<string, string>; after: Record<string, string> }];
    expect(BigInt(before['reservedFen']!) - BigInt(after['reservedFen']!)).toBe(1_500_000n);
    expect(BigInt(after['inPaymentFen']!) - BigInt(before['inPaymentFen']!)).toBe(1_500_000n);
    expect(after['availableFen']).toBe(before['availableFen']);
  });

  it('leaves what waits in a list with its reason', async () => {
    const id = await disbursement();
    const free = async () =>
      ((await get('maker', 'due-payments')).items as { disbursementId: string; reason: string | null; amountFen: string }[]).find(
        ({ disbursementId }) => disbursementId === id,
      );
    expect(await free()).toMatchObject({ reason: null, amountFen: '1500000' });
    const [row] = await server.rows<{ caseId: string }>('SELECT case_id AS "caseId" FROM disbursements WHERE id = $1', [id]);
    await post('supervisor', `cases/${row?.caseId}/events`, { type: 'case.held', data: { reason: '核查' } });
    expect(await free()).toMatchObject({ reason: 'case-held' });
  });

  it('is walked by cursor to its end, each payment once, whole or only what can be collected, or what waits', async () => {
    for (let count = 0; count < 3; count += 1) await disbursement();
    const walk = async (show: string) => {
      const seen: { caseId: string; payment: string; lastDay: string; reason: string | null }[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await get('maker', `due-payments?limit=1${show}${cursor === '' ? '' : `&cursor=${cursor}`}`);
        seen.push(...(page.items as typeof seen));
        cursor = page['nextCursor'] as string | null;
      }
      return seen;
    };
    const all = await walk('');
    expect(all.length).toBeGreaterThan(3);
    expect(all).toEqual((await get('maker', 'due-payments'))['items']);
    expect(new Set(all.map(({ caseId, payment }) => caseId + payment)).size).toBe(all.length);
    expect(await walk('&show=ready')).toEqual(all.filter(({ reason }) => reason === null));
    expect(await walk('&show=waiting')).toEqual(all.filter(({ reason }) => reason !== null));
    expect(told(await server.ask('GET', '/api/v1/due-payments?cursor=eA', { as: 'maker' }))).toEqual([422, 'cursor-invalid']);
  });

  it.each([
    ['of the city', { role: 'maker', organisationId: null, district: '210200' }, true],
    ['of the province', { role: 'supervisor', organisationId: null, district: null }, true],
    ['of another district', { role: 'maker', organisationId: null, district: '210203' }, false],
    ['an institution, whose list this is not', { role: 'institution', organisationId: v7(), district: null }, false],
    ['nobody', { role: 'public', organisationId: null, district: null }, false],
  ] as const)('is found for those it is within the reach of: %s', async (_, who, found) => {
    const rows = await server.house.database.read<{ clocked: number; unclocked: number }>(
      { userId: v7(), ...who },
      `SELECT (SELECT count(*)::int FROM clocked_payments('-infinity', $1, '', 1000)) AS clocked,
         (SELECT count(*)::int FROM unclocked_payments($1, '', 1000)) AS unclocked`,
      ['00000000-0000-0000-0000-000000000000'],
    );
    const [all] = await server.house.database.read<{ clocked: number }>(
      systemActor('test'),
      `SELECT count(*)::int AS clocked FROM deadlines l LEFT JOIN disbursements d
         ON d.case_id = l.case_id AND d.payment = substr(l.key, 9) AND d.state IN ('requested', 'sent')
       WHERE l.key LIKE 'payment:%' AND l.status IN ('running', 'suspected') AND (d.id IS NULL OR d.batch_id IS NULL)`,
    );
    expect(all?.clocked).toBeGreaterThan(3);
    expect(rows).toEqual([{ clocked: found ? all?.clocked : 0, unclocked: 0 }]);
  });

  it('names the transfers whose outcome nobody knows, each with its batch and payee', async () => {
    const { id } = await submitted('http');
    expect((await get('cashier', 'transfers?state=unknown')).items).toEqual([]);
    await server.asOwner(`ALTER TABLE transfers DISABLE TRIGGER USER; UPDATE transfers SET state = 'unknown' WHERE batch_id = '${id}';
      ALTER TABLE transfers ENABLE TRIGGER USER`);
    const [line] = (await get('cashier', `batches/${id}`))['lines'] as { endToEndId: string; caseNo: string }[];
    const { items } = await get('cashier', 'transfers?state=unknown');
    expect(items).toEqual([
      expect.objectContaining({
        batchId: id,
        endToEndId: line?.endToEndId,
        caseNo: line?.caseNo,
        amountFen: '1500000',
        account: null,
        release: null,
      }),
    ]);
    await server.asOwner(`ALTER TABLE transfers DISABLE TRIGGER USER; UPDATE transfers SET state = 'pending_approval' WHERE batch_id = '${id}';
      ALTER TABLE transfers ENABLE TRIGGER USER`);
  });

  it('keeps both books in balance all along', async () => {
    expect((await get('auditor', 'ledger/trial-balance'))['totals']).toEqual({ cashFen: '0', budgetFen: '0' });
  });
});

describe('the books', () => {
  it('answer with a statement of an account: opening, every entry once whatever the page, closing', async () => {
    const { items = [] } = await get('auditor', `ledger/trial-balance?fundId=${server.seed.funds['F4/2020']}`);
    const reserved = items.find((row) => row['code'] === 'B3') as { accountId: string; balanceFen: string };
    const path = `ledger/accounts/${reserved.accountId}/statement?from=2020-11-25&to=2020-12-31`;
    const whole = await get('auditor', `${path}&limit=200`);
    expect(whole).toMatchObject({ openingFen: '0', closingFen: reserved.balanceFen, nextCursor: null });
    const paged: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await get('auditor', `${path}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...(page.items ?? []));
      cursor = page['nextCursor'] as string | null;
    }
    expect(paged).toEqual(whole.items);
    const moved = (whole.items as { amountFen: string }[]).reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
    expect(moved.toString()).toBe(reserved.balanceFen);
    expect(await get('auditor', `ledger/accounts/${reserved.accountId}/statement?from=2021-01-01&to=2021-01-31`)).toMatchObject({
      openingFen: reserved.balanceFen,
      closingFen: reserved.balanceFen,
      items: [],
    });
  });

  it('know what stands in each bank account on a day', async () => {
    const { items = [] } = await get('maker', 'ledger/bank-balances?day=2020-11-25');
    const own = items.find((row) => String(row['accountMasked']).endsWith('0041')) as Record<string, string>;
    expect(own).toMatchObject({ inFen: '0', outFen: '0' });
    expect(own['closingFen']).toBe(own['openingFen']);
    const before = (await get('maker', 'ledger/bank-balances?day=2019-12-31')).items ?? [];
    expect(before.every((row) => row['closingFen'] === '0')).toBe(true);
  });

  it('are proven, and the result can be read', async () => {
    expect(await proveBooks(server.house)).toMatchObject({ ok: true });
    expect((await get('supervisor', 'ledger/proofs')).items).toMatchObject([{ legalDay: '2020-11-25', ok: true, findings: [] }]);
    expect(told(await server.ask('GET', '/api/v1/ledger/proofs', { as: 'institution' }))).toEqual([403, 'role-not-allowed']);
  });
});

describe('the reports', () => {
  it('say how the year’s funds are spent, what is asked for next, and which limits were broken', async () => {
    const { items: months = [] } = await get('supervisor', 'reports/fund-execution?fiscalYear=2020');
    const november = months.find((row) => row['fund'] === 'F4' && row['month'] === 11);
    expect(november).toMatchObject({ authorisedFen: '500000000', spentFen: '0', executedPercent: '0.00' });
    const { items: weeks = [] } = await get('maker', 'reports/forecast');
    const [owed] = await server.rows<{ fen: string }>("SELECT sum(amount_fen)::text AS fen FROM disbursements WHERE state = 'requested'");
    expect(weeks.reduce((sum, row) => sum + BigInt(String(row['amountFen'])), 0n)).toBe(BigInt(owed?.fen ?? '0'));
    expect((await get('supervisor', 'reports/breaches')).items).toEqual([]);
    expect((await get('supervisor', 'reports/on-time')).items).toEqual([]);
    const { items: late = [] } = await get('supervisor', 'reports/on-time?from=2020-11-25&to=2020-12-31');
    expect(late).toMatchObject([{ policyId: 'training-subsidy-staged', district: '210200', kept: 0, broken: 0, keptPercent: null }]);
    const { items: open = [] } = await get('supervisor', 'reports/advances');
    expect(open).toMatchObject([{ organisation: '大连示例职业培训学校', oldestDays: 0 }]);
    expect(open[0]?.['upTo30Fen']).toBe(open[0]?.['totalFen']);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import {
  decideAppropriation,
  decideClosing,
  dispatch,
  type NewAppropriation,
  proposeAppropriation,
  proposeClosing,
  sha256Of,
  systemCommand,
} from '@tranche/casework';
import { v7 } from 'uuid';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../test/support/ledger.js';
import { CaseStory, payWhatIsDue, runAll, signBatch } from '../../../test/support/story.js';

const { world } = useBankWorld();
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
});

const by = (role: 'maker' | 'checker' | 'supervisor') => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of({ role }) });
const fundOf = (key: string): string => world.seed.funds[key] ?? '';

async function balances(fundId: string): Promise<Record<string, string>> {
  const rows = await world.rows<{ code: string; fen: string }>(
    `SELECT a.code, sum(e.amount_fen)::text AS fen FROM accounts a JOIN entries e ON e.account_id = a.id WHERE a.fund_id = $1 GROUP BY 1 HAVING sum(e.amount_fen) <> 0`,
    [fundId],
  );
  return Object.fromEntries(rows.map(({ code, fen }) => [code, fen]));
}

async function change(given: NewAppropriation) {
  const proposed = await proposeAppropriation(world.house, by('maker'), given);
  if (!proposed.ok) return proposed;
  const on = await world.today();
  return decideAppropriation(world.house, by('checker'), {
    fundId: given.fundId,
    appropriationId: proposed.answer.id,
    decision: 'approved',
    on,
  });
}

async function close(fundId: string, decider: 'maker' | 'checker' = 'checker') {
  const today = await world.today();
  const proposed = await proposeClosing(world.house, by('maker'), { fundId, documentNo: '年终结转〔2020〕1号', today });
  if (!proposed.ok) return proposed;
  return decideClosing(world.house, by(decider), { fundId, closingId: proposed.answer.id, decision: 'approved', on: today });
}

describe('an appropriation', () => {
  it('is lessened by a document and a second person, never below what is reserved', async () => {
    const fundId = fundOf('F2/2021');
    expect(await change({ fundId, amountFen: 100_000_000n, documentNo: '核减〔2021〕1号', kind: 'decrease' })).toMatchObject({ ok: true });
    expect(await balances(fundId)).toMatchObject({ B2: '400000000', B9: '100000000', '1001': '400000000', '3001': '-400000000' });
    const tooMuch = await change({ fundId, amountFen: 400_000_001n, documentNo: '核减〔2021〕2号', kind: 'decrease' });
    expect(tooMuch).toMatchObject({ ok: false, code: 'fund-short' });
    expect(await balances(fundId)).toMatchObject({ B2: '400000000' });
  });

  it('pays the treasury nothing that is not due to it', async () => {
    const paid = await change({ fundId: fundOf('F2/2021'), amountFen: 1n, documentNo: '上缴〔2021〕1号', kind: 'remittance' });
    expect(paid).toMatchObject({ ok: false, code: 'fund-short' });
  });
});

describe('the end of a fiscal year', () => {
  it('cannot be declared before it has come', async () => {
    expect(await close(fundOf('F4/2020'))).toMatchObject({ ok: false, code: 'year-not-over' });
  });

  it('lets what nobody reserved lapse, carries over what is reserved, and makes what comes back due to the treasury', async () => {
    const [paid, waiting] = [await CaseStory.inTraining(world), await CaseStory.inTraining(world)];
    await runAll(world);
    const [first] = await world.rows<{ id: string }>('SELECT id FROM disbursements WHERE case_id = $1', [paid.id]);
    await signBatch(world, 'http', [first?.id ?? '']);
    await runAll(world);
    expect(await paid.tranche('s1')).toMatchObject({ state: 'paid' });

    await world.goTo('2021-01-04');
    const fundId = fundOf('F4/2020');
    const own = await proposeClosing(world.house, by('supervisor'), { fundId, documentNo: '关账', today: await world.today() });
    if (!own.ok) throw new Error(own.code);
    const self = { fundId, closingId: own.answer.id, decision: 'approved' as const, on: await world.today() };
    expect(await decideClosing(world.house, by('supervisor'), self)).toMatchObject({ ok: false, code: 'four-eyes-required' });
    expect(await decideClosing(world.house, by('checker'), self)).toMatchObject({
      ok: true,
      answer: { state: 'approved', lapsedFen: '470000000', carriedFen: '15000000' },
    });
    expect(await balances(fundId)).toMatchObject({ B3: '15000000', B5: '15000000', B9: '470000000', '2103': '-470000000' });
    expect((await balances(fundId))['B2']).toBeUndefined();

    // what was carried over is paid from where it was reserved
    await payWhatIsDue(world);
    expect(await waiting.tranche('s1')).toMatchObject({ state: 'paid' });
    expect(await balances(fundId)).toMatchObject({ B5: '30000000' });

    // and what comes back now is the treasury's; the tranche is paid again out of the new year's budget
    const [{ id: disbursement = '', transfer = '' } = {}] = await world.rows<{ id: string; transfer: string }>(
      `SELECT d.id, t.id AS transfer FROM disbursements d JOIN transfers t ON t.disbursement_id = d.id WHERE d.case_id = $1`,
      [paid.id],
    );
    await returned(paid, disbursement, transfer);
    expect(await balances(fundId)).toMatchObject({ B5: '15000000', B9: '485000000', '2103': '-485000000' });
    expect((await balances(fundId))['B2']).toBeUndefined();
    await payWhatIsDue(world);
    expect(await paid.tranche('s1')).toMatchObject({ state: 'paid', fund: fundOf('F4/2021') });

    expect(await change({ fundId, amountFen: 485_000_000n, documentNo: '上缴〔2021〕2号', kind: 'remittance' })).toMatchObject({
      ok: true,
    });
    expect(await balances(fundId)).toMatchObject({ B5: '15000000', B9: '485000000' });
    expect((await balances(fundId))['2103']).toBeUndefined();
    expect(await change({ fundId, amountFen: 1n, documentNo: '追加', kind: 'increase' })).toMatchObject({ ok: false, code: 'fund-closed' });
    expect(await close(fundId)).toMatchObject({ ok: false, code: 'fund-closed' });
  });
});

/** The bank's news of a settled payment that came back. */
async function returned(story: CaseStory, disbursement: string, transfer: string): Promise<void> {
  const answer = await dispatch(
    world.house,
    { userId: 'system:test', role: 'system', organisationId: null, district: null },
    systemCommand({
      caseId: story.id,
      type: 'disbursement.returned',
      data: { payment: 's1', disbursement, returnedOn: '2021-01-04', reason: '账户已销户' },
      key: `test:${transfer}`,
      cause: 'worker',
      along: { moveTransfers: [{ id: transfer, from_state: 'settled', state: 'returned', updated_at: new Date().toISOString() }] },
    }),
  );
  if (!answer.ok) throw new Error(`${answer.code} ${answer.detail.en} ${JSON.stringify(answer.errors)}`);
}

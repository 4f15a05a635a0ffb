import { describe, expect, it } from '@jest/globals';
import { addDays } from '@tranche/calendar';
import {
  decidePayeeAccount,
  dispatch,
  fireDueDeadlines,
  proposePayeeAccount,
  rejectBatch,
  sha256Of,
  systemCommand,
} from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../test/support/ledger.js';
import { CaseStory, collect, payWhatIsDue, runAll, sign, signBatch, submit, waitingDisbursements } from '../../../test/support/story.js';
import { asOwner } from '../../../test/support/world.js';

const { world } = useBankWorld();

const inTraining = () => CaseStory.inTraining(world);
const paidTo = async ({ id }: CaseStory): Promise<string[]> =>
  (
    await world.rows<{ line: string }>(
      `SELECT right(t.account_no, 4) || ' ' || t.state AS line FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1 ORDER BY t.id`,
      [id],
    )
  ).map(({ line }) => line);

let serial = 7000;
/** The institution's account is replaced by another, under four eyes; its last four digits. */
async function replaceAccount(): Promise<string> {
  serial += 1;
  const request = (role: 'institution' | 'approver') => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of({ serial, role }) });
  const organisationId = world.seed.institutionId;
  const given = {
    organisationId,
    holderName: '示例培训学校',
    accountNo: `622202000000000${serial}`,
    bankNo: '102100099996',
    bankName: '示例银行',
  };
  const proposed = await proposePayeeAccount(world.house, request('institution'), given);
  if (!proposed.ok) throw new Error(proposed.code);
  const decided = await decidePayeeAccount(world.house, request('approver'), {
    organisationId,
    accountId: proposed.answer.id,
    decision: 'approved',
  });
  if (!decided.ok) throw new Error(decided.code);
  // cases opened from now on name it
  Object.assign(world.seed, { payeeAccountId: proposed.answer.id });
  return String(serial);
}

describe('a payee account that is replaced', () => {
  it('before the signature: nobody signs a payment to the old one, and the lines are collected again', async () => {
    const story = await inTraining();
    await runAll(world);
    const draft = await collect(world, await waitingDisbursements(world));
    const submitted = await submit(world, draft.batchId);
    const account = await replaceAccount();
    expect(await sign(world, submitted)).toMatchObject({
      ok: false,
      code: 'batch-content-changed',
      errors: [{ code: 'payee-account-not-approved' }],
    });
    const checker = world.by('checker');
    await world.database.transaction(checker, (tx) =>
      rejectBatch(tx, world.house, checker, { batchId: draft.batchId, reason: '账户已更换' }),
    );
    await payWhatIsDue(world);
    expect((await paidTo(story)).slice(1)).toEqual([`${account} settled`]);
  });

  it('after the signature: the line leaves the batch unsent, and is collected again', async () => {
    const story = await inTraining();
    await runAll(world);
    await signBatch(world);
    const [before] = await paidTo(story);
    const account = await replaceAccount();
    await runAll(world);
    expect(await paidTo(story)).toEqual([`${before?.slice(0, 4)} cancelled`]);
    await payWhatIsDue(world);
    expect((await paidTo(story)).slice(1)).toEqual([`${account} settled`]);
    expect(await ledgerFaults(world)).toEqual([]);
  });

  it('is not signed around either: the database refuses', async () => {
    await inTraining();
    await runAll(world);
    const draft = await collect(world, await waitingDisbursements(world));
    const { contentHash } = await submit(world, draft.batchId);
    await replaceAccount();
    const checker = world.by('checker');
    const signed = world.database.transaction(checker, async (tx) => {
      await tx.query("INSERT INTO batch_approvals (batch_id, person_id, decision, content_hash) VALUES ($1, $2, 'approve', $3)", [
        draft.batchId,
        checker.userId,
        contentHash,
      ]);
      await tx.query("UPDATE batches SET state = 'approved', approved_at = now() WHERE id = $1", [draft.batchId]);
    });
    await expect(signed).rejects.toMatchObject({ constraint: 'transfers_to_approved_account' });
    await world.database.transaction(checker, (tx) =>
      rejectBatch(tx, world.house, checker, { batchId: draft.batchId, reason: '账户已更换' }),
    );
    await payWhatIsDue(world);
  });
});

/** The case whose deadline is moved by hand below, to a day that no calendar says: a verification finds it. */
let moved: string;

describe('a deadline that moved while it was being told', () => {
  it('is not passed before its new day, and goes on running', async () => {
    const story = await inTraining();
    moved = story.id;
    const [{ lastDay = '' } = {}] = (await story.deadlines()) as { lastDay: string }[];
    // the sweep read the row; before its command arrived a calendar moved the last day
    const stale = systemCommand({
      caseId: story.id,
      type: 'deadline.passed',
      data: { key: 'payment:s1' },
      on: lastDay,
      key: v7(),
      cause: 'deadline',
    });
    await asOwner(
      world,
      "UPDATE deadlines SET last_day = last_day + 3, due_at = due_at + interval '3 days' WHERE case_id = $1 AND status = 'running'",
      [story.id],
    );
    expect(await dispatch(world.house, systemActor('deadlines'), stale)).toMatchObject({ ok: false, code: 'event-not-allowed' });
    expect(await story.deadline('payment:s1')).toBe('running');
    await world.moveTo(`${addDays(lastDay, 3)}T23:58:00+08:00`);
    await fireDueDeadlines(world.house);
    expect(await story.deadline('payment:s1')).toBe('running');
    await world.moveTo(`${addDays(lastDay, 4)}T00:00:00+08:00`);
    expect(await story.deadline('payment:s1')).toBe('suspected');
    await payWhatIsDue(world);
  });
});

describe('a tranche paid in one year and raised in the next', () => {
  it("is completed from the same source's budget of the new year", async () => {
    const story = await inTraining();
    await payWhatIsDue(world);
    await story.ended();
    await story.accepted(80);
    await story.hear('officer', 'notice.posted');
    await world.goTo(addDays(await world.today(), 9));
    await payWhatIsDue(world);
    expect(await story.tranche('s3')).toMatchObject({ state: 'paid', amountFen: '9000000' });
    await world.goTo('2021-01-11');
    const facts = { qualified: [{ occupation: '电工', level: '中级', count: 100 }] };
    await story.hear('officer', 'correction.proposed', {
      correction: { type: 'fact.corrected', data: { facts } },
      reason: '漏报',
      cite: '办理规程',
    });
    const proposal = (await story.view()).proposals.at(-1)?.proposal ?? 0;
    await story.hear('approver', 'fact.corrected', { proposal, facts });
    await story.hear('officer', 'notice.posted');
    await world.goTo('2021-01-25');
    await payWhatIsDue(world);
    const paid = await world.rows(
      `SELECT d.round, f.code, f.fiscal_year AS year, d.state FROM disbursements d JOIN funds f ON f.id = d.fund_id WHERE d.case_id = $1 AND d.payment = 's3' ORDER BY d.round`,
      [story.id],
    );
    const [first] = paid as { code: string }[];
    expect(paid).toEqual([
      { round: 1, code: first?.code, year: 2020, state: 'settled' },
      { round: 2, code: first?.code, year: 2021, state: 'settled' },
    ]);
    expect(await story.view()).toMatchObject({ paidFen: '30000000', standing: 'closed' });
    const faults = (await ledgerFaults(world)) as { caseId?: string }[];
    expect(faults.filter(({ caseId }) => caseId !== moved)).toEqual([]);
  });
});

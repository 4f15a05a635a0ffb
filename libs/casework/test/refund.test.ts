import { afterEach, describe, expect, it } from '@jest/globals';
import { openCase, sandboxDistrict, sha256Of } from '@tranche/casework';
import { v7 } from 'uuid';
import { fund, newPayee } from '../../../test/support/any-case.js';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../test/support/ledger.js';
import { CaseStory, payWhatIsDue } from '../../../test/support/story.js';

const { world } = useBankWorld();
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
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

/** A firm of the sandbox's district, with an account and a fund that can pay it. */
async function applied(facts: object = firm): Promise<CaseStory> {
  const payee = await newPayee(world, 'enterprise', sandboxDistrict);
  await fund(world, ['F2'], sandboxDistrict, 2020);
  const key = v7();
  const opened = await openCase(world.house, payee.actor, {
    policyId: 'job-stabilisation-refund',
    organisationId: payee.organisationId,
    payeeAccountId: payee.payeeAccountId,
    facts: { ...facts },
    key,
    requestSha256: sha256Of({ key }),
  });
  if (!opened.ok) throw new Error(opened.detail.en);
  const story = CaseStory.known(world, opened.caseId);
  await story.hear('enterprise', 'application.submitted', {}, { by: payee.actor });
  await story.hear('officer', 'application.accepted');
  return story.hear('reviewer', 'application.reviewed');
}

describe('a refund to a firm', () => {
  it('is due five working days after the application came in, whoever is still busy with it', async () => {
    const story = await applied();
    expect((await story.deadlines()).map(({ key, status, lastDay }) => [key, status, lastDay])).toEqual([
      ['payment:payment', 'running', '2020-12-02'],
    ]);
  });

  it('is paid, made public, and what a correction shows to be too much is demanded back', async () => {
    const story = await (await applied()).hear('approver', 'application.approved');
    await payWhatIsDue(world);
    expect(await story.tranche('payment')).toMatchObject({ state: 'paid', amountFen: '800000' });
    expect((await story.view()).standing).toBe('active');
    await story.hear('officer', 'notice.posted');
    expect((await story.view()).regions['publicity']?.state).toBe('posted');

    const facts = { employeePremiumsFen: '0' };
    await story.hear('reviewer', 'correction.proposed', {
      correction: { type: 'fact.corrected', data: { facts } },
      reason: '缴费核减',
      cite: '核查报告',
    });
    const proposal = (await story.view()).proposals[0]?.proposal;
    await story.hear('supervisor', 'fact.corrected', { proposal, facts });
    expect(await story.view()).toMatchObject({ entitledFen: '400000', recovery: { state: 'due', outstandingFen: '400000' }, notice: null });
    await story.hear('cashier', 'recovery.received', { amountFen: '400000', reference: 'r' });
    expect((await story.view()).regions['publicity']?.state).toBe('ready');
  });

  it('is refused where too many were laid off', async () => {
    const story = await applied({ ...firm, benefitClaimants: 6 });
    const answer = await story.tell('approver', 'application.approved');
    expect(!answer.ok && answer.code).toBe('event-not-allowed');
  });
});

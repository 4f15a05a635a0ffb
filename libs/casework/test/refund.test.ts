import { afterEach, describe, expect, it } from '@jest/globals';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../test/support/ledger.js';
import { CaseStory, payWhatIsDue } from '../../../test/support/story.js';
import { asOwner } from '../../../test/support/world.js';

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

/** The sandbox's applicant as a firm. */
async function applied(facts: object = firm): Promise<CaseStory> {
  await asOwner(world, `UPDATE organisations SET kind = 'enterprise' WHERE id = $1`, [world.seed.institutionId]);
  const story = await CaseStory.of(world, 'job-stabilisation-refund', { ...facts });
  const by = { ...world.by('institution'), role: 'enterprise' as const };
  await story.hear('enterprise', 'application.submitted', {}, { by });
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

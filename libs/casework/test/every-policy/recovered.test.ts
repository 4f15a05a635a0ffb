import { describe, expect, it } from '@jest/globals';
import { type Policy, policies, speaksOf, type WorkedExample, workExample, workedExamples } from '@tranche/policies';
import { AnyCase, everywhere } from '../../../../test/support/any-case.js';
import { useBankWorld } from '../../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../../test/support/ledger.js';

const { world } = useBankWorld();

const payable = (policy: Policy): WorkedExample | undefined =>
  workedExamples(policy.id).find((example) => {
    if (example.set || !speaksOf(policy, example) || (policy.plan.claims && !example.period)) return false;
    const { eligible, inWindow, amounts } = workExample(policy, example);
    return eligible === true && inWindow && Object.values(amounts).some((fen) => fen !== null && fen !== '0');
  });
const shapes: readonly (readonly [string, (policy: Policy) => boolean])[] = [
  ['paid by period', ({ plan }) => plan.claims?.length === 1 && !plan.remainder && plan.advances.length === 0],
  ['paid once, public afterwards', ({ plan }) => plan.notice?.when === 'afterPayment' && !plan.claims],
  ['shared by several funds', ({ funds }) => funds.some(({ share }) => share !== undefined)],
];

describe('what was paid under a decision that is rescinded', () => {
  it.each(shapes)('comes back, and the case ends: %s', async (_, holds) => {
    const all = everywhere(world);
    const policy = policies().find((each) => holds(each) && payable(each) !== undefined)!;
    const lived = await AnyCase.open(all, policy, payable(policy)!);
    await lived.intake();
    await lived.claim();
    await lived.pay();
    const paid = (await lived.story.view()).paidFen;
    expect(paid).not.toBe('0');
    const correction = { type: 'decision.rescinded', data: { decision: 'approval' } };
    const proposed = await lived.story.tell(
      'supervisor',
      'correction.proposed',
      { correction, reason: '不符合条件', cite: '复核' },
      { by: all.by('supervisor') },
    );
    if (!proposed.ok) throw new Error(proposed.detail.en);
    await lived.story.hear('approver', 'decision.rescinded', { proposal: proposed.seq, decision: 'approval' }, { by: all.by('approver') });
    await lived.story.hear('reviewer', 'application.rejected', { reason: '不符合条件' }, { by: all.by('reviewer') });
    expect((await lived.story.view()).recovery).toMatchObject({ outstandingFen: paid });
    await lived.story.hear('cashier', 'recovery.received', { amountFen: '1', reference: 'HK-1' }, { by: all.by('cashier') });
    await lived.story.hear(
      'cashier',
      'recovery.received',
      { amountFen: String(BigInt(paid) - 1n), reference: 'HK-2' },
      { by: all.by('cashier') },
    );
    expect(await lived.story.view()).toMatchObject({ standing: 'closed', recoveredFen: paid, entitledFen: '0' });
    expect(await ledgerFaults(all)).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { dayOf, holds, type Policy, policies, speaksOf, type WorkedExample, workExample, workedExamples } from '@tranche/policies';
import { AnyCase, beginOn, everywhere } from '../../../../test/support/any-case.js';
import { useBankWorld } from '../../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../../test/support/ledger.js';

/** Something is paid for this example: the period it claims, an advance, or what remains. */
function pays(policy: Policy, example: WorkedExample): boolean {
  const { eligible, inWindow, amounts, remainderFen, conditions } = workExample(policy, example);
  const { claims = [], advances } = policy.plan;
  const open = claims.filter(({ when }) => holds(when, conditions) !== false);
  const claim = open.find(({ id }) => id === (example.period?.claim ?? open[0]?.id));
  const fen = claim && example.period ? amounts[claim.amount] : open.length > 0 && advances.length === 0 ? '0' : remainderFen;
  return eligible === true && inWindow && ((fen ?? '0') !== '0' || (advances.length > 0 && remainderFen !== null));
}

/** Every version of every policy with the first worked example that is paid; one that leaves the parameters as they are goes first. */
const lives = policies()
  .flatMap((policy) => {
    const paid = workedExamples(policy.id).filter((example) => speaksOf(policy, example) && pays(policy, example));
    const example = [...paid].sort((a, b) => Number(Boolean(a.set)) - Number(Boolean(b.set)))[0];
    return example ? [{ policy, example, day: dayOf(policy, example) }] : [];
  })
  .sort((a, b) => (a.day < b.day ? -1 : 1));

const { world } = useBankWorld();

describe('a case of every policy', () => {
  it('has an example to be lived', () => {
    const lived = new Set(lives.map(({ policy }) => `${policy.id} ${policy.jurisdiction} ${policy.version}`));
    expect(
      policies()
        .map(({ id, jurisdiction, version }) => `${id} ${jurisdiction} ${version}`)
        .filter((name) => !lived.has(name)),
    ).toEqual([]);
  });

  it.each(lives.map((life) => [`${life.policy.id} ${life.policy.jurisdiction} ${life.policy.version}`, life] as const))(
    'runs from the application to the end and is paid: %s',
    async (_, { policy, example, day }) => {
      if (lives[0]?.policy === policy) await beginOn(world, day);
      const all = everywhere(world);
      if ((await all.today()) < day) await all.goTo(day);
      const lived = await AnyCase.open(all, policy, example);
      await lived.live();
      const view = await lived.story.view();
      expect(view).toMatchObject({ standing: 'closed', payableFen: '0' });
      expect(BigInt(view.paidFen)).toBeGreaterThan(0n);
      expect(await verifyCase(all.house, systemActor('test'), lived.story.id)).toMatchObject({ ok: true });
    },
  );

  it('leaves the books sound', async () => {
    expect(await ledgerFaults(everywhere(world))).toEqual([]);
  });
});

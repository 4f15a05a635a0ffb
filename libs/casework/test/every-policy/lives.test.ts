import { afterAll, describe, expect, it } from '@jest/globals';
import { verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { dayOf, policies, speaksOf, workExample, workedExamples } from '@tranche/policies';
import { AnyCase, beginOn, everywhere } from '../../../../test/support/any-case.js';
import { useBankWorld } from '../../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../../test/support/ledger.js';

/** Every version of every policy with the first worked example that is eligible and leaves the parameters as they are. */
const lives = policies()
  .flatMap((policy) => {
    const eligible = workedExamples(policy.id).filter((example) => {
      if (!speaksOf(policy, example) || example.set) return false;
      const worked = workExample(policy, example);
      return worked.eligible === true && worked.inWindow;
    });
    const example = eligible.find(({ period }) => !policy.plan.claims || period) ?? eligible[0];
    return example ? [{ policy, example, day: dayOf(policy, example) }] : [];
  })
  .sort((a, b) => (a.day < b.day ? -1 : 1));

const { world } = useBankWorld();
afterAll(async () => undefined);

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

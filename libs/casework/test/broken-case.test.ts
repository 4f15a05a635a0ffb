import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispatchMany, fireDueDeadlines, readBankFeed, sha256Of, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { CaseStory, runAll, signBatch } from '../../../test/support/story.js';
import { asOwner, openWorld, type World } from '../../../test/support/world.js';

let bank: Simulator;
let world: World;
beforeAll(async () => {
  bank = await startSimulator();
  world = await openWorld({ bankUrl: bank.address });
});
afterAll(async () => {
  await world?.close();
  await bank?.kill();
});

const inTraining = async (facts?: Readonly<Record<string, unknown>>) => (await (await CaseStory.open(world, facts)).approved()).started();

/** A row that no code of ours would write: the machine cannot read it, so every decision on it throws. */
const breakCase = async (story: CaseStory): Promise<void> => {
  await asOwner(world, 'ALTER TABLE cases DISABLE TRIGGER USER');
  await asOwner(world, `UPDATE cases SET snapshot = '{"status":"active","value":"?","context":{}}' WHERE id = $1`, [story.id]);
  await asOwner(world, 'ALTER TABLE cases ENABLE TRIGGER USER');
};

describe('a case whose rows are broken', () => {
  it('keeps no other payment from being recorded, and no other deadline from being told; it is reported', async () => {
    const [broken, sound] = [await inTraining(), await inTraining()];
    await bank.call('POST', '/faults', { kind: 'accept-then-drop-connection', times: 2 });
    await runAll(world);
    await signBatch(world);
    await runAll(world);
    const waiting = await inTraining();
    await waiting.hear('supervisor', 'case.held', { reason: '核查' });
    await breakCase(broken);
    expect(await verifyCase(world.house, systemActor('test'), broken.id)).toMatchObject({ ok: false, problem: 'snapshot-differs' });

    const rail = world.house.bank;
    if (!rail) throw new Error('no bank');
    await expect(readBankFeed(world.house, rail)).rejects.toThrow('1 cases could not be told');
    expect(await sound.tranche('s1')).toMatchObject({ state: 'paid' });

    await asOwner(world, 'UPDATE sandbox_clock SET offset_ms = offset_ms + 30 * 86400000::bigint');
    await expect(fireDueDeadlines(world.house)).rejects.toThrow('1 deadlines could not be told');
    expect(await waiting.deadline('payment:s1')).toBe('suspected');
    expect(await broken.deadline('payment:s1')).toBe('running');
  });
});

describe('a refusal of the database among many commands', () => {
  it('stops only the command it is about: each is tried alone', async () => {
    const fund = world.seed.funds['F2/2020'] ?? '';
    const large = {
      enrolled: [{ occupation: '电工', level: '中级', count: 1_500 }],
      plannedHours: 80,
      classFiled: true,
      traineesEligible: true,
      startsOn: '2020-11-25',
      endsOn: '2020-12-20',
    };
    const stories = [await inTraining(large), await inTraining(large), await inTraining(large)];
    const data = { payment: 's1', fund };
    const answers = await dispatchMany(
      world.house,
      systemActor('test'),
      stories.map(({ id: caseId }) => ({
        caseId,
        type: 'payment.requested',
        data,
        key: v7(),
        requestSha256: sha256Of(data),
        cause: 'worker' as const,
      })),
    );
    // five million yuan pay two advances of 2.25 million
    expect(answers.map((answer) => (answer.ok ? 'accepted' : answer.code))).toEqual(['accepted', 'accepted', 'fund-short']);
    expect((await Promise.all(stories.map((story) => story.tranche('s1')))).map(({ state }) => state)).toEqual([
      'requested',
      'requested',
      'due',
    ]);
  });
});

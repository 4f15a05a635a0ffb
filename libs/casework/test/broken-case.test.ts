import { describe, expect, it } from '@jest/globals';
import { dispatchMany, expireLeases, fireDueDeadlines, readBankFeed, runEffects, sha256Of, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { CaseStory, handOver, runAll, signBatch } from '../../../test/support/story.js';
import { asOwner } from '../../../test/support/world.js';

const { bank, world } = useBankWorld();

const inTraining = (facts?: Readonly<Record<string, unknown>>) => CaseStory.inTraining(world, facts);

/** A row that no code of ours would write: the machine cannot read it, so every decision on it throws. */
const breakCase = async (story: CaseStory): Promise<void> => {
  const [row] = await world.rows<{ snapshot: unknown }>('SELECT snapshot FROM cases WHERE id = $1', [story.id]);
  whole.set(story.id, row?.snapshot);
  await writeSnapshot(story, { status: 'active', value: '?', context: {} });
};
const whole = new Map<string, unknown>();
const mendCase = (story: CaseStory): Promise<void> => writeSnapshot(story, whole.get(story.id));

async function writeSnapshot(story: CaseStory, snapshot: unknown): Promise<void> {
  await asOwner(world, 'ALTER TABLE cases DISABLE TRIGGER USER');
  await asOwner(world, 'UPDATE cases SET snapshot = $2 WHERE id = $1', [story.id, JSON.stringify(snapshot)]);
  await asOwner(world, 'ALTER TABLE cases ENABLE TRIGGER USER');
}

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
    expect(await readBankFeed(world.house, rail)).toBeGreaterThan(0);
    expect(await sound.tranche('s1')).toMatchObject({ state: 'paid' });
    expect(await world.rows("SELECT state FROM outbox WHERE kind = 'bank.news'")).toEqual([{ state: 'pending' }]);
    expect(await world.rows("SELECT role FROM tasks WHERE kind LIKE 'bank-news:unheard:%'")).toEqual([{ role: 'cashier' }]);
    // nothing behind it waits: the feed goes on
    expect(await readBankFeed(world.house, rail)).toBe(0);

    await asOwner(world, 'UPDATE sandbox_clock SET offset_ms = offset_ms + 30 * 86400000::bigint');
    await expect(fireDueDeadlines(world.house)).rejects.toThrow('1 deadlines could not be told');
    expect(await waiting.deadline('payment:s1')).toBe('suspected');
    expect(await broken.deadline('payment:s1')).toBe('running');

    await mendCase(broken);
    await asOwner(world, "UPDATE outbox SET due_at = now() WHERE kind = 'bank.news'");
    await runAll(world);
    expect(await broken.tranche('s1')).toMatchObject({ state: 'paid' });
    expect(await world.rows("SELECT state FROM outbox WHERE kind = 'bank.news'")).toEqual([{ state: 'done' }]);
  });

  it('keeps no other line of its batch from being sent, by either rail, and is sent once it is mended', async () => {
    for (const rail of ['http', 'file'] as const) {
      const [before, broken, behind] = [await inTraining(), await inTraining(), await inTraining()];
      await runAll(world);
      const { batchId } = await signBatch(world, rail);
      await breakCase(broken);
      const send = () => (rail === 'http' ? runAll(world) : handOver(world, batchId));
      await send();
      const states = async () => (await Promise.all([before, broken, behind].map((story) => transferState(story)))).join(' ');
      const sent = rail === 'http' ? 'accepted' : 'submitted';
      expect(await states()).toBe(`${sent} approved ${sent}`);
      expect(
        await world.rows("SELECT role FROM tasks WHERE kind LIKE 'bank-news:unsent:%' AND opened_at > now() - interval '5 s'"),
      ).not.toEqual([]);
      await mendCase(broken);
      await asOwner(world, "UPDATE outbox SET due_at = now() WHERE kind = 'batch.send' AND state = 'pending'");
      await send();
      expect(await states()).toBe(`${sent} ${sent} ${sent}`);
      const files = await world.rows<{ name: string }>('SELECT file_name AS name FROM bank_files WHERE batch_id = $1', [batchId]);
      // a bank takes the name of a message once
      expect(new Set(files.map(({ name }) => name)).size).toBe(rail === 'file' ? 2 : 0);
    }
  });
});

const transferState = async ({ id }: CaseStory): Promise<string | undefined> =>
  (
    await world.rows<{ state: string }>(
      'SELECT t.state FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1',
      [id],
    )
  )[0]?.state;

describe('a signed batch longer than the lines sent side by side', () => {
  it('gives a line that waits its turn a lease of its own: it is not unknown before it was sent', async () => {
    const house = world.house;
    const rail = house.bank;
    if (!rail) throw new Error('no bank');
    await Promise.all(Array.from({ length: 17 }, () => inTraining()));
    await runAll(world);
    await signBatch(world);
    let unknown = 0;
    const slow = {
      ...rail,
      leaseMs: 600,
      adapter: {
        ...rail.adapter,
        send: async (bytes: Uint8Array) => {
          await new Promise((done) => setTimeout(done, 400));
          unknown += await expireLeases(house);
          return rail.adapter.send(bytes);
        },
      },
    };
    while ((await runEffects({ ...house, bank: slow }, 'slow')) > 0);
    expect(unknown).toBe(0);
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

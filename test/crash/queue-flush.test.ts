import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { Redis } from 'ioredis';
import { type Simulator, startSimulator } from '../support/bank-simulator.js';
import { CaseStory, signBatch } from '../support/story.js';
import { startWorker, until, type WorkerProcess } from '../support/worker.js';
import { asOwner, openWorld, type World } from '../support/world.js';

const redisUrl = process.env['TEST_REDIS_URL'];

type Queue = { url: (world: World) => string; flush: (world: World) => Promise<void> };

/** Every row of every table of the queue's schema. */
const postgres: Queue = {
  url: (world) => world.test.appUrl,
  flush: async (world) =>
    asOwner(
      world,
      `DO $$ DECLARE t record; BEGIN
         FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migrations' AND tablename NOT LIKE '%version%' LOOP
           EXECUTE format('DELETE FROM bullmq.%I', t.tablename);
         END LOOP; END $$`,
    ),
};

const redis: Queue = {
  url: () => redisUrl ?? '',
  flush: () => onRedis(async (client) => void (await client.flushall())),
};

async function onRedis<T>(work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redisUrl ?? '');
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

const onBackend: (name: string, queue: Queue) => void = (name, queue) => {
  describe(`a queue flushed in mid-flight, on ${name}`, () => {
    let bank: Simulator;
    let world: World;
    let worker: WorkerProcess;
    let flushing = true;
    let flushes: Promise<number>;
    beforeAll(async () => {
      bank = await startSimulator();
      world = await openWorld({ bankUrl: bank.address });
      worker = await startWorker(world, { bankUrl: bank.address, queueUrl: queue.url(world) });
      flushes = flushAgainAndAgain();
    });
    afterAll(async () => {
      flushing = false;
      await flushes;
      await worker?.stop();
      await world?.close();
      await bank?.kill();
    });

    /** The queue forgets everything many times a second for as long as the test lives. */
    async function flushAgainAndAgain(): Promise<number> {
      let times = 0;
      for (; flushing; times += 1) {
        await queue.flush(world);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return times;
    }

    it('loses no payment and misses no deadline', async () => {
      const paying = await (await (await CaseStory.open(world)).approved()).started();
      const waiting = await (await (await CaseStory.open(world)).approved()).started();
      await waiting.hear('supervisor', 'case.held', { reason: '核查' });
      await until('the request', async () => (await paying.tranche('s1')).state === 'requested');
      await signBatch(world);
      await until('the payment', async () => (await paying.tranche('s1')).state === 'paid');
      await asOwner(world, 'UPDATE sandbox_clock SET offset_ms = offset_ms + 30 * 86400000::bigint');
      await until('the deadline', async () => (await waiting.deadline('payment:s1')) === 'suspected');
      expect(await paying.deadline('payment:s1')).toBe('met');
      const { body } = await bank.call('GET', '/book');
      expect(body).toMatchObject({ count: 1, sumsFen: { settled: '15000000' } });
      for (const story of [paying, waiting])
        expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });
      flushing = false;
      expect(await flushes).toBeGreaterThan(5);
    });

    it('works on with the queue afterwards', async () => {
      expect(worker.child.exitCode).toBeNull();
      const story = await (await (await CaseStory.open(world)).approved()).started();
      await until('the request', async () => (await story.tranche('s1')).state === 'requested');
    });
  });
};

onBackend('Postgres', postgres);
if (redisUrl) onBackend('Redis', redis);
else
  describe.skip('a queue flushed in mid-flight, on Redis: SKIPPED, because TEST_REDIS_URL is not set (no redis-server on PATH, no REDIS_URL)', () =>
    it('needs Redis', () => undefined));

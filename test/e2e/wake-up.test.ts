import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Topic } from '@tranche/casework';
import { openQueueWaker, type QueueWaker } from '../../apps/api/src/queue/queue-waker.js';
import { CaseStory } from '../support/story.js';
import { startWorker, until, type WorkerProcess } from '../support/worker.js';
import { asOwner, openWorld, type World } from '../support/world.js';

const redisUrl = process.env['TEST_REDIS_URL'];
/** So rare that whatever happens within the test, the sweep did not do it. */
const rareSweep = { SWEEP_MS: '600000' };

const onBackend = (name: string, urlOf: (world: World) => string): void => {
  describe(`a wake-up call through the queue on ${name}`, () => {
    let world: World;
    let worker: WorkerProcess;
    let waker: QueueWaker;
    const lost: Topic[] = [];
    beforeAll(async () => {
      world = await openWorld({ parts: { wake: (topic) => waker?.wake(topic) } });
      worker = await startWorker(world, { queueUrl: urlOf(world), env: rareSweep });
      waker = openQueueWaker(urlOf(world), (topic) => lost.push(topic));
    });
    afterAll(async () => {
      await waker?.close();
      await worker?.stop();
      await world?.close();
    });

    it('brings the worker to the work long before its sweep would', async () => {
      const story = await (await (await CaseStory.open(world)).approved()).started();
      await until('the request', async () => (await story.tranche('s1')).state === 'requested', 10_000);
      expect(lost).toEqual([]);
    });

    it('is not lost when it comes while the worker is busy: one round follows', async () => {
      const stories = await Promise.all(Array.from({ length: 10 }, async () => (await (await CaseStory.open(world)).approved()).started()));
      await until(
        'all requests',
        async () => (await Promise.all(stories.map((story) => story.tranche('s1')))).every(({ state }) => state === 'requested'),
        10_000,
      );
    });

    it('tells a deadline as soon as it is asked to', async () => {
      const story = await (await CaseStory.open(world)).approved();
      await story.hear('supervisor', 'case.held', { reason: '核查' });
      await story.started();
      await asOwner(world, 'UPDATE sandbox_clock SET offset_ms = offset_ms + 30 * 86400000::bigint');
      waker.wake('deadlines');
      await until('the deadline', async () => (await story.deadline('payment:s1')) === 'suspected', 10_000);
    });
  });
};

onBackend('Postgres', (world) => world.test.appUrl);
if (redisUrl) onBackend('Redis', () => redisUrl);
else
  describe.skip('a wake-up call through the queue on Redis: SKIPPED, because TEST_REDIS_URL is not set (no redis-server on PATH, no REDIS_URL)', () =>
    it('needs Redis', () => undefined));

describe('a queue that cannot be reached', () => {
  it('stops no worker: its sweep finds the work', async () => {
    const world = await openWorld();
    const worker = await startWorker(world, { queueUrl: 'redis://127.0.0.1:1' });
    const story = await (await (await CaseStory.open(world)).approved()).started();
    await until('the request', async () => (await story.tranche('s1')).state === 'requested');
    expect(worker.child.exitCode).toBeNull();
    await worker.stop('SIGKILL');
    await world.close();
  });

  it('costs neither an error nor the answer: the call is reported as lost', async () => {
    const lost: Topic[] = [];
    const waker = openQueueWaker('redis://127.0.0.1:1', (topic) => lost.push(topic));
    waker.wake('effects');
    await until('the loss to be told', async () => lost.includes('effects'));
    await waker.close();
  });
});

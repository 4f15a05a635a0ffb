import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { prepareQueue } from '../src/up/queue.js';

describe('the queue on Postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await prepareQueue(database.appUrl, database.ownerUrl);
  });
  afterAll(() => database.drop());

  it('can be prepared again at every start', async () => {
    await expect(prepareQueue(database.appUrl, database.ownerUrl)).resolves.toBeUndefined();
  });

  it('works under the application’s role: single and bulk jobs, own and given ids, deduplication, schedules', async () => {
    const connection = { connectionString: database.appUrl, max: 3 } as never;
    const done: string[] = [];
    const queue = new Queue('sample', { connection }, createPostgresBackend);
    const work = async ({ name }: { name: string }) => {
      done.push(name);
    };
    const worker = new Worker('sample', work, { connection }, createPostgresBackend);
    const errors: Error[] = [];
    queue.on('error', (error) => errors.push(error));
    worker.on('error', (error) => errors.push(error));
    await queue.add('own id', {});
    await queue.add('given id', {}, { jobId: 'given', deduplication: { id: 'once' } });
    await queue.addBulk([
      { name: 'bulk', data: {} },
      { name: 'bulk', data: {} },
    ]);
    await queue.upsertJobScheduler('tick', { every: 200 }, { name: 'tick' });
    for (let i = 0; i < 100 && (done.filter((name) => name === 'tick').length < 2 || done.length < 6); i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await worker.close();
    await queue.close();
    expect(new Set(done)).toEqual(new Set(['own id', 'given id', 'bulk', 'tick']));
    expect(errors).toEqual([]);
  });

  it('can be prepared again after the role made sequences of its own', async () => {
    await expect(prepareQueue(database.appUrl, database.ownerUrl)).resolves.toBeUndefined();
  });
});

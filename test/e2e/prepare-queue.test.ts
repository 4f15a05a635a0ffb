import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { prepareQueue } from '../../apps/cli/src/up/queue.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test?.drop());

it('the queue’s schema is prepared by several starts at once, and again by the next one', async () => {
  await Promise.all([1, 2, 3].map(() => prepareQueue(test.appUrl, test.ownerUrl)));
  await prepareQueue(test.appUrl, test.ownerUrl);
  await expect(prepareQueue('redis://127.0.0.1:1', test.ownerUrl)).resolves.toBeUndefined();
});

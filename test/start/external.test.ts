// DATABASE_URL, QUEUE_URL and BANK_URL switch to servers of one's own, with no other change.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { leftOn, processesOn, programOn, SandboxProcess } from './sandbox-process.js';

jest.setTimeout(90_000);

const REDIS = process.env['TEST_REDIS_URL'];

describe('tranche up on external servers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tranche external '));
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await leftOn(dir, 20_000);
    await database.drop();
    rmSync(dir, { recursive: true, force: true });
  });

  const queues: [string, () => string | undefined][] = [['its own Postgres', () => undefined]];
  if (REDIS !== undefined) queues.push(['a Redis', () => REDIS]);
  else it.skip('a Redis as queue: skipped, because neither redis-server is on PATH nor REDIS_URL is set', () => {});

  it.each(queues)('uses a given database and bank, with %s as queue, and starts none of its own', async (_what, queue) => {
    const env = {
      DATABASE_URL: database.appUrl,
      OWNER_DATABASE_URL: database.ownerUrl,
      QUEUE_URL: queue(),
      BANK_URL: 'http://127.0.0.1:9',
    };
    const sandbox = await new SandboxProcess(dir, env).ready();
    expect((await fetch(`${sandbox.address}/health/live`)).status).toBe(200);
    expect(programOn(dir, 'worker')).toBeGreaterThan(0);
    expect(programOn(dir, 'bank-simulator')).toBeNaN();
    expect(existsSync(join(dir, 'postgres'))).toBe(false);
    expect(sandbox.output).toContain('http://127.0.0.1:9');
    const environments = processesOn(dir).map((line) => readFileSync(`/proc/${Number.parseInt(line, 10)}/environ`, 'utf8'));
    expect(environments.filter((text) => text.includes('OWNER_DATABASE_URL'))).toHaveLength(1);
    expect(await sandbox.signal('SIGTERM').ended()).toBe(0);
    expect(await leftOn(dir, 0)).toEqual([]);
  });

  it('refuses an owner as the application’s role, in one line', async () => {
    const sandbox = new SandboxProcess(dir, { DATABASE_URL: database.ownerUrl, BANK_URL: 'http://127.0.0.1:9' });
    expect(await sandbox.ended()).toBe(1);
    expect(sandbox.output).toMatch(/应用不得以角色.*The application may not run as "tranche_owner"/);
    expect(sandbox.output.trim().split('\n')).toHaveLength(1);
  });
});

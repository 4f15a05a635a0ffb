import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordReport, verifyHouse } from '@tranche/casework';
import { auditorRole, databaseUrl, openAuditReader } from '@tranche/database';
import { openServer, type Server } from './server.js';

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const last = (as: string) => server.ask('GET', '/api/v1/audit/verify', { as });

async function verify(): Promise<void> {
  const [{ database = '' } = {}] = await server.rows<{ database: string }>('SELECT current_database()::text AS database');
  const password = (JSON.parse(process.env['TRANCHE_TEST_PASSWORDS'] ?? '') as { auditor: string }).auditor;
  const reader = await openAuditReader(databaseUrl(process.env['TRANCHE_TEST_SERVER'] ?? '', { user: auditorRole, password, database }));
  const report = await verifyHouse(reader, {
    policies: server.house.policies,
    witness: { dir: null, publicKeys: new Map() },
    systemNow: Date.now,
  });
  await recordReport(reader, report);
  await reader.close();
}

describe('the last verification', () => {
  it('is null before there was one, then what the separate process left, for those who oversee', async () => {
    expect((await last('auditor')).body).toEqual({ run: null });
    await verify();
    for (const as of ['auditor', 'supervisor'])
      expect((await last(as)).body).toMatchObject({
        run: { ok: true, findings: [], recordedBy: auditorRole, checkpoints: { witnessed: false } },
      });
    for (const as of ['officer', 'institution', 'admin']) expect((await last(as)).status).toBe(403);
    expect((await server.ask('GET', '/api/v1/audit/verify')).status).toBe(401);
  });
});

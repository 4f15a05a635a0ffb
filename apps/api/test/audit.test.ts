import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPacket, type Packet, packetFormat, recordReport, verifyHouse } from '@tranche/casework';
import { auditorRole, databaseUrl, openAuditReader } from '@tranche/database';
import { openDraft, openServer, type Server } from './server.js';

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

describe('an audit packet', () => {
  it('is for those who oversee and for the case’s own applicant, as JSON and as a page that runs nothing', async () => {
    const id = await openDraft(server);
    const get = (as: string, path: string) => server.ask('GET', `/api/v1/cases/${id}/${path}`, { as });
    for (const [as, audience] of [
      ['auditor', 'oversight'],
      ['supervisor', 'oversight'],
      ['institution', 'applicant'],
    ] as const) {
      const { body } = await get(as, 'packet?lines=signed');
      expect(body).toMatchObject({ format: packetFormat, caseId: id, audience, payment: null });
      expect(checkPacket(server.house.policies, body as unknown as Packet).findings).toEqual([]);
    }
    for (const as of ['officer', 'maker', 'admin']) expect((await get(as, 'packet')).status).toBe(403);
    for (const path of ['packet', 'packet.html'])
      expect((await get('enterprise', path)).body).toMatchObject({ status: 404, code: 'not-found' });
    expect((await get('auditor', 'packet?payment=s9')).status).toBe(404);
    expect((await get('auditor', 'packet?lines=all')).status).toBe(422);
    expect((await server.ask('GET', `/api/v1/cases/${id}/packet`)).status).toBe(401);

    const page = await get('auditor', 'packet.html');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    expect(page.body['text']).toMatch(/^<!doctype html>[\s\S]*哈希链中的位置[\s\S]*<\/html>\n$/);
    expect(page.body['text']).not.toMatch(/<script|https?:\/\//);
    expect((await get('auditor', 'packet.html')).body).toEqual(page.body);
  });
});

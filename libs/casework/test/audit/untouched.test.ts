import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuditedHouse, auditedHouse } from './house.js';

let house: AuditedHouse;
beforeAll(async () => {
  house = await auditedHouse();
}, 60_000);
afterAll(() => house?.close());

describe('a house nobody touched', () => {
  it('verifies green, with every case told again and the checkpoint as witness', async () => {
    const report = await house.verify();
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ ok: true, cases: 9, notReplayed: 0, checkpoints: { witnessed: true, files: 1, rows: 1, leaves: 9 } });
  });
});

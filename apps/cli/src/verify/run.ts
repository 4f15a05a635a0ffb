import { existsSync } from 'node:fs';
import { type AuditReport, casePolicies, publicKeysIn, recordReport, verifyHouse } from '@tranche/casework';
import { openAuditReader } from '@tranche/database';
import { checkpointDir, dataDir, withEmbedded } from '../embedded/folder.js';
import { report as tell } from '../reporting.js';
import { auditText } from './audit-text.js';
import type { VerifyOptions } from './verify.command.js';

export type Asked = { readonly checkpoints: string | null; readonly publicKey?: string; readonly record: boolean };

/** Verifies and prints; answers 0 when nothing was found, 1 when something was, 2 when it could not be done. */
export async function runVerify(options: VerifyOptions): Promise<number> {
  try {
    const dir = dataDir(options.dir);
    const folder = checkpointDir(options.checkpoints, dir);
    const asked: Asked = {
      checkpoints: options.checkpoints !== undefined || existsSync(folder) ? folder : null,
      ...(options.publicKey === undefined ? {} : { publicKey: options.publicKey }),
      record: options.record,
    };
    const url = process.env['AUDIT_DATABASE_URL'];
    const report = url ? await verifyAt(url, asked) : await withEmbedded(dir, ({ audit }) => verifyAt(audit, asked));
    console.log(options.json ? JSON.stringify(report, null, 2) : auditText(report, options.lang));
    return report.ok ? 0 : 1;
  } catch (error) {
    tell(error);
    return 2;
  }
}

/** One verification as the read-only role; the result is kept where the interface shows it, unless told otherwise. */
export async function verifyAt(auditUrl: string, { checkpoints, publicKey, record }: Asked): Promise<AuditReport> {
  const reader = await openAuditReader(auditUrl);
  try {
    const keys = publicKeysIn(publicKey === undefined ? (checkpoints === null ? [] : [checkpoints]) : [publicKey]);
    const report = await verifyHouse(reader, {
      policies: casePolicies(),
      witness: { dir: checkpoints, publicKeys: keys },
      systemNow: Date.now,
      ...(process.stderr.isTTY ? { onProgress: (cases) => process.stderr.write(`\r${cases}`) } : {}),
    });
    if (process.stderr.isTTY) process.stderr.write('\r');
    if (record) await recordReport(reader, report);
    return report;
  } finally {
    await reader.close();
  }
}

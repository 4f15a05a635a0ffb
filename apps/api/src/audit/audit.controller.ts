import { Controller, Get, Inject } from '@nestjs/common';
import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { date, text, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';

const finding = z
  .object({ kind: z.string(), text, caseId: uuid.optional(), caseNo: z.string().optional(), seq: z.int().optional() })
  .meta({ id: 'AuditFinding' });
const run = z
  .object({
    ok: z.boolean(),
    startedAt: z.string(),
    finishedAt: z.string(),
    cases: z.int(),
    events: z.int(),
    notReplayed: z.int(),
    checkpoints: z.object({
      files: z.int(),
      rows: z.int(),
      leaves: z.int(),
      witnessed: z.boolean(),
      last: z.object({ no: z.int(), day: date }).nullable(),
    }),
    findingsTotal: z.int(),
    findingsByKind: z.record(z.string(), z.int()),
    findings: z.array(finding),
    recordedBy: z.string(),
    recordedAt: z.string(),
  })
  .meta({ id: 'AuditRun', description: '独立进程以只读角色核验的结果 · the result of a separate process under a read-only role' });
const answer = z.object({ run: run.nullable() });

type Row = { summary: Omit<z.infer<typeof run>, 'recordedBy' | 'recordedAt'>; recordedBy: string; recordedAt: number };

/** The last verification; it is run by `tranche verify`, never by this process: the one that is checked does not check itself. */
@Controller('api/v1/audit')
export class AuditController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('verify')
  @Operation({ summary: { zh: '最近一次核验结果', en: 'Result of the last verification' }, answer })
  async last(@By() actor: Actor): Promise<z.infer<typeof answer>> {
    const [row] = await this.house.database.read<Row>(
      actor,
      `SELECT summary, recorded_by AS "recordedBy", recorded_at AS "recordedAt" FROM audit_runs ORDER BY recorded_at DESC LIMIT 1`,
    );
    if (!row) return { run: null };
    return { run: { ...row.summary, recordedBy: row.recordedBy, recordedAt: formatInstant(row.recordedAt) } };
  }
}

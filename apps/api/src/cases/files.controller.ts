import { randomBytes } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { formatInstant } from '@tranche/calendar';
import {
  type Accepted,
  type FieldKeys,
  type House,
  type ImportReport,
  importFile,
  importList,
  once,
  storeEvidence,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type IdPath, idPath, instant, json, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { answerOf, found } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { readUpload } from '../http/upload.js';
import { HOUSE, KEYS } from '../ports.js';
import { accepted, acceptedOf } from './accepted.js';
import { readCase } from './case-row.js';

const importPath = z.strictObject({ id: uuid, kind: z.enum(['roster', 'attendance', 'results']) });
const listPath = z.strictObject({ id: uuid, fact: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,60}$/) });
/** Fields before the file: the event that tells the list (`facts.recorded`, of a period `claim.filed`) and the rest of its data as JSON. */
const listFields = z.strictObject({
  event: z.string().max(80).optional(),
  data: z
    .string()
    .max(100_000)
    .default('{}')
    .transform((text, context) => {
      try {
        const value: unknown = JSON.parse(text);
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
      } catch {
        // told below
      }
      context.addIssue({ code: 'custom', message: 'data must be a JSON object' });
      return z.NEVER;
    }),
});
const evidencePath = z.strictObject({ id: uuid, evidenceId: uuid });
const imported = z.object({ ...accepted.shape, report: json.nullable() }).meta({ id: 'Imported' });
const evidence = z
  .object({
    id: uuid,
    kind: z.enum(['roster', 'attendance', 'results', 'list', 'letter', 'other']),
    fileName: z.string(),
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    uploadedBy: z.string(),
    recordedAt: instant,
  })
  .meta({ id: 'Evidence' });
type EvidenceRow = Omit<z.infer<typeof evidence>, 'recordedAt'> & { recordedAt: number };

@Controller('api/v1/cases/:id')
export class FilesController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
  ) {}

  @Post('imports/:kind')
  @HttpCode(200)
  @Operation({
    summary: { zh: '导入花名册、考勤或验收结果', en: 'Import a roster, attendance or results' },
    answer: imported,
    upload: true,
    problems: [
      'import-refused',
      'file-missing',
      'media-type-unsupported',
      'body-too-large',
      'event-not-allowed',
      'exclusion-conflict',
      'facts-invalid',
    ],
  })
  async import(
    @By() actor: Actor,
    @Param({ schema: importPath }) { id, kind }: z.infer<typeof importPath>,
    @Req() request: FastifyRequest,
  ): Promise<Accepted & { report: ImportReport | null }> {
    const { fileName, bytes, sha256, command } = await readUpload(request);
    const sealing = { keys: this.keys, randomBytes };
    const { answer, report } = await importFile(this.house, sealing, actor, { caseId: id, kind, fileName, bytes, sha256, ...command });
    return { ...(await acceptedOf(this.house, actor, id, answer, { report })), report };
  }

  @Post('lists/:fact')
  @HttpCode(200)
  @Operation({
    summary: { zh: '导入名单(按政策要素的列)', en: 'Import a list of people by the columns of a policy’s fact' },
    answer: imported,
    upload: true,
    problems: [
      'import-refused',
      'file-missing',
      'media-type-unsupported',
      'body-too-large',
      'event-not-allowed',
      'exclusion-conflict',
      'facts-invalid',
      'data-invalid',
    ],
  })
  async list(
    @By() actor: Actor,
    @Param({ schema: listPath }) { id, fact }: z.infer<typeof listPath>,
    @Req() request: FastifyRequest,
  ): Promise<Accepted & { report: ImportReport | null }> {
    const { fileName, bytes, fields, command } = await readUpload(request);
    const told = listFields.safeParse(fields);
    if (!told.success)
      throw new Problem('data-invalid', { errors: [{ field: 'event, data', code: 'data-invalid', message: told.error.message }] });
    const { event, data } = told.data;
    const sealing = { keys: this.keys, randomBytes };
    const brought = { caseId: id, fact, data, fileName, bytes, ...command, ...(event === undefined ? {} : { event }) };
    const { answer, report } = await importList(this.house, sealing, actor, brought);
    return { ...(await acceptedOf(this.house, actor, id, answer, { report })), report };
  }

  @Post('evidence')
  @Operation({
    summary: { zh: '上传佐证材料', en: 'Keep a file with the case' },
    answer: z.object({ id: uuid, sha256: z.string() }),
    upload: true,
    problems: ['file-missing', 'file-invalid', 'media-type-unsupported', 'body-too-large'],
  })
  async keep(@By() actor: Actor, @Param({ schema: idPath }) { id: caseId }: IdPath, @Req() request: FastifyRequest) {
    const { organisationId, district } = await readCase(this.house, actor, caseId);
    const { fileName, bytes, sha256, command } = await readUpload(request);
    if (bytes.length === 0) throw new Problem('file-invalid');
    const recordedAt = formatInstant(this.house.systemNow());
    return answerOf(
      once(this.house, { actor, ...command }, async (tx) => {
        const id = this.house.newId();
        const file = { id, kind: 'other' as const, fileName, bytes, sha256, report: null, uploadedBy: actor.userId, recordedAt };
        await storeEvidence(tx as never, { caseId, organisationId, district }, file);
        return { id, sha256 };
      }),
    );
  }

  @Get('evidence')
  @Operation({ summary: { zh: '佐证材料', en: 'Files of the case' }, answer: z.object({ items: z.array(evidence), nextCursor: z.null() }) })
  async files(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    await readCase(this.house, actor, id);
    const rows = await this.house.database.read<EvidenceRow>(
      actor,
      `SELECT id, kind, file_name AS "fileName", media_type AS "mediaType", size_bytes AS "sizeBytes", encode(sha256, 'hex') AS sha256, uploaded_by AS "uploadedBy",
         recorded_at AS "recordedAt" FROM evidence WHERE case_id = $1 ORDER BY id DESC LIMIT 500`,
      [id],
    );
    return { items: rows.map((row) => ({ ...row, recordedAt: formatInstant(row.recordedAt) })), nextCursor: null };
  }

  @Get('evidence/:evidenceId')
  @Operation({ summary: { zh: '佐证材料原件', en: 'One file as it was brought' }, media: 'application/octet-stream' })
  async file(
    @By() actor: Actor,
    @Param({ schema: evidencePath }) { id, evidenceId }: z.infer<typeof evidencePath>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [row] = await this.house.database.read<{ fileName: string; mediaType: string; content: Buffer }>(
      actor,
      `SELECT file_name AS "fileName", media_type AS "mediaType", content FROM evidence WHERE case_id = $1 AND id = $2`,
      [id, evidenceId],
    );
    const { fileName, mediaType, content } = found(row);
    // somebody else's file: it may be shown and saved, never run as a page of ours
    await reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(content);
  }
}

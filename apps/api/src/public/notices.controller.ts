import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { dispatch, type FieldKeys, type House, keepContact } from '@tranche/casework';
import type { Actor, Tx } from '@tranche/database';
import { z } from 'zod';
import { date, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { houseActor, publicActor } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { found, problemOfRefusal } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { HOUSE, KEYS } from '../ports.js';
import { type NoticeRow, notice, noticeColumns, noticeView } from './notice.view.js';
import { objectionId } from './objection-id.js';

const noticesQuery = z.strictObject({ ...paging, state: z.enum(['posted', 'clear']).optional() });
/** Nobody need say who they are; whoever wants to be asked back leaves a number or an address, which only the office sees. */
const objection = z
  .strictObject({
    ground: line(4000),
    phone: z
      .string()
      .trim()
      .regex(/^\+?\d[\d ()-]{5,28}\d$/)
      .meta({ description: '电话,可不填 · telephone, optional', examples: ['0411-88889999'] })
      .optional(),
    email: z.email().max(254).optional(),
  })
  .meta({ id: 'NewObjection' });
const receipt = z.object({ id: uuid, receiptNo: z.string(), noticeId: uuid, raisedOn: date }).meta({ id: 'ObjectionReceipt' });
const receiptPath = z.strictObject({ receiptNo: z.string().regex(/^[A-Z0-9-]{6,60}$/) });
const receiptQuery = z.strictObject({ id: uuid.optional() });
const objectionStatus = z
  .object({
    receiptNo: z.string(),
    publicNo: z.string(),
    raisedOn: date,
    state: z.enum(['open', 'upheld', 'rejected']),
    decidedOn: date.nullable(),
    /** the words of the decision: only to whoever shows the id given on the receipt */
    decision: z.string().nullable(),
  })
  .meta({ id: 'ObjectionStatus' });

/** Anybody may object; the case hears it from the counter that takes objections, in the name of the public. */
const counter: Actor = { userId: 'public', role: 'public', organisationId: null, district: null, seesAs: 'system' };

/** No login. */
@Controller('api/v1/public')
export class NoticesController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
  ) {}

  @Get('notices')
  @Operation({ summary: { zh: '公示', en: 'Public notices' }, answer: pageOf(notice), problems: ['cursor-invalid'] })
  async notices(@Query({ schema: noticesQuery }) { limit, cursor, state }: z.infer<typeof noticesQuery>) {
    const rows = await this.house.database.read<NoticeRow>(
      publicActor,
      `SELECT ${noticeColumns} FROM notices WHERE ($1::uuid IS NULL OR id < $1) AND ($3::text IS NULL OR state = $3) ORDER BY id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, state ?? null],
    );
    return page(rows, limit, (row) => row.id, noticeView);
  }

  @Get('notices/:id')
  @Operation({ summary: { zh: '一项公示', en: 'One notice' }, answer: notice })
  async notice(@Param({ schema: idPath }) { id }: IdPath) {
    return noticeView(await this.posted(id));
  }

  @Post('notices/:id/objections')
  @RouteConfig({ rateLimit: { max: 30, timeWindow: 60_000 } })
  @Operation({ summary: { zh: '提出异议', en: 'Object to a notice' }, answer: receipt, problems: ['notice-closed', 'rate-limited'] })
  async object(
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id: noticeId }: IdPath,
    @Body({ schema: objection }) { ground, phone, email }: z.infer<typeof objection>,
  ) {
    const { caseId } = await this.posted(noticeId);
    const id = objectionId(noticeId, key);
    const command = {
      caseId,
      type: 'objection.raised',
      data: { objection: id, ground },
      cause: 'http' as const,
      key: `${noticeId}:${key.key}`,
      requestSha256: key.requestSha256,
      // beside the event, never in it: events are kept for good
      apply: async (tx: Tx) => {
        await keepContact(this.house, tx, { keys: this.keys, randomBytes }, { objection: id, caseId, phone, email });
        return undefined;
      },
    };
    const answer = await dispatch(this.house, counter, command);
    if (!answer.ok && answer.code === 'event-not-allowed') throw new Problem('notice-closed');
    if (!answer.ok) throw problemOfRefusal({ ok: false, code: answer.code, detail: answer.detail });
    const [kept] = await this.house.database.read<{ receiptNo: string; raisedOn: string }>(
      houseActor,
      'SELECT receipt_no AS "receiptNo", raised_on AS "raisedOn" FROM objections WHERE id = $1',
      [id],
    );
    return { id, noticeId, ...found(kept) };
  }

  /** A receipt number can be guessed: it tells how far the objection has come, never what was said. */
  @Get('objections/:receiptNo')
  @RouteConfig({ rateLimit: { max: 60, timeWindow: 60_000 } })
  @Operation({
    summary: { zh: '异议办理进度(凭回执编号)', en: 'How far an objection has come, by its receipt number' },
    answer: objectionStatus,
    problems: ['rate-limited'],
  })
  async status(
    @Param({ schema: receiptPath }) { receiptNo }: z.infer<typeof receiptPath>,
    @Query({ schema: receiptQuery }) { id }: z.infer<typeof receiptQuery>,
  ) {
    const [row] = await this.house.database.read<z.infer<typeof objectionStatus>>(
      houseActor,
      `SELECT o.receipt_no AS "receiptNo", n.public_no AS "publicNo", o.raised_on AS "raisedOn", o.state, o.decided_on AS "decidedOn",
         CASE WHEN o.id = $2::uuid THEN o.decision END AS decision
       FROM objections o JOIN notices n ON n.case_id = o.case_id AND n.notice_no = o.notice_no WHERE o.receipt_no = $1`,
      [receiptNo, id ?? null],
    );
    return found(row);
  }

  private async posted(id: string): Promise<NoticeRow> {
    const [row] = await this.house.database.read<NoticeRow>(publicActor, `SELECT ${noticeColumns} FROM notices WHERE id = $1`, [id]);
    return found(row);
  }
}

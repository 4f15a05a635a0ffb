import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { dateOf } from '@tranche/calendar';
import { dispatch, type House, legalNow } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import {
  type Landmarks,
  landmarksIn,
  landmarkTerms,
  type ParameterOverride,
  type Policy,
  payeeKinds,
  placesAround,
} from '@tranche/policies';
import { z } from 'zod';
import { date, type IdPath, idPath, json, line, uuid } from '../fields/fields.js';
import { afterId, type PageQuery, page, pageOf, pageQuery } from '../fields/paging.js';
import { houseActor, publicActor } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { found, problemOfRefusal } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { publishedPolicy, registry } from '../policies/policy.view.js';
import { approvedOverrides, inForceOn } from '../policies/registry.js';
import { HOUSE } from '../ports.js';
import { objectionId } from './objection-id.js';

const notice = z
  .object({
    id: uuid,
    publicNo: z.string(),
    caseId: uuid,
    noticeNo: z.int(),
    postedOn: date,
    endsOn: date.nullable(),
    workingDays: z.int(),
    state: z.enum(['posted', 'clear']),
    content: json,
  })
  .meta({ id: 'PublicNotice' });
type NoticeView = z.infer<typeof notice>;
const registryQuery = z.strictObject({
  on: date.optional(),
  jurisdiction: z
    .string()
    .regex(/^CN(-\d{2,6})?$/)
    .optional(),
  payee: z.enum(payeeKinds).optional(),
});
const objection = z.strictObject({ ground: line(4000) }).meta({ id: 'NewObjection' });
const receipt = z.object({ id: uuid, receiptNo: z.string(), noticeId: uuid, raisedOn: date }).meta({ id: 'ObjectionReceipt' });

const select = `SELECT id, public_no AS "publicNo", case_id AS "caseId", notice_no AS "noticeNo", posted_on AS "postedOn", ends_on AS "endsOn", working_days AS "workingDays", state, content FROM notices`;

/** Anybody may object; the case hears it from the counter that takes objections, in the name of the public. */
const counter: Actor = { userId: 'public', role: 'public', organisationId: null, district: null, seesAs: 'system' };

/** The landmarks as they are recorded on a day. */
const landmarksOf = (policy: Policy, on: string, overrides: readonly ParameterOverride[]): Landmarks =>
  landmarksIn(landmarkTerms(policy, { on, scopes: placesAround(policy.jurisdiction), overrides }));

/** No login. */
@Controller('api/v1/public')
export class PublicController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('policies')
  @Operation({
    summary: { zh: '公开政策(受理单位、时限、材料、依据)', en: 'Published policies: office, time limit, papers, windows, sources' },
    answer: registry,
  })
  async policies(@Query({ schema: registryQuery }) { on, jurisdiction, payee }: z.infer<typeof registryQuery>) {
    const day = on ?? dateOf(await legalNow(this.house));
    const overrides = await approvedOverrides(this.house);
    const wanted = inForceOn(day, overrides).filter(
      (policy) =>
        (jurisdiction === undefined || policy.jurisdiction === jurisdiction) && (payee === undefined || policy.payee.includes(payee)),
    );
    return {
      on: day,
      items: wanted.map((policy) => publishedPolicy(policy, landmarksOf(policy, day, overrides(policy.id)))),
      nextCursor: null,
    };
  }

  @Get('notices')
  @Operation({ summary: { zh: '公示', en: 'Public notices' }, answer: pageOf(notice), problems: ['cursor-invalid'] })
  async notices(@Query({ schema: pageQuery }) { limit, cursor }: PageQuery) {
    const rows = await this.house.database.read<NoticeView>(
      publicActor,
      `${select} WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [afterId(cursor), limit + 1],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Post('notices/:id/objections')
  @RouteConfig({ rateLimit: { max: 30, timeWindow: 60_000 } })
  @Operation({ summary: { zh: '提出异议', en: 'Object to a notice' }, answer: receipt, problems: ['notice-closed', 'rate-limited'] })
  async object(
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id: noticeId }: IdPath,
    @Body({ schema: objection }) { ground }: z.infer<typeof objection>,
  ) {
    const [row] = await this.house.database.read<NoticeView>(publicActor, `${select} WHERE id = $1`, [noticeId]);
    const { caseId } = found(row);
    const id = objectionId(noticeId, key);
    const command = {
      caseId,
      type: 'objection.raised',
      data: { objection: id, ground },
      cause: 'http' as const,
      key: `${noticeId}:${key.key}`,
      requestSha256: key.requestSha256,
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
}

import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  approveList,
  beginFromBooks,
  beginRun,
  confirmAccount,
  confirmList,
  type FieldKeys,
  type House,
  optOut,
  previewRun,
  type Run,
  readLines,
  readRun,
  readRuns,
  runForms,
  stopRun,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fen, type IdPath, idPath, line, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf, found } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { fieldErrors } from '../http/validation.js';
import { HOUSE, KEYS } from '../ports.js';
import { lineOf, reasonOf, runDetail, runForm, runLine, runSummary, summaryOf } from './run.view.js';
import { withSpooled } from './spool.js';

const begun = z.object({ id: uuid, runNo: z.string(), state: z.string(), lineCount: z.int().nullable() }).meta({ id: 'RunBegun' });
const content = z.strictObject({ contentHash: z.string().regex(/^[0-9a-f]{64}$/) }).meta({ id: 'RunContent' });
const decided = z
  .object({ list: z.int(), state: z.enum(['confirmed', 'approved']), contentHash: z.string(), lines: z.int(), totalFen: fen })
  .meta({ id: 'RunListDecided' });
const stopped = z.object({ id: uuid, stopped: z.boolean() });
const linePath = z.strictObject({ id: uuid, row: z.coerce.number().int().min(1).max(100_000_000) });
type LinePath = z.infer<typeof linePath>;
const account = z.strictObject({ holderName: line(140), accountNo: z.string().max(64), bankNo: z.string().max(14), bankName: line(140) });
const confirmed = z.strictObject({ account: account.optional() }).meta({ id: 'RunAccount' });
const optedOut = z.strictObject({ reason: line(500) }).meta({ id: 'RunOptOut' });
const lineDecided = z.object({ row: z.int(), outcome: z.string(), caseId: uuid.nullable() }).meta({ id: 'RunLineDecided' });
const listQuery = z.strictObject(paging);
const lineQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.coerce.number().int().min(0).default(0),
  outcome: z.enum(['included', 'excluded', 'pending', 'optedOut']).optional(),
  uscc: z.string().max(18).optional(),
});
const fields = z.strictObject({
  policyId: line(80),
  jurisdiction: z
    .string()
    .regex(/^CN(-\d{2,6})?$/)
    .optional(),
});

const facts = z.record(z.string().max(80), z.json());
const declared = fields.extend({ facts }).meta({ id: 'RunFromBooks' });
const extractFields = fields.extend({
  facts: z.string().max(4000).optional().meta({
    description: '价格临时补贴等：经办宣布的要素（JSON）· facts the office declares for everybody on an extract of people, as JSON',
  }),
});

/** The declared facts of a multipart field: an object in JSON. */
function declaredIn(text: string | undefined): { facts?: z.infer<typeof facts> } {
  if (text === undefined) return {};
  const read = facts.safeParse(parsed(text), { reportInput: true });
  if (!read.success)
    throw new Problem('request-invalid', { errors: [{ field: 'facts', code: 'invalid', message: '{"monthFrom": "2020-03-01", …}' }] });
  return { facts: read.data };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 免申即享: an extract is screened, its list checked by a second person and approved by a third, one case opened for each firm. */
@Controller('api/v1/no-application-runs')
export class RunsController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
  ) {}

  @Post()
  @Operation({
    summary: {
      zh: '免申即享：上传企业或人员数据并筛查',
      en: 'Run without application: upload an extract of firms or people and screen it',
    },
    answer: begun,
    upload: true,
    uploadFields: extractFields,
    problems: [
      'file-missing',
      'file-invalid',
      'media-type-unsupported',
      'body-too-large',
      'data-invalid',
      'facts-invalid',
      'already-exists',
    ],
  })
  begin(@By() actor: Actor, @Req() request: FastifyRequest) {
    return withSpooled(request, ({ extract, fields: given, command }) => {
      const asked = extractFields.safeParse(given, { reportInput: true });
      if (!asked.success) throw new Problem('request-invalid', { errors: fieldErrors(asked.error.issues) });
      const { policyId, jurisdiction } = asked.data;
      const place = jurisdiction === undefined ? {} : { jurisdiction };
      const sealing = { keys: this.keys, randomBytes };
      return answerOf(
        beginRun(this.house, { actor, ...command }, { policyId, extract, ...place, ...declaredIn(asked.data.facts) }, sealing),
      );
    });
  }

  @Post('from-books')
  @Operation({
    summary: {
      zh: '免申即享：由本系统账目取当月领取人员（如价格临时补贴）',
      en: 'Run without application over the people our own books show to draw a benefit in a month (price subsidy)',
    },
    answer: begun,
    problems: ['data-invalid', 'facts-invalid'],
  })
  fromBooks(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Body({ schema: declared }) { policyId, jurisdiction, facts }: z.infer<typeof declared>,
  ) {
    const place = jurisdiction === undefined ? {} : { jurisdiction };
    return answerOf(beginFromBooks(this.house, { actor, ...key }, { policyId, facts, ...place }));
  }

  @Get()
  @Operation({ summary: { zh: '免申即享筛查', en: 'Runs without application' }, answer: pageOf(runSummary), problems: ['cursor-invalid'] })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor }: z.infer<typeof listQuery>) {
    const rows = await readRuns(this.house, actor, { before: afterId(cursor), limit: limit + 1 });
    return page(rows, limit, ({ id }) => id, summaryOf);
  }

  @Get('forms')
  @Operation({
    summary: { zh: '可开展的免申即享：需宣布的要素和数据列', en: 'Runs that may begin: what is declared, which columns an extract needs' },
    answer: z.object({ items: z.array(runForm), nextCursor: z.null() }),
  })
  async forms(@By() actor: Actor) {
    return { items: await runForms(this.house, actor), nextCursor: null };
  }

  @Get(':id')
  @Operation({
    summary: {
      zh: '筛查预览：结果、理由、按地区和资金合计、名单',
      en: 'Preview of a run: outcomes, reasons, totals by district and fund, lists',
    },
    answer: runDetail,
    problems: ['not-found'],
  })
  async one(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath): Promise<z.infer<typeof runDetail>> {
    const run = await this.run(actor, id);
    const { outcomes, totals, lists } = await previewRun(this.house, actor, id);
    return {
      ...summaryOf(run),
      outcomes: outcomes.map(({ outcome, code, rule, lines, fen: amountFen }) => {
        const because = code === null ? null : reasonOf(this.house, run, { code, rules: rule === null ? [] : [rule] });
        return { outcome, reason: because as never, lines, amountFen };
      }),
      totals: totals.map(({ fen: amountFen, ...rest }) => ({ ...rest, amountFen })),
      lists: [...lists],
    };
  }

  @Get(':id/lines')
  @Operation({
    summary: { zh: '数据行及其结果', en: 'Lines of the extract with their outcomes' },
    answer: z.object({ items: z.array(runLine), nextAfter: z.int().nullable() }),
    problems: ['not-found'],
  })
  async lines(
    @By() actor: Actor,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: lineQuery }) { limit, ...narrow }: z.infer<typeof lineQuery>,
  ) {
    const run = await this.run(actor, id);
    const rows = await readLines(this.house, actor, id, { ...narrow, limit });
    return { items: rows.map((row) => lineOf(this.house, run, row)), nextAfter: rows.length === limit ? (rows.at(-1)?.row ?? null) : null };
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Operation({
    summary: { zh: '抽核：确认名单', en: 'Check the preview and confirm its list' },
    answer: decided,
    problems: ['not-found', 'four-eyes-required', 'run-state', 'run-content-changed'],
  })
  confirm(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: content }) { contentHash }: z.infer<typeof content>,
  ) {
    return answerOf(confirmList(this.house, { actor, ...key }, { runId: id, contentHash }));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批次审批', en: 'Approve a confirmed list' },
    answer: decided,
    problems: ['not-found', 'four-eyes-required', 'run-state', 'run-content-changed', 'already-decided'],
  })
  approve(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: content }) { contentHash }: z.infer<typeof content>,
  ) {
    return answerOf(approveList(this.house, { actor, ...key }, { runId: id, contentHash }));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Operation({ summary: { zh: '暂停筛查或建案', en: 'Stop a run behind the page in hand' }, answer: stopped, problems: ['not-found'] })
  stop(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(stopRun(this.house, { actor, ...key }, { runId: id, stopped: true }));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Operation({ summary: { zh: '继续筛查或建案', en: 'Let a stopped run go on' }, answer: stopped, problems: ['not-found'] })
  resume(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: idPath }) { id }: IdPath) {
    return answerOf(stopRun(this.house, { actor, ...key }, { runId: id, stopped: false }));
  }

  @Post(':id/lines/:row/account')
  @HttpCode(200)
  @Operation({
    summary: { zh: '确认或提供收款账户', en: 'Confirm the account of a firm, or give another' },
    answer: lineDecided,
    problems: ['not-found', 'run-state', 'data-invalid'],
  })
  account(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: linePath }) { id, row }: LinePath,
    @Body({ schema: confirmed }) body: z.infer<typeof confirmed>,
  ) {
    return answerOf(confirmAccount(this.house, { actor, ...key }, { runId: id, row, ...(body.account ? { account: body.account } : {}) }));
  }

  @Post(':id/lines/:row/opt-out')
  @HttpCode(200)
  @Operation({
    summary: { zh: '放弃享受', en: 'Opt out: before the case is opened, or by withdrawing it' },
    answer: lineDecided,
    problems: ['not-found', 'run-state', 'event-not-allowed'],
  })
  leave(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: linePath }) { id, row }: LinePath,
    @Body({ schema: optedOut }) { reason }: z.infer<typeof optedOut>,
  ) {
    return answerOf(optOut(this.house, { actor, ...key }, { runId: id, row, reason }));
  }

  private async run(actor: Actor, id: string): Promise<Run> {
    return found(await readRun(this.house, actor, id));
  }
}

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import { type House, legalNow } from '@tranche/casework';
import { assess } from '@tranche/policies';
import { z } from 'zod';
import { cite, date, json, text } from '../fields/fields.js';
import { Operation } from '../http/operation.js';
import { found } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { HOUSE } from '../ports.js';
import { assessment } from './assessment.view.js';
import { approvedOverrides, inForceOn, policySummary, versionOf, versionsOf } from './registry.js';

export const summary = z
  .object({
    id: z.string(),
    version: z.string(),
    jurisdiction: z.string(),
    title: text,
    cite,
    issuedOn: date,
    from: date,
    until: date.nullable(),
    payee: z.array(z.string()),
    office: text,
    timeLimit: text,
  })
  .meta({ id: 'PolicySummary' });
export const summaries = z.object({ items: z.array(summary), nextCursor: z.null() });
const policyId = z.string().regex(/^[a-z0-9-]{1,80}$/);
const jurisdiction = z.string().regex(/^CN(-\d{2,6})?$/);
const listQuery = z.strictObject({ on: date.optional() });
const policyPath = z.strictObject({ id: policyId });
const versionPath = z.strictObject({ id: policyId, version: z.string().max(40) });
const versionQuery = z.strictObject({ jurisdiction: jurisdiction.optional() });
const question = z.strictObject({ on: date, jurisdiction: jurisdiction.optional(), facts: json }).meta({ id: 'Assess' });
type VersionPath = z.infer<typeof versionPath>;
type VersionQuery = z.infer<typeof versionQuery>;

@Controller('api/v1/policies')
export class PoliciesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '某日有效的政策', en: 'Policies in force on a day' }, answer: summaries })
  async list(@Query({ schema: listQuery }) { on }: z.infer<typeof listQuery>) {
    const day = on ?? dateOf(await legalNow(this.house));
    return { items: inForceOn(day).map(policySummary), nextCursor: null };
  }

  @Get(':id')
  @Operation({
    summary: { zh: '政策及其版本', en: 'A policy with its versions' },
    answer: z.object({ id: z.string(), title: text, versions: z.array(summary) }),
  })
  show(@Param({ schema: policyPath }) { id }: z.infer<typeof policyPath>) {
    const versions = versionsOf(id);
    const { title } = found(versions.at(-1));
    return { id, title, versions: versions.map(policySummary) };
  }

  @Get(':id/versions/:version')
  @Operation({ summary: { zh: '政策全文定义', en: 'The whole definition of a version' }, answer: json })
  version(@Param({ schema: versionPath }) { id, version }: VersionPath, @Query({ schema: versionQuery }) query: VersionQuery) {
    return versionOf(id, version, query.jurisdiction);
  }

  @Post(':id/assess')
  @HttpCode(200)
  @Operation({
    summary: { zh: '试算(不立案)', en: 'Dry run with trace, no case' },
    answer: assessment,
    problems: ['facts-invalid', 'not-found'],
  })
  async assess(
    @Param({ schema: policyPath }) { id }: z.infer<typeof policyPath>,
    @Body({ schema: question }) body: z.infer<typeof question>,
  ) {
    const place = body.jurisdiction ?? found(versionsOf(id)[0]).jurisdiction;
    const overrides = await approvedOverrides(this.house, id);
    const assessed = assess(id, { on: body.on, jurisdiction: place, facts: body.facts, overrides });
    if (assessed.ok) return assessed;
    const { code, field, message } = assessed;
    if (code === 'policy-unknown') throw new Problem('not-found', { detail: message });
    throw new Problem('facts-invalid', {
      detail: message,
      errors: [{ field: code.startsWith('fact-') ? `facts.${field}` : field, code, message }],
    });
  }
}

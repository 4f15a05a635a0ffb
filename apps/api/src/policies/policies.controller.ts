import { setImmediate as turn } from 'node:timers/promises';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { dateOf } from '@tranche/calendar';
import { type House, legalNow } from '@tranche/casework';
import { assess, bindingIn, diffPolicies, match, policies } from '@tranche/policies';
import { z } from 'zod';
import { date, json, line, text } from '../fields/fields.js';
import { Operation } from '../http/operation.js';
import { found } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { HOUSE } from '../ports.js';
import { assessment } from './assessment.view.js';
import { bindingView } from './binding.js';
import { binding, matches, policyDiff } from './diff.view.js';
import { checkLine, checkOf } from './kept-checks.js';
import { policySummary, summaries, summary } from './policy.view.js';
import { problemOfFacts } from './refused-facts.js';
import { approvedOverrides, inForceOn, versionOf, versionsOf } from './registry.js';
import { versionNamed } from './version-named.js';

const listOfChecks = z.object({ items: z.array(checkLine) });
type CheckLine = z.infer<typeof checkLine>;
const policyId = z.string().regex(/^[a-z0-9-]{1,80}$/);
const jurisdiction = z.string().regex(/^CN(-\d{2,6})?$/);
const listQuery = z.strictObject({ on: date.optional() });
const policyPath = z.strictObject({ id: policyId });
const versionPath = z.strictObject({ id: policyId, version: z.string().max(40) });
const versionQuery = z.strictObject({ jurisdiction: jurisdiction.optional() });
const diffQuery = z.strictObject({ from: line(60), to: line(60) });
const bindingQuery = z.strictObject({ on: date.optional(), jurisdiction });
const period = z.strictObject({ id: z.string().max(10), claim: z.string().max(80).optional(), facts: json });
const question = z
  .strictObject({ on: date, jurisdiction: jurisdiction.optional(), facts: json, period: period.optional() })
  .meta({ id: 'Assess' });
const applicant = z.strictObject({ on: date, jurisdiction: jurisdiction.optional(), facts: json }).meta({ id: 'Match' });
type VersionPath = z.infer<typeof versionPath>;
type VersionQuery = z.infer<typeof versionQuery>;

/** Where nobody says a place: the city whose documents these are. */
const HOME = 'CN-2102';

@Controller('api/v1/policies')
export class PoliciesController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '某日有效的政策', en: 'Policies in force on a day' }, answer: summaries })
  async list(@Query({ schema: listQuery }) { on }: z.infer<typeof listQuery>) {
    const day = on ?? dateOf(await legalNow(this.house));
    const overrides = await approvedOverrides(this.house);
    return { items: inForceOn(day, overrides).map((policy) => policySummary(policy)), nextCursor: null };
  }

  @Post('match')
  @HttpCode(200)
  @Operation({
    summary: { zh: '政策清单:按已知情况匹配全部政策', en: 'Which policies apply to what is known, which nearly do, what is missing' },
    answer: matches,
    problems: ['facts-invalid'],
  })
  async match(@Body({ schema: applicant }) { on, jurisdiction: place = HOME, facts }: z.infer<typeof applicant>) {
    const overrides = await approvedOverrides(this.house);
    const matched = match({ on, jurisdiction: place, facts, overrides });
    if (matched.ok) return matched;
    throw problemOfFacts(matched);
  }

  @Get('checks')
  @Operation({ summary: { zh: '各版本状态机的检查结果', en: 'What the last check of each version found' }, answer: listOfChecks })
  async checks() {
    const items: CheckLine[] = [];
    for (const policy of policies()) {
      const { id: policyId, version: policyVersion, jurisdiction: place } = policy;
      const { hash } = this.house.policies.of({ policyId, policyVersion, jurisdiction: place });
      const { outcome, states, check } = checkOf(policy, hash);
      const checkedOn = check?.checkedOn ?? null;
      items.push({ id: policyId, jurisdiction: place, version: policyVersion, outcome, checkedOn, machineHash: hash, states });
      // a machine that nobody needed yet is built for it: others are heard between two of them
      await turn();
    }
    return { items };
  }

  @Get(':id')
  @Operation({
    summary: { zh: '政策及其版本', en: 'A policy with its versions' },
    answer: z.object({ id: z.string(), title: text, versions: z.array(summary) }),
  })
  show(@Param({ schema: policyPath }) { id }: z.infer<typeof policyPath>) {
    const versions = versionsOf(id);
    const { title } = found(versions.at(-1));
    return { id, title, versions: versions.map((policy) => policySummary(policy)) };
  }

  @Get(':id/diff')
  @Operation({
    summary: {
      zh: '两个版本逐条对照(省与市、旧与新),如 from=CN-21&to=CN-2102',
      en: 'Two versions clause by clause (province and city, old and new), e.g. from=CN-21&to=CN-2102@2020-11-24',
    },
    answer: policyDiff,
  })
  diff(@Param({ schema: policyPath }) { id }: z.infer<typeof policyPath>, @Query({ schema: diffQuery }) query: z.infer<typeof diffQuery>) {
    return diffPolicies(versionNamed(id, query.from, 'from'), versionNamed(id, query.to, 'to'));
  }

  @Get(':id/binding')
  @Operation({
    summary: { zh: '某地某日适用哪个版本', en: 'Which version binds in a place on a day, and why' },
    answer: binding,
    problems: ['facts-invalid'],
  })
  async binding(
    @Param({ schema: policyPath }) { id }: z.infer<typeof policyPath>,
    @Query({ schema: bindingQuery }) { on, jurisdiction: place }: z.infer<typeof bindingQuery>,
  ) {
    const day = on ?? dateOf(await legalNow(this.house));
    const overrides = (await approvedOverrides(this.house))(id);
    const asked = bindingIn(id, { on: day, jurisdiction: place, overrides });
    if (!asked.ok) throw problemOfFacts(asked);
    return bindingView(asked, { on: day, jurisdiction: place });
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
    @Body({ schema: question }) { jurisdiction: place, period: claimed, ...asked }: z.infer<typeof question>,
  ) {
    const [widest] = versionsOf(id);
    if (!widest) throw new Problem('not-found');
    const overrides = (await approvedOverrides(this.house))(id);
    const ofPeriod = claimed && { id: claimed.id, facts: claimed.facts, ...(claimed.claim === undefined ? {} : { claim: claimed.claim }) };
    const assessed = assess(id, {
      ...asked,
      jurisdiction: place ?? widest.jurisdiction,
      overrides,
      ...(ofPeriod ? { period: ofPeriod } : {}),
    });
    if (assessed.ok) return assessed;
    throw problemOfFacts(assessed);
  }
}

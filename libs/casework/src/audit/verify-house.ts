import { formatInstant } from '@tranche/calendar';
import type { AuditReader } from '@tranche/database';
import type { CasePolicies } from '../case-policies.js';
import { checkBesideCases } from './beside-cases.js';
import { checkBooks } from './books.js';
import { readCalendars } from './calendars.js';
import { auditCase } from './case-audit.js';
import { readCases } from './case-rows.js';
import { type Finding, type FindingKind, Findings } from './findings.js';
import { ProceedingReader } from './proceeding-rows.js';
import { auditProceedings } from './proceedings.js';
import { checkSignedBatches } from './signed-batches.js';
import { checkWitness, type Witness, type WitnessResult } from './witness.js';

/** Cases held in memory at one time. */
const PAGE = 100;
const KEEP_PER_KIND = 50;

export type AuditReport = {
  readonly ok: boolean;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly cases: number;
  readonly events: number;
  /** closed cases whose machine this release does not have: chain and books checked, story not told again */
  readonly notReplayed: number;
  readonly checkpoints: WitnessResult & { readonly witnessed: boolean };
  readonly findingsTotal: number;
  readonly findingsByKind: Partial<Record<FindingKind, number>>;
  /** the first of each kind */
  readonly findings: readonly Finding[];
};

export type VerifyOptions = {
  readonly policies: CasePolicies;
  readonly witness: Witness;
  /** system clock, epoch milliseconds */
  readonly systemNow: () => number;
  readonly keepPerKind?: number;
  /** called after each page of cases */
  readonly onProgress?: (cases: number) => void;
};

/** Verifies everything in one frozen view of the database: every case by itself, then the books, then the checkpoints. Memory stays flat. */
export async function verifyHouse(reader: AuditReader, options: VerifyOptions): Promise<AuditReport> {
  const { policies, witness, systemNow, keepPerKind = KEEP_PER_KIND, onProgress } = options;
  const startedMs = systemNow();
  const findings = new Findings(keepPerKind);
  let [cases, events, notReplayed] = [0, 0, 0];
  const calendars = await readCalendars(reader);
  const beside = new ProceedingReader(reader, (table, caseId) => findings.add(strayRow(table, caseId)));
  for (let after: string | undefined = ''; after !== undefined; ) {
    const bundles = await readCases(reader, after, PAGE);
    for (const bundle of bundles) {
      const audit = auditCase(policies, bundle);
      findings.add(...audit.findings);
      const proceedings = await beside.of(bundle.row.id);
      if (audit.told) findings.add(...auditProceedings(audit.told.casePolicy, bundle, audit.told.story, proceedings, calendars));
      events += bundle.events.length;
      if (!audit.replayed && audit.findings.length === 0) notReplayed += 1;
    }
    cases += bundles.length;
    onProgress?.(cases);
    after = bundles.length < PAGE ? undefined : bundles.at(-1)?.row.id;
  }
  await beside.end();
  await checkBooks(reader, findings);
  await checkBesideCases(reader, findings);
  await checkSignedBatches(reader, findings);
  const checkpoints = await checkWitness(reader, witness, findings);
  return {
    ok: findings.total === 0,
    startedAt: formatInstant(startedMs),
    finishedAt: formatInstant(systemNow()),
    cases,
    events,
    notReplayed,
    checkpoints: { ...checkpoints, witnessed: witness.dir !== null && checkpoints.files > 0 },
    findingsTotal: findings.total,
    findingsByKind: findings.byKind(),
    findings: findings.list(),
  };
}

const strayRow = (table: string, caseId: string): Finding => ({
  kind: 'rows-without-case',
  text: { zh: `${table}：案件不存在：${caseId}`, en: `${table}: its case does not exist: ${caseId}` },
  table,
});

/** Stores the report where the interface shows it; the findings of persons' cases by number only. */
export function recordReport(reader: AuditReader, report: AuditReport): Promise<string> {
  return reader.record({
    startedAtMs: Date.parse(report.startedAt),
    finishedAtMs: Date.parse(report.finishedAt),
    findings: report.findingsTotal,
    summary: report,
  });
}

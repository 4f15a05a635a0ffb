import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { formatInstant } from '@tranche/calendar';
import { systemActor } from '@tranche/database';
import { termsSha256 } from '../audit/identity.js';
import type { CasePolicy } from '../case-policies.js';
import type { House } from '../house.js';
import type { Difference } from './compare.js';
import { type CaseRow, caseColumns, loadMoving } from './load.js';
import { type MovingCase, planCase } from './plan-case.js';

export const reportFormat = 'tranche-migration-report-1';
const PAGE = 100;
const migrator = systemActor('migration');

export type ReportHeader = {
  readonly format: typeof reportFormat;
  readonly policyId: string;
  readonly jurisdiction: string;
  readonly to: string;
  readonly machineHash: string;
  readonly restamp: boolean;
  readonly madeAt: string;
};
/** One case: what it would become, or why it cannot. */
export type ReportLine = {
  readonly caseId: string;
  readonly caseNo: string;
  readonly version: number;
  readonly from: { readonly policyVersion: string; readonly machineHash: string };
} & (
  | { readonly ok: true; readonly digest: string; readonly differences: readonly Difference[] }
  | { readonly ok: false; readonly reason: string; readonly detail: string; readonly seq?: number }
);
export type Report = {
  readonly header: ReportHeader;
  readonly sha256: string;
  readonly movable: number;
  readonly refused: number;
  readonly changed: number;
};

/**
 * Tells every running case of the policy that stands on another version or machine to the target machine, and writes what would be
 * different to a file, case by case. Changes nothing. Memory stays flat; `onLine` sees each case.
 */
export async function writeMigrationReport(
  house: House,
  target: CasePolicy,
  { restamp, file, onLine }: { restamp: boolean; file: string; onLine?: (line: ReportLine) => void },
): Promise<Report> {
  const { policy, hash } = target;
  const header: ReportHeader = {
    format: reportFormat,
    policyId: policy.id,
    jurisdiction: policy.jurisdiction,
    to: policy.version,
    machineHash: hash,
    restamp,
    madeAt: formatInstant(house.systemNow()),
  };
  const out = await open(file, 'wx', 0o600);
  const sum = createHash('sha256');
  const write = async (value: object) => {
    const line = `${JSON.stringify(value)}\n`;
    sum.update(line);
    await out.write(line);
  };
  let [movable, refused, changed] = [0, 0, 0];
  try {
    await write(header);
    for await (const line of lines(house, target, restamp)) {
      await write(line);
      onLine?.(line);
      if (!line.ok) refused += 1;
      else movable += 1;
      if (line.ok && line.differences.length > 0) changed += 1;
    }
    await out.sync();
  } finally {
    await out.close();
  }
  return { header, sha256: sum.digest('hex'), movable, refused, changed };
}

async function* lines(house: House, target: CasePolicy, restamp: boolean): AsyncGenerator<ReportLine> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { rows, page } = await house.database.transaction(migrator, async (tx) => {
      const found = await openCases(tx, target, after ?? '', restamp);
      const moving = await loadMoving(tx, target, found, restamp);
      return {
        rows: found,
        page: found.flatMap((row) => (staysAsItIs(target, row, moving.get(row.id)) ? [] : (moving.get(row.id) ?? []))),
      };
    });
    for (const each of page) {
      const { id: caseId, caseNo, version, policyVersion, machineHash } = each;
      const about = { caseId, caseNo, version, from: { policyVersion, machineHash } };
      const plan = planCase(target, each);
      if (plan.ok) yield { ...about, ok: true, digest: plan.digest, differences: plan.differences };
      else yield { ...about, ...plan };
    }
    after = rows.length < PAGE ? undefined : rows.at(-1)?.id;
  }
}

/** On the same version and machine, under the same terms: nothing would move. */
const staysAsItIs = ({ policy, hash }: CasePolicy, row: CaseRow, moving: MovingCase | undefined): boolean =>
  row.policyVersion === policy.version &&
  row.machineHash === hash &&
  moving !== undefined &&
  termsSha256(moving.terms) === termsSha256(row.terms);

type Transaction = Parameters<Parameters<House['database']['transaction']>[1]>[0];

/** Those on another version or machine; where everything is computed anew also those on this very one, whose terms may have changed. */
async function openCases(tx: Transaction, { policy, hash }: CasePolicy, after: string, restamp: boolean): Promise<CaseRow[]> {
  const { rows } = await tx.query<CaseRow>(
    `SELECT ${caseColumns} FROM cases WHERE policy_id = $2 AND jurisdiction = $3 AND standing <> 'closed' AND ((policy_version, machine_hash) <> ($4, $5) OR $6)
       AND ($1 = '' OR id > nullif($1, '')::uuid) ORDER BY id LIMIT ${PAGE}`,
    [after, policy.id, policy.jurisdiction, policy.version, hash, restamp],
  );
  return rows;
}

/** Reads a report back, line by line, with the hash of its bytes. Null when it is none. */
export async function readMigrationReport(
  file: string,
  onLine: (line: ReportLine) => Promise<void> | void,
): Promise<{ header: ReportHeader; sha256: string; movable: number } | null> {
  const sum = createHash('sha256');
  let header: ReportHeader | null = null;
  let movable = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    sum.update(`${line}\n`);
    const value = parse(line);
    if (header === null) {
      header = value as ReportHeader | null;
      if (header?.format !== reportFormat) return null;
      continue;
    }
    if (value === null) return null;
    const each = value as ReportLine;
    if (each.ok) movable += 1;
    await onLine(each);
  }
  return header && { header, sha256: sum.digest('hex'), movable };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

import { createHash } from 'node:crypto';
import type { Tx } from '@tranche/database';
import {
  type ParameterOverride,
  type ParameterValue,
  type Policy,
  policyVersion,
  refreshTerms,
  type Terms,
  type Text,
} from '@tranche/policies';
import { scopesOf } from '../places.js';
import { declaredBy } from './parameter-rules.js';
import type { ParameterRow } from './parameters.js';

/** A running case that would read other terms at its next decision or claim. */
export type TouchedCase = { readonly id: string; readonly caseNo: string; readonly policyId: string; readonly district: string };
/** `sha256` is that of all touched cases, in the order of their ids: what the person who approves has seen. */
export type Touched = {
  readonly count: number;
  readonly sha256: string;
  readonly byPolicy: readonly {
    readonly policyId: string;
    readonly version: string;
    readonly jurisdiction: string;
    readonly title: Text;
    readonly count: number;
    readonly before: readonly ParameterValue[];
    readonly after: ParameterValue;
  }[];
  /** the first of them */
  readonly cases: readonly TouchedCase[];
};

/** Cases shown of a list; the count is of all. */
const SHOWN = 200;

type Group = { policyId: string; version: string; jurisdiction: string; district: string; openedOn: string; sha256: string };
type Row = TouchedCase & Group;

/** Cases looked at together: what is held in memory of them at once. */
const PAGE = 5_000;

/**
 * The running cases that follow a change, found by the terms they were promised: thousands of cases share one set, so the change is
 * tried on each set once. `tx` sees whatever is to be counted, in a transaction; read page by page, as they all were at one moment.
 */
export async function touchedBy(tx: Pick<Tx, 'query'>, row: ParameterRow, page = PAGE): Promise<Touched> {
  const policyIds = [...new Set(declaredBy({ ...row, shared: row.shared ?? undefined }).map(({ policy }) => policy.id))];
  const count = new Count(tx, row);
  await tx.query(
    `DECLARE cases_touched NO SCROLL CURSOR FOR SELECT id, case_no AS "caseNo", district, policy_id AS "policyId", policy_version AS version, jurisdiction,
       opened_on AS "openedOn", encode(terms_sha256, 'hex') AS sha256
     FROM cases WHERE policy_id = ANY($1::text[]) AND standing <> 'closed' ORDER BY id`,
    [policyIds],
  );
  for (let read = page; read === page; ) {
    const { rows } = await tx.query<Row>(`FETCH ${page} FROM cases_touched`);
    await count.add(rows);
    read = rows.length;
  }
  await tx.query('CLOSE cases_touched');
  return count.result();
}

type Counted = { first: Row; count: number; before: Set<ParameterValue> };

/** Counts case by case what a change touches; keeps the first cases, the sets of terms and one sum for each version. */
class Count {
  private readonly sum = createHash('sha256');
  private readonly groups = new Map<string, Counted>();
  private readonly terms = new Map<string, Terms>();
  private readonly moves = new Map<string, boolean>();
  private readonly shown: TouchedCase[] = [];
  private touched = 0;

  constructor(
    private readonly tx: Pick<Tx, 'query'>,
    private readonly row: ParameterRow,
  ) {}

  async add(rows: readonly Row[]): Promise<void> {
    const unknown = [...new Set(rows.map(({ sha256 }) => sha256))].filter((sha256) => !this.terms.has(sha256));
    for (const [sha256, terms] of await promisedTerms(this.tx, unknown)) this.terms.set(sha256, terms);
    for (const each of rows) if (this.isTouched(each)) this.take(each);
  }

  result(): Touched {
    return {
      count: this.touched,
      sha256: this.sum.digest('hex'),
      byPolicy: [...this.groups.values()].flatMap(({ first, count, before }) => {
        const policy = policyOf(first);
        if (!policy) return [];
        const { policyId, version, jurisdiction } = first;
        return [{ policyId, version, jurisdiction, title: policy.title, count, before: [...before], after: this.row.value }];
      }),
      cases: this.shown,
    };
  }

  private isTouched(each: Row): boolean {
    const key = [each.policyId, each.version, each.jurisdiction, each.district, each.openedOn, each.sha256].join(' ');
    const known = this.moves.get(key) ?? isMoved(each, this.terms.get(each.sha256), { ...this.row, from: this.row.effectiveFrom });
    this.moves.set(key, known);
    return known;
  }

  private take({ id, caseNo, district, ...group }: Row): void {
    const name = `${group.policyId} ${group.version} ${group.jurisdiction}`;
    const known = this.groups.get(name) ?? { first: { id, caseNo, district, ...group }, count: 0, before: new Set() };
    this.groups.set(name, known);
    known.count += 1;
    const before = this.terms.get(group.sha256)?.[this.row.key]?.value;
    if (before !== undefined) known.before.add(before);
    this.sum.update(`${id}\n`);
    if (this.touched < SHOWN) this.shown.push({ id, caseNo, policyId: group.policyId, district });
    this.touched += 1;
  }
}

async function promisedTerms(tx: Pick<Tx, 'query'>, hashes: readonly string[]): Promise<ReadonlyMap<string, Terms>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await tx.query<{ sha256: string; terms: Terms }>(
    `SELECT encode(sha256, 'hex') AS sha256, terms FROM case_terms WHERE sha256 IN (SELECT decode(h, 'hex') FROM unnest($1::text[]) h)`,
    [hashes],
  );
  return new Map(rows.map(({ sha256, terms }) => [sha256, terms]));
}

function isMoved(group: Group, terms: Terms | undefined, override: ParameterOverride): boolean {
  const policy = policyOf(group);
  if (!policy || !terms) return false;
  const fresh = refreshTerms(policy, terms, { on: group.openedOn, scopes: scopesOf(group.district), overrides: [override] });
  return JSON.stringify(fresh[override.key]) !== JSON.stringify(terms[override.key]);
}

const policyOf = ({ policyId, version, jurisdiction }: Group): Policy | undefined => policyVersion(policyId, version, jurisdiction);

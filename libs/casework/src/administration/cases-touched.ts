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

/**
 * The running cases that follow a change, found by the terms they were promised: thousands of cases share one set, so the change is
 * tried on each set once. `tx` sees whatever is to be counted.
 */
export async function touchedBy(tx: Pick<Tx, 'query'>, row: ParameterRow): Promise<Touched> {
  const policyIds = [...new Set(declaredBy({ ...row, shared: row.shared ?? undefined }).map(({ policy }) => policy.id))];
  const { rows } = await tx.query<Row>(
    `SELECT id, case_no AS "caseNo", district, policy_id AS "policyId", policy_version AS version, jurisdiction, opened_on AS "openedOn",
       encode(terms_sha256, 'hex') AS sha256 FROM cases WHERE policy_id = ANY($1::text[]) AND standing <> 'closed' ORDER BY id`,
    [policyIds],
  );
  const terms = await promisedTerms(tx, [...new Set(rows.map(({ sha256 }) => sha256))]);
  const override: ParameterOverride = { ...row, from: row.effectiveFrom };
  const moves = new Map<string, boolean>();
  const touched = rows.filter((each) => {
    const key = [each.policyId, each.version, each.jurisdiction, each.district, each.openedOn, each.sha256].join(' ');
    const known = moves.get(key) ?? isMoved(each, terms.get(each.sha256), override);
    moves.set(key, known);
    return known;
  });
  return summed(touched, terms, row);
}

async function promisedTerms(tx: Pick<Tx, 'query'>, hashes: readonly string[]): Promise<ReadonlyMap<string, Terms>> {
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

function summed(touched: readonly Row[], terms: ReadonlyMap<string, Terms>, { key, value }: ParameterRow): Touched {
  const sum = createHash('sha256');
  for (const { id } of touched) sum.update(`${id}\n`);
  const groups = new Map<string, Row[]>();
  for (const each of touched) {
    const name = `${each.policyId} ${each.version} ${each.jurisdiction}`;
    const rows = groups.get(name) ?? [];
    rows.push(each);
    groups.set(name, rows);
  }
  return {
    count: touched.length,
    sha256: sum.digest('hex'),
    byPolicy: [...groups.values()].flatMap((rows) => {
      const [first] = rows;
      const policy = first && policyOf(first);
      if (!first || !policy) return [];
      const { policyId, version, jurisdiction } = first;
      const before = [...new Set(rows.flatMap(({ sha256 }) => terms.get(sha256)?.[key]?.value ?? []))];
      return [{ policyId, version, jurisdiction, title: policy.title, count: rows.length, before, after: value }];
    }),
    cases: touched.slice(0, SHOWN).map(({ id, caseNo, policyId, district }) => ({ id, caseNo, policyId, district })),
  };
}

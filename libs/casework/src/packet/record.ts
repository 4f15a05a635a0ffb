import { toInstant } from '@tranche/calendar';
import type {
  AuditedCase,
  AuditedDisbursement,
  AuditedDuty,
  AuditedEvent,
  AuditedFacts,
  AuditedPosting,
  AuditedReceipt,
  AuditedRecovery,
  CaseBundle,
} from '../audit/case-rows.js';
import { instantOf } from '../audit/chain.js';

type Placed = 'caseId' | 'organisationId' | 'district';

/**
 * The rows of a case as a packet carries them: JSON as values, instants as ISO 8601, nothing said twice. Everything here hangs on the chain
 * of events or can be computed from it.
 */
export type CaseRecord = {
  readonly case: Omit<AuditedCase, 'terms' | 'snapshot' | 'lastAtUs' | 'recordedUs'> & {
    readonly terms: unknown;
    readonly snapshot: unknown;
    readonly lastAt: string;
    readonly recordedAt: string;
  };
  readonly events: readonly (Omit<AuditedEvent, Placed | 'data' | 'stamp' | 'atUs' | 'recordedUs'> & {
    readonly data: unknown;
    readonly stamp: unknown;
    readonly at: string;
    readonly recordedAt: string;
  })[];
  readonly facts: readonly { readonly seq: number; readonly facts: unknown }[];
  readonly duties: readonly Omit<AuditedDuty, Placed>[];
  readonly postings: readonly (Omit<AuditedPosting, Placed | 'recordedUs'> & { readonly recordedAt: string })[];
  readonly disbursements: readonly Omit<AuditedDisbursement, Placed>[];
  readonly recoveries: readonly Omit<AuditedRecovery, Placed>[];
  readonly receipts: readonly (Omit<AuditedReceipt, 'caseId' | 'recordedUs'> & { readonly recordedAt: string })[];
};

/** Leaves out what every row of a case repeats. */
function unplaced<R extends { caseId: string; organisationId?: string; district?: string }>(row: R): Omit<R, Placed> {
  const { caseId: _case, organisationId: _organisation, district: _district, ...rest } = row;
  return rest;
}

/** The rows as they go into a packet. */
export function recordOf({ row, events, facts, duties, postings, disbursements, recoveries, receipts }: CaseBundle): CaseRecord {
  const { terms, snapshot, lastAtUs, recordedUs, ...own } = row;
  return {
    case: {
      ...own,
      terms: JSON.parse(terms ?? 'null'),
      snapshot: JSON.parse(snapshot),
      lastAt: instantOf(lastAtUs),
      recordedAt: instantOf(recordedUs),
    },
    events: events.map((event) => {
      const { data, stamp, atUs, recordedUs: us, ...rest } = unplaced(event);
      return { ...rest, data: JSON.parse(data), stamp: JSON.parse(stamp), at: instantOf(atUs), recordedAt: instantOf(us) };
    }),
    facts: facts.map(({ seq, facts: known }) => ({ seq, facts: JSON.parse(known) })),
    duties: duties.map(unplaced),
    postings: postings.map((posting) => {
      const { recordedUs: us, ...rest } = unplaced(posting);
      return { ...rest, recordedAt: instantOf(us) };
    }),
    disbursements: disbursements.map(unplaced),
    recoveries: recoveries.map(unplaced),
    receipts: receipts.map(({ caseId: _case, recordedUs: us, ...rest }) => ({ ...rest, recordedAt: instantOf(us) })),
  };
}

const usOf = (instant: string): string => String(BigInt(toInstant(instant)) * 1000n);

/** The same rows again, as the verification compares them. Throws where an instant is none. */
export function bundleOf(record: CaseRecord): CaseBundle {
  const { terms, snapshot, lastAt, recordedAt, ...own } = record.case;
  const place = { caseId: own.id, organisationId: own.organisationId, district: own.district };
  return {
    row: {
      ...own,
      terms: terms === null ? null : JSON.stringify(terms),
      snapshot: JSON.stringify(snapshot),
      lastAtUs: usOf(lastAt),
      recordedUs: usOf(recordedAt),
    },
    events: record.events.map(({ data, stamp, at, recordedAt: us, ...rest }) => ({
      ...rest,
      ...place,
      data: JSON.stringify(data),
      stamp: JSON.stringify(stamp),
      atUs: usOf(at),
      recordedUs: usOf(us),
    })),
    facts: record.facts.map(({ seq, facts }): AuditedFacts => ({ ...place, seq, facts: JSON.stringify(facts) })),
    duties: record.duties.map((duty) => ({ ...duty, ...place })),
    postings: record.postings.map(({ recordedAt: us, ...posting }) => ({ ...posting, ...place, recordedUs: usOf(us) })),
    disbursements: record.disbursements.map((each) => ({ ...each, ...place })),
    recoveries: record.recoveries.map((each) => ({ ...each, ...place })),
    receipts: record.receipts.map(({ recordedAt: us, ...each }) => ({ ...each, caseId: own.id, recordedUs: usOf(us) })),
  };
}

import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import { type Advance, type CaseEvent, headline, openCase as openMachine } from '@tranche/machines';
import { type Facts, type Stamp, stamp, type Terms } from '@tranche/policies';
import { identityOf } from './audit/identity.js';
import { carryOut } from './carry-out.js';
import type { CasePolicy } from './case-policies.js';
import type { Cause } from './command.js';
import { genesisHash } from './event-hash.js';
import { sealEvent } from './seal.js';
import { placeOf, put, type Scene, type Work, workOn } from './work.js';

/** Everything that makes a case before its first event. */
export type Birth = {
  readonly id: string;
  readonly caseNo: string;
  readonly organisationId: string;
  readonly district: string;
  readonly payeeAccountId: string;
  readonly terms: Terms;
  readonly facts: Facts;
  /** the day it is opened on: its terms and its version were taken as of this day */
  readonly on: string;
  /** legal clock, epoch milliseconds */
  readonly atMs: number;
};

/** Who writes the rows of an event, and whence it came. */
export type Hand = { readonly actor: Actor; readonly cause: Cause };

export type SeqEvent = CaseEvent & { readonly seq: number };
export type Opened = ReturnType<typeof openMachine>;

/** The first event of a case, with its stamp and its sealed identity. */
export function openingEvent(casePolicy: CasePolicy, birth: Birth, openedBy: string, stamped?: Stamp): SeqEvent {
  const { policy, hash: machineHash } = casePolicy;
  const { caseNo, organisationId, district, payeeAccountId, terms, facts, on } = birth;
  const identity = identityOf({ caseNo, organisationId, district, payeeAccountId, machineHash, terms });
  return {
    seq: 1,
    type: 'case.opened',
    at: formatInstant(birth.atMs),
    on,
    actor: openedBy,
    data: { policyId: policy.id, policyVersion: policy.version, jurisdiction: policy.jurisdiction, facts, identity },
    stamp: stamped ?? stamp(policy, { facts, terms, on }),
  };
}

/** The case in one transaction, its first event heard and sealed: pure. Its own row is written by `putOpenedCase`, once all its events are told. */
export function openedCase(
  casePolicy: CasePolicy,
  birth: Birth,
  event: SeqEvent,
  hand: Hand,
  scene: Omit<Scene, 'event'>,
  opened: Opened = openMachine(casePolicy.machine, { terms: birth.terms, event }),
): Work {
  const { policy, hash: machineHash } = casePolicy;
  const { on: openedOn, atMs: lastAtMs, ...born } = birth;
  const work = workOn({
    ...born,
    policyId: policy.id,
    policyVersion: policy.version,
    jurisdiction: policy.jurisdiction,
    machineHash,
    snapshot: opened.snapshot,
    version: 1,
    headHash: genesisHash,
    lastAtMs,
    openedOn,
    openedBy: hand.actor.userId,
    deadlines: [],
    disbursements: [],
    rounds: {},
    fundYears: {},
    duties: [],
  });
  work.case.headHash = sealEvent(work, hand.actor, hand.cause, event, scene.recordedAt);
  put(work, 'facts', { case_id: birth.id, seq: event.seq, facts: birth.facts, ...placeOf(work) });
  carryOut(opened, work, { ...scene, event });
  return work;
}

/** Puts one decided event into the transaction: sealed, its duty held, its effects carried out, the case as it leaves it. */
export function hearEvent(
  work: Work,
  { actor, cause }: Hand,
  told: { readonly event: SeqEvent; readonly duty: string | undefined; readonly advance: Advance },
  scene: Omit<Scene, 'event'>,
): void {
  const { event, duty, advance } = told;
  const hash = sealEvent(work, actor, cause, event, scene.recordedAt);
  if (duty && actor.role !== 'system') {
    put(work, 'duties', { case_id: work.case.id, duty, person_id: actor.userId, seq: event.seq, ...placeOf(work) });
    work.case.duties = [...work.case.duties, duty];
  }
  carryOut(advance, work, { ...scene, event });
  work.case = {
    ...work.case,
    snapshot: advance.snapshot,
    version: event.seq,
    headHash: hash,
    lastAtMs: Date.parse(event.at),
  };
}

/** The row of a case that was opened in this transaction, as its last event leaves it. */
export function putOpenedCase(work: Work, termsSha256: string, recordedAt: string): void {
  const { case: born } = work;
  const { state, standing } = headline(born.snapshot);
  put(work, 'openCases', {
    id: born.id,
    case_no: born.caseNo,
    policy_id: born.policyId,
    policy_version: born.policyVersion,
    jurisdiction: born.jurisdiction,
    machine_hash: born.machineHash,
    terms_sha256: `\\x${termsSha256}`,
    ...placeOf(work),
    payee_account_id: born.payeeAccountId,
    state,
    standing,
    snapshot: born.snapshot,
    version: born.version,
    head_hash: `\\x${born.headHash}`,
    last_at: formatInstant(born.lastAtMs),
    opened_on: born.openedOn,
    opened_by: born.openedBy,
    recorded_at: recordedAt,
  });
}

import type { Calendar } from '@tranche/calendar';
import type { ChangeSet, LoadedCase, Row } from '@tranche/database';
import type { Advance, CaseEvent } from '@tranche/machines';
import type { Facts, Terms } from '@tranche/policies';
import { carryOut } from '../carry-out.js';
import { followDates } from '../class-dates.js';
import { putTaken, takenBy } from '../exclusions.js';
import { type Work, workOn } from '../work.js';
import type { CaseBundle } from './case-rows.js';
import { ClaimsAgain, type RosterRules } from './claims-again.js';
import type { RetoldStep } from './retell.js';
import type { MustRow } from './same-rows.js';

type Writable = Record<string, unknown>;

/** The rows that the events of one case leave behind, as the door would have written them. */
export type RowsAgain = {
  readonly deadlines: readonly MustRow[];
  readonly tasks: readonly MustRow[];
  readonly notices: readonly MustRow[];
  readonly objections: readonly MustRow[];
  readonly holds: readonly MustRow[];
  readonly classes: readonly MustRow[];
  readonly claims: ClaimsAgain;
};

/** When a time limit ends: the end among those it may have that the stored row has, or the one it must have now. */
export type EndOf = (row: Row) => Row;

/**
 * Lets the door carry out every event of a case again: the very function that turns an advance into rows, its rows applied here in memory
 * as its statements apply them in the database. Each event is a transaction of its own.
 */
export function doorAgain(
  bundle: CaseBundle,
  steps: readonly RetoldStep[],
  { calendar, endOf, roster }: { readonly calendar: Calendar; readonly endOf: EndOf; readonly roster: RosterRules },
): RowsAgain {
  const room = new Room(bundle, endOf, new ClaimsAgain(roster));
  const work = workOn(loadedOf(bundle));
  const facts = new Map(bundle.facts.map((each) => [each.seq, each]));
  let ids = 0;
  const newId = () => {
    ids += 1;
    return String(ids);
  };
  for (const step of steps) {
    const event = step.event as CaseEvent & { seq: number };
    const recordedAt = recordedOf(bundle, event.seq);
    const told = facts.get(event.seq);
    const now = told ? (JSON.parse(told.facts) as Facts) : null;
    if (event.type === 'roster.imported' && bundle.events[event.seq - 1]?.cause === 'import') room.importRoster(event, work.case.facts);
    const taken = event.seq > 1 ? takenBy(event) : null;
    if (taken) {
      room.claims.dropUnwanted(taken);
      putTaken(work, taken, newId);
    }
    carryOut(step as Pick<RetoldStep, 'effects' | 'movement'> as Advance, work, { event, calendar, newId, recordedAt });
    if (now && event.seq > 1) followDates(work, now);
    room.apply(work, event);
    if (now) work.case = { ...work.case, facts: now };
  }
  return room;
}

const recordedOf = ({ events }: CaseBundle, seq: number): string =>
  new Date(Number(BigInt(events[seq - 1]?.recordedUs ?? '0') / 1000n)).toISOString();

const loadedOf = ({ row, facts }: CaseBundle): LoadedCase => ({
  id: row.id,
  caseNo: row.caseNo,
  policyId: row.policyId,
  policyVersion: row.policyVersion,
  jurisdiction: row.jurisdiction,
  machineHash: row.machineHash,
  terms: {} as Terms,
  organisationId: row.organisationId,
  district: row.district,
  payeeAccountId: row.payeeAccountId,
  snapshot: null as never,
  version: 0,
  headHash: '',
  lastAtMs: 0,
  openedOn: row.openedOn,
  openedBy: row.openedBy,
  facts: JSON.parse(facts[0]?.facts ?? '{}') as Facts,
  deadlines: [],
  disbursements: [],
  rounds: {},
  fundYears: {},
  duties: [],
});

/** The tables of one case, in memory. */
class Room implements RowsAgain {
  readonly deadlines: Writable[] = [];
  readonly tasks: Writable[] = [];
  readonly notices: Writable[] = [];
  readonly objections: Writable[] = [];
  readonly holds: Writable[] = [];
  readonly classes: Writable[] = [];

  constructor(
    private readonly bundle: CaseBundle,
    private readonly endOf: EndOf,
    readonly claims: ClaimsAgain,
  ) {}

  /** What an imported roster does before its event is carried out: the class is filed, its people are claimed. */
  importRoster({ data }: CaseEvent, { plannedHours, startsOn, endsOn }: Facts): void {
    const { id, caseNo, organisationId, district } = this.bundle.row;
    const filed = { planned_hours: String(plannedHours), starts_on: startsOn, ends_on: endsOn };
    if (this.classes[0]) Object.assign(this.classes[0], filed);
    else this.classes.push({ case_id: id, name: caseNo, organisation_id: organisationId, district, ...filed });
    this.claims.importRoster(data, { startsOn: String(startsOn), endsOn: String(endsOn) });
  }

  /** Applies what the door put into the transaction of one event, and empties it for the next. */
  apply(work: Work, event: CaseEvent): void {
    const { changes } = work;
    this.applyDeadlines(work, changes);
    this.applyTasks(changes, event);
    this.applyNotices(changes, event);
    this.applyHolds(changes, event);
    for (const row of changes.moveClasses ?? []) if (this.classes[0]) Object.assign(this.classes[0], movedClass(row));
    this.claims.apply(changes);
    followPayments(work, event);
    for (const name of Object.keys(changes)) delete changes[name as keyof ChangeSet];
  }

  private applyDeadlines(work: Work, { setDeadlines = [] }: ChangeSet): void {
    for (const row of setDeadlines) {
      const end = this.endOf(row);
      this.deadlines.push({ ...row, ...end, seq: row['set_seq'] });
      const live = work.deadlines.get(String(row['key']));
      if (live?.fresh !== row) continue;
      work.deadlines.set(live.key, {
        id: live.id,
        key: live.key,
        status: live.status,
        kind: live.kind,
        lastDay: end['last_day'] as string,
      });
    }
    for (const ended of work.endedDeadlines.values()) {
      const row = this.deadlines.find(({ id }) => id === ended['id']);
      if (row)
        Object.assign(row, {
          status: ended['status'],
          ended_on: ended['ended_on'],
          trace: [...(row['trace'] as unknown[]), ...(ended['trace'] as unknown[])],
        });
    }
    work.endedDeadlines.clear();
  }

  private applyTasks({ openTasks = [], closeTasks = [] }: ChangeSet, { seq }: CaseEvent): void {
    const open = (kind: unknown) => this.tasks.find((task) => task['kind'] === kind && task['closed_at'] === null);
    for (const { kind, closed_at } of closeTasks) Object.assign(open(kind) ?? {}, { state: 'done', closed_at });
    for (const row of openTasks) if (!open(row['kind'])) this.tasks.push({ ...row, state: 'open', closed_at: null, seq });
  }

  private applyNotices(changes: ChangeSet, { seq }: CaseEvent): void {
    const ends = (no: unknown) => this.deadlines.findLast(({ key, set_seq }) => key === `notice:${no}` && set_seq === seq)?.['last_day'];
    for (const row of changes.postNotices ?? [])
      this.notices.push({ ...row, ends_on: ends(row['notice_no']) ?? null, state: 'posted', closed_on: null, seq });
    for (const { notice_no, state, closed_on } of changes.closeNotices ?? [])
      Object.assign(this.notices.find((row) => row['notice_no'] === notice_no && row['state'] === 'posted') ?? {}, { state, closed_on });
    for (const row of changes.raiseObjections ?? [])
      this.objections.push({ ...row, decision: null, decided_by: null, decided_on: null, seq });
    for (const { id, ...decided } of changes.decideObjections ?? [])
      Object.assign(this.objections.find((row) => row['id'] === id && row['state'] === 'open') ?? {}, decided);
  }

  private applyHolds({ placeHolds = [], releaseHolds = [] }: ChangeSet, { seq }: CaseEvent): void {
    for (const { released_by, released_on } of releaseHolds)
      for (const row of this.holds) if (row['released_on'] === null) Object.assign(row, { released_by, released_on });
    for (const row of placeHolds) this.holds.push({ ...row, released_by: null, released_on: null, seq });
  }
}

function movedClass({ starts_on, ends_on, planned_hours }: Row): Row {
  return { starts_on, ends_on, ...(planned_hours === null ? {} : { planned_hours }) };
}

/** What the bank's news makes of the obligations that an effect may call back: as `disbursements.ts` checks them row by row. */
function followPayments(work: Work, { type, data }: CaseEvent): void {
  for (const row of work.changes.requestDisbursements ?? [])
    work.disbursements.push({
      id: String(row['id']),
      payment: String(row['payment']),
      state: 'requested',
      amountFen: String(row['amount_fen']),
      fundId: String(row['fund_shares'] ?? row['fund_id']),
      batchId: null,
      transferId: null,
      transferState: null,
    });
  if (type === 'disbursement.submitted') {
    const live = work.disbursements.find(({ payment, state }) => payment === data['payment'] && state === 'requested');
    if (live) Object.assign(live, { state: 'sent', id: data['disbursement'] });
  }
  if (type === 'disbursement.failed' || type === 'disbursement.returned' || type === 'disbursement.settled')
    work.disbursements = work.disbursements.filter(({ id }) => id !== data['disbursement']);
}

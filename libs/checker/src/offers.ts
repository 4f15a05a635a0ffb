import {
  branchNames,
  type CaseEvent,
  chainOf,
  claimOf,
  correctingTypes,
  type Decision,
  eventTypes,
  refundId,
  voidingIds,
} from '@tranche/machines';
import type { Policy, Stamp } from '@tranche/policies';
import { amountNames, type Bounds, inUnits, periodStampOf, stampOf, termPeriods, unitFen } from './bounds.js';
import { numberOf } from './parts.js';
import { theDay } from './project.js';
import type { Stepper, Value } from './stepper.js';
import type { World } from './world.js';

type Data = Readonly<Record<string, unknown>>;
type Said = { readonly data: Data; readonly stamp?: Stamp; readonly actor?: string };
export type Offer = CaseEvent;

const nothing: Said = { data: {} };
const proposers = ['first person', 'second person'];

/** What may happen to a case, as the world has it: people at any time, the bank to what it was given, deadlines that run. */
export class Offers {
  private readonly usual: Stamp;
  private readonly roles: ReadonlyMap<string, string>;
  private readonly known = new Map<string, Offer>();
  private readonly asked = new Map<string, readonly Offer[]>();
  private readonly passings = new Map<string, Offer>();
  private readonly heard = new Map<number, readonly string[]>();
  private readonly payments: readonly string[];
  private readonly branchNames: readonly string[];
  private readonly disproven: Readonly<Record<string, boolean>>;
  /** the event that hands an application in */
  private readonly first: string;

  constructor(
    private readonly policy: Policy,
    private readonly bounds: Bounds,
    private readonly stepper: Stepper,
  ) {
    const usual = stampOf(policy, policy.plan.acceptance ? null : 0, policy.plan.acceptance ? null : 0);
    this.usual = bounds.conditions ? usual : { ...usual, conditions: {} };
    this.disproven = Object.fromEntries(Object.keys(policy.plan.conditions ?? {}).map((name) => [name, false]));
    this.roles = new Map(
      [...eventTypes(stepper.machine.policy)].map(([type, { source }]) => [
        type,
        source.kind === 'person' ? (source.roles[0] ?? '') : 'system',
      ]),
    );
    this.branchNames = branchNames(policy);
    this.first = chainOf(policy)[0]?.event ?? '';
    const { advances, remainder, recovery } = policy.plan;
    this.payments = [...advances.map(({ id }) => id), ...(remainder ? [remainder.id] : []), ...(recovery ? [refundId] : [])];
  }

  /** Everything that could be said now, whether the machine hears it or not. */
  at(value: Value, world: World): readonly Offer[] {
    const key = this.readBy(value, world);
    const asked = this.asked.get(key);
    if (asked) return asked;
    const offers = this.typesAt(value).flatMap((type) =>
      this.said(type, world).flatMap((said) => this.branches(type, world, said).map((each) => this.offer(type, each))),
    );
    this.asked.set(key, offers);
    return offers;
  }

  /** All that what may be said depends on: the same offers are made where this is the same. */
  private readBy(
    value: Value,
    { marks, conditions, live, arrived, granted, clocks, recovery, objections, proposals, setOffs, ...more }: World,
  ): string {
    const parts = [value, conditions, live, arrived, granted, clocks, objections, proposals, setOffs].map(numberOf);
    const corrected = more.corrected >= this.bounds.corrected;
    return `${parts.join()} ${marks['approved']} ${recovery && numberOf(recovery)} ${more.reassessing} ${corrected}`;
  }

  /** The same under every branch of the plan when an application is handed in first; afterwards under the one it was handed in with. */
  private branches(type: string, { conditions, marks }: World, said: Said): readonly Said[] {
    if (this.branchNames.length === 0) return [said];
    const stamp = said.stamp ?? this.usual;
    const under = (known: Readonly<Record<string, boolean>>): Said => ({
      ...said,
      stamp: { ...stamp, conditions: { ...stamp.conditions, ...known } },
    });
    const decided = Object.keys(conditions).length > 0;
    return !decided && type === this.first && !marks['approved'] ? this.combinations.map(under) : [under(conditions)];
  }

  /** Every branch within the bounds: all of them, or all conditions true and all false. */
  private get combinations(): readonly Readonly<Record<string, boolean>>[] {
    const all = this.branchNames.reduce<readonly Readonly<Record<string, boolean>>[]>(
      (made, name) =>
        made.flatMap((each) => [
          { ...each, [name]: true },
          { ...each, [name]: false },
        ]),
      [{}],
    );
    return this.bounds.branches ? all : [all[0]!, all.at(-1)!];
  }

  /** One event of every type that no arrow listens to here, and of a type that does not exist. */
  unheardOf(value: Value): readonly Offer[] {
    const listened = new Set(this.typesAt(value));
    const silent = [...this.roles.keys(), 'nothing.known'].filter((type) => !listened.has(type));
    return silent.map((type) => this.offer(type, nothing));
  }

  private typesAt(value: Value): readonly string[] {
    const key = numberOf(value);
    const known = this.heard.get(key) ?? this.stepper.machine.types.filter((type) => this.stepper.listens(value, type));
    this.heard.set(key, known);
    return known;
  }

  /** The event that a running deadline has passed. */
  passing(key: string): Offer {
    const offer = this.passings.get(key) ?? this.offer('deadline.passed', { data: { key } });
    this.passings.set(key, offer);
    return offer;
  }

  private offer(type: string, { data, stamp = this.usual, actor = this.roles.get(type) ?? 'system' }: Said): Offer {
    const key = JSON.stringify([type, data, actor, stamp === this.usual ? 0 : stamp]);
    const known = this.known.get(key);
    if (known) return known;
    const seq = Number(data['seq'] ?? 0);
    const offer = { type, seq, at: `${theDay}T12:00:00+08:00`, on: theDay, actor, data, stamp };
    this.known.set(key, offer);
    return offer;
  }

  private said(type: string, world: World): readonly Said[] {
    const { bounds } = this;
    const [family] = type.split('.');
    if (family === 'payment' || family === 'disbursement') return this.bank(type, world);
    if (family === 'correction' || isCorrecting(type)) return this.corrections(type, world);
    switch (type) {
      case 'application.returned':
      case 'application.rejected':
      case 'application.withdrawn':
        return bounds.refusals ? [nothing] : [];
      case 'application.approved':
        return this.policy.plan.acceptance ? [nothing] : this.assessments();
      case 'delivery.interrupted':
      case 'delivery.resumed':
        return bounds.interruptions ? [nothing] : [];
      case 'delivery.aborted':
      case 'acceptance.failed':
        if (!bounds.failures) return [];
        return bounds.keeps.map((keep) => ({ data: {}, stamp: stampOf(this.policy, null, keep) }));
      case 'acceptance.passed':
        return this.assessments();
      case 'results.imported':
        return world.reassessing ? this.assessments() : [nothing];
      case 'attendance.imported':
        // a list may prove what a milestone requires, say nothing of it, or no longer prove it
        return [nothing, ...[{}, this.disproven].map((conditions) => ({ data: {}, stamp: { ...this.usual, conditions } }))];
      case 'notice.posted':
        return [nothing];
      case 'objection.raised':
        return world.objections.length < bounds.objections ? [{ data: { objection: freeId(world) } }] : [];
      case 'objection.rejected':
        return world.objections.map((objection) => ({ data: { objection } }));
      case 'objection.upheld':
        return world.objections.flatMap((objection) => [
          { data: { objection, consequence: 'recompute' } },
          ...bounds.keeps.map((keep) => ({ data: { objection, consequence: 'failed' }, stamp: stampOf(this.policy, null, keep) })),
        ]);
      case 'claim.filed':
        return this.claims(world);
      case 'claims.stopped':
      case 'term.extended':
        return (this.policy.plan.claims ?? []).map(({ id }) => ({ data: { claim: id } }));
      case 'case.held':
      case 'case.released':
        return bounds.holds ? [nothing] : [];
      case 'recovery.received':
        return this.receipts(world);
      case 'recovery.demanded':
        return bounds.demands && world.recovery ? [{ data: { amountFen: String(world.recovery.openFen) } }] : [];
      case 'recovery.restored':
        return Object.keys(world.setOffs).map((setOff) => ({ data: { setOff, reason: 'AC01' } }));
      case 'recovery.escalated':
        return bounds.demands ? [nothing] : [];
      case 'deadline.passed':
        return this.deadlines(world);
      default:
        return type.startsWith('milestone.') && !this.policy.plan.acceptance ? this.assessments() : [nothing];
    }
  }

  /** The first periods, in any order, and again where one was granted: nobody may grant it twice. */
  private claims({ granted }: World): readonly Said[] {
    const filed = this.bounds.oneClaim ? Object.keys(granted).map(claimOf)[0] : undefined;
    const open = (this.policy.plan.claims ?? []).filter(({ id }) => filed === undefined || id === filed);
    return open.flatMap(({ id, every, extension }) =>
      firstPeriods[every]
        .slice(0, this.bounds.periods + (extension && this.bounds.periods === termPeriods ? 1 : 0))
        .map((period) => ({ data: { claim: id, period }, stamp: periodStampOf(this.policy, id, period) })),
    );
  }

  private assessments(): readonly Said[] {
    if (amountNames(this.policy).finals.length === 0) return [nothing];
    return this.bounds.finals.map((final) => ({ data: {}, stamp: stampOf(this.policy, final, 0) }));
  }

  private deadlines({ clocks }: World): readonly Said[] {
    const late = Object.values(clocks).filter((clock) => clock.state === 'passed').length;
    return Object.entries(clocks)
      .filter(([key, clock]) => clock.state === 'running' && (late < this.bounds.overdue || key.startsWith('notice:') || key === 'expiry'))
      .map(([key]) => ({ data: { key } }));
  }

  private receipts({ recovery }: World): readonly Said[] {
    const open = recovery?.openFen ?? 0n;
    const amounts = { part: unitFen, all: open, beyond: open + unitFen };
    const wanted = this.bounds.receipts.map((receipt) => amounts[receipt]).filter((fen) => fen > 0n);
    return [...new Set(wanted)].map((fen) => ({ data: { amountFen: String(fen), reference: '1' } }));
  }

  private bank(type: string, world: World): readonly Said[] {
    const { bounds } = this;
    return [...this.payments, ...Object.keys(world.granted)].flatMap((payment): readonly Said[] => {
      const live = world.live[payment];
      const arrived = world.arrived[payment] ?? [];
      const of = (disbursement: string | null, more: Data = {}): Said => ({ data: { payment, disbursement, ...more } });
      if (type === 'payment.requested') return [{ data: { payment, fund: 'F1' } }];
      if (type === 'payment.setOff') return this.keptBack(payment, world);
      if (type === 'disbursement.submitted') return [of(`${payment}#${arrived.length + 1}`)];
      if (type === 'disbursement.settled')
        return live ? [of(live.disbursement, { paidOn: theDay }), of('earlier', { paidOn: theDay })] : [];
      if (type === 'disbursement.failed') return bounds.bounces && live ? [of(live.disbursement, { reason: 'AC01' })] : [];
      return bounds.returns ? arrived.map((part) => of(part.disbursement, { reason: 'AC04', returnedOn: theDay })) : [];
    });
  }

  /** One unit of what was asked for, or all of it; what was kept back before does not go under the same name again. */
  private keptBack(payment: string, { live, arrived }: World): readonly Said[] {
    const asked = live[payment];
    const parts = arrived[payment] ?? [];
    if (!this.bounds.setOffs || asked?.state !== 'requested' || parts.some(({ setOff }) => setOff)) return [];
    const wanted = [...new Set([unitFen, asked.amountFen])].filter((fen) => fen <= asked.amountFen);
    const setOff = `${payment}#${parts.length + 1}`;
    return wanted.map((fen) => ({ data: { payment, amountFen: String(fen), fund: asked.fund, setOff, debtorCase: 'other' } }));
  }

  private corrections(type: string, world: World): readonly Said[] {
    const { corrections, corrected } = this.bounds;
    if (world.corrected >= corrected) return [];
    if (type === 'correction.proposed') {
      if (world.proposals.length >= this.bounds.proposals) return [];
      const seq = Math.max(0, ...world.proposals.map((proposal) => proposal.seq)) + 1;
      const wanted = corrections.flatMap((of) => this.contents(of, world).map((data) => ({ type: of, data })));
      return wanted.map((correction) => ({ data: { correction, seq }, actor: proposers[0] }));
    }
    const own = world.proposals.filter((proposal) => type === 'correction.dismissed' || proposal.type === type);
    return own.flatMap(({ seq, data }) => this.decisions(type, { ...data, proposal: seq }));
  }

  /** By the other person; what is corrected is assessed anew. */
  private decisions(type: string, data: Data): readonly Said[] {
    const actor = proposers[1];
    if (type !== 'fact.corrected') return [{ data, actor }];
    return this.bounds.finals.flatMap((final) =>
      (this.bounds.smaller ? [false, true] : [false]).map((small) => ({ data, actor, stamp: stampOf(this.policy, final, 0, small) })),
    );
  }

  private contents(type: string, world: World): readonly Data[] {
    const { recovery } = world;
    if (type === 'decision.rescinded') return this.bounds.decisions.flatMap((decision) => this.decided(decision, world));
    if (!type.startsWith('recovery.')) return [{}];
    const open = recovery?.openFen ?? 0n;
    if (type === 'recovery.setOff')
      return open === 0n
        ? []
        : [...new Set([inUnits(1), String(open)])].map((amountFen) => ({ amountFen, fund: 'F1', setOff: freeSetOff(world) }));
    if (type === 'recovery.instalmentsAgreed') return open === 0n ? [] : [{ instalments: inTwo(open) }];
    return open === 0n ? [] : [...new Set([inUnits(1), String(open)])].map((amountFen) => ({ amountFen }));
  }

  /** What was decided so, and could be rescinded. */
  private decided(decision: Decision, { granted, stopped, marks }: World): readonly Data[] {
    if (decision === 'stop') return stopped.map((claim) => ({ decision, claim }));
    if (decision === 'milestone')
      return voidingIds(this.policy).flatMap((milestone) => (marks[milestone] ? [{ decision, milestone }] : []));
    if (decision !== 'period') return [{ decision }];
    const periods = Object.keys(granted).filter((payment) => granted[payment] !== 0n);
    return periods.map((payment) => ({ decision, claim: claimOf(payment), period: payment.slice(payment.indexOf(':') + 1) }));
  }
}

/** One unit, then the rest. */
const inTwo = (open: bigint) =>
  [unitFen < open ? unitFen : open, open > unitFen ? open - unitFen : 0n]
    .filter((fen) => fen > 0n)
    .map((fen, at) => ({ dueOn: `2999-12-0${at + 1}`, amountFen: String(fen) }));

const firstPeriods = { month: ['2021-01', '2021-02', '2021-03'], quarter: ['2021-Q1', '2021-Q2', '2021-Q3'] } as const;
const isCorrecting = (type: string): boolean => (correctingTypes as readonly string[]).includes(type);
const freeSetOff = ({ setOffs }: World): string => ['d1', 'd2', 'd3'].find((id) => setOffs[id] === undefined) ?? 'd4';
const freeId = ({ objections }: World): string => ['o1', 'o2', 'o3'].find((id) => !objections.includes(id)) ?? 'o4';

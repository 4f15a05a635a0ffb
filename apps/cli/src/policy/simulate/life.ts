import { addDays, type Calendar, due } from '@tranche/calendar';
import {
  advance,
  allowedEvents,
  type CaseEvent,
  type CaseMachine,
  type CaseSnapshot,
  caseView,
  chainOf,
  type Effect,
  openCase,
} from '@tranche/machines';
import { fundPlan, periodAround, periodOf, type Stamp, stamp, type Terms } from '@tranche/policies';
import { Agenda } from './agenda.js';
import type { CasePlan, News } from './case-plan.js';

type Claiming = { claim: string; period: string; left: number };
type Deed =
  | { readonly kind: 'intake' }
  | { readonly kind: 'say'; readonly type: string; readonly data: Record<string, unknown> }
  | { readonly kind: 'claim'; readonly claiming: Claiming }
  | { readonly kind: 'pay'; readonly payment: string }
  | { readonly kind: 'repay'; readonly fen: string }
  | { readonly kind: 'clock'; readonly key: string };

/** Enough for any plan; more is a circle. */
const DEEDS_MOST = 2_000;

export type Stage = { readonly machine: CaseMachine; readonly terms: Terms; readonly calendar: Calendar; readonly until: string };

/** Lives a case on a fast clock, by machine, rules and calendar alone: what it would cost, and which limits would be missed. Pure. */
export function live(stage: Stage, plan: CasePlan): readonly News[] {
  return new Life(stage, plan).run();
}

class Life {
  private readonly agenda = new Agenda<Deed>();
  private readonly news: News[] = [];
  private readonly clocks = new Map<string, { readonly statutory: boolean; lastDay: string }>();
  private readonly refused = new Set<string>();
  private readonly claimed = new Set<string>();
  private snapshot: CaseSnapshot;
  private seq = 1;
  private entitled: string | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly plan: CasePlan,
  ) {
    const event = this.eventOf(plan.received, 'case.opened', {});
    const opened = openCase(stage.machine, { terms: stage.terms, event });
    this.snapshot = opened.snapshot;
    this.seq = 2;
    this.heed(plan.received, opened.effects);
    this.agenda.put(plan.received, { kind: 'intake' });
  }

  run(): readonly News[] {
    for (let deeds = 0; deeds < DEEDS_MOST; deeds += 1) {
      const next = this.agenda.take();
      if (!next || next.on > this.stage.until) return this.news;
      this.do(next.on, next.item);
      if (!this.agenda.some(({ kind }) => kind !== 'clock' && kind !== 'pay')) this.plotNext(next.on);
    }
    throw new Error(`${this.plan.id}: the case never comes to an end`);
  }

  private do(on: string, deed: Deed): void {
    if (deed.kind === 'intake') this.intake(on);
    else if (deed.kind === 'say') this.tell(on, deed.type, deed.data);
    else if (deed.kind === 'claim') this.claim(on, deed.claiming);
    else if (deed.kind === 'pay') this.pay(on, deed.payment);
    else if (deed.kind === 'repay') this.repay(on, deed.fen);
    else this.ring(on, deed.key);
  }

  private repay(on: string, amountFen: string): void {
    if (this.tell(on, 'recovery.received', { amountFen, reference: 'simulated' }))
      this.news.push({ kind: 'recovered', on, fund: this.lastFund, fen: BigInt(amountFen) });
  }

  /** Handed in on the day of receipt; every later step on the day of the approval. */
  private intake(on: string): void {
    const [first, ...later] = chainOf(this.stage.machine.policy).map(({ event }) => event);
    if (first !== undefined && !this.tell(on, first)) return;
    const decided = this.workingDays(on, this.plan.approveAfter);
    for (const type of [...later, 'application.approved']) this.agenda.put(decided, { kind: 'say', type, data: {} });
  }

  /** The next step of delivery, or the next period to claim, once nothing else is to be done. */
  private plotNext(on: string): void {
    const { plan } = this.stage.machine.policy;
    const allowed = new Set(allowedEvents(this.stage.machine, this.snapshot));
    const may = (type: string): boolean => allowed.has(type) && !this.refused.has(type);
    const milestone = plan.milestones.find(({ id, anytime, voids }) => !anytime && !voids && may(`milestone.${id}`));
    const inspected = this.plan.outcome === 'failed' ? 'acceptance.failed' : 'acceptance.passed';
    const say = (after: number, type: string, data = {}): void => this.agenda.put(addDays(on, after), { kind: 'say', type, data });
    if (milestone) say(this.plan.stepDays, `milestone.${milestone.id}`);
    else if (may(inspected)) say(1, inspected, inspected === 'acceptance.failed' ? { reason: 'simulated' } : {});
    else if (may('notice.posted')) say(1, 'notice.posted');
    else if (may('claim.filed')) this.plotClaims(on);
  }

  private plotClaims(on: string): void {
    for (const { claim, first, count } of this.plan.claims) {
      if (this.claimed.has(claim)) continue;
      this.claimed.add(claim);
      this.putClaim(on, { claim, period: first, left: count });
    }
  }

  /** A period is claimed once it is over. */
  private putClaim(on: string, claiming: Claiming): void {
    const over = addDays(periodOf(claiming.period)?.to ?? on, 1);
    this.agenda.put(over > on ? over : on, { kind: 'claim', claiming });
  }

  private claim(on: string, { claim, period, left }: Claiming): void {
    const facts = this.plan.claims.find((each) => each.claim === claim)?.facts ?? {};
    const granted = left > 0 && this.tell(on, 'claim.filed', { claim, period, facts });
    if (granted && left > 1) this.putClaim(on, { claim, period: following(period), left: left - 1 });
    else this.tell(on, 'claims.stopped', { claim, stop: 'other', reason: 'simulated' });
  }

  private lastFund = '';

  private pay(on: string, payment: string): void {
    const told = this.eventOf(on, 'payment.requested', { payment, fund: 'simulated' });
    const effects = this.hear(on, told);
    const asked = effects?.find((effect) => effect.kind === 'requestDisbursement');
    if (asked?.kind !== 'requestDisbursement') return;
    const disbursement = `${payment}#${this.seq}`;
    this.tell(on, 'disbursement.submitted', { payment, disbursement });
    this.tell(on, 'disbursement.settled', { payment, disbursement, sentOn: on, paidOn: on });
    const parts = this.partsOf(asked.amountFen, told.stamp);
    this.lastFund = parts.at(-1)?.fund ?? '';
    const advanced = this.stage.machine.policy.plan.advances.some(({ id }) => id === payment);
    this.news.push({ kind: 'paid', on, payment, advance: advanced, parts });
  }

  /** Funds are never short here: the first of those in order pays, or each its share. */
  private partsOf(amountFen: string, { conditions }: Stamp): { fund: string; fen: bigint }[] {
    const plan = fundPlan(this.stage.machine.policy, { conditions, terms: this.stage.terms }, amountFen);
    if (plan.kind === 'split') return plan.parts.map(({ fund, amountFen: fen }) => ({ fund: fund.code, fen: BigInt(fen) }));
    return [{ fund: plan.funds[0]?.code ?? '', fen: BigInt(amountFen) }];
  }

  /** The day after the last day of a limit. */
  private ring(on: string, key: string): void {
    const clock = this.clocks.get(key);
    if (!clock || addDays(clock.lastDay, 1) !== on) return;
    const effects = this.hear(on, this.eventOf(on, 'deadline.passed', { key })) ?? [];
    if (!effects.some((effect) => effect.kind === 'suspectBreach' && effect.key === key)) return;
    this.news.push({ kind: 'missed', on: clock.lastDay, key, statutory: clock.statutory });
  }

  private tell(on: string, type: string, data: Record<string, unknown> = {}): boolean {
    return this.hear(on, this.eventOf(on, type, data)) !== null;
  }

  private hear(on: string, event: CaseEvent): readonly Effect[] | null {
    const next = advance(this.stage.machine, this.snapshot, event);
    if (!next.ok) {
      if (event.type !== 'deadline.passed' && event.type !== 'payment.requested') this.refuse(on, event);
      return null;
    }
    this.seq += 1;
    this.snapshot = next.snapshot;
    this.heed(on, next.effects);
    this.noteEntitlement(on);
    return next.effects;
  }

  private refuse(on: string, { type, stamp: said }: CaseEvent): void {
    this.refused.add(type);
    this.news.push({ kind: 'refused', on, type, unmet: [...said.unmet, ...(said.period?.unmet ?? [])] });
  }

  private noteEntitlement(on: string): void {
    const { entitledFen } = caseView(this.stage.machine, this.snapshot);
    if (entitledFen === null || entitledFen === this.entitled) return;
    this.entitled = entitledFen;
    this.news.push({ kind: 'entitled', on, fen: BigInt(entitledFen) });
  }

  private heed(on: string, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'setDeadline') this.start(effect);
      else if (effect.kind === 'meetDeadline' || effect.kind === 'cancelDeadline') this.clocks.delete(effect.key);
      else if (effect.kind === 'openPayment')
        this.agenda.put(this.workingDays(on, this.plan.payAfter), { kind: 'pay', payment: effect.payment });
      else if (effect.kind === 'openRecovery') {
        this.agenda.put(addDays(on, 1), { kind: 'say', type: 'recovery.demanded', data: { amountFen: effect.amountFen } });
        this.agenda.put(addDays(on, this.plan.stepDays + 1), { kind: 'repay', fen: effect.amountFen });
      }
    }
  }

  private start({ key, from, count, unit, deadline }: Extract<Effect, { kind: 'setDeadline' }>): void {
    const end = due(this.stage.calendar, from, count, unit);
    const lastDay = end.provisional ? end.notBefore : end.lastDay;
    this.clocks.set(key, { statutory: deadline === 'statutory', lastDay });
    this.agenda.put(addDays(lastDay, 1), { kind: 'clock', key });
  }

  private workingDays(on: string, count: number): string {
    if (count === 0) return on;
    const end = due(this.stage.calendar, on, count, 'workingDays');
    return end.provisional ? end.notBefore : end.lastDay;
  }

  /** Another person at every step: four eyes are not what is simulated. */
  private eventOf(on: string, type: string, data: Record<string, unknown>): CaseEvent & { readonly seq: number } {
    const { machine, terms } = this.stage;
    const { facts, received, claims } = this.plan;
    const period =
      type === 'claim.filed'
        ? {
            id: String(data['period']),
            claim: String(data['claim']),
            facts: claims.find(({ claim }) => claim === data['claim'])?.facts ?? {},
          }
        : undefined;
    const said = stamp(machine.policy, { facts, terms, on: received, ...(period ? { period } : {}) });
    return { seq: this.seq, type, at: `${on}T09:00:00+08:00`, on, actor: type, data, stamp: said };
  }
}

/** The month or quarter after one. */
function following(id: string): string {
  const period = periodOf(id);
  return period ? periodAround(addDays(period.to, 1), period.every) : id;
}

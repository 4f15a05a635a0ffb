import type { CaseMachine, Effect } from '@tranche/machines';
import type { Policy, Text } from '@tranche/policies';
import type { Bounds } from './bounds.js';
import { Comparison } from './compare.js';
import { Graph } from './graph.js';
import { Books, judgeStep, judgeSums, judgeWorld } from './judge.js';
import { afterNews } from './news.js';
import { type Offer, Offers } from './offers.js';
import { numberOf } from './parts.js';
import { canonical, keyOf, type Situation } from './project.js';
import { type Breach, breach, type RuleId } from './rules.js';
import { openFirst } from './shape.js';
import { type Step, Stepper } from './stepper.js';
import { afterEffects } from './tellings.js';
import { firstWorld, keeping } from './world.js';

/** One event of a story and what it asked of the world; `refused` where nobody heard it. */
export type Told = { readonly event: Offer; readonly effects: readonly Effect[]; readonly refused: boolean };
/** A breach with the shortest story that leads to it from an opened case. */
export type Found = Breach & { readonly scope: Text; readonly story: readonly Told[] };
export type Exploration = {
  readonly states: number;
  readonly edges: number;
  /** closed states among them */
  readonly closed: number;
  /** distinct sequences of arrows, each of which XState decided alike */
  readonly compared: number;
  /** distinct reasons to refuse, each of which XState refused alike */
  readonly refusals: number;
  readonly complete: boolean;
  readonly found: Found | null;
  readonly reachedStates: ReadonlySet<string>;
  readonly reachedArrows: ReadonlySet<number>;
};

/** The plan with what its terms resolve to at the first day of the policy. */
export function judgedPolicy(policy: Policy, attempts: number): Policy {
  const { acceptance } = policy.plan;
  return acceptance ? { ...policy, plan: { ...policy.plan, acceptance: { ...acceptance, attempts } } } : policy;
}

/** What is judged: a machine, against the policy it is to follow; `counts` says which rules are looked at. */
export type Subject = {
  readonly machine: CaseMachine;
  readonly truth: Policy;
  /** kinds of effect that somebody carries out */
  readonly handlers: readonly string[];
  readonly counts: (rule: RuleId) => boolean;
  /** sequences of arrows and reasons to refuse that XState has been asked about; one set for several explorations */
  readonly compared: Set<string>;
};

/** Every situation within the bounds, breadth first; stops at the first breach of a rule that counts. */
export function explore(subject: Subject, bounds: Bounds): Exploration {
  return new Explorer(subject, bounds).run();
}

class Explorer {
  private readonly stepper: Stepper;
  private readonly offers: Offers;
  private readonly policy: Policy;
  private readonly books: Books;
  private readonly graph = new Graph();
  private readonly ids = new Map<string, number>();
  private readonly causes: Offer[] = [];
  private readonly causeIds = new Map<Offer, number>();
  private readonly reachedStates = new Set<string>();
  private readonly reachedArrows = new Set<number>();
  private readonly traces = new Set<string>();
  private readonly silent = new Set<number>();
  private readonly comparison: Comparison;
  private readonly first: Situation;
  private readonly counts: Subject['counts'];
  private readonly handlers: ReadonlySet<string>;
  private readonly compared: Set<string>;
  private next: Situation[] = [];
  private found: Found | null = null;

  constructor(
    { machine, truth, handlers, counts, compared }: Subject,
    private readonly bounds: Bounds,
  ) {
    this.counts = counts;
    this.handlers = new Set(handlers);
    this.compared = compared;
    this.stepper = new Stepper(machine);
    const { snapshot } = openFirst(machine, truth);
    const opened = snapshot.context as unknown as Situation['context'];
    const choice = opened.limits.notice ? (bounds.notice ?? opened.limits.notice) : null;
    const context = choice ? { ...opened, limits: { ...opened.limits, notice: choice } } : opened;
    this.policy = judgedPolicy(truth, context.limits.attempts);
    this.offers = new Offers(this.policy, bounds, this.stepper);
    this.books = new Books(machine.policy);
    this.comparison = new Comparison(machine);
    this.first = { value: snapshot.value as Situation['value'], context, world: { ...firstWorld, choice } };
  }

  run(): Exploration {
    this.enter(this.first, -1, null);
    const complete = this.goThrough() && !this.found;
    if (complete && this.counts('dead-end')) this.judgeEnds();
    const { states, edges } = this.graph;
    return {
      states,
      edges,
      closed: this.graph.closed.length,
      compared: this.comparison.compared,
      refusals: this.comparison.refusals,
      complete,
      found: this.found,
      reachedStates: this.reachedStates,
      reachedArrows: this.reachedArrows,
    };
  }

  /** Level after level; false where the bounds end it before everything was gone into. */
  private goThrough(): boolean {
    let level = this.next;
    let source = 0;
    while (level.length > 0) {
      this.next = [];
      for (const situation of level) {
        if (this.found || this.graph.states >= this.bounds.maxStates) return false;
        this.expand(situation, source);
        source += 1;
      }
      level = this.next;
    }
    return true;
  }

  private expand(situation: Situation, source: number): void {
    this.graph.open();
    const { value, world } = situation;
    const refused = new Map<Offer, boolean>();
    for (const offer of this.offers.at(value, world)) {
      refused.set(offer, !this.hear(situation, source, offer));
      if (this.found) return;
    }
    this.silence(situation, source);
    for (const [key, clock] of Object.entries(world.clocks)) {
      const offer = this.offers.passing(key);
      if (clock.state === 'running' && (refused.get(offer) ?? !this.heard(situation, offer)))
        this.report(source, offer, [
          breach('deadline-unheard', `时限 ${key} 到期无响应`, `nobody hears that the deadline ${key} has passed`),
        ]);
    }
  }

  /** Follows the case where this leads; false where it is refused. */
  private hear(situation: Situation, source: number, offer: Offer): boolean {
    let step: Step | null;
    try {
      step = this.stepper.step(situation.value, situation.context, offer);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.report(source, offer, [breach('guard-throws', `出错：${why}`, why)]);
      return true;
    }
    if (step === null) {
      this.compareRefusal(situation, offer, source);
      return false;
    }
    const { value, context, effects, trace } = step;
    if (!this.traces.has(trace)) this.newTrace(situation, step, offer, source);
    const heard = afterNews(situation.world, this.policy, offer);
    const told = afterEffects(keeping(heard.world, this.policy), this.policy, effects);
    const world = keeping(told.world, this.policy);
    this.report(source, offer, [
      ...heard.broken,
      ...told.broken,
      ...this.unhandled(effects),
      ...this.books.judge(situation.context, context, situation.world, world),
      ...judgeStep(situation.world, this.policy, effects, { type: offer.type, payment: String(offer.data['payment']) }),
    ]);
    if (!this.found) this.graph.edge(this.enter({ value, context, world }, source, offer));
    return true;
  }

  /** What no arrow listens to is refused in every state of every region, whatever the facts. */
  private silence(situation: Situation, source: number): void {
    const value = numberOf(situation.value);
    if (this.silent.has(value) || !this.counts('replay-differs')) return;
    this.silent.add(value);
    for (const offer of this.offers.unheardOf(situation.value)) {
      const places = Object.entries(situation.value).map(([region, state]) => `${region}.${state} ${offer.type}`);
      if (places.every((place) => this.compared.has(place))) continue;
      for (const place of places) this.compared.add(place);
      this.report(source, offer, this.comparison.judgeRefusal(situation, offer));
    }
  }

  private compareRefusal(situation: Situation, offer: Offer, source: number): void {
    if (!this.counts('replay-differs')) return;
    const why = this.stepper.refusal(situation.value, situation.context, offer);
    if (this.compared.has(why)) return;
    this.compared.add(why);
    this.report(source, offer, this.comparison.judgeRefusal(situation, offer));
  }

  private unhandled(effects: readonly Effect[]): readonly Breach[] {
    const nobody = effects.find(({ kind }) => !this.handlers.has(kind));
    return nobody ? [breach('effect-without-handler', `效果 ${nobody.kind} 无人处理`, `nobody carries out the effect ${nobody.kind}`)] : [];
  }

  private newTrace(situation: Situation, step: Step, offer: Offer, source: number): void {
    this.traces.add(step.trace);
    for (const arrow of step.trace.split(',')) if (arrow !== '') this.reachedArrows.add(Number(arrow));
    if (!this.counts('replay-differs') || this.compared.has(step.trace)) return;
    this.compared.add(step.trace);
    this.report(source, offer, this.comparison.judge(situation, step, offer));
  }

  /** The number of this situation; a new one is kept for the next round. */
  private enter(raw: Situation, parent: number, cause: Offer | null): number {
    const situation = canonical(raw, this.policy, this.bounds);
    const key = keyOf(situation);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.graph.add(parent, cause === null ? -1 : this.causeId(cause));
    this.ids.set(key, id);
    if (situation.world.closed) this.graph.closed.push(id);
    for (const [region, state] of Object.entries(situation.value)) this.reachedStates.add(`${region}.${state}`);
    if (cause !== null) this.report(parent, cause, [...judgeWorld(raw.world, this.policy), ...judgeSums(raw.context)]);
    this.next.push(situation);
    return id;
  }

  /** Whether it is heard at all; what it throws was reported when it was tried. */
  private heard({ value, context }: Situation, offer: Offer): boolean {
    try {
      return this.stepper.step(value, context, offer) !== null;
    } catch {
      return true;
    }
  }

  private causeId(cause: Offer): number {
    const known = this.causeIds.get(cause);
    if (known !== undefined) return known;
    this.causeIds.set(cause, this.causes.length);
    return this.causes.push(cause) - 1;
  }

  private report(source: number, offer: Offer, broken: readonly Breach[]): void {
    const first = broken.find(({ rule }) => this.counts(rule));
    if (first && !this.found) this.found = this.foundAs(first, [...this.eventsTo(source), offer]);
  }

  private eventsTo(state: number): readonly Offer[] {
    return this.graph.pathTo(state).map((cause) => this.causes[cause]!);
  }

  private judgeEnds(): void {
    const ends = this.graph.deadEnds();
    if (!ends) return;
    const found = breach(
      'dead-end',
      `此后无法办结（共 ${ends.count} 个状态）`,
      `from here the case can never be closed (${ends.count} states)`,
    );
    this.found = this.foundAs(found, this.eventsTo(ends.first));
  }

  /** The breach with its story, walked once more for what it told the world. */
  private foundAs(broken: Breach, events: readonly Offer[]): Found {
    let situation = this.first;
    const story: Told[] = [];
    for (const event of events) {
      const step = this.tryStep(situation, event);
      story.push({ event, effects: step?.effects ?? [], refused: step === null });
      if (step === null) break;
      const { value, context, effects } = step;
      const told = afterEffects(keeping(afterNews(situation.world, this.policy, event).world, this.policy), this.policy, effects);
      situation = canonical({ value, context, world: keeping(told.world, this.policy) }, this.policy, this.bounds);
    }
    return { ...broken, scope: this.bounds.label, story };
  }

  private tryStep({ value, context }: Situation, event: Offer): Step | null {
    try {
      return this.stepper.step(value, context, event);
    } catch {
      return null;
    }
  }
}

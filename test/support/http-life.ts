import { addDays } from '@tranche/calendar';
import { listsOf } from '@tranche/casework';
import { chainOf, type EventType, eventTypes, hasRoster } from '@tranche/machines';
import { type Facts, type PayeeKind, type Policy, periodOf, type Role } from '@tranche/policies';
import { districtOf } from './any-case.js';
import { attendanceFile, inventPeople, resultsFile, rosterFile } from './class-files.js';
import type { CaseView, Recovery } from './http-case.js';
import { done, type Json, type Reply } from './http-client.js';
import { inventNumbers, listFile } from './list-file.js';
import type { HttpPayee, Payees } from './payees.js';
import type { RunningHouse } from './processes.js';
import type { Together } from './together.js';
import type { Treasury } from './treasury.js';
import { factsFrom, type WhichLife } from './which-lives.js';

/** What lives have in common. */
export type Stage = { readonly house: RunningHouse; readonly together: Together; readonly payees: Payees; readonly treasury: Treasury };
export type LifeView = CaseView & {
  readonly regions: Record<string, { state: string }>;
  readonly marks: Record<string, string>;
  readonly payableFen: string | null;
  readonly tranches: readonly { state: string; fund: string | null; paidFen: string }[];
};

/** One case of any policy, lived over HTTP from its draft on; its plan alone says what comes next. */
export class HttpLife {
  /** what was refused once never comes; the case then ends as its plan says */
  private readonly never = new Set<string>();
  /** lists the registers supply: the first is told with the acceptance, another with the milestone that rests on it */
  private readonly listed: string[] = [];
  private readonly said = new Map<string, string>();
  /** the people of its roster */
  readonly class: readonly string[];
  private readonly types: ReadonlyMap<string, EventType>;

  private constructor(
    readonly stage: Stage,
    readonly which: WhichLife,
    readonly id: string,
    readonly payee: HttpPayee | null,
    private readonly numberOf: (token: string) => string = inventNumbers(),
  ) {
    this.types = eventTypes(which.policy);
    this.class = hasRoster(which.policy) ? inventPeople(2) : [];
  }

  /** A draft by a payee of this name; the office writes it where nobody applies. `numberOf`: the people its lists name. */
  static async open(stage: Stage, which: WhichLife, name: string, numberOf?: (token: string) => string): Promise<HttpLife> {
    const { policy, example, day } = which;
    const kind = (example.facts['payeeKind'] as PayeeKind | undefined) ?? policy.payee[0]!;
    const district = districtOf(example.place ?? policy.jurisdiction);
    const payee = await stage.payees.of(name, kind, district);
    await provide(stage, which);
    const office = policy.plan.entry === 'noApplication' || payee.role === 'officer';
    const sources = office ? ['form', 'upload', 'data', 'ledger'] : ['form', 'upload'];
    const typed = factsFrom(policy, example.facts, sources, listsOf(policy));
    const { organisationId, payeeAccountId } = payee;
    const facts = hasRoster(policy) ? factsOnDay(policy, factsFrom(policy, typed, ['form']), day) : typed;
    const asked = { policyId: policy.id, organisationId, payeeAccountId, facts };
    const { id } = await stage.house.client.post<{ id: string }>(office ? 'officer' : payee.as, 'cases', asked);
    return new HttpLife(stage, which, id, payee, numberOf);
  }

  /** A case that a run has opened. */
  static known(stage: Stage, which: WhichLife, id: string): HttpLife {
    return new HttpLife(stage, which, id, null);
  }

  /** Every step up to the approval, lists and register data with it; the approval's answer may be a refusal. */
  async intake(): Promise<Reply> {
    const { policy } = this.which;
    await this.bringLists();
    const facts = this.registered();
    for (const { event } of chainOf(policy)) {
      const told = event === 'application.accepted' && Object.keys(facts).length > 0 ? { facts } : {};
      await this.say(event, told);
    }
    return this.tell('application.approved');
  }

  /** Brings the example's list of people with the event that tells it. */
  private async list(fact: string, event: string, data: Json = {}, from: Facts = this.which.example.facts): Promise<Reply> {
    const form = new FormData();
    form.append('event', event);
    form.append('data', JSON.stringify(data));
    form.append('file', new Blob([listFile(this.which.policy, fact, from, this.numberOf)]), 'list.csv');
    return this.client.ask('POST', `cases/${this.id}/lists/${fact}`, { as: await this.speaker(event), raw: form });
  }

  /** The lists the applicant brings; how many. */
  async bringLists(): Promise<number> {
    const { policy } = this.which;
    this.listed.push(...this.lists.filter((fact) => registered(policy, fact)));
    const own = this.lists.filter((fact) => !registered(policy, fact));
    for (const fact of own) done(`list ${fact}`, await this.list(fact, 'facts.recorded'));
    return own.length;
  }

  /** What the office tells from the registers when it accepts. */
  registered(): Facts {
    const { policy, example } = this.which;
    return hasRoster(policy) ? {} : factsFrom(policy, example.facts, ['data', 'ledger'], this.lists);
  }

  private get lists(): readonly string[] {
    const { policy, example } = this.which;
    return listsOf(policy).filter((fact) => example.facts[fact] !== undefined && policy.facts[fact]?.per === undefined);
  }

  get claims(): boolean {
    return this.claimed !== undefined;
  }

  private get claimed(): string | undefined {
    const { policy, example } = this.which;
    return example.period && (example.period.claim ?? policy.plan.claims?.[0]?.id);
  }

  /** Claims the example's period once it has begun: with its list where it has one. */
  async claim(): Promise<Reply> {
    const { policy, example } = this.which;
    const { id: period, facts } = example.period!;
    await this.stage.together.until(periodOf(period)!.from);
    const list = listsOf(policy).find((name) => facts[name] !== undefined);
    const data = { claim: this.claimed, period };
    if (list === undefined) return this.tell('claim.filed', { ...data, facts });
    const others = Object.fromEntries(Object.entries(facts).filter(([name]) => name !== list));
    return this.list(list, 'claim.filed', { ...data, facts: others }, facts);
  }

  /** Paid whatever becomes due, told whatever must still be told, until the case is closed. */
  async finish(): Promise<LifeView> {
    for (let turn = 0; turn < 30; turn += 1) {
      const view = await this.view();
      if (view.standing === 'closed') return view;
      if (view.tranches.some(({ state }) => ['due', 'requested', 'sent'].includes(state))) await this.pay();
      else if (!(await this.step(view))) break;
    }
    throw new Error(
      `not closed: ${JSON.stringify({ ...(await this.view()), allowedEvents: [], deadlines: [], terms: {} }).slice(0, 3000)}`,
    );
  }

  pay(): Promise<void> {
    return this.stage.together.payday(this.id, this.which.policy.means === 'allocation' ? 'allocation' : 'http');
  }

  /** What was paid comes back: the plan's own undoing where it has one, or the approval is taken back by two people. */
  async undo(): Promise<void> {
    const voiding = this.which.policy.plan.milestones.find(({ voids }) => voids);
    if (voiding && (await this.may(`milestone.${voiding.id}`, {}))) return;
    const correction = { type: 'decision.rescinded', data: { decision: 'approval' } };
    await this.say('correction.proposed', { correction, reason: '不符合条件', cite: '复核' }, 'supervisor');
    const proposal = (await this.view()).proposals[0]?.proposal;
    await this.say('decision.rescinded', { proposal, decision: 'approval' }, 'approver');
    await this.say('application.rejected', { reason: '不符合条件' }, 'reviewer');
  }

  /** The whole debt is paid back in two parts; the case as it is then. */
  async repay(): Promise<LifeView> {
    const { items } = await this.client.get<{ items: Recovery[] }>('cashier', `recoveries?caseId=${this.id}`);
    const open = items.find(({ state }) => state !== 'closed');
    if (!open) throw new Error('nothing is demanded back');
    const rest = String(BigInt(open.demandedFen) - 1n);
    for (const amountFen of ['1', rest])
      await this.client.post('cashier', `recoveries/${open.id}/receipts`, { amountFen, reference: `HK-${amountFen}` });
    return this.view();
  }

  view(): Promise<LifeView> {
    return this.client.get<LifeView>('auditor', `cases/${this.id}`);
  }

  /** Says something; the answer may be a refusal. */
  async tell(type: string, data: Json = {}, as?: string): Promise<Reply> {
    await this.bring(type);
    if (type === 'application.accepted' || type.startsWith('milestone.')) {
      const fact = this.listed.shift();
      if (fact) return this.list(fact, type, data);
    }
    return this.client.ask('POST', `cases/${this.id}/events`, { as: as ?? (await this.speaker(type)), body: { type, data } });
  }

  async say(type: string, data: Json = {}, as?: string): Promise<void> {
    done(type, await this.tell(type, data, as));
  }

  /** One more step towards the end: what must still be told, or the day that must pass. False when nothing is left. */
  private async step({ marks, regions, deadlines, notice }: LifeView): Promise<boolean> {
    const { plan } = this.which.policy;
    const milestones = plan.milestones.filter(({ id, anytime, voids }) => !anytime && !voids && marks[id] === undefined);
    const open = (plan.claims ?? []).find(({ id }) => regions[id]?.state === 'open');
    const next: [string, Json][] = [
      ...milestones.map(({ id }): [string, Json] => [`milestone.${id}`, {}]),
      ...(plan.acceptance && marks['accepted'] === undefined ? [['acceptance.passed', {}] as [string, Json]] : []),
      // what is claimed by period is published when the claims have ended
      ...(open ? [['claims.stopped', { claim: open.id, stop: 'other', reason: '期满' }] as [string, Json]] : []),
      ...(plan.notice && notice === null && !open ? [['notice.posted', {}] as [string, Json]] : []),
    ];
    for (const [type, data] of next) if (!this.never.has(type) && (await this.may(type, data))) return true;
    const last = deadlines
      .filter(({ status, lastDay }) => status === 'running' && lastDay !== null)
      .map(({ lastDay }) => lastDay as string);
    if (last.length === 0) return false;
    const today = this.stage.together.today;
    const [first = today] = last.sort();
    await this.stage.together.until(addDays(first < today ? today : first, 1));
    return true;
  }

  private async may(type: string, data: Json): Promise<boolean> {
    const answer = await this.tell(type, data);
    if (answer.status !== 409) return done(type, answer) !== null;
    this.never.add(type);
    return false;
  }

  /** The lists of a class stand behind what is said of it. */
  private async bring(type: string): Promise<void> {
    const { class: people } = this;
    if (people.length === 0) return;
    const today = this.stage.together.today;
    const files: Readonly<Record<string, readonly [kind: string, role: string, content: string]>> = {
      'application.submitted': ['roster', '', rosterFile(people)],
      'milestone.halfway': ['attendance', '', attendanceFile(today, 1, people.length)],
      'acceptance.passed': ['results', 'inspector', resultsFile(people, people.length)],
    };
    const [kind, role, content] = files[type] ?? [];
    if (kind === undefined || content === undefined) return;
    done(kind, await this.client.upload(role || this.payee!.as, `cases/${this.id}/imports/${kind}`, `${kind}.csv`, content));
  }

  /** Who says this: the payee's own people where they may, or the office; what is verified is not verified by who handed it in. */
  private async speaker(type: string): Promise<string> {
    const known = this.types.get(type);
    if (known?.source.kind !== 'person') throw new Error(`nobody says ${type}`);
    const roles = known.source.roles as readonly Role[];
    const office = roles.filter((role) => role !== this.payee?.role);
    const among = known.duty === 'inspect' && office.length > 0 ? office : roles;
    const { payee } = this;
    if (payee && payee.role !== 'officer' && among.includes(payee.role)) return payee.as;
    return this.officeBy(among[0] as Role, known.duty);
  }

  /** Two duties of one case need two people: a role that has two is played by two. */
  private async officeBy(role: Role, duty = ''): Promise<string> {
    if (duty === '') return role;
    const known = this.said.get(`${role} ${duty}`);
    if (known) return known;
    const taken = [...this.said.keys()].some((key) => key.startsWith(`${role} `));
    const by = taken ? await this.stage.payees.second(role) : role;
    this.said.set(`${role} ${duty}`, by);
    return by;
  }

  private get client() {
    return this.stage.house.client;
  }
}

const registered = (policy: Policy, fact: string): boolean => ['data', 'ledger'].includes(policy.facts[fact]?.from ?? '');

/** Money for this year and the next, and the figures the example sets. */
export async function provide({ treasury, together }: Stage, { policy, example }: WhichLife): Promise<void> {
  const year = Number(together.today.slice(0, 4));
  const codes = policy.funds.map(({ code }) => code);
  await treasury.fill([...new Set(codes)], districtOf(example.place ?? policy.jurisdiction), [year, year + 1]);
  await treasury.set(policy, example);
}

/** A class of eight class-hours from the day on, half of it one session: what rosters and results prove is imported. */
export const factsOnDay = (policy: Policy, typed: Facts, day: string): Facts => ({
  ...factsFrom(policy, typed, ['form', 'ledger', 'data', 'case']),
  ...('plannedHours' in typed ? { plannedHours: 8, startsOn: day } : {}),
});

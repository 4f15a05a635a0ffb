import { postingsFor } from '@tranche/ledger';
import { type Policy, policies, resolveTerms, type Stamp } from '@tranche/policies';
import {
  type Advance,
  advance,
  type CaseEvent,
  type CaseMachine,
  type CaseSnapshot,
  type CaseView,
  caseMachine,
  caseView,
  type Effect,
  eventTypes,
  openCase,
  type Refusal,
} from '../src/index.js';

export const dalian = policies().find((policy) => policy.id === 'training-subsidy-staged' && policy.jurisdiction === 'CN-2102') as Policy;
export const liaoning = policies().find((policy) => policy.id === 'training-subsidy-staged' && policy.jurisdiction === 'CN-21') as Policy;
export const allTypes = [...eventTypes(dalian).keys()];
const built = new Map<Policy, CaseMachine>();

/** The machine of a policy, built once per test run. */
export function machineOf(policy: Policy): CaseMachine {
  const machine = built.get(policy) ?? caseMachine(policy);
  built.set(policy, machine);
  return machine;
}

export const yuan = (amount: number | string): string => {
  const [whole, cents = ''] = String(amount).split('.');
  return String(BigInt(whole ?? '0') * 100n + BigInt(cents.padEnd(2, '0')));
};

export type World = {
  estimate?: string;
  assessed?: string | null;
  onFailure?: string | null;
  half?: boolean;
  eligible?: boolean | null;
  inWindow?: boolean;
};

/** What the policy's rules would say: estimate, its shares and the assessment, in fen. */
export function stampOf({
  estimate = yuan(300_000),
  assessed = null,
  onFailure = '0',
  half = true,
  eligible = true,
  inWindow = true,
}: World): Stamp {
  const share = (per: bigint) => String((BigInt(estimate) * per) / 100n);
  return {
    amounts: { estimate, first: share(50n), second: share(25n), assessed, onFailure },
    conditions: { halfReached: half },
    eligible,
    inWindow,
    unmet: [],
  };
}

export type Told = { readonly on?: string; readonly by?: string; readonly world?: World };

/** A case being lived: every event goes through JSON and back before the next. */
export class Story {
  snapshot: CaseSnapshot;
  readonly events: CaseEvent[] = [];
  readonly steps: { readonly event: CaseEvent; readonly advance: Advance }[] = [];
  world: World = {};
  day = '2020-11-25';

  constructor(
    readonly policy: Policy = dalian,
    readonly terms = resolveTerms(policy, { on: '2020-11-25', scopes: [] }),
  ) {
    const event = this.eventOf('case.opened', {}, {});
    const opened = openCase(this.machine, { terms, event });
    this.events.push(event);
    this.snapshot = JSON.parse(JSON.stringify(opened.snapshot));
  }

  get machine(): CaseMachine {
    return machineOf(this.policy);
  }

  get view(): CaseView {
    return caseView(this.machine, this.snapshot);
  }

  eventOf(type: string, data: Record<string, unknown>, { on, by, world }: Told): CaseEvent {
    const day = on ?? this.day;
    return {
      type,
      seq: this.events.length + 1,
      at: `${day}T12:00:00+08:00`,
      on: day,
      actor: by ?? type.split('.')[0] ?? 'someone',
      data,
      stamp: stampOf({ ...this.world, ...world }),
    };
  }

  /** Tells the case something and returns what it answered; a refusal leaves everything as it was. */
  tell(type: string, data: Record<string, unknown> = {}, told: Told = {}): Advance | Refusal {
    if (told.on !== undefined) this.day = told.on > this.day ? told.on : this.day;
    const event = this.eventOf(type, data, told);
    const before = JSON.stringify(this.snapshot);
    const answer = advance(this.machine, this.snapshot, event);
    if (JSON.stringify(this.snapshot) !== before) throw new Error(`${type} changed the snapshot it was given`);
    if (!answer.ok) return answer;
    postingsFor(answer.movement);
    this.events.push(event);
    this.steps.push({ event, advance: answer });
    this.snapshot = JSON.parse(JSON.stringify(answer.snapshot));
    return answer;
  }

  /** Tells something that must be accepted. */
  hear(type: string, data: Record<string, unknown> = {}, told: Told = {}): this {
    const answer = this.tell(type, data, told);
    if (!answer.ok)
      throw new Error(
        `${type} ${JSON.stringify(data)} refused in ${answer.state}: ${JSON.stringify(answer.unmet)}; allowed: ${answer.allowed}`,
      );
    return this;
  }

  /** Effects of the last event heard. */
  get effects(): readonly Effect[] {
    return this.steps.at(-1)?.advance.effects ?? [];
  }

  get allEffects(): readonly Effect[] {
    return this.steps.flatMap((step) => step.advance.effects);
  }

  approve(): this {
    return this.hear('application.submitted').hear('application.accepted').hear('application.reviewed').hear('application.approved');
  }

  request(payment: string, fund = 'fund-1'): this {
    return this.hear('payment.requested', { payment, fund });
  }

  /** The id of the disbursement a payment is (or was last) sent with. */
  submit(payment: string): this {
    return this.hear('disbursement.submitted', { payment, disbursement: `${payment}#${this.events.length + 1}` });
  }

  private sentAs(payment: string): string {
    return String((this.snapshot.context['payments'] as Record<string, { disbursement: string }>)[payment]?.disbursement);
  }

  settle(payment: string, paidOn = this.day): this {
    return this.hear('disbursement.settled', { payment, disbursement: this.sentAs(payment), paidOn }, { on: paidOn });
  }

  bounce(payment: string): this {
    return this.hear('disbursement.failed', { payment, disbursement: this.sentAs(payment), reason: 'AC04' });
  }

  giveBack(payment: string): this {
    return this.hear('disbursement.returned', { payment, disbursement: this.sentAs(payment), reason: 'AC01', returnedOn: this.day });
  }

  pay(payment: string, paidOn = this.day): this {
    return this.request(payment).submit(payment).settle(payment, paidOn);
  }

  /** Passed, published, and the notice ended without objection. */
  accept(assessed: string): this {
    this.world = { ...this.world, assessed };
    return this.hear('acceptance.passed').hear('notice.posted').clear();
  }

  clear(on = this.day): this {
    return this.hear('deadline.passed', { key: `notice:${this.view.notice?.no}` }, { on });
  }

  failTwice(): this {
    return this.hear('acceptance.failed', { reason: 'x' }).hear('acceptance.failed', { reason: 'x' });
  }

  /** Two people correct something. */
  correct(type: string, data: Record<string, unknown>, told: Told = {}): this {
    const proposal = this.events.length + 1;
    return this.hear('correction.proposed', { correction: { type, data }, reason: 'r', cite: 'c' }, { by: 'first-eyes' }).hear(
      type,
      { ...data, proposal },
      { by: 'second-eyes', ...told },
    );
  }

  /** id → state and paid amount of every tranche shown. */
  get money(): Record<string, string> {
    return Object.fromEntries(this.view.tranches.map(({ id, state, amountFen }) => [id, `${state} ${amountFen}`]));
  }

  kinds(kind: Effect['kind']): readonly Effect[] {
    return this.allEffects.filter((effect) => effect.kind === kind);
  }
}

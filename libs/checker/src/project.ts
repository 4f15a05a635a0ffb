import type { CaseContext, PaymentContext } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import type { Bounds } from './bounds.js';
import { disbursementNames, type Names, numberNames } from './names.js';
import type { Value } from './stepper.js';
import { isLost, type World } from './world.js';

/** A case and the world beside it. */
export type Situation = { readonly value: Value; readonly context: CaseContext; readonly world: World };

/** The one day of the exploration: dates are told apart only by whether they are there. */
export const theDay = '2020-11-25';

const renamed = <T>(record: Readonly<Record<string, T>>, names: Names): Record<string, T> =>
  Object.fromEntries(
    Object.entries(record)
      .map(([key, value]): [string, T] => [names[key] ?? key, value])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const mostRemembered = 10_000;

/** What most events leave alone is worked out once. Forgotten all at once from time to time: cheaper than weak references. */
function remembered<A extends object, B>(work: (from: A) => B): (from: A) => B {
  const known = new Map<A, B>();
  return (from) => {
    const found = known.get(from);
    if (found !== undefined) return found;
    if (known.size > mostRemembered) known.clear();
    const made = work(from);
    known.set(from, made);
    if (made !== null && typeof made === 'object') known.set(made as never, made);
    return made;
  };
}

const sortedOnce = remembered((record: Readonly<Record<string, unknown>>) => renamed(record, {}));
const sorted = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> => sortedOnce(record) as Readonly<Record<string, T>>;
const onTheDay = remembered((reached: CaseContext['reached']) =>
  renamed(Object.fromEntries(Object.keys(reached).map((mark) => [mark, theDay])), {}),
);
const numbered = remembered((part: object) => numberOf(JSON.stringify(part, bigints)));

/**
 * The same situation under standard names: one day for all dates, numbers of notices, recoveries, proposals and disbursements counted
 * from 1 again, what nobody can read any more left out. Two situations with the same form go on in the same way.
 */
export function canonical({ value, context, world }: Situation, policy: Policy, bounds: Bounds): Situation {
  const names = { ...numberNames(context, world), ...disbursementNames(context, world) };
  const final = world.corrected >= bounds.corrected ? [policy.plan.acceptance?.onFailure ?? ''] : null;
  return {
    value,
    context: leaner(canonicalContext(context, names), final),
    world: leanerWorld(canonicalWorld(world, names), final),
  };
}

/** Short text, equal for equal situations: a number for each part that was seen before. */
export function keyOf({ value, context, world }: Situation): string {
  return `${numberOf(Object.values(value).join())}|${partsOf(context)}|${partsOf(world)}`;
}

function partsOf(whole: object): string {
  let text = '';
  for (const name in whole) {
    const part: unknown = whole[name as never];
    text += typeof part === 'object' && part !== null ? `,${numbered(part)}` : `;${String(part)}`;
  }
  return text;
}

/** Texts of parts by number; there are few, however many situations. */
const numbers = new Map<string, number>();
function numberOf(text: string): number {
  const known = numbers.get(text) ?? numbers.size;
  numbers.set(text, known);
  return known;
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}

const isEmpty = (names: Names): boolean => {
  for (const _ in names) return false;
  return true;
};
/** The old object where the new one says the same: its text is known. */
function changed<T extends object>(was: T, is: T): T {
  for (const key in is) if (was[key] !== is[key]) return is;
  return was;
}

const day = (date: string | null): string | null => (date === null ? null : theDay);

function canonicalContext(context: CaseContext, names: Names): CaseContext {
  const { notice, recovery } = context;
  const seqs = context.proposals.map(({ seq }) => seq);
  return {
    ...context,
    reached: onTheDay(context.reached),
    amounts: sorted(context.amounts),
    payments: canonicalPayments(context, names),
    recovered:
      context.recovered.length === 0
        ? context.recovered
        : [...context.recovered].sort((a, b) => (`${a.payment} ${a.fund}` < `${b.payment} ${b.fund}` ? -1 : 1)),
    recovery: changed(recovery, { ...recovery, no: Number(names['#recovery:demand:'] ?? recovery.no), demandedFen: null }),
    notice: changed(notice, { no: Number(names['#notice:'] ?? notice.no), postedOn: day(notice.postedOn), endedOn: day(notice.endedOn) }),
    objections: context.objections.length === 0 ? context.objections : context.objections.map((id) => names[id] ?? id),
    clocks: isEmpty(names) ? sorted(context.clocks) : renamed(context.clocks, names),
    proposals:
      context.proposals.length === 0
        ? context.proposals
        : context.proposals.map((proposal) => ({ ...proposal, seq: seqs.indexOf(proposal.seq) + 1 })),
  };
}

function canonicalPayments(context: CaseContext, names: Names): CaseContext['payments'] {
  if (isEmpty(names) && context.recovered.length === 0) return unrenamed(context.payments);
  return paymentsOf(context.payments, context.recovered, names);
}

const paymentsOf = (payments: CaseContext['payments'], recovered: CaseContext['recovered'], names: Names): CaseContext['payments'] =>
  Object.fromEntries(Object.entries(payments).map(([id, payment]) => [id, canonicalPayment(recovered, id, payment, names)]));
const unrenamed = remembered((payments: CaseContext['payments']) => paymentsOf(payments, [], {}));

function canonicalPayment(recovered: CaseContext['recovered'], id: string, payment: PaymentContext, names: Names): PaymentContext {
  const empty = payment.settled.length === 0 && payment.pendingFen === '0' && payment.sentFen === '0';
  const present = payment.sentFen !== '0' || payment.settled.some((part) => part.disbursement === payment.disbursement);
  const touched = !empty || recovered.some((part) => part.payment === id);
  return {
    ...payment,
    settled: payment.settled.map((part) => ({ ...part, disbursement: names[part.disbursement] ?? part.disbursement })),
    fund: touched ? payment.fund : null,
    disbursement: present && payment.disbursement !== null ? (names[payment.disbursement] ?? payment.disbursement) : null,
    paidOn: null,
    reason: null,
  };
}

function canonicalWorld(world: World, names: Names): World {
  const id = (disbursement: string): string => names[disbursement] ?? disbursement;
  const seqs = world.proposals.map(({ seq }) => seq);
  return {
    ...world,
    marks: sorted(world.marks),
    amounts: sorted(world.amounts),
    live: isEmpty(names)
      ? sorted(world.live)
      : sorted(
          Object.fromEntries(
            Object.entries(world.live).map(([payment, live]) => [
              payment,
              { ...live, disbursement: live.disbursement === null ? null : id(live.disbursement) },
            ]),
          ),
        ),
    arrived: isEmpty(names)
      ? sorted(world.arrived)
      : sorted(
          Object.fromEntries(
            Object.entries(world.arrived).map(([payment, parts]) => [
              payment,
              parts.map((part) => ({ ...part, disbursement: id(part.disbursement) })),
            ]),
          ),
        ),
    recovery: world.recovery === null ? null : changed(world.recovery, { ...world.recovery, no: 1 }),
    notice: world.notice === null ? null : 1,
    objections: world.objections.length === 0 ? world.objections : world.objections.map((objection) => names[objection] ?? objection),
    clocks: isEmpty(names) ? sorted(world.clocks) : renamed(world.clocks, names),
    proposals:
      world.proposals.length === 0
        ? world.proposals
        : world.proposals.map((proposal) => ({ ...proposal, seq: seqs.indexOf(proposal.seq) + 1 })),
    granted: sorted(world.granted),
    extended: sorted(world.extended),
  };
}

const endings = ['failed', 'rejected', 'withdrawn', 'voided', 'expired'];
const kept = [...endings, 'received'];

/** Once nothing is corrected any more nobody reads how a loss came about, nor how often an inspection failed before it was passed. */
function leaner(context: CaseContext, final: readonly string[] | null): CaseContext {
  if (final === null) return context;
  const lost = endings.some((mark) => mark !== 'expired' && context.reached[mark] !== undefined);
  const over = lost || context.reached['accepted'] !== undefined;
  return {
    ...context,
    failures: over ? 0 : context.failures,
    failedBy: context.failedBy === null ? null : 'acceptance',
    reached: lost ? keep(context.reached, kept) : context.reached,
    amounts: lost ? keep(context.amounts, final) : context.amounts,
  };
}

function leanerWorld(world: World, final: readonly string[] | null): World {
  if (final === null) return world;
  const lost = isLost(world);
  return {
    ...world,
    failures: lost || world.marks['accepted'] ? 0 : world.failures,
    failedBy: world.failedBy === null ? null : 'acceptance',
    marks: lost ? keep(world.marks, kept) : world.marks,
    amounts: lost ? keep(world.amounts, final) : world.amounts,
    reassessing: lost ? false : world.reassessing,
  };
}

function keep<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  const entries = Object.entries(record);
  const left = entries.filter(([key]) => names.includes(key));
  return left.length === entries.length ? record : Object.fromEntries(left);
}

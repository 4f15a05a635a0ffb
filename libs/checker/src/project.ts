import type { CaseContext, PaymentContext } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import type { Bounds } from './bounds.js';
import { disbursementNames, type Names, numberNames } from './names.js';
import { isKnown, known, knownParts, numberOf } from './parts.js';
import type { Value } from './stepper.js';
import { isLost, type World } from './world.js';

/** A case and the world beside it. */
export type Situation = { readonly value: Value; readonly context: CaseContext; readonly world: World };

/** The one day of the exploration: dates are told apart only by whether they are there. */
export const theDay = '2020-11-25';

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
const renamed = <T>(record: Told<T>, names: Names): Told<T> => {
  const entries = Object.entries(record).map(([key, value]): [string, T] => [names[key] ?? key, value]);
  return Object.fromEntries(entries.sort(byName));
};
type Told<T> = Readonly<Record<string, T>>;

/** A part in its standard form; one that is in it already is left as it is. */
const standard = <T extends object>(part: T, work: (part: T) => T): T => (isKnown(part) ? part : known(work(part)));
const sorted = <T>(record: Told<T>): Told<T> => standard(record, (each) => renamed(each, {}));
const onTheDay = (reached: CaseContext['reached']): CaseContext['reached'] =>
  standard(reached, (each) =>
    Object.fromEntries(
      Object.keys(each)
        .sort()
        .map((mark) => [mark, theDay]),
    ),
  );

/**
 * The same situation under standard names: one day for all dates, numbers of notices, recoveries, proposals and disbursements counted
 * from 1 again, what nobody can read any more left out. Two situations with the same form go on in the same way.
 */
export function canonical({ value, context, world }: Situation, policy: Policy, bounds: Bounds): Situation {
  const names = { ...numberNames(context, world), ...disbursementNames(context, world) };
  const final = world.corrected >= bounds.corrected ? [policy.plan.acceptance?.onFailure ?? ''] : null;
  return {
    value: known(value),
    context: leaner(canonicalContext(context, names), final),
    world: leanerWorld(canonicalWorld(world, names), final),
  };
}

/** Short text, equal for equal situations: the numbers of its parts. */
export function keyOf({ value, context, world }: Situation): string {
  return `${numberOf(value)}${partsOf(context)}${partsOf(world)}`;
}

function partsOf(whole: object): string {
  let text = '|';
  for (const name in whole) {
    const part: unknown = whole[name as never];
    text += typeof part === 'object' && part !== null ? `,${numberOf(part)}` : `;${String(part)}`;
  }
  return text;
}

const isEmpty = (names: Names): boolean => {
  for (const _ in names) return false;
  return true;
};

const day = (date: string | null): string | null => (date === null ? null : theDay);
const numberedAnew = <T extends { readonly seq: number }>(proposals: readonly T[]): readonly T[] => {
  const seqs = proposals.map(({ seq }) => seq);
  return known(proposals.map((proposal) => ({ ...proposal, seq: seqs.indexOf(proposal.seq) + 1 })));
};
const inOrder = (parts: CaseContext['recovered']): CaseContext['recovered'] =>
  [...parts].sort((a, b) => (`${a.payment} ${a.fund}` < `${b.payment} ${b.fund}` ? -1 : 1));

function canonicalContext(context: CaseContext, names: Names): CaseContext {
  const { notice, recovery, clocks, objections } = context;
  const asIs = isEmpty(names);
  return {
    ...context,
    limits: known(context.limits),
    reached: onTheDay(context.reached),
    amounts: sorted(context.amounts),
    payments: canonicalPayments(context, names),
    recovered: standard(context.recovered, inOrder),
    recovery:
      asIs && isKnown(recovery)
        ? recovery
        : known({ ...recovery, no: Number(names['#recovery:demand:'] ?? recovery.no), demandedFen: null }),
    notice:
      asIs && isKnown(notice)
        ? notice
        : known({ no: Number(names['#notice:'] ?? notice.no), postedOn: day(notice.postedOn), endedOn: day(notice.endedOn) }),
    objections: asIs ? known(objections) : known(objections.map((id) => names[id] ?? id)),
    clocks: asIs ? sorted(clocks) : known(renamed(clocks, names)),
    proposals: numberedAnew(context.proposals),
    ...(context.pauses ? { pauses: known([]) } : {}),
    ...(context.unproven ? { unproven: known(context.unproven) } : {}),
    ...(context.setOffs ? { setOffs: sorted(context.setOffs) } : {}),
  };
}

function canonicalPayments({ payments, recovered }: CaseContext, names: Names): CaseContext['payments'] {
  const asIs = isEmpty(names) && recovered.length === 0;
  if (asIs && isKnown(payments)) return payments;
  const made: Record<string, PaymentContext> = {};
  for (const id in payments) {
    const payment = payments[id]!;
    made[id] = asIs && isKnown(payment) ? payment : canonicalPayment(recovered, id, payment, names);
  }
  return knownParts(made);
}

function canonicalPayment(recovered: CaseContext['recovered'], id: string, payment: PaymentContext, names: Names): PaymentContext {
  const empty = payment.settled.length === 0 && payment.pendingFen === '0' && payment.sentFen === '0';
  const present = payment.sentFen !== '0' || payment.settled.some((part) => part.disbursement === payment.disbursement);
  const touched = !empty || recovered.some((part) => part.payment === id);
  return {
    ...payment,
    settled: payment.settled.map((part) => under(part, names)),
    fund: touched ? payment.fund : null,
    disbursement: present && payment.disbursement !== null ? (names[payment.disbursement] ?? payment.disbursement) : null,
    paidOn: null,
    reason: null,
  };
}

function canonicalWorld(world: World, names: Names): World {
  const asIs = isEmpty(names);
  const { live, arrived, recovery, clocks, objections } = world;
  return {
    ...world,
    marks: sorted(world.marks),
    amounts: sorted(world.amounts),
    live: asIs ? sorted(live) : known(renamed(liveUnder(live, names), {})),
    arrived: asIs ? sorted(arrived) : known(renamed(arrivedUnder(arrived, names), {})),
    recovery: recovery && standard(recovery, (open) => ({ ...open, no: 1 })),
    notice: world.notice === null ? null : 1,
    objections: asIs ? known(objections) : known(objections.map((id) => names[id] ?? id)),
    clocks: asIs ? sorted(clocks) : known(renamed(clocks, names)),
    proposals: numberedAnew(world.proposals),
    conditions: known(world.conditions),
    granted: sorted(world.granted),
    setOffs: sorted(world.setOffs),
    toRestore: known(world.toRestore),
    ended: known(world.ended),
    extended: sorted(world.extended),
    disproven: known(world.disproven),
  };
}

const liveUnder = (live: World['live'], names: Names): World['live'] =>
  mapped(live, (one) => ({ ...one, disbursement: one.disbursement === null ? null : (names[one.disbursement] ?? one.disbursement) }));
const arrivedUnder = (arrived: World['arrived'], names: Names): World['arrived'] =>
  mapped(arrived, (parts) => parts.map((part) => under(part, names)));
const under = <P extends { readonly disbursement: string; readonly with?: string }>(part: P, names: Names): P => ({
  ...part,
  disbursement: names[part.disbursement] ?? part.disbursement,
  ...(part.with === undefined ? {} : { with: names[part.with] ?? part.with }),
});
const mapped = <T>(record: Told<T>, change: (value: T) => T): Told<T> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

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
  return left.length === entries.length ? record : known(Object.fromEntries(left));
}

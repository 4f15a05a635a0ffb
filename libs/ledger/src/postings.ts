import { sum } from '@tranche/money';
import { position } from './claims.js';
import { balanced } from './entries.js';
import { shareOut, spread } from './fund-shares.js';
import type { Book, Entry, Flow, Movement, Standing } from './movement.js';

type Line = readonly [book: Book, account: string, sign: 1n | -1n];

/** What each kind of flow does to bank, promises and budget; the claims' side comes from the standing. */
const lines: Readonly<Record<Flow['kind'], readonly Line[]>> = {
  requested: [
    ['cash', '2001', -1n],
    ['budget', 'B2', -1n],
    ['budget', 'B3', 1n],
  ],
  cancelled: [
    ['cash', '2001', 1n],
    ['budget', 'B3', -1n],
    ['budget', 'B2', 1n],
  ],
  // The budget went from reserved to in payment when the batch was approved.
  submitted: [
    ['cash', '2001', 1n],
    ['cash', '1002', -1n],
  ],
  settled: [
    ['cash', '1002', 1n],
    ['cash', '1001', -1n],
    ['budget', 'B4', -1n],
    ['budget', 'B5', 1n],
  ],
  failed: [
    ['cash', '1002', 1n],
    ['budget', 'B4', -1n],
    ['budget', 'B2', 1n],
  ],
  returned: [
    ['cash', '1001', 1n],
    ['budget', 'B5', -1n],
    ['budget', 'B2', 1n],
  ],
  recovered: [
    ['cash', '1001', 1n],
    ['budget', 'B5', -1n],
    ['budget', 'B2', 1n],
  ],
  refunded: [
    ['cash', '1001', -1n],
    ['budget', 'B2', -1n],
    ['budget', 'B5', 1n],
  ],
  writtenOff: [],
  // No bank and no budget: what was spent on the debt is spent on the payment instead. The two sides meet in 2105.
  withheld: [['cash', '2105', -1n]],
  withheldUndone: [['cash', '2105', 1n]],
  setOff: [['cash', '2105', 1n]],
  setOffUndone: [['cash', '2105', -1n]],
};

type Amounts = { pendingFen: bigint; sentFen: bigint; paidFen: bigint; recoveredFen: bigint; setOffFen: bigint };
const nothing = (): Amounts => ({ pendingFen: 0n, sentFen: 0n, paidFen: 0n, recoveredFen: 0n, setOffFen: 0n });

/** What each kind of flow does to its payment's standing. */
const effects: Readonly<Record<Flow['kind'], Readonly<Partial<Record<keyof Amounts, 1n | -1n>>>>> = {
  requested: { pendingFen: 1n },
  cancelled: { pendingFen: -1n },
  submitted: { pendingFen: -1n, sentFen: 1n },
  settled: { sentFen: -1n, paidFen: 1n },
  failed: { sentFen: -1n },
  returned: { paidFen: -1n },
  recovered: { recoveredFen: 1n },
  refunded: { recoveredFen: -1n },
  writtenOff: {},
  withheld: { paidFen: 1n, setOffFen: 1n },
  withheldUndone: { paidFen: -1n, setOffFen: -1n },
  setOff: { recoveredFen: 1n, setOffFen: -1n },
  setOffUndone: { recoveredFen: -1n, setOffFen: 1n },
};

const amountNames = ['pendingFen', 'sentFen', 'paidFen', 'recoveredFen', 'setOffFen'] as const;

/**
 * The year of a fund is over: what comes free or comes back lapses instead of being available again, and its money is due to the
 * treasury; what goes out a second time is taken from there.
 */
const afterYearEnd = ([book, account, sign]: Line): readonly Line[] =>
  account === 'B2'
    ? [
        [book, 'B9', sign],
        ['cash', '3001', sign],
        ['cash', '2103', sign === 1n ? -1n : 1n],
      ]
    : [[book, account, sign]];

function entriesOf(flow: Flow, yearEnded: boolean): Entry[] {
  if (flow.amountFen <= 0n) throw new Error(`flow ${flow.kind} of ${flow.amountFen} fen: a flow is always positive`);
  const own = yearEnded && flow.kind !== 'requested' ? lines[flow.kind].flatMap(afterYearEnd) : lines[flow.kind];
  return own.map(([book, account, sign]) => ({ fund: flow.fund, book, account, amountFen: sign * flow.amountFen }));
}

/** Throws unless the standing after is exactly the standing before plus the flows. */
function requireFlowsExplain({ flows, before, after }: Movement): void {
  const open = new Map<string, Amounts>();
  const of = (row: { payment: string; fund: string }): Amounts => {
    const key = `${row.payment} of fund ${row.fund}`;
    const found = open.get(key);
    if (found) return found;
    const fresh = nothing();
    open.set(key, fresh);
    return fresh;
  };
  const add = (standing: Standing, sign: 1n | -1n): void => {
    for (const row of standing.payments) {
      const amounts = of(row);
      for (const name of amountNames) if (row[name]) amounts[name] += sign * row[name];
    }
  };
  add(after, 1n);
  add(before, -1n);
  for (const flow of flows) {
    const amounts = of(flow);
    const effect = effects[flow.kind];
    for (const name of amountNames) if (effect[name]) amounts[name] -= effect[name] * flow.amountFen;
  }
  const unexplained = [...open].flatMap(([key, amounts]) =>
    amountNames.flatMap((name) => (amounts[name] === 0n ? [] : [`${key}: ${name} ${amounts[name]}`])),
  );
  const writtenOff = flows.filter((flow) => flow.kind === 'writtenOff');
  if (writtenOff.length > 0 && sum(writtenOff.map((flow) => flow.amountFen)) !== after.writtenOffFen - before.writtenOffFen)
    unexplained.push(`writtenOffFen ${before.writtenOffFen} to ${after.writtenOffFen}`);
  if (unexplained.length > 0) throw new Error(`flows and standing disagree: ${unexplained.join('; ')}`);
}

const negated = (entry: Entry): Entry => ({ ...entry, amountFen: -entry.amountFen });

const noFund: ReadonlySet<string> = new Set();

/**
 * The entries of one movement, a shared payment fund by fund: what its flows did to bank, promises and budget, and the change of `position` on the other side.
 * Sorted by fund, book (cash, then budget) and account; one entry per account, never zero; each fund and book sums to zero.
 * Funds of `ended` years get nothing back that could be spent again. Throws when it does not balance, when a flow is not positive, or when
 * the flows do not lead from the standing before to the one after: bugs.
 */
export function postingsFor(asTold: Movement, ended: ReadonlySet<string> = noFund): Entry[] {
  const movement = spread(asTold);
  requireFlowsExplain(movement);
  return balanced([
    ...movement.flows.flatMap((flow) => entriesOf(flow, ended.has(flow.fund))),
    ...position(movement.after),
    ...position(movement.before).map(negated),
  ]);
}

function transfer(asTold: string, book: Book, from: string, to: string, wholeFen: bigint): Entry[] {
  if (wholeFen <= 0n) throw new Error(`a posting of ${wholeFen} fen: amounts are always positive`);
  return balanced(
    shareOut(asTold, wholeFen).flatMap(({ fund, amountFen }) => [
      { fund, book, account: from, amountFen: -amountFen },
      { fund, book, account: to, amountFen },
    ]),
  );
}

/** A batch was approved: its budget goes from reserved to in payment. */
export const batchApproval = (fund: string, amountFen: bigint): Entry[] => transfer(fund, 'budget', 'B3', 'B4', amountFen);

/** The same for lines that may be shared by several funds: each from its own. */
export const linesApproval = (lines: readonly { readonly fund: string; readonly amountFen: bigint }[]): Entry[] =>
  balanced(lines.flatMap(({ fund, amountFen }) => batchApproval(fund, amountFen)));

/** A line was taken out of an approved batch before sending: its budget is only reserved again. */
export const batchLineRemoved = (fund: string, amountFen: bigint): Entry[] => transfer(fund, 'budget', 'B4', 'B3', amountFen);

/** An appropriation was approved: the fund has the money and may spend it. */
export const appropriated = (fund: string, amountFen: bigint): Entry[] => [
  ...transfer(fund, 'cash', '3001', '1001', amountFen),
  ...transfer(fund, 'budget', 'B1', 'B2', amountFen),
];

/** An appropriation was lessened or recalled: the fund has the money no more and may not spend it. */
export const recalled = (fund: string, amountFen: bigint): Entry[] => [
  ...transfer(fund, 'cash', '1001', '3001', amountFen),
  ...transfer(fund, 'budget', 'B2', 'B9', amountFen),
];

/** The year was closed: what nobody had reserved may not be spent any more, and its money is due to the treasury. */
export const lapsed = (fund: string, amountFen: bigint): Entry[] => [
  ...transfer(fund, 'cash', '2103', '3001', amountFen),
  ...transfer(fund, 'budget', 'B2', 'B9', amountFen),
];

/** What was due to the treasury was paid to it. */
export const remitted = (fund: string, amountFen: bigint): Entry[] => transfer(fund, 'cash', '1001', '2103', amountFen);

/** Money came that nobody can explain yet: it is in the bank, and belongs to nobody we know. */
export const unidentified = (fund: string, amountFen: bigint): Entry[] => transfer(fund, 'cash', '2102', '1001', amountFen);

/** It became known what the money was: it is taken back here, and posted as what it is. */
export const identified = (fund: string, amountFen: bigint): Entry[] => transfer(fund, 'cash', '1001', '2102', amountFen);

/** What a booking may be that is no payment of ours, and the account it comes to rest in. */
export const explanations = {
  /** nobody appropriated it: the treasury decides about it */
  interest: '2103',
  /** no fund bears what the bank charged or took by mistake: it is to be made good, or has been */
  'bank-fee': '1203',
  /** sent to us by mistake: to be sent back, or sent back */
  foreign: '2106',
} as const;
export type Explanation = keyof typeof explanations;

/** Two people said what a booking is. `held`: a credit that stood under unidentified receipts, and leaves them. */
export function explained(
  fund: string,
  what: { readonly as: Explanation; readonly direction: 'credit' | 'debit'; readonly held: boolean; readonly amountFen: bigint },
): Entry[] {
  const own = explanations[what.as];
  return what.direction === 'debit'
    ? transfer(fund, 'cash', '1001', own, what.amountFen)
    : transfer(fund, 'cash', own, what.held ? '2102' : '1001', what.amountFen);
}

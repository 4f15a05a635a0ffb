import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  appropriated,
  batchApproval,
  type Entry,
  type Flow,
  openFen,
  position,
  postingsFor,
  refundableFen,
  type Standing,
  splitRecovery,
  splitRefund,
  splitWriteOff,
} from '../src/index.js';
import { afterFlows, Balances, row, standing } from './standings.js';

type Step = { readonly what: Flow['kind'] | 'entitle' | 'unfix' | 'claim'; readonly at: number; readonly size: number };
type Move = { readonly flows: readonly Flow[]; readonly after: Standing };

const FUNDS = ['F1', 'F3'] as const;
const AUTHORISED = 1_000_000n;
const whats: readonly Step['what'][] = [
  'requested',
  'cancelled',
  'submitted',
  'settled',
  'failed',
  'returned',
  'recovered',
  'refunded',
  'writtenOff',
  'entitle',
  'unfix',
  'claim',
];
const steps = fc.array(
  fc.record({
    what: fc.constantFrom(...whats, 'requested', 'submitted', 'settled', 'entitle'),
    at: fc.nat(3),
    size: fc.integer({ min: 1, max: 400 }),
  }),
  { maxLength: 60 },
);
const fundsOfPayments = fc.tuple(
  fc.constantFrom(...FUNDS),
  fc.constantFrom(...FUNDS),
  fc.constantFrom(...FUNDS),
  fc.constantFrom(...FUNDS),
);

const source: Partial<Record<Step['what'], 'pendingFen' | 'sentFen' | 'paidFen'>> = {
  cancelled: 'pendingFen',
  submitted: 'pendingFen',
  settled: 'sentFen',
  failed: 'sentFen',
  returned: 'paidFen',
};
const splits = { recovered: splitRecovery, refunded: splitRefund, writtenOff: splitWriteOff };

/** The flows of a step on this standing: parts of what is there, so that amounts divide and cross. */
function flowsOf(before: Standing, { what, at, size }: Step): Flow[] {
  if (what === 'entitle' || what === 'unfix' || what === 'claim') return [];
  if (what === 'recovered' || what === 'refunded' || what === 'writtenOff') {
    const limit = what === 'refunded' ? refundableFen(before) : openFen(before);
    const amountFen = BigInt(size) < limit ? BigInt(size) : limit;
    return amountFen > 0n ? splits[what](before, amountFen).map((part) => ({ kind: what, ...part })) : [];
  }
  const payment = before.payments[at]!;
  const from = source[what];
  const available = from ? payment[from] : BigInt(size);
  const amountFen = size % 3 === 0 && available > 1n ? available / 2n : available;
  return amountFen > 0n ? [{ kind: what, payment: payment.payment, fund: payment.fund, amountFen }] : [];
}

function move(before: Standing, step: Step): Move {
  const flows = flowsOf(before, step);
  const after = afterFlows(before, flows);
  if (step.what === 'entitle') return { flows, after: { ...after, entitledFen: BigInt(step.size - 1) } };
  if (step.what === 'unfix') return { flows, after: { ...after, entitledFen: null, recoveryOpen: false } };
  if (step.what === 'claim') return { flows, after: { ...after, recoveryOpen: !before.recoveryOpen } };
  return { flows, after };
}

function run(
  funds: readonly string[],
  sequence: readonly Step[],
  visit: (before: Standing, move: Move, entries: readonly Entry[]) => void,
  ended: ReadonlySet<string> = new Set(),
): Standing {
  return sequence.reduce(
    (before, step) => {
      const next = move(before, step);
      visit(before, next, postingsFor({ flows: next.flows, before, after: next.after }, ended));
      return next.after;
    },
    standing(funds.map((fund, at) => row(`s${at + 1}`, fund))),
  );
}

const total = (fens: readonly bigint[]): bigint => fens.reduce((sum, fen) => sum + fen, 0n);
const ofFund = (state: Standing, fund: string, of: 'pendingFen' | 'sentFen' | 'paidFen' | 'recoveredFen'): bigint =>
  total(state.payments.filter((payment) => payment.fund === fund).map((payment) => payment[of]));

describe('any sequence of flows', () => {
  it('keeps every posting balanced in each fund and book, without empty or repeated lines', () => {
    fc.assert(
      fc.property(fundsOfPayments, steps, (funds, sequence) => {
        run(funds, sequence, (_before, _move, entries) => {
          for (const fund of FUNDS)
            for (const book of ['cash', 'budget'])
              expect(total(entries.filter((entry) => entry.fund === fund && entry.book === book).map(({ amountFen }) => amountFen))).toBe(
                0n,
              );
          expect(entries.every(({ amountFen }) => amountFen !== 0n)).toBe(true);
          expect(new Set(entries.map(({ fund, account }) => `${fund} ${account}`)).size).toBe(entries.length);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the ledger saying exactly what the last standing says', () => {
    fc.assert(
      fc.property(fundsOfPayments, steps, (funds, sequence) => {
        const ledger = new Balances();
        for (const fund of FUNDS) ledger.post(appropriated(fund, AUTHORISED));
        const last = run(funds, sequence, (_before, { flows }, entries) => {
          for (const flow of flows) if (flow.kind === 'submitted') ledger.post(batchApproval(flow.fund, flow.amountFen));
          ledger.post(entries);
        });
        const expected = new Balances();
        expected.post(position(last));
        for (const fund of FUNDS) {
          const [pending, sent, paid, recovered] = (['pendingFen', 'sentFen', 'paidFen', 'recoveredFen'] as const).map((of) =>
            ofFund(last, fund, of),
          );
          const said = (...codes: string[]): bigint[] => codes.map((code) => ledger.of(fund, code));
          expect(said('1201', '1202', '2104', '5001', '5009')).toEqual(
            ['1201', '1202', '2104', '5001', '5009'].map((code) => expected.of(fund, code)),
          );
          expect(said('2001', '1002', '1001')).toEqual([-pending!, -sent!, AUTHORISED - paid! + recovered!]);
          expect(said('B3', 'B4', 'B5', 'B2')).toEqual([
            pending,
            sent,
            paid! - recovered!,
            AUTHORISED - pending! - sent! - paid! + recovered!,
          ]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives a fund whose year is over nothing back: what comes free or comes back has lapsed, and is due to the treasury', () => {
    fc.assert(
      fc.property(fundsOfPayments, steps, (funds, sequence) => {
        const [ledger, spent] = [new Balances(), new Balances()];
        run(
          funds,
          sequence,
          (_before, { flows }, entries) => {
            ledger.post(entries);
            for (const { kind, fund, amountFen } of flows)
              if (kind === 'requested') spent.post([{ fund, book: 'budget', account: 'B2', amountFen: -amountFen }]);
          },
          new Set(FUNDS),
        );
        for (const fund of FUNDS) {
          expect(ledger.of(fund, 'B2')).toBe(spent.of(fund, 'B2'));
          expect(ledger.of(fund, '2103')).toBe(-ledger.of(fund, 'B9'));
          expect(ledger.of(fund, '3001')).toBe(ledger.of(fund, 'B9'));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never spends more than the entitlement, never shows a claim below zero, and never owes and claims in one fund', () => {
    fc.assert(
      fc.property(fundsOfPayments, steps, (funds, sequence) => {
        run(funds, sequence, (_before, { after }) => {
          const balances = new Balances();
          balances.post(position(after));
          expect(total(FUNDS.map((fund) => balances.of(fund, '5001'))) <= (after.entitledFen ?? 0n)).toBe(true);
          for (const fund of FUNDS) {
            const claim = balances.of(fund, '1201') + balances.of(fund, '1202');
            expect(['1201', '1202', '5001', '5009'].every((code) => balances.of(fund, code) >= 0n)).toBe(true);
            expect(balances.of(fund, '2104') <= 0n).toBe(true);
            expect(claim > 0n && balances.of(fund, '2104') < 0n).toBe(false);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('lets a recovery, write-off or refund change only what it is about, by exactly its amount', () => {
    fc.assert(
      fc.property(fundsOfPayments, steps, (funds, sequence) => {
        run(funds, sequence, (before, { flows, after }) => {
          const kind = flows[0]?.kind;
          if (kind !== 'recovered' && kind !== 'writtenOff' && kind !== 'refunded') return;
          const amountFen = total(flows.map((flow) => flow.amountFen));
          expect(openFen(after)).toBe(openFen(before) - (kind === 'refunded' ? 0n : amountFen));
          expect(refundableFen(after)).toBe(refundableFen(before) - (kind === 'refunded' ? amountFen : 0n));
        });
      }),
      { numRuns: 500 },
    );
  });
});

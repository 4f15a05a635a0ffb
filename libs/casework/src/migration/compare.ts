import type { CaseSnapshot } from '@tranche/machines';
import { sameJson } from '../audit/exact-json.js';

type Payment = {
  readonly claimFen: string | null;
  readonly pendingFen: string;
  readonly sentFen: string;
  readonly settled: readonly { readonly disbursement: string; readonly fund: string; readonly amountFen: string }[];
  readonly fund: string | null;
  readonly disbursement: string | null;
};

/** What a migration compares of a context, whichever machine wrote it. */
export type MigrationContext = {
  readonly payments: Readonly<Record<string, Payment>>;
  readonly entitledFen: string | null;
  readonly recovered: readonly { readonly amountFen: string }[];
  readonly writtenOffFen: string;
  readonly recovery: { readonly no: number; readonly open: boolean };
  readonly clocks: Readonly<Record<string, string>>;
  readonly notice: unknown;
  readonly objections: unknown;
  readonly held: unknown;
  readonly proposals: unknown;
  readonly exclusive: unknown;
};

/** `state`: a region of the machine; `money`: fen; `clock`: a time limit. */
export type Difference = {
  readonly what: 'state' | 'money' | 'clock';
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
};

const contextIn = (snapshot: CaseSnapshot): MigrationContext => snapshot.context as unknown as MigrationContext;
const untouched: Payment = { claimFen: null, pendingFen: '0', sentFen: '0', settled: [], fund: null, disbursement: null };

/** The old context with the payments that only the new plan has, untouched. */
export function padded(was: MigrationContext, is: MigrationContext): MigrationContext {
  const added = Object.keys(is.payments).filter((id) => !(id in was.payments));
  const empty = { ...untouched, paidOn: null, reason: null };
  return { ...was, payments: { ...was.payments, ...Object.fromEntries(added.map((id) => [id, empty])) } };
}

const moved = ({ pendingFen, sentFen, settled, fund, disbursement }: Payment) => ({ pendingFen, sentFen, settled, fund, disbursement });

/** What the world has already seen and no other machine may tell otherwise; the name of the first thing that differs, or null. */
export function unmovable(was: MigrationContext, is: MigrationContext): string | null {
  const ids = new Set([...Object.keys(was.payments), ...Object.keys(is.payments)]);
  for (const id of ids) {
    if (!sameJson(moved(was.payments[id] ?? untouched), moved(is.payments[id] ?? untouched))) return `payments.${id}`;
  }
  const same = ['recovered', 'writtenOffFen', 'notice', 'objections', 'held', 'proposals', 'exclusive'] as const;
  const differs = same.find((name) => !sameJson(was[name], is[name]));
  if (differs) return differs;
  const opensFirst = was.recovery.no === 0 && is.recovery.no === 1 && is.recovery.open;
  return (was.recovery.no === is.recovery.no && was.recovery.open === is.recovery.open) || opensFirst ? null : 'recovery';
}

const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, fen) => total + BigInt(fen), 0n);

/** The figures of a case's money by name, in fen: the money rule, read off a context. */
export function moneyOf(snapshot: CaseSnapshot): Record<string, string | null> {
  const { payments, entitledFen, recovered, writtenOffFen } = contextIn(snapshot);
  const all = Object.values(payments);
  const paid = sum(all.flatMap(({ settled }) => settled.map(({ amountFen }) => amountFen)));
  const back = sum(recovered.map(({ amountFen }) => amountFen));
  const out = paid - back - BigInt(writtenOffFen) + sum(all.flatMap(({ pendingFen, sentFen }) => [pendingFen, sentFen]));
  const tranches = Object.entries(payments).map(([id, { claimFen }]) => [`claim.${id}`, claimFen] as const);
  return {
    entitled: entitledFen,
    payable: entitledFen === null ? null : String(BigInt(entitledFen) - out),
    paid: String(paid),
    recovered: String(back),
    ...Object.fromEntries(tranches),
  };
}

/** Every region, figure and clock that would be another. */
export function compareSnapshots(before: CaseSnapshot, after: CaseSnapshot): Difference[] {
  return [
    ...differences('state', statesOf(before), statesOf(after)),
    ...differences('money', moneyOf(before), moneyOf(after)),
    ...differences('clock', contextIn(before).clocks, contextIn(after).clocks),
  ];
}

const statesOf = ({ value }: CaseSnapshot): Record<string, string> =>
  typeof value === 'string' ? { '': value } : Object.fromEntries(Object.entries(value).map(([region, state]) => [region, String(state)]));

function differences(
  what: Difference['what'],
  before: Readonly<Record<string, string | null>>,
  after: Readonly<Record<string, string | null>>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => (before[name] ?? null) !== (after[name] ?? null))
    .map((name) => ({ what, name, before: before[name] ?? null, after: after[name] ?? null }));
}

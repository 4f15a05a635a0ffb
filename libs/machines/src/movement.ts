import { type Flow, type Movement, type Standing, splitWriteOff } from '@tranche/ledger';
import type { Policy } from '@tranche/policies';
import { type CaseContext, type PaymentContext, paymentIdsIn, paymentOf, type SettledPart, untouched } from './context.js';
import { setOffFen, standingOf } from './money-standing.js';
import { fen } from './sums.js';

/** What happened to money between two contexts of one case. */
export function movementBetween(policy: Policy, was: CaseContext, is: CaseContext): Movement {
  const [before, after] = [standingOf(policy, was), standingOf(policy, is)];
  const flows = [
    ...paymentIdsIn(policy, is).flatMap((id) => flowsOf(id, was.payments[id] ?? untouched, paymentOf(is, id))),
    ...recoveredFlows(was, is),
    ...setOffFlows(was, is),
    ...writtenOffFlows(before, after),
  ];
  return { flows, before, after };
}

function flowsOf(payment: string, before: PaymentContext, after: PaymentContext): readonly Flow[] {
  const flow = (kind: Flow['kind'], fund: string | null, amount: string | bigint): Flow => ({
    kind,
    payment,
    fund: fund ?? '',
    amountFen: BigInt(amount),
  });
  const added = after.settled.filter((part) => !includes(before.settled, part));
  const gone = before.settled.filter((part) => !includes(after.settled, part));
  const arrived = added.filter(byBank).map((part) => flow('settled', part.fund, part.amountFen));
  const returned = [
    ...gone.map((part) => flow(byBank(part) ? 'returned' : 'withheldUndone', part.fund, part.amountFen)),
    ...added.filter((part) => !byBank(part)).map((part) => flow('withheld', part.fund, part.amountFen)),
  ];
  const pending = fen(after.pendingFen) - fen(before.pendingFen);
  const sent = fen(after.sentFen) - fen(before.sentFen);
  if (pending > 0n) return [...returned, flow('requested', after.fund, pending)];
  if (sent > 0n) return [...returned, flow('submitted', after.fund, sent)];
  if (pending < 0n) return [...returned, flow('cancelled', after.fund, -pending)];
  return sent < 0n && arrived.length === 0 ? [...returned, flow('failed', after.fund, -sent)] : [...returned, ...arrived];
}

const byBank = ({ setOff }: SettledPart): boolean => setOff !== true;

const includes = (parts: readonly SettledPart[], { disbursement }: SettledPart): boolean =>
  parts.some((part) => part.disbursement === disbursement);

function recoveredFlows(was: CaseContext, is: CaseContext): readonly Flow[] {
  return is.recovered.flatMap(({ payment, fund, amountFen }) => {
    const before = was.recovered.find((part) => part.payment === payment && part.fund === fund);
    const received = fen(amountFen) - fen(before?.amountFen ?? '0') - setOffBetween(was, is, payment, fund);
    return received > 0n ? [{ kind: 'recovered' as const, payment, fund, amountFen: received }] : [];
  });
}

/** What payments of other cases were kept back for, and what of it is owed again. */
function setOffFlows(was: CaseContext, is: CaseContext): readonly Flow[] {
  const flows = (kind: Flow['kind'], here: CaseContext, there: CaseContext): readonly Flow[] =>
    Object.entries(here.setOffs ?? {}).flatMap(([id, parts]) =>
      there.setOffs?.[id] ? [] : parts.map(({ payment, fund, amountFen }) => ({ kind, payment, fund, amountFen: fen(amountFen) })),
    );
  return [...flows('setOff', is, was), ...flows('setOffUndone', was, is)];
}

const setOffBetween = (was: CaseContext, is: CaseContext, payment: string, fund: string): bigint =>
  setOffFen(is, payment, fund) - setOffFen(was, payment, fund);

/** A write-off that shrinks because money came back has no flow of its own: the standing says it. */
function writtenOffFlows(before: Standing, after: Standing): readonly Flow[] {
  const given = after.writtenOffFen - before.writtenOffFen;
  return given > 0n ? splitWriteOff(before, given).map((part) => ({ kind: 'writtenOff' as const, ...part })) : [];
}

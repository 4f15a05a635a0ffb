import { type Flow, type Movement, type Standing, splitWriteOff } from '@tranche/ledger';
import type { Policy } from '@tranche/policies';
import { type CaseContext, type PaymentContext, paymentIdsIn, paymentOf, type SettledPart, untouched } from './context.js';
import { standingOf } from './money-standing.js';
import { fen } from './sums.js';

/** What happened to money between two contexts of one case. */
export function movementBetween(policy: Policy, was: CaseContext, is: CaseContext): Movement {
  const [before, after] = [standingOf(policy, was), standingOf(policy, is)];
  const flows = [
    ...paymentIdsIn(policy, is).flatMap((id) => flowsOf(id, was.payments[id] ?? untouched, paymentOf(is, id))),
    ...recoveredFlows(was, is),
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
  const arrived = after.settled.filter((part) => !includes(before.settled, part)).map((part) => flow('settled', part.fund, part.amountFen));
  const returned = before.settled
    .filter((part) => !includes(after.settled, part))
    .map((part) => flow('returned', part.fund, part.amountFen));
  const pending = fen(after.pendingFen) - fen(before.pendingFen);
  const sent = fen(after.sentFen) - fen(before.sentFen);
  if (pending > 0n) return [...returned, flow('requested', after.fund, pending)];
  if (sent > 0n) return [...returned, flow('submitted', after.fund, sent)];
  if (pending < 0n) return [...returned, flow('cancelled', after.fund, -pending)];
  return sent < 0n && arrived.length === 0 ? [...returned, flow('failed', after.fund, -sent)] : [...returned, ...arrived];
}

const includes = (parts: readonly SettledPart[], { disbursement }: SettledPart): boolean =>
  parts.some((part) => part.disbursement === disbursement);

function recoveredFlows(was: CaseContext, is: CaseContext): readonly Flow[] {
  return is.recovered.flatMap(({ payment, fund, amountFen }) => {
    const before = was.recovered.find((part) => part.payment === payment && part.fund === fund);
    const received = fen(amountFen) - fen(before?.amountFen ?? '0');
    return received > 0n ? [{ kind: 'recovered' as const, payment, fund, amountFen: received }] : [];
  });
}

/** A write-off that shrinks because money came back has no flow of its own: the standing says it. */
function writtenOffFlows(before: Standing, after: Standing): readonly Flow[] {
  const given = after.writtenOffFen - before.writtenOffFen;
  return given > 0n ? splitWriteOff(before, given).map((part) => ({ kind: 'writtenOff' as const, ...part })) : [];
}

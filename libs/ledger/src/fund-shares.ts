import { sum } from '@tranche/money';
import type { Flow, Movement, PaymentStanding, Standing } from './movement.js';

/** What one fund bears of a payment that several funds make up together. */
export type FundShare = { readonly fund: string; readonly amountFen: bigint };

const SHARED = /^[^=+]+=\d+(\+[^=+]+=\d+)+$/;

/**
 * A payment made up by several funds is one payment: one obligation, one transfer, one answer of the bank. Its fund is then written as
 * its shares, `<fund>=<fen>+<fund>=<fen>`, in events, standing and disbursement alike; only the books see the funds one by one.
 * The last share is that of the fund that pays it out. Throws where there are fewer than two shares, or one is negative.
 */
export function sharedFund(shares: readonly FundShare[]): string {
  const text = shares.map(({ fund, amountFen }) => `${fund}=${amountFen}`).join('+');
  if (!SHARED.test(text)) throw new Error(`no shares of a payment: ${text}`);
  return text;
}

/** The shares of a fund as it stands in an event; null where it is one fund alone. */
export function sharesOf(fund: string): readonly FundShare[] | null {
  if (!SHARED.test(fund)) return null;
  return fund.split('+').map((share) => {
    const at = share.lastIndexOf('=');
    return { fund: share.slice(0, at), amountFen: BigInt(share.slice(at + 1)) };
  });
}

/** Every fund that bears a part. */
export const fundsIn = (fund: string): readonly string[] => sharesOf(fund)?.map((share) => share.fund) ?? [fund];

/** The fund from whose account the money goes: the last of several. */
export const payingFund = (fund: string): string => sharesOf(fund)?.at(-1)?.fund ?? fund;

/**
 * So many fen of a shared payment, fund by fund: exactly its shares for the whole of it and for every multiple, in proportion for a part.
 * Rounded on the running total, so the parts always make up the sum.
 */
export function shareOut(fund: string, amountFen: bigint): readonly FundShare[] {
  const shares = sharesOf(fund);
  if (!shares) return [{ fund, amountFen }];
  const whole = sum(shares.map((share) => share.amountFen));
  let before = 0n;
  let running = 0n;
  return shares.map((share) => {
    running += share.amountFen;
    const upTo = (amountFen * running) / whole;
    const part = upTo - before;
    before = upTo;
    return { fund: share.fund, amountFen: part };
  });
}

/** A standing with every shared payment as one row per fund. */
export const spreadStanding = (standing: Standing): Standing => ({ ...standing, payments: standing.payments.flatMap(spreadRow) });

function spreadRow(row: PaymentStanding): readonly PaymentStanding[] {
  if (!sharesOf(row.fund)) return [row];
  const [pending, sent, paid, recovered] = [row.pendingFen, row.sentFen, row.paidFen, row.recoveredFen].map((fen) =>
    shareOut(row.fund, fen),
  );
  return pending!.map(({ fund, amountFen }, at) => ({
    payment: row.payment,
    fund,
    pendingFen: amountFen,
    sentFen: sent![at]!.amountFen,
    paidFen: paid![at]!.amountFen,
    recoveredFen: recovered![at]!.amountFen,
  }));
}

/**
 * A movement with every shared payment as one flow per fund. What comes back in parts is rounded on the running total: where that takes a
 * fen from a fund that had it, the fen is given back to it.
 */
export function spread(movement: Movement): Movement {
  if (
    !movement.flows.some(({ fund }) => sharesOf(fund)) &&
    ![...movement.after.payments, ...movement.before.payments].some(({ fund }) => sharesOf(fund))
  )
    return movement;
  return {
    flows: movement.flows.flatMap((flow) => spreadFlow(flow, movement)),
    before: spreadStanding(movement.before),
    after: spreadStanding(movement.after),
  };
}

function spreadFlow(flow: Flow, { before, after }: Movement): readonly Flow[] {
  // a write-off moves nothing in the books by itself
  if (!sharesOf(flow.fund) || flow.kind === 'writtenOff') return [flow];
  const { payment, kind } = flow;
  if (kind !== 'recovered' && kind !== 'refunded')
    return shareOut(flow.fund, flow.amountFen).flatMap(({ fund, amountFen }) =>
      amountFen > 0n ? [{ payment, kind, fund, amountFen }] : [],
    );
  const [was, is] = [before, after].map((standing) => shareOut(flow.fund, recoveredOn(standing, flow)));
  return is!.flatMap(({ fund, amountFen }, at): Flow[] => {
    const change = amountFen - was![at]!.amountFen;
    if (change === 0n) return [];
    return [{ payment, fund, kind: change > 0n ? 'recovered' : 'refunded', amountFen: change > 0n ? change : -change }];
  });
}

const recoveredOn = (standing: Standing, { payment, fund }: Flow): bigint =>
  sum(standing.payments.filter((row) => row.payment === payment && row.fund === fund).map((row) => row.recoveredFen));

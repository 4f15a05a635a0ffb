/**
 * What happened to money, as the case machine says it; `postingsFor` turns it into balanced entries.
 * Flows move money or promises; the standing (before and after) says what the payee owes or has earned.
 */

/** One payment's movement. `fund` is the fund row charged; amounts in fen, always > 0. */
export type Flow = {
  readonly kind:
    | 'requested'
    | 'cancelled'
    | 'submitted'
    | 'settled'
    | 'failed'
    | 'returned'
    | 'recovered'
    | 'refunded'
    | 'writtenOff'
    /** set-off (抵扣), the side of the payment: kept back for a debt of the payee, and given up again */
    | 'withheld'
    | 'withheldUndone'
    /** the side of the debt: paid by what was kept back, and owed again */
    | 'setOff'
    | 'setOffUndone';
  readonly payment: string;
  readonly fund: string;
  readonly amountFen: bigint;
};

/**
 * Where each payment stands: promised and not sent, sent and unanswered, arrived and not returned, and how much of
 * what arrived was paid back by the payee (recovered − refunded, as `splitRecovery` and `splitRefund` matched it).
 * One row per payment and fund: a payment requested again from another fund gets a second row, and the first one
 * stays for as long as anything recovered stands on it. A payment never requested needs no row.
 */
export type PaymentStanding = {
  readonly payment: string;
  readonly fund: string;
  readonly pendingFen: bigint;
  readonly sentFen: bigint;
  readonly paidFen: bigint;
  readonly recoveredFen: bigint;
  /**
   * of these, what no bank moved: kept back of this payment for debts of other cases (+), or paid of this debt by payments of other
   * cases (−). Absent: nothing
   */
  readonly setOffFen?: bigint;
};

export type Standing = {
  /** in plan order; the entitlement is matched to them from the first, recoveries from the last */
  readonly payments: readonly PaymentStanding[];
  /** null until the entitlement is fixed: until then everything out is an advance */
  readonly entitledFen: bigint | null;
  /** the sum of the payments' `recoveredFen` */
  readonly recoveredFen: bigint;
  readonly writtenOffFen: bigint;
  /** is the excess claimed back by an open recovery? */
  readonly recoveryOpen: boolean;
};

export type Movement = { readonly flows: readonly Flow[]; readonly before: Standing; readonly after: Standing };

export type Book = 'cash' | 'budget';
/** + debit, − credit */
export type Entry = { readonly fund: string; readonly book: Book; readonly account: string; readonly amountFen: bigint };

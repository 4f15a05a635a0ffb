import type { Cite, Role, Text } from '@tranche/policies';

/**
 * What a transition asks the outer layers to do. An effect is data: it says what, never how,
 * and is carried out in the same transaction as the event that caused it (or as an outbox row).
 * Amounts are decimal strings of fen, dates `YYYY-MM-DD`.
 */
export type Effect =
  /** start a clock; the outer layer computes the day on the State Council calendar */
  | {
      kind: 'setDeadline';
      key: string;
      label: Text;
      from: string;
      count: number;
      unit: 'workingDays' | 'calendarDays' | 'months';
      deadline: 'statutory' | 'service';
      cite: Cite;
      /** days that are not counted, the first and the last of each pause among them */
      paused?: readonly { readonly from: string; readonly until: string }[];
    }
  /** the thing was done on this day: in time = met (or a suspected breach cleared), late = breach confirmed */
  | { kind: 'meetDeadline'; key: string; on: string }
  /** nobody waits for it any more; never sent for a clock whose day has passed: that one is met, too late */
  | { kind: 'cancelDeadline'; key: string }
  /** the day passed and the thing is not known to be done */
  | { kind: 'suspectBreach'; key: string }
  /** the tranche may be requested now; the worker picks the fund and dispatches `payment.requested` */
  | { kind: 'openPayment'; payment: string }
  /** create the obligation to pay and reserve its budget */
  | { kind: 'requestDisbursement'; payment: string; amountFen: string; fund: string }
  /** call back a request that has not been sent */
  | { kind: 'cancelDisbursement'; payment: string }
  | { kind: 'postNotice'; notice: number; from: string }
  | { kind: 'closeNotice'; notice: number; outcome: 'clear' | 'withdrawn' }
  | { kind: 'recordObjection'; objection: string; notice: number }
  | { kind: 'decideObjection'; objection: string; upheld: boolean }
  | { kind: 'openTask'; task: string; role: Role; label: Text }
  | { kind: 'closeTask'; task: string }
  | { kind: 'openRecovery'; recovery: number; amountFen: string; reason: Text; cite: Cite }
  /** the letter goes out: what is owed, to which account, by when */
  | { kind: 'demandRecovery'; recovery: number }
  | { kind: 'agreeInstalments'; recovery: number; instalments: readonly { readonly dueOn: string; readonly amountFen: string }[] }
  | { kind: 'overdueRecovery'; recovery: number }
  | { kind: 'escalateRecovery'; recovery: number }
  | { kind: 'closeRecovery'; recovery: number }
  /** what was kept back of a payment for a debt of another case is owed there again: the payment failed or came back */
  | { kind: 'restoreDebt'; setOff: string }
  /** hold the exclusion claims of the case's present roster (again after corrected facts or a rescinded failure) */
  | { kind: 'claimExclusion' }
  /** let go of all of them, or of those of one period */
  | { kind: 'releaseExclusion'; payment?: string }
  | { kind: 'holdCase' }
  | { kind: 'releaseCase' }
  | { kind: 'closeCase' }
  | { kind: 'reopenCase' };

export type EffectKind = Effect['kind'];

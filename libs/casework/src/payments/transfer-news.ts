import { type BankAnswer, wordsOf } from '@tranche/bank';
import { advanceTransfer, type TransferEvent, type TransferState } from '@tranche/machines';

/** One arrow a transfer takes because of what the bank said. */
export type TransferMove = {
  readonly from: TransferState;
  readonly to: TransferState;
  readonly bankReference: string | null;
  readonly reason: string | null;
  /** the bank's code of a refusal or return */
  readonly code: string | null;
  /** the bank's day of a settlement or return */
  readonly on: string | null;
};

/** How long a bank may leave a file without an answer before its outcome counts as unknown. */
export const ANSWER_WITHIN_MS = 3 * 86_400_000;

/** The bank has it, and says no more: files tell this, the HTTP bank does not. */
export type Received = { readonly kind: 'received'; readonly status: string };
/** Whatever is heard about a transfer, by whichever way. */
export type Heard = BankAnswer | Received;

/** What each kind of answer means for a transfer, in order: money that came back had arrived first. */
const meaning: { readonly [K in Heard['kind']]: readonly TransferEvent[] } = {
  received: ['bank.received'],
  accepted: ['bank.accepted'],
  settled: ['bank.settled'],
  rejected: ['bank.refused'],
  returned: ['bank.settled', 'bank.returned'],
  unknown: ['answer.missing'],
};

/**
 * The moves an answer causes: pure. None when it says no more than is known (nothing moves backwards);
 * `contradiction` when it cannot be true together with what is known: a person must look.
 */
export function movesFor(state: TransferState, answer: Heard): readonly TransferMove[] | 'contradiction' {
  const moves: TransferMove[] = [];
  let at = state;
  for (const event of meaning[answer.kind]) {
    const step = advanceTransfer(at, event);
    if (!step.ok) return 'contradiction';
    if (step.kind === 'moved') moves.push({ from: at, to: step.state, ...detailsOf(answer, event) });
    at = step.state;
  }
  return moves;
}

function detailsOf(answer: Heard, event: TransferEvent): Omit<TransferMove, 'from' | 'to'> {
  switch (answer.kind) {
    case 'received':
      return { bankReference: null, reason: null, code: null, on: null };
    case 'accepted':
      return { bankReference: answer.bankRef, reason: null, code: null, on: null };
    case 'settled':
      return { bankReference: answer.bankRef, reason: null, code: null, on: answer.settledOn };
    case 'rejected':
      return { bankReference: null, reason: wordsOf(answer.code, answer.text), code: answer.code, on: null };
    case 'returned':
      return event === 'bank.settled'
        ? { bankReference: answer.bankRef, reason: null, code: null, on: answer.settledOn }
        : { bankReference: answer.bankRef, reason: wordsOf(answer.code, answer.text), code: answer.code, on: answer.returnedOn };
    case 'unknown':
      return { bankReference: null, reason: `${answer.why}: ${answer.detail}`.slice(0, 500), code: null, on: null };
  }
}

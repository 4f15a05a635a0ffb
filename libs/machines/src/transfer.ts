import type { Text } from '@tranche/policies';
import { text } from './region.js';

/** One attempt to move money, with its own end-to-end id. */
export type TransferState =
  | 'draft'
  | 'pending_approval'
  | 'approved'
  | 'submitting'
  | 'submitted'
  | 'accepted'
  | 'unknown'
  | 'settled'
  | 'failed'
  | 'returned'
  | 'rejected'
  | 'cancelled';

/** What can be learned about a transfer: from people, from us, from the bank. */
export type TransferEvent =
  | 'batch.submitted'
  | 'batch.approved'
  | 'batch.rejected'
  | 'line.cancelled'
  | 'sending.started'
  | 'bank.received'
  | 'bank.accepted'
  | 'bank.settled'
  | 'bank.refused'
  | 'bank.returned'
  | 'answer.missing';

/** An arrow of the closed table: its reason, and whether only an inquiry or a statement may take it. */
export type TransferArrow = {
  readonly from: TransferState;
  readonly event: TransferEvent;
  readonly to: TransferState;
  readonly why: Text;
};

const arrow = (from: TransferState, event: TransferEvent, to: TransferState, zh: string, en: string): TransferArrow => ({
  from,
  event,
  to,
  why: text(zh, en),
});

/** The whole life of a transfer. What is not listed does not happen. */
export const transferArrows: readonly TransferArrow[] = [
  arrow('draft', 'batch.submitted', 'pending_approval', '经办提交，内容固定', 'The maker submits: the content is fixed'),
  arrow('draft', 'line.cancelled', 'cancelled', '提交前撤销', 'Cancelled before submission'),
  arrow('pending_approval', 'batch.approved', 'approved', '复核同意同一内容', 'The checker signs the very same content'),
  arrow('pending_approval', 'batch.rejected', 'rejected', '复核不同意', 'The checker refuses'),
  arrow('pending_approval', 'line.cancelled', 'cancelled', '应付已撤回', 'The obligation was called back before the signature'),
  arrow('approved', 'sending.started', 'submitting', '发送前先落库', 'Committed before any byte leaves'),
  arrow('approved', 'line.cancelled', 'cancelled', '应付已撤回，未发送', 'The obligation was called back before sending'),
  arrow('submitting', 'bank.received', 'submitted', '银行已收到', 'The bank took the request'),
  arrow('submitting', 'bank.accepted', 'accepted', '银行已受理', 'The bank will execute it'),
  arrow('submitting', 'bank.settled', 'settled', '银行直接回报到账', 'The bank answers with the credit at once'),
  arrow('submitting', 'bank.refused', 'failed', '银行明确拒绝，未扣款', 'The bank refuses outright: nothing was debited'),
  arrow('submitting', 'answer.missing', 'unknown', '没有答复：不知道，不重发', 'No answer came: unknown, never blindly sent again'),
  arrow('submitted', 'bank.accepted', 'accepted', '银行受理', 'The bank will execute it'),
  arrow('submitted', 'bank.settled', 'settled', '银行确认到账', 'The bank confirms the credit'),
  arrow('submitted', 'bank.refused', 'failed', '银行拒绝', 'The bank refuses'),
  arrow('submitted', 'answer.missing', 'unknown', '超时未知结果', 'The outcome is overdue: unknown'),
  arrow('accepted', 'bank.settled', 'settled', '银行确认到账', 'The bank confirms the credit'),
  arrow('accepted', 'bank.refused', 'failed', '银行受理后退回', 'The bank refuses after all'),
  arrow('accepted', 'answer.missing', 'unknown', '超时未知结果', 'The outcome is overdue: unknown'),
  arrow('unknown', 'bank.received', 'submitted', '查询得知银行已收到', 'An inquiry shows that the bank has it'),
  arrow('unknown', 'bank.accepted', 'accepted', '查询得知已受理', 'An inquiry shows that it was accepted'),
  arrow('unknown', 'bank.settled', 'settled', '查询或对账单得知到账', 'An inquiry or a statement shows the credit'),
  arrow('unknown', 'bank.refused', 'failed', '查询或对账单得知未付', 'An inquiry or a statement shows that nothing was paid'),
  arrow('settled', 'bank.returned', 'returned', '退票：款项退回', 'Returned: the money came back'),
];

/** States in which a transfer is still alive: at most one such transfer per disbursement. */
export const liveTransferStates: readonly TransferState[] = [
  'draft',
  'pending_approval',
  'approved',
  'submitting',
  'submitted',
  'accepted',
  'unknown',
  'settled',
];

/** Bank news from weakest to strongest; a state that already knows as much ignores the weaker. */
const strength: Partial<Record<TransferEvent | TransferState, number>> = {
  'answer.missing': 0,
  'bank.received': 1,
  submitted: 1,
  'bank.accepted': 2,
  accepted: 2,
  'bank.settled': 3,
  settled: 3,
  'bank.refused': 3,
  failed: 3,
  'bank.returned': 4,
  returned: 4,
};

const contradictions: readonly (readonly [TransferState, TransferEvent])[] = [
  ['settled', 'bank.refused'],
  ['failed', 'bank.settled'],
  ['failed', 'bank.returned'],
  ['returned', 'bank.refused'],
];

export type TransferStep =
  | { readonly ok: true; readonly kind: 'moved'; readonly state: TransferState; readonly why: Text }
  /** late or repeated news that says no more than is known: stored, nothing moves */
  | { readonly ok: true; readonly kind: 'known'; readonly state: TransferState; readonly why: Text }
  /** the bank contradicts itself: nothing moves, a person decides */
  | { readonly ok: false; readonly code: 'transfer-contradiction'; readonly state: TransferState; readonly why: Text }
  | {
      readonly ok: false;
      readonly code: 'transfer-event-not-allowed';
      readonly state: TransferState;
      readonly allowed: readonly TransferEvent[];
    };

/** Moves a transfer by one piece of news, or says why it does not move. Never moves backwards. */
export function advanceTransfer(state: TransferState, event: TransferEvent): TransferStep {
  const found = transferArrows.find((candidate) => candidate.from === state && candidate.event === event);
  if (found) return { ok: true, kind: 'moved', state: found.to, why: found.why };
  if (contradictions.some(([from, news]) => from === state && news === event))
    return { ok: false, code: 'transfer-contradiction', state, why: contradictory };
  if (saysNoMore(state, event)) return { ok: true, kind: 'known', state, why: late };
  return { ok: false, code: 'transfer-event-not-allowed', state, allowed: transferEventsFrom(state) };
}

/** Events that move a transfer out of this state. */
export const transferEventsFrom = (state: TransferState): readonly TransferEvent[] =>
  transferArrows.filter((candidate) => candidate.from === state).map((candidate) => candidate.event);

function saysNoMore(state: TransferState, event: TransferEvent): boolean {
  const [known, news] = [strength[state], strength[event]];
  if (state === 'unknown') return event === 'answer.missing';
  return known !== undefined && news !== undefined && news <= known;
}

const late = text('迟到或重复的消息，不改变状态', 'Late or repeated news: it says no more than is known');
const contradictory = text('银行前后答复矛盾，转人工核查', 'The bank contradicts what it said before: a person must look');

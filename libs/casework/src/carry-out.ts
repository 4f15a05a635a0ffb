import { payingFund, sharesOf } from '@tranche/ledger';
import type { Advance, Effect, EffectKind } from '@tranche/machines';
import { deadlineEnd } from './deadline-end.js';
import { takenBy } from './exclusions.js';
import { postLineRemoved, postMovement } from './post.js';
import { placeOf, put, type Scene, type Work } from './work.js';

/** Transfers that have not been sent and may still be taken out of their batch. */
const recallable = new Set(['draft', 'pending_approval', 'approved']);

type Handler<K extends EffectKind> = (effect: Extract<Effect, { kind: K }>, work: Work, scene: Scene) => void;

/** One handler per effect kind; the type makes a missing one a compile error. */
const handlers: { [K in EffectKind]: Handler<K> } = {
  setDeadline: (effect, work, scene) => {
    const row = {
      id: scene.newId(),
      case_id: work.case.id,
      key: effect.key,
      label: effect.label,
      kind: effect.deadline,
      from_date: effect.from,
      count: effect.count,
      unit: effect.unit,
      ...deadlineEnd(scene.calendar, effect.from, effect.count, effect.unit, effect.paused),
      status: 'running',
      ended_on: null,
      cite: effect.cite,
      trace: [],
      set_seq: scene.event.seq,
      paused: effect.paused ?? null,
      ...placeOf(work),
    };
    put(work, 'setDeadlines', row);
    work.deadlines.set(effect.key, { id: row.id, key: row.key, status: 'running', lastDay: row.last_day, kind: row.kind, fresh: row });
  },
  meetDeadline: (effect, work, scene) => {
    const deadline = work.deadlines.get(effect.key);
    if (!deadline) return;
    const inTime = deadline.lastDay === null || effect.on <= deadline.lastDay;
    const status = !inTime ? 'confirmed' : deadline.status === 'suspected' ? 'cleared' : 'met';
    endDeadline(work, scene, effect.key, status, effect.on);
  },
  cancelDeadline: (effect, work, scene) => endDeadline(work, scene, effect.key, 'cancelled', scene.event.on),
  suspectBreach: (effect, work, scene) => {
    tellSupervisor(work, scene, effect.key);
    endDeadline(work, scene, effect.key, 'suspected', null);
  },
  openPayment: (effect, work, scene) =>
    put(work, 'outbox', {
      kind: 'payment.request',
      case_id: work.case.id,
      subject: null,
      params: { payment: effect.payment },
      due_at: scene.recordedAt,
      recorded_at: scene.recordedAt,
    }),
  requestDisbursement: (effect, work, scene) => {
    const id = scene.newId();
    const round = (work.case.rounds[effect.payment] ?? 0) + 1;
    work.case.rounds[effect.payment] = round;
    put(work, 'requestDisbursements', {
      id,
      case_id: work.case.id,
      payment: effect.payment,
      round,
      amount_fen: effect.amountFen,
      fund_id: payingFund(effect.fund),
      fund_shares: sharesOf(effect.fund) === null ? null : effect.fund,
      payee_account_id: work.case.payeeAccountId,
      state: 'requested',
      requested_on: scene.event.on,
      ...placeOf(work),
      version: 1,
    });
    put(work, 'closeTasks', { case_id: work.case.id, kind: `fund-short:${effect.payment}`, closed_at: scene.recordedAt });
  },
  cancelDisbursement: (effect, work, scene) => {
    const live = work.disbursements.find((each) => each.payment === effect.payment && each.state === 'requested');
    if (!live) throw new Error(`case ${work.case.caseNo}: nothing to call back for ${effect.payment}`);
    put(work, 'moveDisbursements', { id: live.id, from_state: 'requested', state: 'cancelled', settled_on: null });
    recallTransfer(work, scene, live);
    work.disbursements = work.disbursements.filter((each) => each !== live);
  },
  postNotice: (effect, work, scene) => {
    const deadline = work.deadlines.get(`notice:${effect.notice}`);
    put(work, 'postNotices', {
      id: scene.newId(),
      case_id: work.case.id,
      notice_no: effect.notice,
      public_no: `${work.case.caseNo}-G${effect.notice}`,
      posted_on: effect.from,
      ends_on: deadline?.lastDay ?? null,
      working_days: deadline?.fresh?.['count'] ?? null,
      content: {
        caseNo: work.case.caseNo,
        policy: work.case.policyId,
        policyVersion: work.case.policyVersion,
        amounts: scene.event.stamp.amounts,
      },
      ...placeOf(work),
    });
  },
  closeNotice: (effect, work, scene) =>
    put(work, 'closeNotices', { case_id: work.case.id, notice_no: effect.notice, state: effect.outcome, closed_on: scene.event.on }),
  recordObjection: (effect, work, scene) =>
    put(work, 'raiseObjections', {
      id: effect.objection,
      case_id: work.case.id,
      notice_no: effect.notice,
      receipt_no: `${work.case.caseNo}-Y${scene.event.seq}`,
      ground: scene.event.data['ground'],
      raised_by: scene.event.actor,
      raised_on: scene.event.on,
      state: 'open',
      ...placeOf(work),
    }),
  decideObjection: (effect, work, scene) =>
    put(work, 'decideObjections', {
      id: effect.objection,
      state: effect.upheld ? 'upheld' : 'rejected',
      decision: scene.event.data['decision'],
      decided_by: scene.event.actor,
      decided_on: scene.event.on,
    }),
  openTask: (effect, work, scene) => {
    unsay(work, 'closeTasks', effect.task);
    put(work, 'openTasks', {
      id: scene.newId(),
      case_id: work.case.id,
      kind: effect.task,
      role: effect.role,
      label: effect.label,
      due_on: null,
      opened_at: scene.recordedAt,
      ...placeOf(work),
    });
  },
  closeTask: (effect, work, scene) => {
    unsay(work, 'openTasks', effect.task);
    put(work, 'closeTasks', { case_id: work.case.id, kind: effect.task, closed_at: scene.recordedAt });
  },
  openRecovery: (effect, work, scene) =>
    put(work, 'openRecoveries', {
      id: scene.newId(),
      case_id: work.case.id,
      recovery_no: effect.recovery,
      demanded_fen: effect.amountFen,
      reason: effect.reason,
      cite: effect.cite,
      state: 'due',
      opened_on: scene.event.on,
      ...placeOf(work),
    }),
  demandRecovery: (effect, work, scene) => moveRecovery(work, effect.recovery, 'demanded', { demanded_on: scene.event.on }),
  agreeInstalments: (effect, work) => moveRecovery(work, effect.recovery, 'instalments', { instalments: effect.instalments }),
  overdueRecovery: (effect, work) => moveRecovery(work, effect.recovery, 'overdue'),
  escalateRecovery: (effect, work) => moveRecovery(work, effect.recovery, 'escalated'),
  closeRecovery: (effect, work, scene) => moveRecovery(work, effect.recovery, 'closed', { closed_on: scene.event.on }),
  restoreDebt: ({ setOff }, work, scene) => {
    put(work, 'moveSetOffs', { id: setOff, from_state: 'active', state: 'restoring', ended_on: scene.event.on });
    put(work, 'outbox', {
      kind: 'debt.restore',
      case_id: work.case.id,
      subject: setOff,
      params: {},
      due_at: scene.recordedAt,
      recorded_at: scene.recordedAt,
    });
  },
  // a claim is live from the roster's import on, so that two institutions cannot both pass; released ones come to life again
  claimExclusion: (_effect, work) => put(work, 'reviveClaims', { case_id: work.case.id }),
  releaseExclusion: ({ payment }, work) =>
    payment === undefined
      ? put(work, 'releaseClaims', { case_id: work.case.id })
      : put(work, 'dropKeys', { case_id: work.case.id, source: payment }),
  holdCase: (_effect, work, scene) =>
    put(work, 'placeHolds', {
      id: scene.newId(),
      case_id: work.case.id,
      reason: scene.event.data['reason'],
      placed_by: scene.event.actor,
      placed_on: scene.event.on,
      ...placeOf(work),
    }),
  releaseCase: (_effect, work, scene) =>
    put(work, 'releaseHolds', { case_id: work.case.id, released_by: scene.event.actor, released_on: scene.event.on }),
  // the standing is a column of the case itself
  closeCase: () => undefined,
  reopenCase: () => undefined,
};
/** Kinds of effect that are carried out. */
export const handledEffects: readonly string[] = Object.keys(handlers);

/** Opening and closing of one task in one transaction are one statement, which sees neither: the last word counts. */
function unsay(work: Work, statement: 'openTasks' | 'closeTasks', kind: string): void {
  const said = work.changes[statement];
  if (said) work.changes[statement] = said.filter((row) => row['kind'] !== kind);
}

function endDeadline(work: Work, scene: Scene, key: string, status: string, endedOn: string | null): void {
  const deadline = work.deadlines.get(key);
  if (!deadline) return;
  const trace = [{ status, event: scene.event.type, seq: scene.event.seq, on: scene.event.on, lastDay: deadline.lastDay }];
  if (deadline.fresh) Object.assign(deadline.fresh, { status, ended_on: endedOn, trace });
  else work.endedDeadlines.set(deadline.id, { id: deadline.id, status, ended_on: endedOn, trace });
  if (status === 'suspected') deadline.status = 'suspected';
  else work.deadlines.delete(key);
}

/** A limit that passed without the thing being known to be done goes to whoever watches over time limits. */
function tellSupervisor(work: Work, scene: Scene, key: string): void {
  const lastDay = work.deadlines.get(key)?.lastDay ?? '';
  const { caseNo, id } = work.case;
  put(work, 'notifications', {
    id: scene.newId(),
    case_id: id,
    audience_role: 'supervisor',
    organisation_id: null,
    kind: 'deadline.passed',
    text: {
      key,
      zh: `案件 ${caseNo}：时限（${key}）已于 ${lastDay} 届满，尚无按期办结的凭证`,
      en: `Case ${caseNo}: the limit ${key} ended on ${lastDay}, and nothing shows yet that it was kept`,
    },
    recorded_at: scene.recordedAt,
  });
}

/** Takes a line that was not sent out of its batch; a signed line's budget goes back from in-payment to reserved. */
function recallTransfer(work: Work, scene: Scene, live: Work['disbursements'][number]): void {
  if (!live.transferId || !live.transferState) return;
  if (!recallable.has(live.transferState))
    throw new Error(`transfer ${live.transferId} is ${live.transferState}: it cannot be called back`);
  put(work, 'moveTransfers', {
    id: live.transferId,
    from_state: live.transferState,
    state: 'cancelled',
    reason: scene.event.type,
    updated_at: scene.recordedAt,
  });
  if (live.transferState === 'approved') postLineRemoved(work, scene, live);
}

/** What the bank's news does to the obligation itself; the case machine has already agreed. */
const disbursementMoves: Readonly<Record<string, { from: 'requested' | 'sent' | 'settled'; to: string }>> = {
  'disbursement.submitted': { from: 'requested', to: 'sent' },
  'disbursement.settled': { from: 'sent', to: 'settled' },
  'disbursement.failed': { from: 'sent', to: 'failed' },
  'disbursement.returned': { from: 'settled', to: 'returned' },
};

function moveDisbursement(work: Work, { event }: Scene): void {
  const move = disbursementMoves[event.type];
  if (!move) return;
  put(work, 'moveDisbursements', {
    id: event.data['disbursement'],
    from_state: move.from,
    state: move.to,
    settled_on: move.to === 'settled' ? event.data['paidOn'] : null,
  });
}

/** What is null of `news` stays as it was. */
const moveRecovery = (work: Work, no: number, state: string, news: Readonly<Record<string, unknown>> = {}): void =>
  put(work, 'moveRecoveries', {
    case_id: work.case.id,
    recovery_no: no,
    state,
    closed_on: null,
    demanded_on: null,
    instalments: null,
    ...news,
  });

/** The receipt of a recovery as a row; the ledger has it as a movement. */
function recordReceipt(work: Work, scene: Scene): void {
  const kind = { 'recovery.received': 'received', 'recovery.writtenOff': 'writtenOff' }[scene.event.type];
  if (!kind) return;
  put(work, 'recoveryReceipts', {
    id: scene.newId(),
    case_id: work.case.id,
    kind,
    amount_fen: scene.event.data['amountFen'],
    on_date: scene.event.on,
    reference: scene.event.data['reference'] ?? '',
    recorded_by: scene.event.actor,
    recorded_at: scene.recordedAt,
  });
}

/** A debt kept back of a payment of another case, as a row that joins both; the other case's event is told in the same transaction. */
function recordSetOff(work: Work, { event, recordedAt }: Scene): void {
  const { data } = event;
  if (event.type === 'recovery.restored')
    put(work, 'moveSetOffs', { id: data['setOff'], from_state: 'restoring', state: 'restored', ended_on: event.on });
  if (event.type !== 'recovery.setOff') return;
  put(work, 'setOffs', {
    id: data['setOff'],
    case_id: work.case.id,
    paying_case_id: data['payingCase'],
    payment: data['payment'],
    disbursement_id: data['disbursement'],
    fund_id: data['fund'],
    amount_fen: data['amountFen'],
    on_date: event.on,
    recorded_at: recordedAt,
    ...placeOf(work),
  });
}

/**
 * Turns an advance into rows: pure, in the order the machine gave. Every handler writes into `work`;
 * nothing reaches the database before the whole transaction is decided.
 */
export function carryOut(advance: Advance, work: Work, scene: Scene): void {
  moveDisbursement(work, scene);
  recordReceipt(work, scene);
  recordSetOff(work, scene);
  // a notice is posted with its end, so it comes after the clock that says when it ends
  const inOrder = [...advance.effects].sort((a, b) => Number(a.kind === 'postNotice') - Number(b.kind === 'postNotice'));
  for (const effect of inOrder) (handlers[effect.kind] as Handler<EffectKind>)(effect as never, work, scene);
  reviveKeys(advance, work, scene);
  endPassedDeadline(work, scene);
  postMovement(advance.movement, work, scene);
}

/** Claims by key that were released live again with the case; those the event itself makes are written anew. */
function reviveKeys({ effects }: Advance, work: Work, { event }: Scene): void {
  if (event.stamp.keys === undefined || !effects.some(({ kind }) => kind === 'claimExclusion')) return;
  put(work, 'reviveKeys', { case_id: work.case.id, but: takenBy(event)?.source ?? '' });
}

/** A day that has passed without being a suspected breach is simply over. */
function endPassedDeadline(work: Work, scene: Scene): void {
  if (scene.event.type !== 'deadline.passed') return;
  const key = String(scene.event.data['key']);
  const deadline = work.deadlines.get(key);
  if (deadline?.status === 'running' && !deadline.fresh) endDeadline(work, scene, key, 'passed', deadline.lastDay);
}

import type { Actor } from '@tranche/database';
import type { CaseEvent } from '@tranche/machines';
import type { Cause } from './command.js';
import { chainAlgorithm, eventHash } from './event-hash.js';
import { placeOf, put, type Work } from './work.js';

/** Adds the event to the case's chain and gives the new head (hex). */
export function sealEvent(work: Work, actor: Actor, cause: Cause, event: CaseEvent & { readonly seq: number }, recordedAt: string): string {
  const { seq, type, data, stamp, on, at } = event;
  const hash = eventHash(work.case.headHash, {
    caseId: work.case.id,
    seq,
    type,
    data,
    stamp,
    actor: actor.userId,
    role: actor.role,
    cause,
    occurredOn: on,
    at,
    recordedAt,
  });
  put(work, 'events', {
    case_id: work.case.id,
    seq,
    type,
    data,
    stamp,
    actor: actor.userId,
    role: actor.role,
    cause,
    occurred_on: on,
    at,
    recorded_at: recordedAt,
    alg: chainAlgorithm,
    prev_hash: `\\x${work.case.headHash}`,
    hash: `\\x${hash}`,
    ...placeOf(work),
  });
  return hash;
}

/** Stores the answer under the actor's key, so that the same request gets it again and another one is refused. */
export function storeAnswer(
  work: Work,
  actor: Actor,
  request: { readonly key: string; readonly requestSha256: string },
  status: number,
  answer: { readonly seq: number },
  recordedAt: string,
): void {
  put(work, 'commands', {
    actor: actor.userId,
    key: request.key,
    request_sha256: `\\x${request.requestSha256}`,
    case_id: work.case.id,
    seq: answer.seq,
    status,
    answer,
    recorded_at: recordedAt,
  });
}

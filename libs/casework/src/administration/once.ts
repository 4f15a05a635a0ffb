import type { Actor, Database, Tx } from '@tranche/database';
import type { Text } from '@tranche/policies';
import { type NotDone, notDone } from './refused.js';

/** Who asks, under which key; the fingerprint tells a repeated request from another one under the same key. */
export type Request = { readonly actor: Actor; readonly key: string; readonly requestSha256: string };

/** A JSON answer as stored with its command. */
export type Done<T> = { readonly ok: true; readonly replayed: boolean; readonly answer: T };

/** What administration stands on. */
export type Office = { readonly database: Database; readonly systemNow: () => number; readonly newId: () => string };

export type { Tx };

/** What a use-case answers instead of doing something. */
export type Refusal = { readonly ok: false; readonly code: string; readonly detail: Text };

/** Thrown inside a transaction to undo it; comes out of `once` as a value. */
class Undone extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/**
 * Does an administrative write once per actor and key, in one transaction with the memory of it: the same request again gets
 * the stored answer, another request under the same key is refused, a refusal leaves nothing behind and may be tried again.
 * The advisory lock makes a second request with the same key wait for the first instead of failing on the unique key.
 */
export async function once<Outcome extends object>(
  office: Office,
  request: Request,
  work: (tx: Tx) => Promise<Outcome>,
  seenAs: Actor = request.actor,
): Promise<Done<Exclude<Outcome, Refusal>> | Extract<Outcome, Refusal> | NotDone> {
  type Answer = Exclude<Outcome, Refusal>;
  const { actor, key, requestSha256 } = request;
  try {
    return await office.database.transaction(seenAs, async (tx): Promise<Done<Answer> | NotDone> => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`command:${actor.userId}:${key}`]);
      const { rows } = await tx.query<{ sha256: string; answer: Answer }>(
        `SELECT encode(request_sha256, 'hex') AS sha256, answer FROM commands WHERE actor = $1 AND key = $2`,
        [actor.userId, key],
      );
      const [known] = rows;
      if (known !== undefined) return known.sha256 === requestSha256 ? { ok: true, replayed: true, answer: known.answer } : keyReused();
      const answer = await work(tx);
      if (isRefusal(answer)) throw new Undone(answer);
      await tx.query('INSERT INTO commands (actor, key, request_sha256, status, answer, recorded_at) VALUES ($1, $2, $3, 201, $4, $5)', [
        actor.userId,
        key,
        Buffer.from(requestSha256, 'hex'),
        JSON.stringify(answer),
        new Date(office.systemNow()),
      ]);
      return { ok: true, replayed: false, answer: answer as Answer };
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal as Extract<Outcome, Refusal>;
    throw error;
  }
}

/**
 * The same memory for a use-case that runs transactions of its own and is safe to repeat (handing a file over, moving the clock):
 * no connection is held while it works. Two equal requests at once may both work; the first answer is kept.
 */
export async function remembered<Outcome extends object>(
  office: Office,
  request: Request,
  work: () => Promise<Outcome>,
): Promise<Done<Exclude<Outcome, Refusal>> | Extract<Outcome, Refusal> | NotDone> {
  type Answer = Exclude<Outcome, Refusal>;
  const { actor, key, requestSha256 } = request;
  const [known] = await office.database.read<{ sha256: string }>(
    actor,
    `SELECT encode(request_sha256, 'hex') AS sha256 FROM commands WHERE actor = $1 AND key = $2`,
    [actor.userId, key],
  );
  if (known !== undefined && known.sha256 !== requestSha256) return keyReused();
  const answer = known === undefined ? await work() : null;
  if (answer !== null && isRefusal(answer)) return answer as Extract<Outcome, Refusal>;
  return once(office, request, async () => answer as Answer) as Promise<Done<Answer> | NotDone>;
}

const isRefusal = (answer: object): answer is Refusal => 'ok' in answer && answer.ok === false;

const keyReused = (): NotDone =>
  notDone(
    'idempotency-key-reused',
    '同一 Idempotency-Key 已用于另一份内容不同的请求,请换一个新的键再提交。',
    'This Idempotency-Key was already used for a request with other content; send again with a new key.',
  );

/** The person keeps the own name while rows are read and written with the house's sight (tables only administration may write). */
export const forTheHouse = (actor: Actor): Actor => ({ ...actor, role: 'system', organisationId: null, district: null });

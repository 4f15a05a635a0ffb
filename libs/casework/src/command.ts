import { createHash } from 'node:crypto';
import type { ChangeSet, Tx } from '@tranche/database';
import canonicalize from 'canonicalize';
import type { Refused } from './refusal.js';

/** Where a command came from; stored with the event. */
export type Cause = 'http' | 'import' | 'deadline' | 'worker' | 'bank' | 'sandbox';

/** A wish to change one case. Its key makes it happen once: the same key with the same request gives the stored answer. */
export type Command = {
  readonly caseId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** unique per actor */
  readonly key: string;
  /** hex SHA-256 of the whole request (method, path and RFC 8785 body for HTTP) */
  readonly requestSha256: string;
  readonly cause: Cause;
  /** the day the fact is true of; today when absent */
  readonly on?: string;
  readonly expectedVersion?: number;
  /** filled in by hand: people are named by imported lists, not by tokens somebody types */
  readonly typed?: true;
  /** rows that stand or fall with the event */
  readonly along?: ChangeSet;
  /** statements that must run inside the same transaction, before it commits (imports); a refusal undoes everything */
  readonly apply?: (tx: Tx, seq: number) => Promise<Refused | undefined>;
};

export type Accepted = {
  readonly ok: true;
  /** true when this is the stored answer of an earlier, equal request */
  readonly replayed: boolean;
  readonly caseId: string;
  readonly caseNo: string;
  readonly type: string;
  readonly seq: number;
  readonly version: number;
  readonly state: string;
  readonly standing: string;
};

export type Answer = Accepted | Refused;

export function sha256Of(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('a request without canonical form');
  return createHash('sha256').update(text).digest('hex');
}

/** A command of the system itself: its key is derived from what it is about, so that a second try is no second effect. */
export function systemCommand(command: Omit<Command, 'requestSha256'>): Command {
  return { ...command, requestSha256: sha256Of({ caseId: command.caseId, type: command.type, data: command.data }) };
}

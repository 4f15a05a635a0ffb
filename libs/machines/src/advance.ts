import type { Movement } from '@tranche/ledger';
import type { Text } from '@tranche/policies';
import type { Effect } from './effects.js';

/** A persisted machine state: plain JSON, safe in jsonb. */
export type CaseSnapshot = {
  readonly status: string;
  readonly value: Readonly<Record<string, unknown>> | string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly historyValue?: unknown;
  readonly children?: unknown;
};

/** A decision that a later, dumber layer carries out. Frozen. */
export type Advance = {
  readonly ok: true;
  readonly snapshot: CaseSnapshot;
  readonly effects: readonly Effect[];
  readonly movement: Movement;
};

/**
 * An expected "no": nothing changed. `allowed` are the event types the case would accept now;
 * `unmet` says what was missing, when the type itself belongs here (a date out of order, a hold, another's proposal).
 */
export type Refusal = {
  readonly ok: false;
  readonly code: 'event-not-allowed';
  readonly state: string;
  readonly allowed: readonly string[];
  readonly unmet: readonly Text[];
};

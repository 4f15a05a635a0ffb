import type { Refused } from '../refusal.js';
import type { Applied, Prepared } from './prepare.js';
import type { ImportRefusal } from './refusals.js';
import type { Tx } from './tx.js';

/** An import's refusal in the words of the one door: each bad row is one error, `field` names row and column. */
export function refusedImport({ message, report }: ImportRefusal): Refused {
  const errors = report.problems.map(({ row, field, code, message: why }) => ({ field: `rows[${row}].${field}`, code, message: why }));
  return { ok: false, code: 'import-refused', detail: message, errors };
}

/** What a command of the one door needs from a checked file: the event's data, and the statements that stand or fall with it. */
export function commandParts<Facts>({ event, apply }: Prepared<Facts>): {
  readonly data: { readonly fileSha256: string; readonly facts: Facts };
  readonly apply: (tx: Tx) => Promise<Refused | undefined>;
} {
  return {
    data: event,
    apply: async (tx) => {
      const applied: Applied | ImportRefusal = await apply(tx);
      return applied.ok ? undefined : refusedImport(applied);
    },
  };
}

import { createHash } from 'node:crypto';
import { formatInstant } from '@tranche/calendar';
import type { Text } from '@tranche/policies';
import type { House } from '../house.js';
import { worker } from '../outbox.js';

/** Asks a cashier to look into something the bank said; saying the same thing again asks once. */
export async function openBankTask(house: House, about: string, label: Text): Promise<void> {
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `INSERT INTO tasks (id, case_id, kind, role, label, state, opened_at) VALUES ($1, NULL, $2, 'cashier', $3, 'open', $4) ON CONFLICT (id) DO NOTHING`,
      [uuidOf(about), `bank-news:${about}`, JSON.stringify(label), formatInstant(house.systemNow())],
    ),
  );
}

/** The same words give the same id (a UUID of version 8 made from their hash). */
function uuidOf(about: string): string {
  const hex = createHash('sha256').update(`bank-news:${about}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

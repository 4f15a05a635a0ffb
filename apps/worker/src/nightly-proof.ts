import { type House, proveBooks, removeOldContacts } from '@tranche/casework';
import { describe, log } from './log.js';

/** Looked at often, proven once a day: a day begins for the legal clock too, wherever that stands. */
const LOOK_EVERY_MS = 60_000;

/** Proves the books once a legal day, what differs is said loudly and is a person's task; then removes what is kept no longer. Answers how to stop. */
export function startNightlyProofs(house: House): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => once(house));
  }, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function once(house: House): Promise<void> {
  if (house.stopping()) return;
  try {
    const proof = await proveBooks(house);
    if (proof === null) return;
    const { legalDay: day, findingsTotal: findings, figures } = proof;
    log(proof.ok ? 'info' : 'error', proof.ok ? 'books proven' : 'books differ', { day, findings, ...figures });
    const removed = await removeOldContacts(house);
    if (removed > 0) log('info', 'contacts of decided objections removed', { day, removed });
  } catch (error) {
    log('error', 'books not proven', describe(error));
  }
}

// (m) One batch of as many lines as a batch may have: collected, submitted, signed by as many people as its total demands.

import { dateOf } from '@tranche/calendar';
import { approveBatch, createBatch, legalNow, submitBatch } from '@tranche/casework';
import { v7 } from 'uuid';
import { measured, run } from './run-million.mjs';

export async function signing(place, { lines = 10_000 }) {
  await run(place, { firms: Math.ceil(lines / 0.65) });
  const legalToday = dateOf(await legalNow(place.house));
  const { rows } = await place.superuser.query(
    `SELECT id FROM disbursements WHERE state = 'requested' AND batch_id IS NULL ORDER BY id LIMIT $1`,
    [lines],
  );
  const disbursementIds = rows.map(({ id }) => id);
  const phases = [];
  const step = (name, actor, work) =>
    measured(place, phases, name, () => place.database.transaction(actor, async (tx) => must(await work(tx, place.house, actor))));
  const [maker, checker] = [place.by('maker'), place.by('checker')];
  const made = await step('collected', maker, (tx, ...who) => createBatch(tx, ...who, { disbursementIds, rail: 'http', legalToday }));
  const { batchId, contentHash, signaturesNeeded } = await step('submitted', maker, (tx, ...who) => submitBatch(tx, ...who, made.batchId));
  for (let signed = 1; signed <= signaturesNeeded; signed += 1)
    await step(`signature ${signed} of ${signaturesNeeded}`, { ...checker, userId: signed === 1 ? checker.userId : v7() }, (tx, ...who) =>
      approveBatch(tx, ...who, { batchId, contentHash, legalToday }),
    );
  return { lines: disbursementIds.length, phases };
}

function must(result) {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result;
}

// The naive bulk path: each case's snapshot through XState's own `transition`, one write by UNNEST, on bare tables: no row security, no hash chain, no idempotency.

import { transition } from 'xstate';

const restore = (machine, snapshot) => machine.restoreSnapshot({ historyValue: {}, children: {}, ...snapshot }, {});

/** One transaction: `ids` of bench_cases hear `eventOf(row)`. `machine` is the policy's XState machine. */
export async function naiveTransaction(client, machine, ids, eventOf) {
  await client.query('BEGIN');
  const { rows } = await client.query({
    name: 'naive_load',
    text: 'SELECT id, version, snapshot FROM bench_cases WHERE id = ANY($1::int[]) ORDER BY id FOR NO KEY UPDATE',
    values: [ids],
  });
  const [snapshots, events, outbox] = [[], [], []];
  for (const row of rows) {
    const event = eventOf(row);
    const [after] = transition(machine, restore(machine, row.snapshot), event);
    const { status, value, context } = machine.getPersistedSnapshot(after);
    snapshots.push(JSON.stringify({ status, value, context }));
    events.push(JSON.stringify(event));
    outbox.push(JSON.stringify({ kind: 'payment.request', payment: 's1', due: event.at }));
  }
  const kept = rows.map(({ id }) => id);
  await client.query({
    name: 'naive_update',
    text: 'UPDATE bench_cases c SET version = c.version + 1, snapshot = r.snapshot FROM unnest($1::int[], $2::jsonb[]) AS r(id, snapshot) WHERE c.id = r.id',
    values: [kept, snapshots],
  });
  await client.query({
    name: 'naive_events',
    text: `INSERT INTO bench_events (case_id, type, data, prev_hash, hash) SELECT id, data->>'type', data, '', '' FROM unnest($1::int[], $2::jsonb[]) AS r(id, data)`,
    values: [kept, events],
  });
  await client.query({
    name: 'naive_outbox',
    text: 'INSERT INTO bench_outbox (case_id, params) SELECT * FROM unnest($1::int[], $2::jsonb[])',
    values: [kept, outbox],
  });
  await client.query('COMMIT');
}

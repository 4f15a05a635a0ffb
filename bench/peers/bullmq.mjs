// BullMQ on Redis: a chain of jobs, one per event; each runs the six-statement event transaction with a flat XState machine.

import { Queue, Worker } from 'bullmq';
import pg from 'pg';
import { createMachine, transition } from 'xstate';
import { startRedis } from '../redis.mjs';

const EVENTS = 8;
/** Events after which a payment job is added. */
const PAYING = new Set([5, 7, 8]);
const machine = createMachine({
  id: 'flat',
  initial: 's0',
  states: Object.fromEntries(
    Array.from({ length: EVENTS + 1 }, (_, index) => [`s${index}`, index < EVENTS ? { on: { next: `s${index + 1}` } } : {}]),
  ),
});

export async function openBullmq({ superuserUrl, superuser }) {
  const redis = await startRedis();
  if (redis === null) return null;
  await superuser.query(
    'CREATE TABLE IF NOT EXISTS bench_payments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id int NOT NULL, amount bigint NOT NULL)',
  );
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 16 });
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const queue = new Queue('events', { connection });
  const ended = new Map();
  const handle = async ({ name, data }) => {
    if (name === 'payment')
      await pool.query({ name: 'pay', text: 'INSERT INTO bench_payments (case_id, amount) VALUES ($1, $2)', values: [data.id, 100] });
    else await event(pool, data);
    if (name === 'payment') return;
    if (PAYING.has(data.step)) await queue.add('payment', { id: data.id }, { removeOnComplete: true });
    if (data.step < EVENTS) await queue.add('event', { ...data, step: data.step + 1 }, { removeOnComplete: true });
    else ended.get(data.id)?.();
  };
  const worker = new Worker('events', handle, { connection, concurrency: 128 });
  worker.on('failed', (_, error) => {
    throw error;
  });
  return {
    name: 'BullMQ on Redis, a chain of jobs',
    clients: 128,
    // a client keeps to one bare case at a time; numbers repeat only after the case's life has ended
    live: (client, turn) =>
      new Promise((resolve, reject) => {
        const id = 1 + client + 128 * (turn % 78);
        ended.set(id, resolve);
        queue.add('event', { id, step: 1, value: 's0' }, { removeOnComplete: true }).catch(reject);
      }),
    close: async () => {
      await worker.close();
      await queue.close();
      await pool.end();
      redis.close();
    },
  };
}

async function event(pool, { id, step }) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query({
      name: 'lock',
      text: 'SELECT snapshot FROM bench_cases WHERE id = $1 FOR NO KEY UPDATE',
      values: [id],
    });
    const before = machine.resolveState({ value: `s${step - 1}`, context: rows[0].snapshot.context });
    const [after] = transition(machine, before, { type: 'next' });
    const snapshot = JSON.stringify({ status: after.status, value: after.value, context: after.context });
    await client.query({
      name: 'move',
      text: 'UPDATE bench_cases SET version = version + 1, snapshot = $2 WHERE id = $1',
      values: [id, snapshot],
    });
    await client.query({
      name: 'event',
      text: `INSERT INTO bench_events (case_id, type, data, prev_hash, hash) SELECT $1, 'next', event, '', '' FROM bench_sample`,
      values: [id],
    });
    await client.query({
      name: 'outbox',
      text: 'INSERT INTO bench_outbox (case_id, params) SELECT $1, outbox FROM bench_sample',
      values: [id],
    });
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

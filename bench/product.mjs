// (d) The product's own life of a case: approved, trained, three tranches paid through batches with two signatures and a bank
// that answers, accepted, published, settled.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpBank, setBankClock } from '@tranche/bank';
import { dateOf } from '@tranche/calendar';
import {
  approveBatch,
  bankRail,
  createBatch,
  dispatchMany,
  finishBatches,
  fireDueDeadlines,
  inquireTransfers,
  legalNow,
  makeHouse,
  moveSandboxClock,
  readBankFeed,
  runEffects,
  submitBatch,
} from '@tranche/casework';
import { ownCpu, treeCpu } from './measure.mjs';
import { draft } from './place.mjs';
import { commandOf } from './population.mjs';

const timing = { timeoutMs: 10_000, leaseMarginMs: 2_000, inquireAfterMs: [200, 500, 1_000], settleMs: 1_000 };
const fileSha256 = 'ab'.repeat(32);

export async function product(place, { cases }) {
  const bank = await startBank();
  try {
    const rail = bankRail(httpBank({ baseUrl: bank.url, timeoutMs: timing.timeoutMs }), timing);
    const house = makeHouse({ database: place.database, bank: rail, followBankClock: (offsetMs) => setBankClock(bank.url, offsetMs) });
    await setBankClock(bank.url, Math.round((await legalNow(house)) - Date.now()));
    const ids = [];
    for (let made = 0; made < cases; made += 1) ids.push(await draft(place, { people: 1 }));
    const before = await counters(place);
    const [cpu, serverCpu, began] = [ownCpu(), treeCpu(place.serverPid), performance.now()];
    await live({ ...place, house }, ids);
    const seconds = (performance.now() - began) / 1000;
    const after = await counters(place);
    return {
      cases,
      perSecond: cases / seconds,
      cpuMs: (ownCpu() - cpu + treeCpu(place.serverPid) - serverCpu) / cases,
      walKb: (after.wal - before.wal) / cases / 1024,
      transactions: (after.transactions - before.transactions) / cases,
      events: (after.events - before.events) / cases,
    };
  } finally {
    await bank.close();
  }
}

async function counters({ superuser, owner }) {
  await superuser.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await superuser.query(
    `SELECT (pg_current_wal_lsn() - '0/0')::float8 AS wal, (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())::float8 AS transactions`,
  );
  const events = await owner.query('SELECT count(*)::int AS events FROM case_events');
  return { ...rows[0], ...events.rows[0] };
}

async function live(place, ids) {
  await all(place, ids, 'institution', 'application.submitted');
  await all(place, ids, 'officer', 'application.accepted');
  await all(place, ids, 'reviewer', 'application.reviewed');
  await all(place, ids, 'approver', 'application.approved');
  await all(place, ids, 'institution', 'milestone.started');
  await pay(place);
  await all(place, ids, 'institution', 'attendance.imported', { fileSha256, facts: { completedHours: 40 } });
  await all(place, ids, 'inspector', 'milestone.halfway');
  await pay(place);
  await all(place, ids, 'institution', 'milestone.ended');
  await all(place, ids, 'inspector', 'results.imported', {
    fileSha256,
    facts: { qualified: [{ occupation: '电工', level: '中级', count: 1 }] },
  });
  await all(place, ids, 'inspector', 'acceptance.passed');
  await all(place, ids, 'officer', 'notice.posted');
  const day = dateOf((await legalNow(place.house)) + 9 * 86_400_000);
  await moveSandboxClock(place.house, Date.parse(`${day}T09:00:00+08:00`));
  await fireDueDeadlines(place.house);
  await pay(place);
  const { rows } = await place.owner.query("SELECT count(*)::int AS closed FROM cases WHERE id = ANY($1::uuid[]) AND standing = 'closed'", [
    ids,
  ]);
  if (rows[0].closed !== ids.length) throw new Error(`only ${rows[0].closed} of ${ids.length} cases were paid in full`);
}

async function all(place, ids, role, type, data) {
  for (let from = 0; from < ids.length; from += 100) {
    const page = ids.slice(from, from + 100).map((caseId) => commandOf(caseId, type, data));
    for (const answer of await dispatchMany(place.house, place.by(role), page)) if (!answer.ok) throw new Error(JSON.stringify(answer));
  }
}

/** What is due is requested, collected, signed by two people, sent, and heard to have arrived. */
async function pay(place) {
  const { house, database, owner, by } = place;
  while ((await runEffects(house, 'bench')) > 0);
  const { rows } = await owner.query("SELECT id FROM disbursements WHERE state = 'requested' AND batch_id IS NULL ORDER BY id");
  const legalToday = dateOf(await legalNow(house));
  const as = (role, work) => database.transaction(by(role), (tx) => work(tx, house, by(role)));
  const made = await as('maker', (tx, ...who) =>
    createBatch(tx, ...who, { disbursementIds: rows.map(({ id }) => id), rail: 'http', legalToday }),
  );
  const submitted = await as('maker', (tx, ...who) => submitBatch(tx, ...who, made.batchId));
  const signed = await as('checker', (tx, ...who) =>
    approveBatch(tx, ...who, { batchId: submitted.batchId, contentHash: submitted.contentHash, legalToday }),
  );
  if (!signed.ok) throw new Error(JSON.stringify(signed));
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    while ((await runEffects(house, 'bench')) > 0);
    await inquireTransfers(house, house.bank);
    while ((await readBankFeed(house, house.bank)) > 0);
    const { rows: open } = await owner.query("SELECT count(*)::int AS open FROM disbursements WHERE state IN ('requested', 'sent')");
    if (open[0].open === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await finishBatches(house);
}

async function startBank() {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-bank-'));
  const env = { ...process.env, BOOK: join(folder, 'book.jsonl'), PORT: '0' };
  const child = fork(join(import.meta.dirname, '../dist/bank-simulator.js'), [], {
    env,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ address }] = await once(child, 'message');
  return {
    url: address,
    close: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// (n) Postings in bulk: settlements as the ledger makes them, written as the application's role with row security, the check of each balance and
// the guarded balances; beside the floor, the very same statements on bare tables. Rows are made anew for each transaction in both.

import { systemActor, writeChanges } from '@tranche/database';
import { postingsFor } from '@tranche/ledger';
import pg from 'pg';
import { v7 } from 'uuid';
import { closedLoop, median } from './measure.mjs';
import { population } from './population.mjs';

/** Transactions under way at once, in one process. */
const WRITERS = 2;

export async function postings(place, { rounds, seconds, sizes = [100, 1_000], warmUpMs = seconds * 1000 }) {
  const { ids } = await population(place, 'draft', 1_000);
  const { rows } = await place.superuser.query('SELECT id, organisation_id, district FROM cases WHERE id = ANY($1::uuid[])', [ids]);
  const fund = place.seed.funds['F4/2020'];
  await bareTables(place);
  const bare = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const client = new pg.Client({ connectionString: place.superuserUrl });
      await client.connect();
      return client;
    }),
  );
  try {
    const results = [];
    for (const size of sizes) {
      const ours = () => place.database.transaction(systemActor('bench'), (tx) => writeChanges(tx, settlements(rows, fund, size)));
      const floor = (client) => onBareTables(bare[client], settlements(rows, fund, size));
      const taken = [];
      for (let round = -1; round < rounds; round += 1) {
        const run = (work) => closedLoop({ clients: WRITERS, ms: round < 0 ? warmUpMs : seconds * 1000, serverPid: place.serverPid, work });
        const [least, product] = [await run(floor), await run(ours)];
        if (round >= 0) taken.push({ least, product });
      }
      const of = (pick) => median(taken.map(pick));
      // a settlement is two postings: one in each book
      const each = 2 * size;
      results.push({
        size,
        perSecond: of(({ product }) => product.perSecond * each),
        floorPerSecond: of(({ least }) => least.perSecond * each),
        ratio: of(({ product, least }) => product.perSecond / least.perSecond),
        cpuUs: of(({ product }) => (product.cpuMs * 1000) / each),
        serverCpuUs: of(({ product }) => (product.serverCpuMs * 1000) / each),
        floorCpuUs: of(({ least }) => (least.cpuMs * 1000) / each),
        floorServerCpuUs: of(({ least }) => (least.serverCpuMs * 1000) / each),
      });
    }
    return results;
  } finally {
    await Promise.all(bare.map((client) => client.end()));
  }
}

const standing = (sentFen, paidFen, fund) => ({
  payments: [{ payment: 's1', fund, pendingFen: 0n, sentFen, paidFen, recoveredFen: 0n }],
  entitledFen: null,
  recoveredFen: 0n,
  writtenOffFen: 0n,
  recoveryOpen: false,
});

/** Rows of so many settlements, each of another case. */
function settlements(cases, fund, size) {
  const changes = { postings: [], entries: [] };
  for (let n = 0; n < size; n += 1) {
    const { id: caseId, organisation_id, district } = cases[n % cases.length];
    const amountFen = BigInt(100_000 + n);
    const flows = [{ kind: 'settled', payment: 's1', fund, amountFen }];
    const entries = postingsFor({ flows, before: standing(amountFen, 0n, fund), after: standing(0n, amountFen, fund) });
    const eventId = v7();
    for (const book of ['cash', 'budget']) {
      const id = v7();
      changes.postings.push({
        id,
        fund_id: fund,
        book,
        event_type: 'disbursement.settled',
        event_id: eventId,
        business_date: '2020-11-25',
        case_id: caseId,
        batch_id: null,
        organisation_id,
        district,
        recorded_at: '2020-11-25T09:00:00+08:00',
      });
      const own = entries.filter((entry) => entry.book === book);
      for (const [index, { account, amountFen: fen }] of own.entries())
        changes.entries.push({ posting_id: id, line_no: index + 1, fund_id: fund, book, code: account, amount_fen: fen.toString() });
    }
  }
  return changes;
}

/** The same columns and a primary key; nothing else. */
async function bareTables({ superuser }) {
  for (const [table, key] of [
    ['postings', 'id'],
    ['entries', 'posting_id, line_no'],
  ]) {
    await superuser.query(`DROP TABLE IF EXISTS bare_${table}`);
    await superuser.query(`CREATE TABLE bare_${table} (LIKE ${table} INCLUDING DEFAULTS, PRIMARY KEY (${key}))`);
  }
}

/** What the product sends, with the names of its two tables changed; begin and commit as it does. */
async function onBareTables(client, changes) {
  await client.query('BEGIN');
  await writeChanges(
    { query: (text, values) => client.query(text.replace(/INTO (postings|entries) /g, 'INTO bare_$1 '), values) },
    changes,
  );
  await client.query('COMMIT');
}

// (k) A month-end: payments of many cases in forty batches over three rails; some come back, some answers are lost, a worker is killed, the statement
// comes twice. Ends with the proof that every fen is accounted for, or throws.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { httpBank, setBankClock } from '@tranche/bank';
import { dateOf } from '@tranche/calendar';
import {
  approveBatch,
  bankRail,
  createBatch,
  drainEffects,
  expireLeases,
  handOverFile,
  importReceipt,
  inquireTransfers,
  legalNow,
  makeHouse,
  moveSandboxClock,
  prepareFiles,
  proveBooks,
  readBankFeed,
  submitBatch,
  takeFile,
} from '@tranche/casework';
import { v7 } from 'uuid';
import { PER_CALL, startBank, timing } from './month-end-bank.mjs';
import { proof } from './month-end-proof.mjs';
import { measured, run } from './run-million.mjs';

const BATCHES = 40;
/** of all payments */
const [RETURNED, UNANSWERED] = [0.01, 0.005];
/** in turns: half of the batches over HTTP, the others in files of two kinds */
const rails = ['http', 'file', 'http', 'csv'];
/** of the firms of an extract this share is paid */
const PAID_SHARE = 0.655;

export async function monthEnd(place, { payments }) {
  const begun = await run(place, { firms: Math.ceil(payments / PAID_SHARE) });
  const bank = await startBank();
  try {
    const house = makeHouse({
      database: place.database,
      bank: bankRail(httpBank({ baseUrl: bank.url, timeoutMs: timing.timeoutMs, perCall: PER_CALL }), timing),
      outboxLeaseMs: 5_000,
    });
    await setBankClock(bank.url, Math.round((await legalNow(house)) - Date.now()));
    const day = dateOf(await legalNow(house));
    const scene = { ...place, house, bank, day };
    const phases = begun.phases.filter(({ name }) => name === 'requested');
    const phase = (name, work) => measured(place, phases, name, work);
    const batches = await phase('collected', () => collect(scene));
    const unanswered = await loseAnswers(scene, UNANSWERED);
    await phase('signed', () => sign(scene, batches));
    await phase('sent, answers heard', () => send(scene, unanswered));
    const files = [];
    await phase('files written and handed over', () => handOver(scene, batches, files));
    const returned = await giveBack(scene, RETURNED);
    await moveSandboxClock(house, Date.parse(`${nextDay(day)}T09:00:00+08:00`));
    await setBankClock(bank.url, Math.round((await legalNow(house)) - Date.now()));
    await phase('statement taken in, twice', () => takeStatements(scene));
    const nightly = await phase('nightly proof', () => proveBooks(house));
    const shown = await phase('proof', () => proof(scene, { unanswered: unanswered.length, returned, files, nightly }));
    return { payments: shown.payments, batches: batches.length, phases, proof: shown };
  } finally {
    await bank.close();
  }
}

const nextDay = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
/** Two people, or two of their requests, at once. */
async function twoAtOnce(items, work) {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all([lane(), lane()]);
}
const must = (result) => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result;
};
const as = ({ database, house }, actor, work) => database.transaction(actor, async (tx) => must(await work(tx, house, actor)));

async function collect(scene) {
  const { rows } = await scene.superuser.query(`SELECT id FROM disbursements WHERE state = 'requested' AND batch_id IS NULL ORDER BY id`);
  const ids = rows.map(({ id }) => id);
  const size = Math.ceil(ids.length / BATCHES);
  const lists = Array.from({ length: Math.ceil(ids.length / size) }, (_, no) => ({
    no,
    disbursementIds: ids.slice(no * size, (no + 1) * size),
  }));
  const batches = [];
  await twoAtOnce(lists, async ({ no, disbursementIds }) => {
    const rail = rails[no % rails.length];
    const asked = { disbursementIds, rail, legalToday: scene.day };
    const made = await as(scene, scene.by('maker'), (tx, ...who) => createBatch(tx, ...who, asked));
    batches[no] = { rail, ...(await as(scene, scene.by('maker'), (tx, ...who) => submitBatch(tx, ...who, made.batchId))) };
  });
  return batches;
}

/** As many people sign as the total demands. */
async function sign(scene, batches) {
  await twoAtOnce(batches, async ({ batchId, contentHash }) => {
    for (let signer = scene.by('checker'), signed = null; (signed?.signatures ?? 0) < (signed?.signaturesNeeded ?? 1); ) {
      const asked = { batchId, contentHash, legalToday: scene.day };
      signed = await as(scene, signer, (tx, ...who) => approveBatch(tx, ...who, asked));
      signer = { ...signer, userId: v7() };
    }
  });
}

/** Evenly spread over what goes over HTTP. */
async function loseAnswers({ superuser, bank }, share) {
  const { rows } = await superuser.query(
    `SELECT reference FROM (SELECT t.end_to_end_id AS reference, row_number() OVER (ORDER BY t.id) AS n, (SELECT count(*) FROM transfers) AS total
       FROM transfers t JOIN batches b ON b.id = t.batch_id WHERE b.rail = 'http') r WHERE n % greatest(1, round(1 / (2 * $1::numeric))::int) = 0`,
    [share],
  );
  for (const { reference } of rows) await bank.loseAnswer(reference);
  return rows.map(({ reference }) => reference);
}

/** A worker begins and is killed with answers in its hands; this process goes on. Every answer is found in the end. */
async function send({ house, superuser, appUrl, bank }, unanswered) {
  const doomed = fork(join(import.meta.dirname, 'killed-sender.mjs'), [appUrl, bank.url], { execArgv: [], stdio: 'inherit' });
  const [, signal] = await once(doomed, 'exit');
  if (signal !== 'SIGKILL') throw new Error('the worker was not killed');
  const open = `SELECT count(*)::int AS n FROM transfers t JOIN batches b ON b.id = t.batch_id WHERE b.rail = 'http' AND t.state NOT IN ('settled', 'failed', 'cancelled')`;
  for (let left = 1; left > 0; left = (await superuser.query(open)).rows[0].n) {
    while ((await drainEffects(house, 'bench')) > 0);
    await expireLeases(house);
    while ((await inquireTransfers(house, house.bank)) > 0);
    while ((await readBankFeed(house, house.bank)) > 0);
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const { rows } = await superuser.query(
    `SELECT count(*)::int AS n FROM transfers WHERE end_to_end_id = ANY($1::text[]) AND state = 'settled'`,
    [unanswered],
  );
  if (rows[0].n !== unanswered.length) throw new Error('an answer that was lost was never found');
}

async function handOver(scene, batches, files) {
  const { database, house, bank, superuser } = scene;
  const cashier = scene.by('cashier');
  const { rows } = await superuser.query(
    `SELECT b.id, f.debtor_name AS name, f.debtor_account_no AS "accountNo", f.debtor_bank_no AS "bankNo" FROM batches b JOIN funds f ON f.id = b.fund_id`,
  );
  const debtors = new Map(rows.map(({ id, ...debtor }) => [id, debtor]));
  const inFiles = batches.filter(({ rail }) => rail !== 'http');
  await twoAtOnce(inFiles, async ({ batchId }) => {
    for (const { part, sha256 } of must(await prepareFiles(house, cashier, { batchId })).files) {
      const { content, fileName } = must(await takeFile(house, cashier, { batchId, part }));
      must(await database.transaction(cashier, (tx) => handOverFile(tx, house, cashier, { batchId, part, sha256 })));
      await bank.take(fileName, content, debtors.get(batchId));
      files.push({ fileName, content });
    }
  });
}

/** Evenly spread over all the bank settled. */
async function giveBack({ bank }, share) {
  const { bookings } = await bank.book();
  const chosen = bookings.filter((_, n) => n % Math.round(1 / share) === 0);
  for (const { endToEndId } of chosen) await bank.giveBack(endToEndId);
  return chosen.length;
}

async function takeStatements({ house, bank, day, superuser, ...place }) {
  const { rows } = await superuser.query('SELECT DISTINCT f.debtor_account_no AS account FROM funds f JOIN batches b ON b.fund_id = f.id');
  for (const { account } of rows)
    for await (const page of bank.statement(account, day)) {
      const { file } = await importReceipt(house, place.by('cashier'), page);
      if (file.state !== 'imported') throw new Error(`the statement was not taken: ${JSON.stringify(file)}`);
      const again = await importReceipt(house, place.by('cashier'), page);
      if (again.fresh || again.file.id !== file.id) throw new Error('a statement was taken twice');
    }
  while ((await readBankFeed(house, house.bank)) > 0);
  while ((await drainEffects(house, 'bench')) > 0);
}

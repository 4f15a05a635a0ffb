import type { BankEvent } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import { isUnreachable } from '@tranche/database';
import type { BankRail, House } from '../house.js';
import { type OutboxOutcome, type OutboxRow, worker } from '../outbox.js';
import { openBankTask } from './bank-task.js';
import { type News, recordAnswers } from './record-answer.js';
import { finishBatches } from './send-batch.js';

/** News that a case could not hear is told again after this. */
const AGAIN_MS = 300_000;

type Known = { id: string; endToEndId: string; amountFen: string; settledOn: string | null };

/**
 * Reads late settlements, refusals and returns from the bank's feed and records them; the cursor moves only after the
 * page is recorded, and news told twice changes nothing. Entries that fit no transfer open a task for a person. News that its case
 * cannot hear (a bug, a broken row) is kept and told again, so that it holds up nothing behind it.
 */
export async function readBankFeed(house: House, rail: BankRail): Promise<number> {
  const after = await cursor(house);
  const page = await rail.adapter.events(after);
  if (!page.ok || page.events.length === 0) return 0;
  const known = await knownTransfers(house, page.events);
  const news: News[] = [];
  for (const event of page.events) {
    const transfer = event.kind === 'unreadable' ? undefined : known.get(event.endToEndId);
    const fitting =
      transfer && event.kind !== 'unreadable' && BigInt(transfer.amountFen) === event.amountFen
        ? toNews(event, transfer, page.response)
        : null;
    if (fitting) news.push(fitting);
    else await openStrayTask(house, event);
  }
  await moveCursor(house, page.last, await recordOrKeep(house, rail, news));
  await finishBatches(house);
  return page.events.length;
}

/** Records all news; returns what could not be recorded, even alone. Throws when the database cannot be reached. */
async function recordOrKeep(house: House, rail: BankRail, news: readonly News[]): Promise<News[]> {
  try {
    await recordAnswers(house, rail, news);
    return [];
  } catch (error) {
    if (isUnreachable(error)) throw error;
    if (news.length <= 1) return [...news];
  }
  const kept: News[] = [];
  for (const each of news) kept.push(...(await recordOrKeep(house, rail, [each])));
  return kept;
}

/** Tells kept news again; a person was told when it was kept. */
export async function retellNews(house: House, rail: BankRail, row: OutboxRow): Promise<OutboxOutcome> {
  const { answer, response } = row.params as { answer: News['exchange']['answer']; response: string | null };
  if (!row.subject) return { kind: 'dead', why: 'bank.news without a transfer' };
  const news = { transferId: row.subject, exchange: { answer, response: response === null ? null : Buffer.from(response, 'base64') } };
  const kept = await recordOrKeep(house, rail, [news]);
  if (kept.length > 0) return { kind: 'later', afterMs: AGAIN_MS, why: 'its case cannot hear it' };
  await finishBatches(house);
  return { kind: 'done' };
}

function toNews(event: Exclude<BankEvent, { kind: 'unreadable' }>, transfer: Known, response: Uint8Array): News {
  const { bankRef } = event;
  switch (event.kind) {
    case 'settled':
      return { transferId: transfer.id, exchange: { answer: { kind: 'settled', bankRef, settledOn: event.settledOn }, response } };
    case 'rejected':
      return { transferId: transfer.id, exchange: { answer: { kind: 'rejected', code: event.code, text: event.text }, response } };
    case 'returned': {
      const settledOn = transfer.settledOn ?? event.returnedOn;
      return {
        transferId: transfer.id,
        exchange: {
          answer: { kind: 'returned', bankRef, settledOn, returnedOn: event.returnedOn, code: event.code, text: event.text },
          response,
        },
      };
    }
  }
}

async function knownTransfers(house: House, events: readonly BankEvent[]): Promise<Map<string, Known>> {
  const references = events.flatMap((event) => (event.kind === 'unreadable' ? [] : [event.endToEndId]));
  const rows = await house.database.read<Known>(
    worker,
    `SELECT id, end_to_end_id AS "endToEndId", amount_fen::text AS "amountFen", settled_on::text AS "settledOn" FROM transfers WHERE end_to_end_id = ANY($1::text[])`,
    [references],
  );
  return new Map(rows.map((row) => [row.endToEndId, row]));
}

async function cursor(house: House): Promise<number> {
  const [row] = await house.database.read<{ last: number }>(
    worker,
    `SELECT last_seq::float8 AS last FROM bank_feeds WHERE rail = 'http'`,
    [],
  );
  return row?.last ?? 0;
}

/** The cursor and what must be told again move together. */
async function moveCursor(house: House, last: number, kept: readonly News[]): Promise<void> {
  const now = formatInstant(house.systemNow());
  await house.database.transaction(worker, async (tx) => {
    for (const { transferId, exchange } of kept)
      await tx.query(`INSERT INTO outbox (kind, subject, params, due_at, recorded_at) VALUES ('bank.news', $1, $2, $3, $3)`, [
        transferId,
        JSON.stringify({ answer: exchange.answer, response: exchange.response && Buffer.from(exchange.response).toString('base64') }),
        now,
      ]);
    await tx.query(
      `INSERT INTO bank_feeds (rail, last_seq) VALUES ('http', $1) ON CONFLICT (rail) DO UPDATE SET last_seq = greatest(bank_feeds.last_seq, excluded.last_seq)`,
      [last],
    );
  });
  for (const { transferId, exchange } of kept)
    await openBankTask(house, `unheard:${transferId}:${exchange.answer.kind}`, {
      zh: `银行关于转账 ${transferId} 的消息（${exchange.answer.kind}）已留存，但其案件无法办理，将反复重试，请查明原因`,
      en: `The bank's news of transfer ${transferId} (${exchange.answer.kind}) is kept, but its case cannot hear it; it is told again and again, find out why`,
    });
}

async function openStrayTask(house: House, event: BankEvent): Promise<void> {
  const what = event.kind === 'unreadable' ? event.detail : `${event.kind} ${event.endToEndId} ${event.amountFen}`;
  const label = { zh: `银行来信无法对应任何转账，请核查：${what}`, en: `News from the bank fits no transfer, check: ${what}` };
  await openBankTask(house, `feed:${event.seq}`, label);
}

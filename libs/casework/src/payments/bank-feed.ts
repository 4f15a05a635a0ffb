import type { BankEvent } from '@tranche/bank';
import type { BankRail, House } from '../house.js';
import { worker } from '../outbox.js';
import { openBankTask } from './bank-task.js';
import { type News, recordAnswers } from './record-answer.js';
import { finishBatches } from './send-batch.js';

type Known = { id: string; endToEndId: string; amountFen: string; settledOn: string | null };

/**
 * Reads late settlements, refusals and returns from the bank's feed and records them; the cursor moves only after the
 * page is recorded, and news told twice changes nothing. Entries that fit no transfer open a task for a person.
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
  await recordAnswers(house, rail, news);
  await moveCursor(house, page.last);
  await finishBatches(house);
  return page.events.length;
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

const moveCursor = (house: House, last: number): Promise<unknown> =>
  house.database.transaction(worker, (tx) =>
    tx.query(
      `INSERT INTO bank_feeds (rail, last_seq) VALUES ('http', $1) ON CONFLICT (rail) DO UPDATE SET last_seq = greatest(bank_feeds.last_seq, excluded.last_seq)`,
      [last],
    ),
  );

async function openStrayTask(house: House, event: BankEvent): Promise<void> {
  const what = event.kind === 'unreadable' ? event.detail : `${event.kind} ${event.endToEndId} ${event.amountFen}`;
  const label = { zh: `银行来信无法对应任何转账，请核查：${what}`, en: `News from the bank fits no transfer, check: ${what}` };
  await openBankTask(house, `feed:${event.seq}`, label);
}

import { dateOf } from '@tranche/calendar';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { type News, recordAnswers } from '../payments/record-answer.js';
import type { Heard } from '../payments/transfer-news.js';
import { tellWorklist, type WorkItem, workItem } from './worklist.js';

const PAGE = 500;

type Status = {
  readonly no: number;
  readonly line: number;
  readonly path: string;
  readonly reference: string | null;
  readonly meaning: 'received' | 'accepted' | 'settled' | 'refused' | 'returned';
  readonly code: string;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly amountFen: string | null;
  readonly bankRef: string | null;
  readonly on: string | null;
  readonly transferId: string | null;
  readonly transferFen: string | null;
  readonly settledOn: string | null;
};

const own = `s.status_no AS no, s.at_line AS line, s.at_path AS path, coalesce(s.end_to_end_id, s.instr_id, s.bank_ref) AS reference, s.meaning, s.code, s.reason_code AS "reasonCode",
  s.reason_text AS "reasonText", s.amount_fen::text AS "amountFen", s.bank_ref AS "bankRef", s.on_date AS on`;
const known = `t.id AS "transferId", t.amount_fen::text AS "transferFen", t.settled_on AS "settledOn"`;

/** Statuses of single transfers: by end-to-end id, else by the id of the attempt, else by the bank's reference where only one transfer has it. */
const single = `SELECT ${own}, ${known} FROM bank_statuses s LEFT JOIN LATERAL (
    SELECT x.* FROM transfers x WHERE x.end_to_end_id = s.end_to_end_id
    UNION ALL SELECT x.* FROM attempts a JOIN transfers x ON x.id = a.transfer_id WHERE s.end_to_end_id IS NULL AND a.instr_id = s.instr_id
    UNION ALL SELECT x.* FROM transfers x WHERE s.end_to_end_id IS NULL AND s.instr_id IS NULL AND x.bank_reference = s.bank_ref
      AND NOT EXISTS (SELECT FROM transfers y WHERE y.bank_reference = s.bank_ref AND y.id <> x.id)
    LIMIT 1) t ON true
  WHERE s.file_id = $1 AND s.level = 'transfer' AND s.status_no > $2 ORDER BY s.status_no LIMIT ${PAGE}`;

/**
 * Statuses of a whole file or block: for those of its lines that it does not name one by one. Our message and block names are a letter and the
 * name of the file's part (`pain001.ts`).
 */
const whole = `SELECT ${own}, ${known} FROM bank_statuses s
  LEFT JOIN LATERAL (SELECT x.bank_file_id FROM bank_file_parts x JOIN batches b ON b.id = x.batch_id
    WHERE replace(b.batch_no, '-', '') || CASE x.part_no WHEN 1 THEN '' ELSE 'P' || x.part_no END = substr(coalesce(s.original_block_id, s.original_message_id), 2) LIMIT 1) p ON true
  LEFT JOIN (bank_file_lines l JOIN transfers t ON t.id = l.transfer_id) ON l.bank_file_id = p.bank_file_id
    AND NOT EXISTS (SELECT FROM bank_statuses o WHERE o.file_id = s.file_id AND o.level = 'transfer' AND o.end_to_end_id = t.end_to_end_id)
  WHERE s.file_id = $1 AND s.level <> 'transfer' AND (p.bank_file_id IS NULL OR t.id IS NOT NULL) ORDER BY s.level, s.status_no, t.id`;

/** Tells the transfers what a file says of them; what fits none, or cannot be true, goes to the worklist. */
export async function applyStatuses(house: House, fileId: string): Promise<void> {
  const today = dateOf(await legalNow(house));
  for (let after = 0; ; ) {
    const page = await house.database.read<Status>(worker, single, [fileId, after]);
    if (page.length === 0) break;
    await applyPage(house, fileId, page, today);
    after = page.at(-1)!.no;
  }
  const ofAll = await house.database.read<Status>(worker, whole, [fileId]);
  for (let at = 0; at < ofAll.length; at += PAGE) await applyPage(house, fileId, ofAll.slice(at, at + PAGE), today, 'group-unknown');
}

async function applyPage(
  house: House,
  fileId: string,
  page: readonly Status[],
  today: string,
  unknown: 'transfer-unknown' | 'group-unknown' = 'transfer-unknown',
): Promise<void> {
  const items: WorkItem[] = [];
  // a transfer is told one thing at a time, in the order of the file
  const rounds: Map<string, Status>[] = [];
  for (const status of page) {
    const at = { line: status.line, path: status.path };
    if (status.transferId === null) items.push(workItem(unknown, at, `${status.code} ${status.reference ?? ''}`));
    else if (status.amountFen !== null && status.amountFen !== status.transferFen)
      items.push(
        workItem('amount-differs', at, `${status.reference ?? ''}: ${status.amountFen} <> ${status.transferFen} fen`, {
          transferId: status.transferId,
        }),
      );
    else inTurn(rounds, status.transferId, status);
  }
  for (const round of rounds) items.push(...(await tellTransfers(house, [...round.values()], today)));
  await tellWorklist(house, fileId, items);
}

function inTurn(rounds: Map<string, Status>[], transferId: string, status: Status): void {
  const free = rounds.find((round) => !round.has(transferId));
  if (free) free.set(transferId, status);
  else rounds.push(new Map([[transferId, status]]));
}

async function tellTransfers(house: House, statuses: readonly Status[], today: string): Promise<WorkItem[]> {
  const news = statuses.map(
    (status): News => ({ transferId: status.transferId!, exchange: { answer: heardOf(status, today), response: null }, fromFile: {} }),
  );
  const contradictions = await recordAnswers(house, house.bank, news);
  return contradictions.flatMap(({ transferId, said }) => {
    const status = statuses.find((each) => each.transferId === transferId);
    return status === undefined
      ? []
      : [
          workItem('contradiction', { line: status.line, path: status.path }, `${status.code} ${said} ${status.reference ?? ''}`, {
            transferId,
          }),
        ];
  });
}

function heardOf({ meaning, code, reasonCode, reasonText, bankRef, on, settledOn }: Status, today: string): Heard {
  const reference = bankRef ?? '';
  const why = { code: reasonCode ?? code, text: reasonText ?? '' };
  switch (meaning) {
    case 'received':
      return { kind: 'received', status: code };
    case 'accepted':
      return { kind: 'accepted', bankRef: reference, status: code };
    case 'settled':
      return { kind: 'settled', bankRef: reference, settledOn: on ?? today };
    case 'refused':
      return { kind: 'rejected', ...why };
    case 'returned':
      return { kind: 'returned', bankRef: reference, settledOn: settledOn ?? on ?? today, returnedOn: on ?? today, ...why };
  }
}

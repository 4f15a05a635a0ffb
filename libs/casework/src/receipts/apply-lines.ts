import { formatInstant } from '@tranche/calendar';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { type News, recordAnswers } from '../payments/record-answer.js';
import { tellWorklist, type WorkCode, type WorkItem, workItem } from './worklist.js';

const PAGE = 1_000;
/** Lines matched by one statement where nothing has to be told to anybody. */
const BULK = 20_000;

/** A line that is not matched yet, and the one transfer it names. */
export type Line = {
  readonly id: string;
  readonly no: number;
  readonly line: number;
  readonly path: string;
  readonly direction: 'credit' | 'debit';
  readonly amountFen: string;
  readonly bookedOn: string;
  readonly back: boolean;
  readonly returnCode: string | null;
  readonly returnText: string | null;
  readonly reference: string | null;
  readonly bankRef: string | null;
  readonly knownAccount: boolean;
  readonly transferId: string | null;
  readonly rule: 'end-to-end-id' | 'bank-reference' | null;
  readonly state: string | null;
  readonly transferFen: string | null;
  readonly settledOn: string | null;
  readonly sameAccount: boolean | null;
  readonly taken: boolean;
};

/** A credit that brings a payment back: it says why, or that it is a reversal. */
const back = `(l.direction = 'credit' AND (l.return_code IS NOT NULL OR l.reversal))`;
const kindOf = `CASE l.direction WHEN 'debit' THEN 'settled' ELSE 'returned' END`;

/** Which transfer a line names: by our reference, else by the bank's where only one transfer has it. */
const named = `(SELECT x.id, x.state, x.amount_fen, x.settled_on, x.batch_id, 'end-to-end-id' AS rule FROM transfers x WHERE x.end_to_end_id = l.end_to_end_id
    UNION ALL SELECT x.id, x.state, x.amount_fen, x.settled_on, x.batch_id, 'bank-reference' FROM transfers x
      WHERE l.end_to_end_id IS NULL AND x.bank_reference = l.bank_ref AND NOT EXISTS (SELECT FROM transfers y WHERE y.bank_reference = l.bank_ref AND y.id <> x.id)
    LIMIT 1)`;

/** Bookings of transfers whose outcome is known already: matched as they are, in bulk. What is matched is not looked up again. */
const matchKnown = `INSERT INTO matches (line_id, kind, transfer_id, rule, matched_by, recorded_at)
  SELECT l.id, ${kindOf}, t.id, t.rule, $4, $5 FROM statement_lines l CROSS JOIN LATERAL ${named} t
    JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id
   WHERE l.file_id = $1 AND l.line_no > $2 AND l.line_no <= $3 AND NOT EXISTS (SELECT FROM matches m WHERE m.line_id = l.id) AND l.amount_fen = t.amount_fen AND l.account_no = f.debtor_account_no
     AND ((l.direction = 'debit' AND t.state IN ('settled', 'returned')) OR (${back} AND t.state = 'returned'))
   ORDER BY l.line_no
  ON CONFLICT DO NOTHING`;

/** A line with the transfer it names. */
export const lineColumns = `l.id, l.line_no AS no, l.at_line AS line, l.at_path AS path, l.direction, l.amount_fen::text AS "amountFen", l.booked_on AS "bookedOn", ${back} AS back,
    l.return_code AS "returnCode", l.return_text AS "returnText", l.end_to_end_id AS reference, l.bank_ref AS "bankRef",
    EXISTS (SELECT FROM funds k WHERE k.debtor_account_no = l.account_no) AS "knownAccount", t.id AS "transferId", t.rule, t.state, t.amount_fen::text AS "transferFen",
    t.settled_on AS "settledOn", f.debtor_account_no = l.account_no AS "sameAccount",
    EXISTS (SELECT FROM matches m WHERE m.transfer_id = t.id AND m.kind = ${kindOf}) AS taken`;
export const lineTransfer = `LEFT JOIN LATERAL ${named} t ON true LEFT JOIN batches b ON b.id = t.batch_id LEFT JOIN funds f ON f.id = b.fund_id`;

const unmatched = `SELECT ${lineColumns} FROM statement_lines l ${lineTransfer}
  WHERE l.file_id = $1 AND l.line_no > $2 AND NOT EXISTS (SELECT FROM matches m WHERE m.line_id = l.id) ORDER BY l.line_no LIMIT ${PAGE}`;

/**
 * Matches a file's lines to the transfers they name. A debit settles its transfer, a credit with a return reason brings it back; both through
 * the one door, with the match in the same transaction. What is not clear by itself goes to the worklist; nothing is guessed.
 */
export async function applyLines(house: House, fileId: string): Promise<void> {
  await matchInBulk(house, fileId);
  for (let after = 0; ; ) {
    const page = await house.database.read<Line>(worker, unmatched, [fileId, after]);
    if (page.length === 0) break;
    await tellWorklist(house, fileId, await applyPage(house, page));
    after = page.at(-1)!.no;
  }
  await matchInBulk(house, fileId);
}

async function matchInBulk(house: House, fileId: string): Promise<void> {
  const [last] = await house.database.read<{ no: number }>(
    worker,
    'SELECT coalesce(max(line_no), 0)::int AS no FROM statement_lines WHERE file_id = $1',
    [fileId],
  );
  const now = formatInstant(house.systemNow());
  for (let from = 0; from < (last?.no ?? 0); from += BULK)
    await house.database.transaction(worker, (tx) => tx.query(matchKnown, [fileId, from, from + BULK, worker.userId, now]));
}

/** Money may leave and come back in one page: the later booking of a transfer is applied once the earlier is recorded. */
async function applyPage(house: House, page: readonly Line[]): Promise<WorkItem[]> {
  const directions = new Map<string, string>();
  const [first, later]: [Line[], Line[]] = [[], []];
  for (const line of page) {
    const before = line.transferId === null ? undefined : directions.get(line.transferId);
    if (line.transferId !== null && before === undefined) directions.set(line.transferId, line.direction);
    (before === undefined || before === line.direction ? first : later).push(line);
  }
  return [...(await applyOnce(house, first)), ...(await applyOnce(house, later))];
}

async function applyOnce(house: House, page: readonly Line[]): Promise<WorkItem[]> {
  const items: WorkItem[] = [];
  const news = new Map<string, { readonly line: Line; readonly news: News }>();
  for (const line of page) {
    const doubt = doubtOf(line, news);
    if (doubt === null) news.set(line.transferId!, { line, news: newsOf(house, line) });
    else items.push(itemOf(doubt, line));
  }
  const contradictions = await recordAnswers(
    house,
    house.bank,
    [...news.values()].map((each) => each.news),
  );
  for (const { transferId } of contradictions) {
    const told = news.get(transferId);
    if (told) items.push(itemOf('contradiction', told.line));
  }
  return items;
}

const unsent = new Set(['draft', 'pending_approval', 'approved', 'rejected', 'cancelled']);

/** Why a line is left to people; null where it is the booking of its transfer. */
export function doubtOf(line: Line, inPage: ReadonlyMap<string, unknown>): WorkCode | null {
  if (!line.knownAccount) return 'account-unknown';
  if (line.transferId === null)
    return line.direction === 'credit' ? 'credit-unidentified' : line.reference === null ? 'debit-unidentified' : 'transfer-unknown';
  if (line.direction === 'credit' && !line.back) return 'credit-names-transfer';
  if (!line.sameAccount) return 'account-differs';
  if (line.transferFen !== line.amountFen) return 'amount-differs';
  if (line.taken || inPage.has(line.transferId)) return 'matched-already';
  return line.state !== null && unsent.has(line.state) ? 'transfer-not-sent' : null;
}

const itemOf = (code: WorkCode, line: Line): WorkItem =>
  workItem(
    code,
    { line: line.line, path: line.path },
    `${line.direction} ${line.amountFen} fen ${line.reference ?? line.bankRef ?? ''}${code === 'amount-differs' ? ` <> ${line.transferFen} fen` : ''}`,
    { lineId: line.id, ...(line.transferId === null ? {} : { transferId: line.transferId }) },
  );

export function newsOf(house: House, line: Line): News {
  const { bookedOn, settledOn, returnCode, returnText } = line;
  const bankRef = line.bankRef ?? '';
  const answer =
    line.direction === 'debit'
      ? { kind: 'settled' as const, bankRef, settledOn: bookedOn }
      : {
          kind: 'returned' as const,
          bankRef,
          settledOn: settledOn ?? bookedOn,
          returnedOn: bookedOn,
          code: returnCode ?? 'NARR',
          text: returnText ?? '',
        };
  return {
    transferId: line.transferId!,
    exchange: { answer, response: null },
    fromFile: {
      matchLines: [
        {
          line_id: line.id,
          kind: line.direction === 'debit' ? 'settled' : 'returned',
          transfer_id: line.transferId,
          rule: line.rule,
          matched_by: worker.userId,
          recorded_at: formatInstant(house.systemNow()),
        },
      ],
    },
  };
}

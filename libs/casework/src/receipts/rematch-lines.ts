import { formatInstant } from '@tranche/calendar';
import type { ChangeSet } from '@tranche/database';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { recordAnswers } from '../payments/record-answer.js';
import { doubtOf, type Line, lineColumns, lineTransfer, newsOf } from './apply-lines.js';
import { identifiedRows } from './suspense.js';
import { tellWorklist, workItem } from './worklist.js';
import { closeLineItems, writeMatch } from './write-match.js';

const PAGE = 200;
/** Why a line could not be matched that time alone may change: its transfer was not there, not sent, or the bank's reference not known yet. */
const passing = ['transfer-unknown', 'transfer-not-sent', 'debit-unidentified', 'credit-unidentified'];

type Waiting = Line & { readonly fileId: string };

/** Of each transfer the earliest line that waits for it, the debit before its return; what people are deciding on is left to them. */
const waiting = `SELECT DISTINCT ON (t.id) ${lineColumns}, l.file_id AS "fileId" FROM receipt_worklist w JOIN statement_lines l ON l.id = w.line_id ${lineTransfer}
  WHERE w.state = 'open' AND w.code = ANY($1::text[]) AND t.id IS NOT NULL AND t.state NOT IN ('draft', 'pending_approval', 'approved', 'rejected', 'cancelled')
    AND t.amount_fen = l.amount_fen AND f.debtor_account_no = l.account_no
    AND NOT EXISTS (SELECT FROM matches m WHERE m.line_id = l.id)
    AND NOT EXISTS (SELECT FROM line_proposals p WHERE p.line_id = l.id AND p.state = 'proposed')
    AND NOT EXISTS (SELECT FROM receipt_worklist c WHERE c.line_id = l.id AND c.code = 'contradiction')
  ORDER BY t.id, l.direction = 'credit', l.booked_on, l.id LIMIT ${PAGE}`;

/**
 * Lines that named no transfer when they came are matched by themselves once it turned up: by its reference, exactly, as on the first day. What only
 * resembles a transfer (amount, name, date) stays a suggestion for two people. A credit leaves the unidentified receipts with its match.
 * Returns how many lines were matched; a second run finds nothing.
 */
export async function rematchLines(house: House): Promise<number> {
  for (let matched = 0; ; ) {
    const page = await house.database.read<Waiting>(worker, waiting, [passing]);
    const clear = page.filter((line) => doubtOf(line, new Map()) === null);
    const now = clear.length === 0 ? 0 : await matchAll(house, clear);
    matched += now;
    if (now === 0) return matched;
  }
}

async function matchAll(house: House, lines: readonly Waiting[]): Promise<number> {
  const told = await Promise.all(lines.map(async (line) => ({ line, rows: await rowsOf(house, line) })));
  for (const { line, rows } of told.filter(({ line: each }) => isKnown(each))) await writeMatch(house, line.id, rows);
  const news = told.filter(({ line }) => !isKnown(line)).map(({ line, rows }) => ({ ...newsOf(house, line), fromFile: rows }));
  for (const { transferId } of await recordAnswers(house, house.bank, news)) {
    const line = lines.find((each) => each.transferId === transferId);
    if (line) await tellWorklist(house, line.fileId, [contradiction(line)]);
  }
  for (const { id } of lines) await closeLineItems(house, id, 'matched-later');
  const ids = lines.map(({ id }) => id);
  const rows = await house.database.read(worker, 'SELECT line_id FROM matches WHERE line_id = ANY($1::uuid[])', [ids]);
  return rows.length;
}

/** Its outcome is known already: nobody has to be told, the line is only its booking. */
const isKnown = ({ direction, state }: Line): boolean => state === 'returned' || (direction === 'debit' && state === 'settled');

async function rowsOf(house: House, line: Line): Promise<ChangeSet> {
  const match = {
    line_id: line.id,
    kind: line.direction === 'debit' ? 'settled' : 'returned',
    transfer_id: line.transferId,
    rule: line.rule,
    matched_by: worker.userId,
    recorded_at: formatInstant(house.systemNow()),
  };
  return { matchLines: [match], ...(line.direction === 'credit' ? await identifiedRows(house, line.id) : {}) };
}

const contradiction = (line: Line) =>
  workItem(
    'contradiction',
    { line: line.line, path: line.path },
    `${line.direction} ${line.amountFen} fen ${line.reference ?? line.bankRef ?? ''}`,
    {
      lineId: line.id,
      ...(line.transferId === null ? {} : { transferId: line.transferId }),
    },
  );

import { formatInstant } from '@tranche/calendar';
import { addChanges, type ChangeSet, rowsMoved, writeChanges } from '@tranche/database';
import type { TransferState } from '@tranche/machines';
import { type Command, systemCommand } from '../command.js';
import { dispatchPages } from '../dispatch-pages.js';
import type { BankRail, House } from '../house.js';
import { worker } from '../outbox.js';
import { doubtOf } from './account-doubt.js';
import { openBankTask } from './bank-task.js';
import { ANSWER_WITHIN_MS, type Heard, movesFor, type TransferMove } from './transfer-news.js';

/** A transfer as news about it finds it. */
export type OpenTransfer = {
  readonly id: string;
  readonly caseId: string;
  readonly disbursementId: string;
  readonly payment: string;
  readonly state: TransferState;
  readonly inquiries: number;
  readonly attemptNo: number;
  readonly rail: string;
  /** the legal day on which the bank was given it; null while nobody says so */
  readonly sentOn: string | null;
  readonly organisationId: string;
  readonly district: string;
};

/** Something heard about a transfer, with the bytes it was read from. What a file says has its evidence in the file instead. */
export type News = {
  readonly transferId: string;
  readonly exchange: { readonly answer: Heard; readonly response: Uint8Array | null };
  /** rows that stand or fall with the last move it causes; told by a file */
  readonly fromFile?: ChangeSet;
};

const TRIES = 3;

/**
 * Records what the bank said, whoever asked: the transfer moves and the case hears it in one transaction.
 * A late answer finds the transfer as it is now (`unknown`, if its lease ran out): it is evidence all the same. Weaker
 * news than what is known changes nothing. News that contradicts what is known opens a task for a person, and is answered. A transfer stands
 * in `news` once. Without `rail` nothing is asked about again.
 */
export async function recordAnswers(house: House, rail: BankRail | null, news: readonly News[]): Promise<readonly Contradiction[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const contradictions = await recordOnce(house, rail, news);
      await openContradictionTasks(house, contradictions);
      return contradictions;
    } catch (error) {
      if ((error as { code?: string }).code !== rowsMoved || attempt === TRIES) throw error;
    }
  }
}

/** Returns what contradicts what is known, by transfer. */
async function recordOnce(house: House, rail: BankRail | null, news: readonly News[]): Promise<Contradiction[]> {
  const open = new Map(
    (
      await transfersById(
        house,
        news.map(({ transferId }) => transferId),
      )
    ).map((transfer) => [transfer.id, transfer]),
  );
  const commands: Told[] = [];
  const quiet: ChangeSet[] = [];
  const contradictions: Contradiction[] = [];
  for (const each of news) {
    const { transferId, exchange } = each;
    const transfer = open.get(transferId);
    if (!transfer) continue;
    const moves = movesFor(transfer.state, exchange.answer);
    if (moves === 'contradiction') contradictions.push({ transferId, said: exchange.answer.kind });
    else for (const move of moves) sort(house, rail, transfer, move, each, commands, quiet, move === moves.at(-1));
  }
  const { refused, errors } = await tellCases(house, commands);
  contradictions.push(...refused);
  if (quiet.length > 0)
    await house.database.transaction(worker, async (tx) => {
      for (const changes of quiet) await writeChanges(tx, changes);
    });
  // everything else is recorded by now; what moved in between is tried again from fresh rows
  const moved = errors.find((error) => (error as { code?: string }).code === rowsMoved);
  if (errors.length > 0) throw moved ?? new AggregateError(errors, `${errors.length} cases could not be told: ${String(errors[0])}`);
  return contradictions;
}

/** What the bank said of a transfer and cannot be true together with what is known. */
export type Contradiction = { readonly transferId: string; readonly said: string };
/** An event for a case, and the transfer it is about. */
type Told = { readonly transferId: string; readonly command: Command };

/**
 * Tells the cases, first what arrived or failed, then what came back: a transfer moves once in a transaction. The same news told
 * twice is one event; an event the case refuses contradicts what is known. A case that fails to hear keeps no other from hearing.
 */
async function tellCases(
  house: House,
  told: readonly Told[],
): Promise<{ readonly refused: readonly Contradiction[]; readonly errors: readonly unknown[] }> {
  const once = [...new Map(told.map((each) => [each.command.key, each])).values()];
  const returns = once.filter(({ command }) => command.type === eventOf['returned']);
  const refused: Contradiction[] = [];
  const failed: unknown[] = [];
  for (const wave of [once.filter((each) => !returns.includes(each)), returns]) {
    const commands = wave.map(({ command }) => command);
    const { answers, errors } = await dispatchPages(house, worker, commands);
    failed.push(...errors);
    wave.forEach(({ transferId, command }, index) => {
      if (answers[index]?.ok === false) refused.push({ transferId, said: command.type });
    });
  }
  return { refused, errors: failed };
}

/** One task per transfer and contradicting word, however often it is heard. */
async function openContradictionTasks(house: House, contradictions: readonly Contradiction[]): Promise<void> {
  for (const { transferId, said } of contradictions)
    await openBankTask(house, `transfer:${transferId}:${said}`, {
      zh: `银行对转账 ${transferId} 的说法（${said}）与已知情况矛盾，请核查`,
      en: `What the bank says of transfer ${transferId} (${said}) contradicts what is known, check`,
    });
}

/** Moves a case must hear of; every other only moves the transfer. */
const eventOf: Partial<Record<TransferState, string>> = {
  settled: 'disbursement.settled',
  failed: 'disbursement.failed',
  returned: 'disbursement.returned',
};

/** A move the case must hear goes through the door with its rows along. */
function sort(
  house: House,
  rail: BankRail | null,
  transfer: OpenTransfer,
  move: TransferMove,
  { exchange, fromFile }: News,
  told: Told[],
  quiet: ChangeSet[],
  last: boolean,
): void {
  const now = formatInstant(house.systemNow());
  const type = eventOf[move.to];
  const along: ChangeSet = {
    moveTransfers: [moveRow(house, rail, transfer, move)],
    answerAttempts: move.from === 'settled' || fromFile ? [] : [answerRow(transfer, exchange, now)],
    ...doubtOf(house, transfer, move),
  };
  if (fromFile && last) addChanges(along, fromFile);
  if (type === undefined) {
    quiet.push(along);
    return;
  }
  const { caseId } = transfer;
  const key = `transfer:${transfer.id}:${move.to}`;
  told.push({ transferId: transfer.id, command: systemCommand({ caseId, type, data: dataOf(transfer, move), key, cause: 'bank', along }) });
}

/** What is not final yet is asked about again, where the bank can be asked; elsewhere its silence is noticed after a time. */
const moveRow = (house: House, rail: BankRail | null, { id, rail: way }: OpenTransfer, move: TransferMove) => ({
  id,
  from_state: move.from,
  state: move.to,
  bank_reference: move.bankReference || null,
  reason: move.reason,
  settled_on: move.to === 'settled' ? move.on : null,
  lease_until: move.to === 'submitted' && way !== 'http' ? formatInstant(house.systemNow() + ANSWER_WITHIN_MS) : null,
  next_inquiry_at:
    eventOf[move.to] === undefined && way === 'http' ? formatInstant(house.systemNow() + (rail?.inquireAfterMs[0] ?? 60_000)) : null,
  updated_at: formatInstant(house.systemNow()),
});

function dataOf({ payment, disbursementId: disbursement, sentOn }: OpenTransfer, { to, on, reason }: TransferMove): Record<string, string> {
  if (to === 'settled') return { payment, disbursement, paidOn: on ?? '', ...(sentOn === null ? {} : { sentOn }) };
  if (to === 'failed') return { payment, disbursement, reason: reason ?? '' };
  return { payment, disbursement, reason: reason ?? '', returnedOn: on ?? '' };
}

const answerRow = (transfer: OpenTransfer, { answer, response }: News['exchange'], at: string) => ({
  transfer_id: transfer.id,
  attempt_no: transfer.attemptNo,
  response: response ? `\\x${Buffer.from(response).toString('hex')}` : null,
  outcome: answer.kind,
  answered_at: at,
});

const transferColumns = `t.id, t.organisation_id AS "organisationId", t.district, d.case_id AS "caseId", d.id AS "disbursementId", d.payment, t.state, t.inquiries, t.sent_on AS "sentOn",
  coalesce((SELECT max(attempt_no) FROM attempts WHERE transfer_id = t.id), 1) AS "attemptNo", (SELECT rail FROM batches b WHERE b.id = t.batch_id) AS rail`;

function transfersById(house: House, ids: readonly string[]): Promise<OpenTransfer[]> {
  return house.database.read<OpenTransfer>(
    worker,
    `SELECT ${transferColumns} FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE t.id = ANY($1::uuid[])`,
    [ids],
  );
}

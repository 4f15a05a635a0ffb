import type { BankAnswer, Exchange } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import { type ChangeSet, rowsMoved, writeChanges } from '@tranche/database';
import { type Command, systemCommand } from '../command.js';
import { dispatchMany } from '../dispatch.js';
import type { BankRail, House } from '../house.js';
import { worker } from '../outbox.js';
import { openBankTask } from './bank-task.js';

/** A transfer as news about it finds it. */
export type OpenTransfer = {
  readonly id: string;
  readonly caseId: string;
  readonly disbursementId: string;
  readonly payment: string;
  readonly state: string;
  readonly inquiries: number;
  readonly attemptNo: number;
};

export type News = { readonly transferId: string; readonly exchange: Pick<Exchange<BankAnswer>, 'answer' | 'response'> };

const TRIES = 3;

/**
 * Records what the bank said, whoever asked: the transfer moves and the case hears it in one transaction.
 * A late answer finds the transfer as it is now (`unknown`, if its lease ran out): it is evidence all the same. Weaker
 * news than what is known changes nothing. News that contradicts what is known opens a task for a person.
 */
export async function recordAnswers(house: House, rail: BankRail, news: readonly News[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await openContradictionTasks(house, await recordOnce(house, rail, news));
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== rowsMoved || attempt === TRIES) throw error;
    }
  }
}

/** Returns what contradicts what is known, by transfer. */
async function recordOnce(house: House, rail: BankRail, news: readonly News[]): Promise<Contradiction[]> {
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
  for (const { transferId, exchange } of news) {
    const transfer = open.get(transferId);
    if (!transfer) continue;
    const steps = stepsFor(transfer, exchange.answer);
    if (steps === 'contradiction') contradictions.push({ transferId, said: exchange.answer.kind });
    else for (const step of steps) sort(house, rail, transfer, step, exchange, commands, quiet);
  }
  contradictions.push(...(await tellCases(house, commands)));
  if (quiet.length > 0)
    await house.database.transaction(worker, async (tx) => {
      for (const changes of quiet) await writeChanges(tx, changes);
    });
  return contradictions;
}

type Contradiction = { readonly transferId: string; readonly said: string };
/** An event for a case, and the transfer it is about. */
type Told = { readonly transferId: string; readonly command: Command };

/**
 * Tells the cases, first what arrived or failed, then what came back: a transfer moves once in a transaction. The same news told
 * twice is one event; an event the case refuses contradicts what is known.
 */
async function tellCases(house: House, told: readonly Told[]): Promise<Contradiction[]> {
  const once = [...new Map(told.map((each) => [each.command.key, each])).values()];
  const returns = once.filter(({ command }) => command.type === eventOf.returned);
  const refused: Contradiction[] = [];
  for (const wave of [once.filter((each) => !returns.includes(each)), returns]) {
    const commands = wave.map(({ command }) => command);
    const answers = await dispatchMany(house, worker, commands);
    wave.forEach(({ transferId, command }, index) => {
      if (answers[index]?.ok === false) refused.push({ transferId, said: command.type });
    });
  }
  return refused;
}

/** One task per transfer and contradicting word, however often it is heard. */
async function openContradictionTasks(house: House, contradictions: readonly Contradiction[]): Promise<void> {
  for (const { transferId, said } of contradictions)
    await openBankTask(house, `transfer:${transferId}:${said}`, {
      zh: `银行对转账 ${transferId} 的说法（${said}）与已知情况矛盾，请核查`,
      en: `What the bank says of transfer ${transferId} (${said}) contradicts what is known, check`,
    });
}

type QuietStep = {
  readonly to: 'accepted' | 'unknown';
  readonly from: string;
  readonly bankReference: string | null;
  readonly reason: string | null;
};
type HeardStep =
  | { readonly to: 'settled'; readonly from: string; readonly bankReference: string; readonly on: string }
  | { readonly to: 'failed'; readonly from: string; readonly reason: string }
  | { readonly to: 'returned'; readonly from: string; readonly bankReference: string; readonly on: string; readonly reason: string };

type Step = QuietStep | HeardStep;

const isQuiet = (step: Step): step is QuietStep => step.to === 'accepted' || step.to === 'unknown';

const waiting = new Set(['submitting', 'submitted', 'accepted', 'unknown']);

/** Which steps the news means for a transfer in this state; none when it says less than is known (rails: nothing moves backwards). */
function stepsFor({ state }: OpenTransfer, answer: BankAnswer): readonly Step[] | 'contradiction' {
  switch (answer.kind) {
    case 'settled':
      if (waiting.has(state)) return [{ to: 'settled', from: state, bankReference: answer.bankRef, on: answer.settledOn }];
      return state === 'failed' ? 'contradiction' : [];
    case 'rejected':
      if (waiting.has(state)) return [{ to: 'failed', from: state, reason: `${answer.code} ${answer.text}` }];
      return state === 'settled' ? 'contradiction' : [];
    case 'returned': {
      const returned = {
        to: 'returned',
        from: 'settled',
        bankReference: answer.bankRef,
        on: answer.returnedOn,
        reason: `${answer.code} ${answer.text}`,
      } as const;
      if (waiting.has(state)) return [{ to: 'settled', from: state, bankReference: answer.bankRef, on: answer.settledOn }, returned];
      return state === 'settled' ? [returned] : state === 'returned' ? [] : 'contradiction';
    }
    case 'accepted':
      return state === 'submitting' || state === 'submitted' || state === 'unknown'
        ? [{ to: 'accepted', from: state, bankReference: answer.bankRef, reason: null }]
        : [];
    case 'unknown':
      return state === 'submitting'
        ? [{ to: 'unknown', from: state, bankReference: null, reason: `${answer.why}: ${answer.detail}`.slice(0, 500) }]
        : [];
  }
}

const eventOf = { settled: 'disbursement.settled', failed: 'disbursement.failed', returned: 'disbursement.returned' } as const;

/** A step the case must hear goes through the door with its rows along; any other only moves the transfer. */
function sort(
  house: House,
  rail: BankRail,
  transfer: OpenTransfer,
  step: Step,
  exchange: News['exchange'],
  commands: Told[],
  quiet: ChangeSet[],
): void {
  const now = house.systemNow();
  const along: ChangeSet = {
    moveTransfers: [
      {
        id: transfer.id,
        from_state: step.from,
        state: step.to,
        bank_reference: 'bankReference' in step ? step.bankReference : null,
        reason: 'reason' in step ? step.reason : null,
        settled_on: step.to === 'settled' ? step.on : null,
        lease_until: null,
        next_inquiry_at: isQuiet(step) ? formatInstant(now + (rail.inquireAfterMs[0] ?? 60_000)) : null,
        updated_at: formatInstant(now),
      },
    ],
    answerAttempts: step.from === 'settled' ? [] : [answerRow(transfer, exchange, formatInstant(now))],
  };
  if (isQuiet(step)) {
    quiet.push(along);
    return;
  }
  const command = {
    caseId: transfer.caseId,
    type: eventOf[step.to],
    data: dataOf(transfer, step),
    key: `transfer:${transfer.id}:${step.to}`,
    cause: 'bank',
    along,
  } as const;
  commands.push({ transferId: transfer.id, command: systemCommand(command) });
}

function dataOf({ payment, disbursementId: disbursement }: OpenTransfer, step: HeardStep): Record<string, string> {
  switch (step.to) {
    case 'settled':
      return { payment, disbursement, paidOn: step.on };
    case 'failed':
      return { payment, disbursement, reason: step.reason };
    case 'returned':
      return { payment, disbursement, reason: step.reason, returnedOn: step.on };
  }
}

const answerRow = (transfer: OpenTransfer, { answer, response }: News['exchange'], at: string) => ({
  transfer_id: transfer.id,
  attempt_no: transfer.attemptNo,
  response: response ? `\\x${Buffer.from(response).toString('hex')}` : null,
  outcome: answer.kind,
  answered_at: at,
});

const transferColumns = `t.id, d.case_id AS "caseId", d.id AS "disbursementId", d.payment, t.state, t.inquiries,
  coalesce((SELECT max(attempt_no) FROM attempts WHERE transfer_id = t.id), 1) AS "attemptNo"`;

function transfersById(house: House, ids: readonly string[]): Promise<OpenTransfer[]> {
  return house.database.read<OpenTransfer>(
    worker,
    `SELECT ${transferColumns} FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE t.id = ANY($1::uuid[])`,
    [ids],
  );
}

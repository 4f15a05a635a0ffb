import { dateOf } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import { type Done, forTheHouse, once, type Request } from '../administration/once.js';
import type { NotDone } from '../administration/refused.js';
import type { Accepted } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatch } from '../dispatch.js';
import type { House } from '../house.js';
import { type Refused, refuse } from '../refusal.js';
import { runNotFound } from './decide-list.js';
import { type Account, accountFault } from './judge-line.js';
import { lockRun } from './run-row.js';

type Asked = { readonly runId: string; readonly row: number };
export type LineDecided = { readonly row: number; readonly outcome: string; readonly caseId: string | null };
type Outcome = Promise<Done<LineDecided> | Refused | NotDone>;
type Line = {
  readonly outcome: string;
  readonly caseId: string | null;
  readonly organisationId: string | null;
  readonly runDistrict: string | null;
} & { readonly [K in keyof Account]: string | null };

/**
 * The firm's word on its account, told by the firm itself or, where it answered by message, recorded by an officer: the one of the
 * extract is right (`account` absent), or another is given. The line goes on the next list. Nothing is paid there before another
 * person approved that list.
 */
export async function confirmAccount(house: House, request: Request, asked: Asked & { readonly account?: Account }): Outcome {
  const today = dateOf(await legalNow(house));
  const { actor } = request;
  return onLine(house, request, asked, async (tx, line) => {
    if (line.outcome !== 'pending') return notPending;
    const account = asked.account ? tidy(asked.account) : accountOf(line);
    const fault = account ? accountFault(account) : 'accountNo';
    if (!account || fault)
      return refuse('data-invalid', '收款账户不完整或格式不符。', 'The account is incomplete or malformed.', {
        errors: [{ field: `account.${fault}`, code: 'data-invalid', message: { zh: '请更正', en: 'correct it' } }],
      });
    await tx.query(
      `UPDATE no_application_lines SET outcome = 'included', reason = NULL, holder_name = $3, account_no = $4, bank_no = $5, bank_name = $6,
         account_by = $7, account_role = $8, account_on = $9 WHERE run_id = $1 AND row_no = $2`,
      [asked.runId, asked.row, account.holderName, account.accountNo, account.bankNo, account.bankName, actor.userId, actor.role, today],
    );
    return { row: asked.row, outcome: 'included', caseId: null };
  });
}

const tidy = ({ holderName, accountNo, bankNo, bankName }: Account): Account => ({
  holderName: holderName.trim(),
  accountNo: accountNo.replace(/\s/g, ''),
  bankNo: bankNo.trim(),
  bankName: bankName.trim(),
});

const accountOf = ({ holderName, accountNo, bankNo, bankName }: Line): Account | null =>
  accountNo === null ? null : { holderName: holderName ?? '', accountNo, bankNo: bankNo ?? '', bankName: bankName ?? '' };

/**
 * The firm does not want it. Before its case is opened its line falls off the list (what was signed stays as it was signed, less this
 * line); afterwards its case is withdrawn, by itself and as long as no money is out.
 */
export async function optOut(house: House, request: Request, asked: Asked & { readonly reason: string }): Outcome {
  const outcome = await onLine(house, request, asked, async (tx, line) => {
    if (line.caseId !== null) return { row: asked.row, outcome: 'opened', caseId: line.caseId };
    if (!['included', 'pending'].includes(line.outcome)) return notIncluded;
    const reason = { code: 'opted-out', by: request.actor.userId, because: asked.reason };
    await tx.query(`UPDATE no_application_lines SET outcome = 'optedOut', reason = $3 WHERE run_id = $1 AND row_no = $2`, [
      asked.runId,
      asked.row,
      JSON.stringify(reason),
    ]);
    return { row: asked.row, outcome: 'optedOut', caseId: null };
  });
  if (!outcome.ok || outcome.answer.caseId === null) return outcome;
  const withdrawn = await withdraw(house, request, outcome.answer.caseId, asked.reason);
  return withdrawn.ok ? { ...outcome, answer: { ...outcome.answer, outcome: 'optedOut' } } : withdrawn;
}

const withdraw = (house: House, { actor, key, requestSha256 }: Request, caseId: string, reason: string): Promise<Accepted | Refused> =>
  dispatch(house, actor, { caseId, type: 'application.withdrawn', data: { reason }, key: `${key}:withdraw`, requestSha256, cause: 'http' });

type Sql = Parameters<typeof lockRun>[0];

/** Something done with one line, once per key, while nobody makes a list of it. An officer needs the run in sight, a firm its own line. */
function onLine(
  house: House,
  request: Request,
  { runId, row }: Asked,
  work: (tx: Sql, line: Line) => Promise<LineDecided | Refused>,
): Outcome {
  return once(
    house,
    request,
    async (tx): Promise<LineDecided | Refused> => {
      const run = await lockRun(tx, runId);
      const { rows } = await tx.query<Omit<Line, 'runDistrict'>>(
        `SELECT outcome, case_id AS "caseId", holder_name AS "holderName", account_no AS "accountNo", bank_no AS "bankNo", bank_name AS "bankName",
           coalesce(organisation_id, (SELECT id FROM organisations o WHERE o.uscc = l.uscc),
             (SELECT o.id FROM no_application_people p JOIN organisations o ON o.person_key = p.person_key WHERE p.run_id = l.run_id AND p.row_no = l.row_no)) AS "organisationId"
         FROM no_application_lines l WHERE run_id = $1 AND row_no = $2 FOR UPDATE`,
        [runId, row],
      );
      const line = rows[0];
      if (!run || !line || !mayTouch(request.actor, run.district, line.organisationId)) return runNotFound;
      return work(tx, { ...line, runDistrict: run.district });
    },
    forTheHouse(request.actor),
  ) as Outcome;
}

const mayTouch = ({ role, district, organisationId }: Actor, runDistrict: string | null, firm: string | null): boolean =>
  role === 'officer' ? !district || district === runDistrict : firm !== null && organisationId === firm;

const notPending = refuse('run-state', '该企业不在待确认账户之列。', 'This firm’s account is not waiting for confirmation.');
const notIncluded = refuse('run-state', '该企业不在名单之列。', 'This firm is not on the list.');

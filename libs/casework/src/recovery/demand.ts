import { createHash } from 'node:crypto';
import { type Calendar, dateOf, due, formatInstant } from '@tranche/calendar';
import { type Actor, loadCalendar } from '@tranche/database';
import { payingFund } from '@tranche/ledger';
import { type CaseSnapshot, type DemandTerms, demandTerms } from '@tranche/machines';
import type { Cite, Text } from '@tranche/policies';
import type { Answer } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatch } from '../dispatch.js';
import type { House } from '../house.js';
import { storeEvidence } from '../imports/index.js';
import { type Refused, refuse } from '../refusal.js';
import { type DemandLetter, demandLetter, type PayTo } from './demand-letter.js';

/** Who demands which recovery, and the amount (fen, decimal) that this person saw. */
export type Demand = {
  readonly recoveryId: string;
  readonly amountFen: string;
  readonly key: string;
  readonly requestSha256: string;
};

type Row = {
  caseId: string;
  caseNo: string;
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  snapshot: CaseSnapshot;
  organisationId: string;
  district: string;
  payee: string;
  recoveryNo: number;
  version: number;
  reason: Text;
  cite: Cite;
};

/**
 * Demands repayment: the letter is written for what is owed now, kept with the case under its hash, and the case hears `recovery.demanded` in the same
 * transaction; the time for repayment runs from today. Refused where the amount is another by now, or the calendar of the last day is not published.
 */
export async function demandRepayment(house: House, actor: Actor, demand: Demand): Promise<Answer> {
  const row = await readRecovery(house, actor, demand.recoveryId);
  if (row === undefined) return refuse('not-found', '没有这笔追回，或不属于您可见的范围。', 'There is no such recovery that you may see.');
  const nowMs = await legalNow(house);
  const written = await letterFor(house, actor, row, nowMs);
  if (written !== null && 'ok' in written) return written;
  const bytes = written === null ? null : await demandLetter(written);
  const sha256 = bytes === null ? undefined : createHash('sha256').update(bytes).digest('hex');
  const { caseId, organisationId, district } = row;
  return dispatch(house, actor, {
    caseId,
    type: 'recovery.demanded',
    data: { amountFen: demand.amountFen, ...(sha256 === undefined ? {} : { letterSha256: sha256 }) },
    key: demand.key,
    requestSha256: demand.requestSha256,
    cause: 'http',
    // the letter was written for this version
    expectedVersion: row.version,
    ...(bytes === null || sha256 === undefined
      ? {}
      : {
          apply: async (tx) => {
            await storeEvidence(tx, { caseId, organisationId, district }, letterFile(house, actor, row, bytes, sha256));
            return undefined;
          },
        }),
  });
}

const letterFile = (house: House, actor: Actor, row: Row, bytes: Buffer, sha256: string) => ({
  id: house.newId(),
  kind: 'letter' as const,
  fileName: `追回通知书-${row.caseNo}-${row.recoveryNo}.pdf`,
  bytes,
  sha256,
  report: null,
  uploadedBy: actor.userId,
  recordedAt: formatInstant(house.systemNow()),
});

/** What the letter says as of now; null where nothing is owed any more (the door says why). */
async function letterFor(house: House, actor: Actor, row: Row, writtenAtMs: number): Promise<DemandLetter | Refused | null> {
  const { policy, machine } = house.policies.of(row);
  const terms = demandTerms(machine, row.snapshot);
  if (terms === null) return null;
  const writtenOn = dateOf(writtenAtMs);
  const { calendar } = await house.database.transaction(actor, (tx) => loadCalendar(tx));
  const dueOn = lastDay(calendar, writtenOn, terms);
  if (dueOn === null)
    return refuse(
      'calendar-not-published',
      '还款期限所在年度的工作日历尚未公布，不能写明最后期限。请先导入日历。',
      'The calendar of the year in which repayment ends is not published; the letter could not name the last day. Import it first.',
    );
  const payTo = await accountsOf(house, actor, terms);
  const { caseNo, recoveryNo, payee, reason, cite } = row;
  return {
    caseNo,
    recoveryNo,
    payee,
    policy: policy.title,
    reason,
    cite,
    amountFen: terms.amountFen,
    payTo,
    dueOn,
    writtenOn,
    writtenAtMs,
  };
}

function lastDay(calendar: Calendar, from: string, { count, unit }: DemandTerms): string | null {
  const end = due(calendar, from, count, unit);
  return end.provisional ? null : end.lastDay;
}

/** Money goes back to the accounts it was paid from, each its part. */
async function accountsOf(house: House, actor: Actor, { parts }: DemandTerms): Promise<readonly PayTo[]> {
  const ids = [...new Set(parts.map(({ fund }) => payingFund(fund)))];
  const rows = await house.database.read<{ id: string; name: string; accountNo: string; bankNo: string }>(
    actor,
    'SELECT id, debtor_name AS name, debtor_account_no AS "accountNo", debtor_bank_no AS "bankNo" FROM funds WHERE id = ANY($1::uuid[]) ORDER BY id',
    [ids],
  );
  return rows.map(({ id, ...account }) => ({
    ...account,
    amountFen: parts.filter(({ fund }) => payingFund(fund) === id).reduce((sum, part) => sum + part.amountFen, 0n),
  }));
}

async function readRecovery(house: House, actor: Actor, recoveryId: string): Promise<Row | undefined> {
  const [row] = await house.database.read<Row>(
    actor,
    `SELECT c.id AS "caseId", c.case_no AS "caseNo", c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction, c.snapshot,
       c.organisation_id AS "organisationId", c.district, o.name AS payee, r.recovery_no AS "recoveryNo", c.version, r.reason, r.cite
     FROM recoveries r JOIN cases c ON c.id = r.case_id JOIN organisations o ON o.id = c.organisation_id WHERE r.id = $1`,
    [recoveryId],
  );
  return row;
}

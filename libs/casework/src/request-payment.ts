import { dateOf, formatInstant } from '@tranche/calendar';
import { caseView } from '@tranche/machines';
import { holds } from '@tranche/policies';
import { systemCommand } from './command.js';
import { legalNow } from './deadlines.js';
import { dispatch } from './dispatch.js';
import type { House } from './house.js';
import { type OutboxOutcome, type OutboxRow, worker } from './outbox.js';

type Asked = {
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  snapshot: Parameters<typeof caseView>[1];
  district: string;
  version: number;
};
type FundRow = { id: string };
/** What a payment waits for: enough in a fund of this year and district, of the source that began to pay it or else of any of the policy's. */
type Needs = { codes: readonly string[]; district: string; amountFen: string; caseVersion: number };

/**
 * A tranche fell due: pick the fund and request the payment, which reserves its budget in the same transaction.
 * The policy's funds are drawn in order, the first with enough budget pays the whole tranche; what was partly paid is completed
 * from the source that began it, out of the budget of the year it is paid in. Without budget the tranche stays due with the reason `fund-short`, its legal clock runs on, and finance has a task.
 */
export async function requestPayment(house: House, row: OutboxRow): Promise<OutboxOutcome> {
  const payment = String(row.params['payment']);
  const found = row.caseId && (await loadAsked(house, row.caseId));
  if (!found || !row.caseId) return { kind: 'dead', why: `case ${row.caseId} not found` };
  const { policy, machine } = house.policies.of(found);
  const tranche = caseView(machine, found.snapshot).tranches.find(({ id }) => id === payment);
  if (tranche?.state !== 'due') {
    await closeFundTask(house, row.caseId, payment);
    return { kind: 'done' };
  }
  const conditions = (found.snapshot.context['conditions'] ?? {}) as Readonly<Record<string, boolean>>;
  const open = policy.funds.filter(({ when }) => holds(when, conditions) === true);
  // one payment out of several funds needs one disbursement for each: better not paid than paid out of the wrong one
  if (open.some(({ share }) => share !== undefined))
    return { kind: 'dead', why: `${policy.id}: funds with shares cannot be paid from yet` };
  const needs: Needs = {
    codes: tranche.paidFen === '0' || tranche.fund === null ? open.map(({ code }) => code) : await codeOf(house, tranche.fund),
    district: found.district,
    amountFen: tranche.amountFen ?? '0',
    caseVersion: found.version,
  };
  for (const fund of await fundsFor(house, needs)) {
    const answer = await dispatch(
      house,
      worker,
      systemCommand({
        caseId: row.caseId,
        type: 'payment.requested',
        data: { payment, fund: fund.id },
        key: `request:${row.id}:${fund.id}`,
        cause: 'worker',
      }),
    );
    if (answer.ok) return { kind: 'done' };
    // held or no longer due: the machine opens the payment again when that ends
    if (answer.code !== 'fund-short') return { kind: 'done' };
  }
  await openFundTask(house, row.caseId, payment);
  return { kind: 'parked', reason: 'fund-short', needs };
}

async function loadAsked(house: House, caseId: string): Promise<Asked | undefined> {
  const [found] = await house.database.read<Asked>(
    worker,
    'SELECT policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, snapshot, district, version FROM cases WHERE id = $1',
    [caseId],
  );
  return found;
}

async function codeOf(house: House, fundId: string): Promise<string[]> {
  const rows = await house.database.read<{ code: string }>(worker, 'SELECT code FROM funds WHERE id = $1', [fundId]);
  return rows.map(({ code }) => code);
}

/** The funds of these codes, this year and place with enough left in them, in the given order: what another year was granted is not spent. */
async function fundsFor(house: House, { codes, district, amountFen }: Needs): Promise<FundRow[]> {
  const year = Number(dateOf(await legalNow(house)).slice(0, 4));
  return house.database.read<FundRow>(
    worker,
    `SELECT f.id
     FROM funds f JOIN accounts a ON a.fund_id = f.id AND a.book = 'budget' AND a.code = 'B2' JOIN account_balances b ON b.account_id = a.id
     WHERE b.posted_fen >= $4 AND f.code = ANY($1::text[]) AND f.district = $2 AND f.fiscal_year = $3
     ORDER BY array_position($1::text[], f.code)`,
    [codes, district, year, amountFen],
  );
}

async function openFundTask(house: House, caseId: string, payment: string): Promise<void> {
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `INSERT INTO tasks (id, case_id, kind, role, label, state, opened_at, organisation_id, district)
       SELECT $1, id, 'fund-short:' || $3, 'maker', $4, 'open', $5, organisation_id, district FROM cases WHERE id = $2
       ON CONFLICT (case_id, kind) WHERE state IN ('open', 'claimed') DO NOTHING`,
      [
        house.newId(),
        caseId,
        payment,
        JSON.stringify({
          zh: `资金指标不足：${payment} 待追加指标后支付，法定时限照常计算`,
          en: `Budget short: ${payment} waits for an appropriation while its legal clock runs on`,
        }),
        formatInstant(house.systemNow()),
      ],
    ),
  );
}

/** The payment no longer waits for budget: it lapsed, or was called off. */
async function closeFundTask(house: House, caseId: string, payment: string): Promise<void> {
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `UPDATE tasks SET state = 'cancelled', closed_at = $3 WHERE case_id = $1 AND kind = 'fund-short:' || $2 AND state IN ('open', 'claimed')`,
      [caseId, payment, formatInstant(house.systemNow())],
    ),
  );
}

import { dateOf, formatInstant } from '@tranche/calendar';
import { payingFund, sharedFund } from '@tranche/ledger';
import { caseView } from '@tranche/machines';
import { type Facts, fundPlan, stamp, type Terms } from '@tranche/policies';
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
  facts: Facts;
  terms: Terms;
  openedOn: string;
  district: string;
  version: number;
  /** its organisation is suspended: it is promised nothing until it is admitted again */
  suspended: boolean;
};
type FundRow = { id: string; code: string; leftFen: string; account: string };
/**
 * What a payment waits for: enough in a fund of this year and district, of the source that began to pay it or else of any of the policy's;
 * where several make it up, enough in each (`parts`).
 */
type Needs = {
  codes: readonly string[];
  district: string;
  amountFen: string;
  caseVersion: number;
  parts?: readonly { code: string; amountFen: string }[];
};

/**
 * A tranche fell due: pick the fund and request the payment, which reserves its budget in the same transaction.
 * The policy's funds are drawn in order, the first with enough budget pays the whole tranche; what was partly paid is completed
 * from the source that began it, out of the budget of the year it is paid in. Funds with shares make it up together, each bearing its part.
 * Without budget the tranche stays due with the reason `fund-short`, its legal clock runs on, and finance has a task.
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
  if (found.suspended) return whileSuspended;
  const { facts, terms, openedOn: on, district, version: caseVersion } = found;
  const amountFen = tranche.amountFen ?? '0';
  const plan = fundPlan(policy, { conditions: stamp(policy, { facts, terms, on }).conditions, terms }, amountFen);
  const needs: Needs =
    plan.kind === 'split'
      ? {
          codes: [],
          district,
          amountFen,
          caseVersion,
          parts: plan.parts.map((part) => ({ code: part.fund.code, amountFen: part.amountFen })),
        }
      : { codes: await codesOf(house, plan.funds, tranche), district, amountFen, caseVersion };
  for (const fund of await offersFor(house, needs)) {
    const answer = await dispatch(
      house,
      worker,
      systemCommand({
        caseId: row.caseId,
        type: 'payment.requested',
        data: { payment, fund },
        key: `request:${row.id}:${fund}`,
        cause: 'worker',
        // the shares were worked out for the amount that is due now
        ...(needs.parts ? { expectedVersion: caseVersion } : {}),
      }),
    );
    if (answer.ok) return { kind: 'done' };
    if (answer.code === 'case-changed') return { kind: 'later', afterMs: 0, why: 'the case has changed' };
    if (answer.code === 'organisation-suspended') return whileSuspended;
    // held or no longer due: the machine opens the payment again when that ends
    if (answer.code !== 'fund-short') return { kind: 'done' };
  }
  await openFundTask(house, row.caseId, payment);
  return { kind: 'parked', reason: 'fund-short', needs };
}

/** Promised nothing until it is admitted again; the legal clock runs on. */
const whileSuspended: OutboxOutcome = { kind: 'parked', reason: 'organisation-suspended', needs: { organisation: 'active' } };

async function loadAsked(house: House, caseId: string): Promise<Asked | undefined> {
  const [found] = await house.database.read<Asked>(
    worker,
    `SELECT policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, snapshot, district, version, opened_on AS "openedOn",
       (SELECT o.status <> 'active' FROM organisations o WHERE o.id = cases.organisation_id) AS suspended,
       (SELECT t.terms FROM case_terms t WHERE t.sha256 = terms_sha256) AS terms,
       coalesce((SELECT f.facts FROM case_facts f WHERE f.case_id = cases.id ORDER BY seq DESC LIMIT 1), '{}') AS facts
     FROM cases WHERE id = $1`,
    [caseId],
  );
  return found;
}

/** The source that began to pay goes on; otherwise the policy's, in its order. */
async function codesOf(
  house: House,
  funds: readonly { readonly code: string }[],
  { paidFen, fund }: { readonly paidFen: string; readonly fund: string | null },
): Promise<readonly string[]> {
  if (paidFen === '0' || fund === null) return funds.map(({ code }) => code);
  const rows = await house.database.read<{ code: string }>(worker, 'SELECT code FROM funds WHERE id = $1', [payingFund(fund)]);
  return rows.map(({ code }) => code);
}

/** What could pay, in order of preference: funds one by one, or the one way in which several make it up. None where the money does not reach. */
async function offersFor(house: House, needs: Needs): Promise<readonly string[]> {
  const { codes, parts, amountFen } = needs;
  if (!parts) {
    const funds = (await fundsOf(house, codes, needs.district)).filter(({ leftFen }) => BigInt(leftFen) >= BigInt(amountFen));
    return funds.toSorted((a, b) => codes.indexOf(a.code) - codes.indexOf(b.code)).map(({ id }) => id);
  }
  // a fund whose share comes to nothing takes no part
  const shares = parts.filter((part) => part.amountFen !== '0');
  const funds = await fundsOf(
    house,
    shares.map(({ code }) => code),
    needs.district,
  );
  const chosen = shares.flatMap((part) => {
    const fund = funds.find(({ code, leftFen }) => code === part.code && BigInt(leftFen) >= BigInt(part.amountFen));
    return fund ? [{ fund: fund.id, amountFen: BigInt(part.amountFen), account: fund.account }] : [];
  });
  if (chosen.length < shares.length) return [];
  // one transfer leaves one account
  if (new Set(chosen.map(({ account }) => account)).size > 1) return [];
  return [chosen.length === 1 ? chosen[0]!.fund : sharedFund(chosen)];
}

/** The funds of these codes, this year and place, with what is left in them: what another year was granted is not spent. */
async function fundsOf(house: House, codes: readonly string[], district: string): Promise<FundRow[]> {
  const year = Number(dateOf(await legalNow(house)).slice(0, 4));
  return house.database.read<FundRow>(
    worker,
    `SELECT f.id, f.code, b.posted_fen::text AS "leftFen", concat_ws(' ', f.debtor_name, f.debtor_account_no, f.debtor_bank_no) AS account
     FROM funds f JOIN accounts a ON a.fund_id = f.id AND a.book = 'budget' AND a.code = 'B2' JOIN account_balances b ON b.account_id = a.id
     WHERE f.code = ANY($1::text[]) AND f.district = $2 AND f.fiscal_year = $3`,
    [codes, district, year],
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

import { dateOf, formatInstant } from '@tranche/calendar';
import { keptJson, termsByHash } from '@tranche/database';
import { payingFund, sharedFund } from '@tranche/ledger';
import { type CaseSnapshot, type TrancheView, tranchesOf } from '@tranche/machines';
import { type Facts, fundPlan, type Policy, stamp, type Terms } from '@tranche/policies';
import { type Answer, type Command, systemCommand } from './command.js';
import { legalNow } from './deadlines.js';
import { dispatch, dispatchEach } from './dispatch.js';
import type { House } from './house.js';
import { type OutboxOutcome, type OutboxRow, worker } from './outbox.js';

type Asked = {
  id: string;
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  snapshot: CaseSnapshot;
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
  const found = row.caseId ? (await loadAsked(house, [row.caseId])).get(row.caseId) : undefined;
  if (!found || !row.caseId) return { kind: 'dead', why: `case ${row.caseId} not found` };
  const wanted = wantedBy(house, found, payment);
  if (!wanted) {
    await closeFundTask(house, row.caseId, payment);
    return { kind: 'done' };
  }
  if (found.suspended) return whileSuspended;
  const needs = await needsOf(house, wanted);
  for (const fund of await offersFor(house, needs)) {
    const outcome = outcomeOf(await dispatch(house, worker, requestOf(row, fund, needs)));
    if (outcome) return outcome;
  }
  await openFundTasks(house, [row]);
  return { kind: 'parked', reason: 'fund-short', needs };
}

/**
 * The same for a page of them in one transaction, each from the first fund that has enough after all before it; what no fund can pay waits.
 * What several funds make up, what one has begun to pay, and whatever is refused or fails goes alone. Answers outcomes by row id.
 */
export async function requestPayments(house: House, rows: readonly OutboxRow[]): Promise<ReadonlyMap<string, OutboxOutcome>> {
  const outcomes = new Map<string, OutboxOutcome>();
  const asked = await loadAsked(
    house,
    rows.flatMap(({ caseId }) => caseId ?? []),
  );
  const purse = new Purse(house);
  const begun: { row: OutboxRow; command: Command }[] = [];
  for (const row of rows) {
    const found = row.caseId === null ? undefined : asked.get(row.caseId);
    const wanted = found && !found.suspended ? readably(() => wantedBy(house, found, String(row.params['payment']))) : undefined;
    if (!wanted || wanted.plan.kind === 'split' || wanted.tranche.paidFen !== '0') continue;
    const fund = await purse.take(wanted);
    if (fund) begun.push({ row, command: requestOf(row, fund, wanted) });
    else outcomes.set(row.id, { kind: 'parked', reason: 'fund-short', needs: await needsOf(house, wanted) });
  }
  await openFundTasks(
    house,
    rows.filter(({ id }) => outcomes.has(id)),
  );
  const { answers } = await dispatchEach(
    house,
    worker,
    begun.map(({ command }) => command),
  );
  for (const [at, { row }] of begun.entries()) {
    const outcome = answers[at] ? outcomeOf(answers[at]) : null;
    if (outcome) outcomes.set(row.id, outcome);
  }
  return outcomes;
}

/** Undefined where a case cannot be read: looked at alone, it says why. */
function readably<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** What is in the funds of this year, taken from in the order of the requests: what one page asks for fits. */
class Purse {
  private readonly left = new Map<string, Promise<{ id: string; code: string; leftFen: bigint }[]>>();
  constructor(private readonly house: House) {}

  /** The first fund that has enough; undefined where none has. */
  async take({ plan, district, amountFen }: Wanted): Promise<string | undefined> {
    const codes = plan.kind === 'split' ? [] : plan.funds.map(({ code }) => code);
    const funds = await this.fundsOf(codes, district);
    const fund = codes.map((code) => funds.find((each) => each.code === code)).find((each) => each && each.leftFen >= BigInt(amountFen));
    if (fund) fund.leftFen -= BigInt(amountFen);
    return fund?.id;
  }

  private fundsOf(codes: readonly string[], district: string) {
    const place = JSON.stringify([codes, district]);
    const known = this.left.get(place) ?? fundsOf(this.house, codes, district).then(counted);
    this.left.set(place, known);
    return known;
  }
}
const counted = (rows: readonly FundRow[]) => rows.map(({ id, code, leftFen }) => ({ id, code, leftFen: BigInt(leftFen) }));

type Wanted = {
  readonly plan: ReturnType<typeof fundPlan>;
  readonly tranche: TrancheView;
  readonly district: string;
  readonly amountFen: string;
  readonly caseVersion: number;
};

/** What is due for this payment and where it may come from; undefined where it is not due (any more). */
function wantedBy(house: House, found: Asked, payment: string): Wanted | undefined {
  const { policy, machine } = house.policies.of(found);
  const tranche = tranchesOf(machine, found.snapshot).find(({ id }) => id === payment);
  if (tranche?.state !== 'due') return undefined;
  const { facts, terms, openedOn: on, district, version: caseVersion } = found;
  const amountFen = tranche.amountFen ?? '0';
  const conditions = turnsOnConditions(policy) ? stamp(policy, { facts, terms, on }).conditions : {};
  return { plan: fundPlan(policy, { conditions, terms }, amountFen), tranche, district, amountFen, caseVersion };
}

const turnsOnConditions = ({ funds }: Policy): boolean => funds.some(({ when }) => when !== undefined);

async function needsOf(house: House, { plan, tranche, district, amountFen, caseVersion }: Wanted): Promise<Needs> {
  if (plan.kind !== 'split') return { codes: await codesOf(house, plan.funds, tranche), district, amountFen, caseVersion };
  const parts = plan.parts.map((part) => ({ code: part.fund.code, amountFen: part.amountFen }));
  return { codes: [], district, amountFen, caseVersion, parts };
}

const requestOf = (
  { id, caseId, params }: OutboxRow,
  fund: string,
  { parts, caseVersion }: Pick<Needs, 'parts' | 'caseVersion'>,
): Command =>
  systemCommand({
    caseId: caseId ?? '',
    type: 'payment.requested',
    data: { payment: String(params['payment']), fund },
    key: `request:${id}:${fund}`,
    cause: 'worker',
    // the shares were worked out for the amount that is due now
    ...(parts ? { expectedVersion: caseVersion } : {}),
  });

/** What an answer means for the request; null: this fund is short, another may do. */
function outcomeOf(answer: Answer): OutboxOutcome | null {
  if (answer.ok) return { kind: 'done' };
  if (answer.code === 'case-changed') return { kind: 'later', afterMs: 0, why: 'the case has changed' };
  if (answer.code === 'organisation-suspended') return whileSuspended;
  if (answer.code === 'recovery-overdue') return whileOverdue;
  // held or no longer due: the machine opens the payment again when that ends
  return answer.code === 'fund-short' ? null : { kind: 'done' };
}

/** Promised nothing until it is admitted again; the legal clock runs on. */
const whileSuspended: OutboxOutcome = { kind: 'parked', reason: 'organisation-suspended', needs: { organisation: 'active' } };

/** Advanced nothing while it owes overdue money elsewhere. */
const whileOverdue: OutboxOutcome = { kind: 'parked', reason: 'recovery-overdue', needs: { recovery: 'repaid' } };

// a case's facts seldom change, and those of many are alike: what the rules say of them is remembered by the value
const factsOf = keptJson<Facts>();

async function loadAsked(house: House, caseIds: readonly string[]): Promise<ReadonlyMap<string, Asked>> {
  const rows = await house.database.transaction(worker, async (tx) => {
    const found = await tx.query<Omit<Asked, 'facts' | 'terms'> & { facts: string; termsSha256: string }>(
      `SELECT id, policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, snapshot, district, version, opened_on AS "openedOn",
         (SELECT o.status <> 'active' FROM organisations o WHERE o.id = cases.organisation_id) AS suspended, encode(terms_sha256, 'hex') AS "termsSha256",
         coalesce((SELECT f.facts FROM case_facts f WHERE f.case_id = cases.id ORDER BY seq DESC LIMIT 1)::text, '{}') AS facts
       FROM cases WHERE id = ANY($1::uuid[])`,
      [caseIds],
    );
    const termsOf = await termsByHash(
      tx,
      found.rows.map(({ termsSha256 }) => termsSha256),
    );
    return found.rows.map(({ facts, termsSha256, ...row }): Asked => ({ ...row, facts: factsOf(facts), terms: termsOf(termsSha256) }));
  });
  return new Map(rows.map((row) => [row.id, row]));
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

/** One task for finance for each payment that waits. */
async function openFundTasks(house: House, rows: readonly OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  const tasks = rows.map(({ caseId, params }) => {
    const payment = String(params['payment']);
    const label = {
      zh: `资金指标不足：${payment} 待追加指标后支付，法定时限照常计算`,
      en: `Budget short: ${payment} waits for an appropriation while its legal clock runs on`,
    };
    return { id: house.newId(), case_id: caseId, kind: `fund-short:${payment}`, label };
  });
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `INSERT INTO tasks (id, case_id, kind, role, label, state, opened_at, organisation_id, district)
       SELECT r.id, c.id, r.kind, 'maker', r.label, 'open', $2, c.organisation_id, c.district
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, case_id uuid, kind text, label jsonb) JOIN cases c ON c.id = r.case_id
       ON CONFLICT (case_id, kind) WHERE state IN ('open', 'claimed') DO NOTHING`,
      [JSON.stringify(tasks), formatInstant(house.systemNow())],
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

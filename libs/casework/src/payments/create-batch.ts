import { formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import type { House } from '../house.js';
import { agreedRail } from '../rails/profiles.js';
import { refuse } from '../refusal.js';
import { type BatchResult, describeBatch, lockCasesOf, type Rail, refuseOwnCases } from './batches.js';
import { endToEndIdOf } from './lines.js';
import type { ContentForm } from './signed-content.js';
import { type Asked, type Debtor, noProfile, remittanceOf, unpayableLines } from './unpayable-lines.js';

const BATCH_LINES_MAX = 10_000;

/**
 * The maker collects disbursements of one fund (one fund = one debtor account) into a draft batch; every line becomes a transfer.
 * Runs inside the caller's transaction; locks cases, then disbursements. All or nothing.
 */
export async function createBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { readonly disbursementIds: readonly string[]; readonly rail: Rail; readonly legalToday: string },
): Promise<BatchResult> {
  const ids = [...new Set(asked.disbursementIds)];
  if (ids.length === 0 || ids.length > BATCH_LINES_MAX)
    return refuse('data-invalid', `一张拨付单须含 1 至 ${BATCH_LINES_MAX} 笔。`, `A batch takes 1 to ${BATCH_LINES_MAX} disbursements.`);
  await lockCasesOf(tx, 'SELECT case_id FROM disbursements WHERE id = ANY($1::uuid[])', [ids]);
  const rows = await loadAsked(tx, ids);
  const unavailable = ids.filter((id) => !rows.some((row) => row.id === id && row.state === 'requested' && row.batch_id === null));
  if (unavailable.length > 0)
    return refuse(
      'disbursement-not-available',
      `有 ${unavailable.length} 笔拨付不存在、已入单或已不待付。`,
      `${unavailable.length} disbursements do not exist, are in a batch already, or are not waiting to be paid.`,
      {
        errors: unavailable
          .slice(0, 20)
          .map((id) => ({ field: 'disbursementIds', code: 'disbursement-not-available', message: { zh: id, en: id } })),
      },
    );
  const own = await refuseOwnCases(
    tx,
    actor,
    rows.map(({ case_id }) => case_id),
  );
  if (own) return own;
  const misplaced = rows.filter((row) => isAllocation(house, row) !== (asked.rail === 'allocation'));
  if (misplaced.length > 0) return wrongRail(misplaced[0]!.case_no, asked.rail);
  const fundId = rows[0]?.fund_id ?? '';
  if (rows.some((row) => row.fund_id !== fundId))
    return refuse(
      'funds-mixed',
      '一张拨付单只能使用一个资金来源（一个付款账户）。',
      'A batch draws on one fund (one debtor account) only.',
    );
  const debtor = await fundOf(tx, fundId);
  const agreed = asked.rail === 'allocation' ? null : await agreedRail(tx, asked.rail, debtor.debtorBankNo, asked.legalToday);
  if (agreed === null && asked.rail !== 'allocation') return noProfile(asked.rail);
  const unpayable = unpayableLines(agreed, debtor, rows, asked.legalToday);
  if (unpayable.length > 0)
    return refuse(
      'data-invalid',
      '有明细现在不能付款，请先更正账户，或从清单中去掉。',
      'Some of these lines cannot be paid now; correct the accounts first, or leave the lines out.',
      {
        errors: unpayable.slice(0, 20),
      },
    );
  return insertBatch(tx, house, actor, asked, { fundId, profileId: agreed?.id ?? null }, rows);
}

/** Does the case's policy move budget instead of money? */
const isAllocation = (house: House, { policy_id, policy_version, jurisdiction }: Asked): boolean =>
  house.policies.of({ policyId: policy_id, policyVersion: policy_version, jurisdiction }).policy.means === 'allocation';

const wrongRail = (caseNo: string, rail: Rail) =>
  refuse(
    'data-invalid',
    rail === 'allocation'
      ? `案件 ${caseNo} 应通过银行支付，不能以指标调拨办理。`
      : `案件 ${caseNo} 为指标调拨，不经银行；请以 allocation 制单。`,
    rail === 'allocation'
      ? `Case ${caseNo} is paid through a bank, not by moving budget.`
      : `Case ${caseNo} moves budget and goes through no bank; collect it with the rail "allocation".`,
    { errors: [{ field: 'rail', code: 'rail-of-policy', message: { zh: '拨付方式不符', en: 'another way of paying' } }] },
  );

async function fundOf(tx: Tx, fundId: string): Promise<Debtor> {
  const { rows } = await tx.query<Debtor>(
    `SELECT debtor_name AS "debtorName", debtor_account_no AS "debtorAccountNo", debtor_bank_no AS "debtorBankNo" FROM funds WHERE id = $1`,
    [fundId],
  );
  const [debtor] = rows;
  if (!debtor) throw new Error(`fund ${fundId} not found`);
  return debtor;
}

/** Kept back of the payment since it was last sent: what goes with this disbursement. */
const keptBack = `coalesce((SELECT sum(s.amount_fen) FROM set_offs s JOIN disbursements k ON k.id = s.disbursement_id
  WHERE s.paying_case_id = d.case_id AND s.payment = d.payment AND s.state = 'active' AND k.round > coalesce((SELECT max(e.round) FROM disbursements e
    WHERE e.case_id = d.case_id AND e.payment = d.payment AND e.round < d.round AND e.state <> 'cancelled'), 0)), 0)::text`;

async function loadAsked(tx: Tx, ids: readonly string[]): Promise<Asked[]> {
  const { rows } = await tx.query<Asked>(
    `SELECT d.id, d.case_id, c.case_no, c.policy_id, c.policy_version, c.jurisdiction, d.payment, d.fund_id, d.amount_fen::text AS amount_fen, ${keptBack} AS kept_fen, d.state, d.batch_id, p.id AS payee_account_id, q.code AS doubt, p.holder_name, p.account_no, p.bank_no,
       o.status <> 'active' AS suspended, CASE WHEN p.changed AND p.usable_from > legal_now() THEN p.usable_from END AS cooling_until, d.organisation_id, d.district
     FROM disbursements d JOIN cases c ON c.id = d.case_id JOIN organisations o ON o.id = d.organisation_id LEFT JOIN payee_accounts p ON p.organisation_id = d.organisation_id AND p.state = 'approved'
     LEFT JOIN payee_account_doubts q ON q.payee_account_id = p.id
     WHERE d.id = ANY($1::uuid[]) ORDER BY d.id FOR NO KEY UPDATE OF d`,
    [ids],
  );
  return rows;
}

async function insertBatch(
  tx: Tx,
  house: House,
  actor: Actor,
  asked: { rail: Rail; legalToday: string },
  { fundId, profileId }: { fundId: string; profileId: string | null },
  rows: readonly Asked[],
): Promise<BatchResult> {
  const id = house.newId();
  const now = formatInstant(house.systemNow());
  const { rows: made } = await tx.query<{ batch_no: string; content_form: ContentForm }>(
    `INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, line_count, total_fen, recorded_at, rail_profile_id)
     SELECT $1, code || '-' || replace($3, '-', '') || '-' || lpad(nextval('batch_numbers')::text, 4, '0'), id, $4, 'draft', $5, $6, $7, $8, $9 FROM funds WHERE id = $2
     RETURNING batch_no, content_form`,
    [
      id,
      fundId,
      asked.legalToday,
      asked.rail,
      actor.userId,
      rows.length,
      rows.reduce((sum, row) => sum + BigInt(row.amount_fen), 0n).toString(),
      now,
      profileId,
    ],
  );
  const lines = rows.map((row, index) => {
    const transferId = house.newId();
    return {
      ...row,
      id: transferId,
      disbursement_id: row.id,
      line_no: index + 1,
      end_to_end_id: endToEndIdOf(transferId),
      remittance: remittanceOf(row),
    };
  });
  await tx.query(
    `WITH lines AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, disbursement_id uuid, payee_account_id uuid, line_no int, end_to_end_id text, amount_fen bigint, holder_name text, account_no text, bank_no text, remittance text, organisation_id uuid, district text)),
     marked AS (UPDATE disbursements d SET batch_id = $1, payee_account_id = lines.payee_account_id, version = version + 1 FROM lines WHERE d.id = lines.disbursement_id)
     INSERT INTO transfers (id, disbursement_id, batch_id, line_no, state, end_to_end_id, amount_fen, holder_name, account_no, bank_no, remittance, updated_at, organisation_id, district)
     SELECT id, disbursement_id, $1, line_no, 'draft', end_to_end_id, amount_fen, holder_name, account_no, bank_no, remittance, $3, organisation_id, district FROM lines`,
    [id, JSON.stringify(lines), now],
  );
  return describeBatch(tx, {
    id,
    batch_no: made[0]?.batch_no ?? '',
    fund_id: fundId,
    rail: asked.rail,
    state: 'draft',
    maker_id: actor.userId,
    content_form: made[0]?.content_form ?? 2,
  });
}

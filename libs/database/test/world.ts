import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@tranche/database';
import pg from 'pg';

/** Rows a control needs around it, written as the owner of the tables. Ids are new in every call. */
export type World = {
  institution: string;
  otherInstitution: string;
  users: Record<
    'institution' | 'otherInstitution' | 'officer' | 'reviewer' | 'approver' | 'maker' | 'checker' | 'supervisor' | 'farOfficer',
    string
  >;
  payeeAccount: string;
  caseId: string;
  otherCaseId: string;
  fund: string;
  /** accounts of the fund by code */
  accounts: Record<string, bigint | string>;
};

const place = (organisation: string) => [organisation, '210102'] as const;
let serial = 0;

/** Runs each statement on the owner's connection. */
export async function buildWorld(owner: pg.Client): Promise<World> {
  const institution = await organisation(owner);
  const otherInstitution = await organisation(owner);
  const users = {
    institution: await user(owner, 'institution', institution, null),
    otherInstitution: await user(owner, 'institution', otherInstitution, null),
    officer: await user(owner, 'officer', null, '210102'),
    reviewer: await user(owner, 'reviewer', null, '210102'),
    approver: await user(owner, 'approver', null, '210102'),
    maker: await user(owner, 'maker', null, null),
    checker: await user(owner, 'checker', null, null),
    supervisor: await user(owner, 'supervisor', null, null),
    farOfficer: await user(owner, 'officer', null, '210202'),
  };
  const payeeAccount = await approvedAccount(owner, institution, users.institution, users.approver);
  const otherAccount = await approvedAccount(owner, otherInstitution, users.otherInstitution, users.approver);
  const caseId = await openCase(owner, institution, payeeAccount);
  const otherCaseId = await openCase(owner, otherInstitution, otherAccount);
  const fund = await fundWithAccounts(owner);
  const { rows } = await owner.query<{ code: string; id: string }>('SELECT code, id FROM accounts WHERE fund_id = $1', [fund]);
  const accounts = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
  return { institution, otherInstitution, users, payeeAccount, caseId, otherCaseId, fund, accounts };
}

async function organisation(owner: pg.Client): Promise<string> {
  const id = randomUUID();
  await owner.query(
    "INSERT INTO organisations (id, name, uscc, kind, district, created_by) VALUES ($1, '培训学校', $2, 'institution', '210102', 'system:test')",
    [id, id],
  );
  return id;
}

async function user(owner: pg.Client, role: string, organisationId: string | null, district: string | null): Promise<string> {
  const id = randomUUID();
  await owner.query(
    "INSERT INTO users (id, username, password_hash, display_name, role, organisation_id, district, created_by, own_password) VALUES ($1, $2, '-', $3, $3, $4, $5, 'system:test', true)",
    [id, id, role, organisationId, district],
  );
  return id;
}

async function approvedAccount(owner: pg.Client, organisationId: string, by: string, decidedBy: string): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by)
     VALUES ($1, $2, '培训学校', '6222000000000001', '102221000000', '工商银行', 'proposed', 'h', $3)`,
    [id, organisationId, by],
  );
  await owner.query("UPDATE payee_accounts SET state = 'approved', decided_by = $2, decided_at = now() WHERE id = $1", [id, decidedBy]);
  return id;
}

async function openCase(owner: pg.Client, organisationId: string, account: string): Promise<string> {
  const id = randomUUID();
  serial += 1;
  await owner.query("INSERT INTO case_terms (sha256, terms) VALUES (sha256('{}'), '{}') ON CONFLICT DO NOTHING");
  await owner.query(
    `INSERT INTO cases (id, case_no, policy_id, policy_version, jurisdiction, machine_hash, terms_sha256, organisation_id, district, payee_account_id, state, standing,
       snapshot, version, head_hash, last_at, opened_on, opened_by)
     VALUES ($1, $2, 'training-subsidy-staged', '1', 'CN-21', 'm', sha256('{}'), $3, $4, $5, 'draft', 'active', '{}', 0, '\\x00', '2020-11-25T09:00:00+08:00', '2020-11-25', 'x')`,
    [id, `CASE-${serial}-${randomBytes(4).toString('hex')}`, ...place(organisationId), account],
  );
  return id;
}

const chart = {
  cash: ['1001', '1002', '1201', '1202', '1203', '2001', '2101', '2102', '2103', '2104', '2106', '3001', '5001', '5009'],
  budget: ['B1', 'B2', 'B3', 'B4', 'B5', 'B9'],
};

async function fundWithAccounts(owner: pg.Client): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `INSERT INTO funds (id, code, district, fiscal_year, name, debtor_name, debtor_account_no, debtor_bank_no)
     VALUES ($1, $2, '210102', 2020, '{}', '财政局', '1', '1')`,
    [id, `F-${id}`],
  );
  for (const [book, codes] of Object.entries(chart)) {
    for (const code of codes) {
      await owner.query('INSERT INTO accounts (fund_id, book, code, min_zero) VALUES ($1, $2, $3, $4)', [id, book, code, code === 'B2']);
    }
  }
  return id;
}

/** A requested disbursement of the world's case. */
export async function requestDisbursement(
  owner: pg.Client,
  { caseId, fund, payeeAccount, institution }: World,
  payment: string,
): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `INSERT INTO disbursements (id, case_id, payment, round, amount_fen, fund_id, payee_account_id, state, requested_on, organisation_id, district)
     VALUES ($1, $2, $3, 1, 10000, $4, $5, 'requested', '2020-11-26', $6, $7)`,
    [id, caseId, payment, fund, payeeAccount, ...place(institution)],
  );
  return id;
}

/** A draft batch of the maker with one line for the disbursement. */
export async function draftBatch(owner: pg.Client, world: World, disbursement: string): Promise<{ batch: string; transfer: string }> {
  const batch = randomUUID();
  await owner.query(
    "INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, line_count, total_fen) VALUES ($1, gen_random_uuid(), $2, 'http', 'draft', $3, 1, 10000)",
    [batch, world.fund, world.users.maker],
  );
  return { batch, transfer: await draftTransfer(owner, world, disbursement, batch) };
}

export async function draftTransfer(
  client: pg.Client,
  world: World,
  disbursement: string,
  batch: string,
  change: { amountFen?: number; accountNo?: string; lineNo?: number } = {},
): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO transfers (id, disbursement_id, batch_id, line_no, state, end_to_end_id, amount_fen, holder_name, account_no, bank_no, remittance, updated_at,
       organisation_id, district)
     VALUES ($1, $2, $3, $4, 'draft', $5, $6, '培训学校', $7, '102221000000', '培训补贴', now(), $8, $9)`,
    [
      id,
      disbursement,
      batch,
      change.lineNo ?? 1,
      id,
      change.amountFen ?? 10_000,
      change.accountNo ?? '6222000000000001',
      ...place(world.institution),
    ],
  );
  return id;
}

export async function submitBatch(client: pg.Client, batch: string, hash: string): Promise<void> {
  await client.query("UPDATE batches SET state = 'pending_approval', content_hash = $2, submitted_at = now() WHERE id = $1", [batch, hash]);
  await client.query("UPDATE transfers SET state = 'pending_approval' WHERE batch_id = $1", [batch]);
}

/** One statement, or several, as this actor under the application's role, in a transaction that is always rolled back. */
export async function asActor<T>(app: pg.Client, actor: Actor, work: () => Promise<T>): Promise<T> {
  await app.query('BEGIN');
  try {
    await app.query(
      `SELECT set_config('app.user', $1, true), set_config('app.role', $2, true), set_config('app.org', $3, true), set_config('app.district', $4, true)`,
      [actor.userId, actor.role, actor.organisationId ?? '', actor.district ?? ''],
    );
    const result = await work();
    await app.query('SET CONSTRAINTS ALL IMMEDIATE');
    return result;
  } finally {
    await app.query('ROLLBACK');
  }
}

/** The name of the rule that refused, or its SQLSTATE; `accepted` when nothing did. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'accepted';
  } catch (error) {
    const { constraint, code } = error as { constraint?: string; code?: string };
    if (!code) throw error;
    return constraint ?? code;
  }
}

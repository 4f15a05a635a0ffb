import { randomUUID } from 'node:crypto';
import type { Actor } from '@tranche/database';
import type { Client } from 'pg';
import type { CasePlace } from '../../src/imports/index.js';
import { sampleClass } from './fixtures.js';

export type Institution = CasePlace & { readonly caseNo: string; readonly actor: Actor };

const DISTRICT = '210202';
let serial = 0;

/** An institution with an account, a draft case and a filed class, written as the owner of the tables. */
export async function openDraft(owner: Client, period = sampleClass): Promise<Institution> {
  serial += 1;
  const [organisationId, userId, decider, account, caseId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const caseNo = `TEST-${serial}`;
  await owner.query(
    `INSERT INTO organisations (id, name, uscc, kind, district, created_by) VALUES ($1::uuid, '样例学校', $1::uuid::text, 'institution', $2, 'x')`,
    [organisationId, DISTRICT],
  );
  for (const [id, role, organisation] of [
    [userId, 'institution', organisationId],
    [decider, 'approver', null],
  ]) {
    await owner.query(
      `INSERT INTO users (id, username, password_hash, display_name, role, organisation_id, district, created_by, own_password)
       VALUES ($1::uuid, $1::uuid::text, '-', 'x', $2, $3, $4, 'x', true)`,
      [id, role, organisation, DISTRICT],
    );
  }
  await owner.query(
    `INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by)
     VALUES ($1, $2, '样例学校', '1', '1', 'x', 'proposed', 'h', $3)`,
    [account, organisationId, userId],
  );
  await owner.query("INSERT INTO case_terms (sha256, terms) VALUES (sha256('{}'), '{}') ON CONFLICT DO NOTHING");
  await owner.query(
    `INSERT INTO cases (id, case_no, policy_id, policy_version, jurisdiction, machine_hash, terms_sha256, organisation_id, district, payee_account_id, state, standing,
       snapshot, version, head_hash, last_at, opened_on, opened_by)
     VALUES ($1, $2, 'training-subsidy-staged', '1', 'CN-2102', 'm', sha256('{}'), $3, $4, $5, 'draft', 'active', '{}', 0, '\\x00', '2020-11-25T09:00:00+08:00', '2020-11-25', 'x')`,
    [caseId, caseNo, organisationId, DISTRICT, account],
  );
  await owner.query(
    `INSERT INTO classes (id, case_id, organisation_id, district, name, planned_hours, starts_on, ends_on) VALUES ($1, $2, $3, $4, '样例班', $5, $6, $7)`,
    [randomUUID(), caseId, organisationId, DISTRICT, period.plannedHours, period.startsOn, period.endsOn],
  );
  return { caseId, organisationId, district: DISTRICT, caseNo, actor: { userId, role: 'institution', organisationId, district: DISTRICT } };
}

import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { House } from '../house.js';
import { type Refused, refuse } from '../refusal.js';
import type { ReportHeader } from './report.js';

export type Migration = {
  readonly id: string;
  readonly policyId: string;
  readonly jurisdiction: string;
  readonly toVersion: string;
  readonly machineHash: string;
  readonly restamp: boolean;
  readonly reportSha256: string;
  readonly state: 'proposed' | 'confirmed' | 'rejected';
  readonly proposedBy: string;
  readonly decidedBy: string | null;
};

type Report = { readonly header: ReportHeader; readonly sha256: string; readonly movable: number };

/** A supervisor proposes to move the cases of a report, word for word. */
export async function proposeMigration(
  house: House,
  actor: Actor,
  { header, sha256, movable }: Report,
): Promise<{ ok: true; id: string } | Refused> {
  if (actor.role !== 'supervisor') return wrongRole('supervisor', '主管');
  if (movable === 0) return refuse('data-invalid', '报告中没有可以迁移的案件。', 'The report has no case that can be moved.');
  const id = house.newId();
  await house.database.transaction(actor, (tx) =>
    tx.query(
      `INSERT INTO machine_migrations (id, policy_id, jurisdiction, to_version, machine_hash, restamp, report_sha256, case_count, state, proposed_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), $8, 'proposed', $9, $10)`,
      [
        id,
        header.policyId,
        header.jurisdiction,
        header.to,
        header.machineHash,
        header.restamp,
        sha256,
        movable,
        actor.userId,
        formatInstant(house.systemNow()),
      ],
    ),
  );
  return { ok: true, id };
}

/** An approver, another person, confirms the very report that was proposed. Confirming again is no change. */
export async function confirmMigration(
  house: House,
  actor: Actor,
  id: string,
  reportSha256: string,
): Promise<{ ok: true; migration: Migration } | Refused> {
  if (actor.role !== 'approver') return wrongRole('approver', '审批');
  const migration = await migrationOf(house, actor, id);
  if (!migration) return refuse('case-not-found', '没有这个迁移提议。', 'There is no such proposal.');
  if (migration.reportSha256 !== reportSha256)
    return refuse(
      'data-invalid',
      '报告与提议时的不是同一份，未作任何更改。',
      'The report is not the one that was proposed; nothing was changed.',
    );
  if (migration.proposedBy === actor.userId)
    return refuse('duty-conflict', '提议人不得自行确认，请由另一人办理。', 'Whoever proposed it cannot confirm it; another person must.');
  if (migration.state === 'confirmed' && migration.decidedBy === actor.userId) return { ok: true, migration };
  if (migration.state !== 'proposed')
    return refuse('data-invalid', '该提议已由他人决定。', 'The proposal was already decided by another person.');
  await house.database.transaction(actor, (tx) =>
    tx.query("UPDATE machine_migrations SET state = 'confirmed', decided_by = $2, decided_at = $3 WHERE id = $1 AND state = 'proposed'", [
      id,
      actor.userId,
      formatInstant(house.systemNow()),
    ]),
  );
  return { ok: true, migration: { ...migration, state: 'confirmed', decidedBy: actor.userId } };
}

async function migrationOf(house: House, actor: Actor, id: string): Promise<Migration | undefined> {
  const [found] = await house.database.read<Migration>(
    actor,
    `SELECT id, policy_id AS "policyId", jurisdiction, to_version AS "toVersion", machine_hash AS "machineHash", restamp, encode(report_sha256, 'hex') AS "reportSha256",
       state, proposed_by AS "proposedBy", decided_by AS "decidedBy" FROM machine_migrations WHERE id::text = $1`,
    [id],
  );
  return found;
}

const wrongRole = (role: string, zh: string): Refused =>
  refuse('role-not-allowed', `此步骤由${zh}（${role}）办理。`, `This step belongs to the role ${role}.`);

import type { SessionRow } from './attendance.js';
import type { TraineeResult } from './results.js';
import { type CasePlace, placeValues, type Tx } from './tx.js';

/** Adds sessions to the attendance of a case; a session of the same day and number is replaced. */
export async function storeAttendance(tx: Tx, place: CasePlace, sessions: readonly SessionRow[], fileSha256: string): Promise<void> {
  await tx.query(
    `INSERT INTO attendance (case_id, organisation_id, district, file_sha256, day, session_no, class_hours, present)
     SELECT $1::uuid, $2::uuid, $3::text, $4::bytea, r.* FROM unnest($5::date[], $6::int[], $7::int[], $8::int[]) r
     ON CONFLICT (case_id, day, session_no) DO UPDATE
        SET class_hours = excluded.class_hours, present = excluded.present, file_sha256 = excluded.file_sha256`,
    [
      ...placeValues(place),
      Buffer.from(fileSha256, 'hex'),
      sessions.map(({ day }) => day),
      sessions.map(({ session }) => session),
      sessions.map(({ classHours }) => classHours),
      sessions.map(({ present }) => present),
    ],
  );
}

/** Replaces the results of one inspection (`attempt` 1, 2 …) and puts the newest outcome beside each trainee. */
export async function storeResults(
  tx: Tx,
  place: CasePlace,
  attempt: number,
  results: readonly TraineeResult[],
  fileSha256: string,
): Promise<void> {
  await tx.query('DELETE FROM acceptance_results WHERE case_id = $1 AND attempt = $2', [place.caseId, attempt]);
  await tx.query(
    `INSERT INTO acceptance_results (case_id, organisation_id, district, attempt, file_sha256, trainee_id, qualified)
     SELECT $1::uuid, $2::uuid, $3::text, $4::int, $5::bytea, r.* FROM unnest($6::uuid[], $7::bool[]) r`,
    [
      ...placeValues(place),
      attempt,
      Buffer.from(fileSha256, 'hex'),
      results.map(({ traineeId }) => traineeId),
      results.map(({ qualified }) => qualified),
    ],
  );
  await tx.query(
    `UPDATE trainees t SET result = CASE WHEN r.qualified THEN 'qualified' ELSE 'not-qualified' END
       FROM trainees own LEFT JOIN acceptance_results r ON r.case_id = $1 AND r.attempt = $2 AND r.trainee_id = own.id
      WHERE own.case_id = $1 AND t.id = own.id`,
    [place.caseId, attempt],
  );
}

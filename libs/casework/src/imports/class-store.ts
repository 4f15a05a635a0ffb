import type { Session } from './attendance.js';
import type { EnrolledTrainee } from './results.js';
import type { Tx } from './tx.js';

/** The sessions stored by earlier attendance lists of a case. */
export async function loadSessions(tx: Tx, caseId: string): Promise<Session[]> {
  const { rows } = await tx.query(
    `SELECT day::text AS day, session_no AS session, class_hours AS "classHours", present FROM attendance WHERE case_id = $1 ORDER BY day, session_no`,
    [caseId],
  );
  return rows as Session[];
}

/** The stored roster of a case, without anything that names a person. */
export async function loadEnrolled(tx: Tx, caseId: string): Promise<EnrolledTrainee[]> {
  const { rows } = await tx.query(
    `SELECT id AS "traineeId", encode(person_key, 'hex') AS "personKey", occupation, level FROM trainees WHERE case_id = $1 ORDER BY row_no`,
    [caseId],
  );
  return rows as EnrolledTrainee[];
}

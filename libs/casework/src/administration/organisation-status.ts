import { type Done, type Office, once, type Request } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

export type StatusChange = {
  readonly organisationId: string;
  /** `suspended`: opens no case, is promised and paid nothing; `active`: admitted again */
  readonly status: 'active' | 'suspended';
  readonly reason: string;
};

/** Proposes to suspend an organisation or to admit it again; nothing changes before another person approves. */
export function proposeStatus(
  office: Office,
  request: Request,
  given: StatusChange,
): Promise<Done<{ id: string; state: 'proposed' }> | NotDone> {
  return once(office, request, async (tx) => {
    const { rows } = await tx.query<{ status: string; open: boolean }>(
      `SELECT status, EXISTS (SELECT FROM organisation_changes c WHERE c.organisation_id = o.id AND c.state = 'proposed') AS open FROM organisations o WHERE o.id = $1`,
      [given.organisationId],
    );
    const [organisation] = rows;
    if (organisation === undefined) return notFound();
    if (organisation.status === given.status || organisation.open)
      return notDone(
        'already-exists',
        '该单位已处于此状态，或已有待批准的变更。',
        'The organisation is so already, or a change waits for approval.',
        'status',
      );
    const id = office.newId();
    await tx.query(
      `INSERT INTO organisation_changes (id, organisation_id, status, reason, state, proposed_by, recorded_at) VALUES ($1, $2, $3, $4, 'proposed', $5, $6)`,
      [id, given.organisationId, given.status, given.reason, request.actor.userId, new Date(office.systemNow())],
    );
    return { id, state: 'proposed' as const };
  });
}

export type StatusDecision = {
  readonly organisationId: string;
  readonly changeId: string;
  readonly decision: 'approved' | 'rejected';
  readonly on: string;
};

/** Puts the change in force (the database sets the status with the decision) or turns it down; never by who proposed it. */
export function decideStatus(
  office: Office,
  request: Request,
  { organisationId, changeId, decision, on }: StatusDecision,
): Promise<Done<{ id: string; state: 'approved' | 'rejected' }> | NotDone> {
  return once(office, request, async (tx) => {
    const { rows } = await tx.query<{ state: string; proposed_by: string }>(
      'SELECT state, proposed_by FROM organisation_changes WHERE id = $1 AND organisation_id = $2 FOR UPDATE',
      [changeId, organisationId],
    );
    const [row] = rows;
    if (row === undefined) return notFound();
    if (row.proposed_by === request.actor.userId) return anotherPerson();
    if (row.state !== 'proposed') return decidedAlready();
    await tx.query('UPDATE organisation_changes SET state = $2, decided_by = $3, decided_on = $4 WHERE id = $1', [
      changeId,
      decision,
      request.actor.userId,
      on,
    ]);
    return { id: changeId, state: decision };
  });
}

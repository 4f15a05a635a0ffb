import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { Cite, ParameterValue } from '@tranche/policies';
import { touchedBy } from './cases-touched.js';
import { refuseNotice } from './notice-rules.js';
import { type Done, forTheHouse, type Office, once, type Request, type Tx } from './once.js';
import { refuseChange, subjectOf } from './parameter-rules.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

/** Cases that run keep what they were promised, or read the table or landmark anew at their next decision or claim. */
export type Running = 'keep' | 'refresh';

export type NewParameter = {
  /** a policy, or the table that several policies share: one of the two */
  readonly policyId?: string;
  readonly shared?: string;
  readonly key: string;
  /** a place (`CN-2102`, `210200`) or `*` */
  readonly scope: string;
  readonly effectiveFrom: string;
  readonly value: ParameterValue;
  readonly cite: Cite;
  readonly reason: string;
  readonly running?: Running;
};

/** What a proposal stands for in the database. */
export type ParameterRow = {
  readonly id: string;
  readonly policyId: string;
  readonly shared: string | null;
  readonly key: string;
  readonly scope: string;
  readonly effectiveFrom: string;
  readonly value: ParameterValue;
  readonly cite: Cite;
  readonly running: Running;
  readonly proposedBy: string;
  readonly approvedBy: string | null;
  readonly rejectedBy: string | null;
};

/**
 * Proposes a value of a policy parameter, or of a table that several policies share; cases opened from its first day on resolve it,
 * once it is approved. Refused: what a document states, what the policy does not declare as adjustable, a value out of range or not built.
 */
export function proposeParameter(office: Office, request: Request, given: NewParameter): Promise<Done<{ id: string }> | NotDone> {
  return once(office, request, (tx) => propose(office, tx, request.actor, given), forTheHouse(request.actor));
}

async function propose(office: Office, tx: Tx, actor: Actor, given: NewParameter): Promise<{ id: string } | NotDone> {
  const { policyId, shared } = subjectOf(given);
  const refusal = refuseScope(actor, given.scope) ?? refuseChange(given) ?? (await refuseNotice(tx, { ...given, policyId }));
  if (refusal !== null) return refusal;
  const id = office.newId();
  await tx.query(
    `INSERT INTO parameters (id, policy_id, shared, key, scope, effective_from, value, cite, reason, running, proposed_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      policyId,
      shared,
      given.key,
      given.scope,
      given.effectiveFrom,
      JSON.stringify(given.value),
      JSON.stringify(given.cite),
      given.reason,
      given.running ?? 'keep',
      actor.userId,
      formatInstant(office.systemNow()),
    ],
  );
  return { id };
}

/**
 * A bureau sets values for its own place, not for the province and not for its neighbours: `210202` for the district `210202`,
 * `210200` for the city `CN-2102` as well, `210000` for the province `CN-21`. Who works for every district may set any.
 */
function refuseScope({ district }: Actor, scope: string): NotDone | null {
  if (district === null || district === '') return null;
  const place = district.replace(/(00){1,2}$/, '');
  if ([district, `CN-${district}`, `CN-${place}`].includes(scope)) return null;
  return notDone('role-not-allowed', '只能设定本地区的参数。', 'Only parameters of your own district can be set.', 'scope');
}

const columns = `id, policy_id AS "policyId", shared, key, scope, effective_from AS "effectiveFrom", value, cite, running,
  proposed_by AS "proposedBy", approved_by AS "approvedBy", rejected_by AS "rejectedBy"`;

/** One proposal or value, as it was made. */
export async function parameterOf(tx: Pick<Tx, 'query'>, id: string): Promise<ParameterRow | undefined> {
  const { rows } = await tx.query<ParameterRow>(`SELECT ${columns} FROM parameters WHERE id = $1`, [id]);
  return rows[0];
}

/** Takes the proposal for a decision, or says why this person cannot decide it. */
async function toDecide(tx: Tx, actor: Actor, id: string): Promise<{ readonly ok: true; readonly row: ParameterRow } | NotDone> {
  await tx.query('SELECT 1 FROM parameters WHERE id = $1 FOR UPDATE', [id]);
  const row = await parameterOf(tx, id);
  if (row === undefined) return notFound();
  // what happened in the world is no local value: whoever approves in a bureau may confirm it
  const elsewhere = row.running === 'refresh' ? null : refuseScope(actor, row.scope);
  if (elsewhere !== null) return elsewhere;
  return row.approvedBy !== null || row.rejectedBy !== null ? decidedAlready() : { ok: true, row };
}

type Approved = { readonly id: string; readonly state: 'approved'; readonly touched: number };

/**
 * Puts a value in force. Where running cases follow it, the person has to have seen which: `touchedSha256` is that of the list as it
 * is now, or the list is shown again.
 */
export function approveParameter(office: Office, request: Request, id: string, touchedSha256?: string): Promise<Done<Approved> | NotDone> {
  return once(
    office,
    request,
    async (tx): Promise<Approved | NotDone> => {
      const open = await toDecide(tx, request.actor, id);
      if (!open.ok) return open;
      if (open.row.proposedBy === request.actor.userId) return anotherPerson();
      // what was proposed beside it may be in force by now
      const clash = await refuseNotice(tx, open.row);
      if (clash !== null) return clash;
      const touched = open.row.running === 'refresh' ? await touchedBy(tx, open.row) : null;
      if (touched && touched.sha256 !== touchedSha256) return lookFirst(touched.count);
      await tx.query('UPDATE parameters SET approved_by = $2, decided_at = $3, touched_sha256 = $4 WHERE id = $1', [
        id,
        request.actor.userId,
        formatInstant(office.systemNow()),
        touched ? Buffer.from(touched.sha256, 'hex') : null,
      ]);
      return { id, state: 'approved' as const, touched: touched?.count ?? 0 };
    },
    forTheHouse(request.actor),
  );
}

/** Turns a proposal down; who proposed it may take it back so. */
export function rejectParameter(office: Office, request: Request, id: string): Promise<Done<{ id: string; state: 'rejected' }> | NotDone> {
  return once(
    office,
    request,
    async (tx) => {
      const open = await toDecide(tx, request.actor, id);
      if (!open.ok) return open;
      await tx.query('UPDATE parameters SET rejected_by = $2, decided_at = $3 WHERE id = $1', [
        id,
        request.actor.userId,
        formatInstant(office.systemNow()),
      ]);
      return { id, state: 'rejected' as const };
    },
    forTheHouse(request.actor),
  );
}

const lookFirst = (count: number): NotDone =>
  notDone(
    'preview-required',
    `此变更涉及 ${count} 个在办案件。请先查看清单，再以清单的 touchedSha256 批准；清单变化后须重新查看。`,
    `The change touches ${count} running cases. Look at the list first and approve with its touchedSha256; when the list has changed, look again.`,
    'touchedSha256',
  );

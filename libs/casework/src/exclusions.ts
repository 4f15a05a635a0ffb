import { addMonths } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import type { CaseEvent } from '@tranche/machines';
import { type ExclusionKey, isPermitted, type KeyExclusion, type Policy, type Terms } from '@tranche/policies';
import { exclusionKeyBytes } from './payee.js';
import { type FieldError, type Refused, refuse } from './refusal.js';
import { placeOf, put, type Work } from './work.js';

/** What an event takes of its policy's exclusion groups: for the case as a whole, or for the payment of the period it claims. */
export type Taken = { readonly source: string; readonly keys: readonly ExclusionKey[] };

/** The groups in which the people of a roster are claimed; `permitted`: under the terms of the case other policies may claim them as well. */
export const rosterGroups = (policy: Policy, terms: Terms): { readonly group: string; readonly permitted: boolean }[] =>
  policy.exclusions
    .filter((each) => 'subject' in each && each.subject === 'trainee')
    .map((each) => ({ group: each.group, permitted: isPermitted(each, terms) }));

/** The office holds the complete application in its hands, or says again what it is about. */
export const takesForCase: ReadonlySet<string> = new Set([
  'application.accepted',
  'application.screened',
  'application.reviewed',
  'application.approved',
  'fact.corrected',
]);

/** The claims an event makes; null where its policy excludes nobody by keys, or this event makes none. Keys that are not known yet wait. */
export function takenBy({ type, data, stamp }: Pick<CaseEvent, 'type' | 'data' | 'stamp'>): Taken | null {
  if (type === 'claim.filed')
    return stamp.period?.keys ? { source: `${data['claim']}:${data['period']}`, keys: summed(stamp.period.keys) } : null;
  return takesForCase.has(type) && stamp.keys ? { source: 'case', keys: summed(stamp.keys) } : null;
}

/** Every key once: fen of the same key under a cap go together; one that may be taken once and is wanted twice stays twice, and is refused. */
function summed(keys: readonly ExclusionKey[]): readonly ExclusionKey[] {
  const together = new Map<string, ExclusionKey>();
  const rest: ExclusionKey[] = [];
  for (const key of keys) {
    if (key.capFen === undefined) {
      rest.push(key);
      continue;
    }
    const place = JSON.stringify([key.group, key.key, key.from, key.until]);
    const known = together.get(place);
    together.set(place, known ? { ...known, fen: String(BigInt(known.fen ?? '0') + BigInt(key.fen ?? '0')) } : key);
  }
  return [...rest, ...together.values()].sort((a, b) => Buffer.compare(exclusionKeyBytes(a.key), exclusionKeyBytes(b.key)));
}

const hex = (key: string): string => `\\x${exclusionKeyBytes(key).toString('hex')}`;
const rowOf = (policyId: string, { group, key, from, until, capFen, fen, othersOnly, permitted, counted }: ExclusionKey) => ({
  exclusion_group: group,
  person_key: hex(key),
  from_day: from,
  until_day: until,
  cap_fen: capFen ?? null,
  fen: fen ?? null,
  policy_id: othersOnly || permitted ? policyId : null,
  others_only: othersOnly ?? false,
  permitted: permitted ?? false,
  counted: counted ?? false,
});

type Obstacle = { at: number; caseNo: string | null; from: string | null; until: string | null; usedFen: string | null };

/**
 * Who else holds what this event wants, asked inside its transaction under the case's lock: the refusal names the other case, the period
 * and the clause. A case that claims it in the same moment is found by the constraints, and then, on the next try, here.
 */
export async function refuseTaken(
  tx: Pick<Tx, 'query'>,
  work: Work,
  policy: Policy,
  { source, keys: all }: Taken,
): Promise<Refused | null> {
  const keys = all.filter(({ counted }) => !counted);
  const twice = keys.filter((key, at) => key.capFen === undefined && keys.findIndex((other) => sameKey(key, other)) !== at);
  if (twice.length > 0) return refusal(twice.map((key) => listedTwice(policy, key)));
  if (keys.length === 0) return null;
  const { rows } = await tx.query<Obstacle>(
    `SELECT at, case_no AS "caseNo", from_day AS "from", until_day AS "until", used_fen::text AS "usedFen" FROM exclusion_obstacles($1::jsonb, $2, $3)`,
    [JSON.stringify(keys.map((key, at) => ({ at, ...rowOf(policy.id, key) }))), work.case.id, source],
  );
  return rows.length === 0 ? null : refusal(rows.slice(0, 20).map((row) => obstacleError(policy, keys[row.at]!, row)));
}

/** The months that this claim adds to what is counted for its people. */
export const countedIn = ({ keys }: Taken): { group: string; key: string; month: string }[] =>
  keys.flatMap(({ counted, group, key, from, until }) =>
    counted && from !== null && until !== null ? monthsBetween(from, until).map((month) => ({ group, key, month })) : [],
  );

function monthsBetween(from: string, until: string): string[] {
  const months: string[] = [];
  for (let month = `${from.slice(0, 7)}-01`; month <= until; month = addMonths(month, 1)) months.push(month);
  return months;
}

const sameKey = (a: ExclusionKey, b: ExclusionKey): boolean =>
  a.group === b.group && a.key === b.key && a.from === b.from && a.until === b.until;

const refusal = (errors: readonly FieldError[]): Refused =>
  refuse('exclusion-conflict', errors.map(({ message }) => message.zh).join(''), errors.map(({ message }) => message.en).join(' '), {
    errors,
  });

const ruleOf = (policy: Policy, { group }: ExclusionKey): KeyExclusion | undefined =>
  policy.exclusions.find((each): each is KeyExclusion => 'key' in each && each.group === group);

function said(policy: Policy, key: ExclusionKey, zh: string, en: string): FieldError {
  const { reason, cite } = ruleOf(policy, key) ?? { reason: policy.title, cite: policy.cite };
  return {
    field: `exclusions.${key.group}`,
    code: 'exclusion-conflict',
    message: { zh: `${reason.zh}：${zh}（${cite.doc} ${cite.clause}）。`, en: `${reason.en}: ${en} (${cite.doc} ${cite.clause}).` },
  };
}

const listedTwice = (policy: Policy, key: ExclusionKey): FieldError =>
  said(policy, key, '同一对象在本次申报中列了两次', 'the same is listed twice in this application');

function obstacleError(policy: Policy, key: ExclusionKey, { caseNo, from, until, usedFen }: Obstacle): FieldError {
  const days = { zh: from && until ? `${from} 至 ${until}` : '长期', en: from && until ? `${from} to ${until}` : 'for good' };
  if (key.capFen === undefined) return said(policy, key, `已由案件 ${caseNo} 享受，期间 ${days.zh}`, `taken by case ${caseNo}, ${days.en}`);
  const other =
    caseNo === null
      ? { zh: '', en: '' }
      : { zh: `案件 ${caseNo} 等已用 ${usedFen} 分，`, en: `${usedFen} fen used by case ${caseNo} and others, ` };
  return said(
    policy,
    key,
    `${days.zh} 限额 ${key.capFen} 分，${other.zh}本案需 ${key.fen} 分`,
    `${days.en} at most ${key.capFen} fen, ${other.en}${key.fen} fen wanted here`,
  );
}

/** Lets go of what the case claimed under this source and does not want any more. Before the new claims are written: they may overlap. */
export async function dropUnwanted(tx: Pick<Tx, 'query'>, work: Work, { source, keys }: Taken): Promise<void> {
  await tx.query(
    `UPDATE exclusion_claims e SET live = false, kept = false WHERE e.case_id = $1 AND e.source = $2 AND e.kept AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset($3::jsonb) AS k(exclusion_group text, person_key bytea, from_day date, until_day date)
       WHERE k.exclusion_group = e.exclusion_group AND k.person_key = e.person_key AND daterange(k.from_day, k.until_day, '[]') = e.period)`,
    [work.case.id, source, JSON.stringify(keys.map((key) => rowOf(work.case.policyId, key)))],
  );
}

/** Puts the claims of an event into its transaction; what another case took meanwhile stops them (constraint or quota). */
export function putTaken(work: Work, { source, keys }: Taken, newId: () => string): void {
  for (const key of keys)
    put(work, 'takeKeys', { id: newId(), case_id: work.case.id, source, ...rowOf(work.case.policyId, key), ...placeOf(work) });
}

/** An approval must know whom it excludes: claims that cannot be made yet are no reason to make none. */
export const refuseUnknownKeys = ({ type, stamp }: Pick<CaseEvent, 'type' | 'stamp'>): Refused | null =>
  type === 'application.approved' && stamp.keys === null
    ? refuse(
        'facts-invalid',
        '重复享受所依据的要素尚不齐全，不能审批。',
        'Facts by which double claims are excluded are missing; it cannot be approved.',
      )
    : null;

/** Claims that were let go while their case still wants them: no money is asked for over them. By case, read once for all commands. */
export type Released = ReadonlyMap<string, readonly { readonly source: string; readonly group: string }[]>;

const asksOverKeys = (policy: Policy, { type, data }: Pick<CaseEvent, 'type' | 'data'>): boolean =>
  type === 'payment.requested' && data['payment'] !== 'refund' && policy.exclusions.some((each) => 'key' in each);

/** Read under the locks of the cases. `asking`: policy and command of each; those that ask for no money over keys are left out. */
export async function loadReleased(
  tx: Pick<Tx, 'query'>,
  asking: readonly (Pick<CaseEvent, 'type' | 'data'> & { readonly caseId: string; readonly policy: Policy })[],
): Promise<Released> {
  const ids = [...new Set(asking.flatMap(({ caseId, policy, ...command }) => (asksOverKeys(policy, command) ? [caseId] : [])))];
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<{ caseId: string; source: string; group: string }>(
    `SELECT DISTINCT case_id AS "caseId", source, exclusion_group AS "group" FROM exclusion_claims WHERE case_id = ANY($1::uuid[]) AND kept AND NOT live`,
    [ids],
  );
  const released = new Map<string, typeof rows>();
  for (const row of rows) released.set(row.caseId, [...(released.get(row.caseId) ?? []), row]);
  return released;
}

/** Money is asked for only while every claim of the case, and of the period that is paid, holds. */
export function refuseReleased(
  released: Released,
  caseId: string,
  policy: Policy,
  event: Pick<CaseEvent, 'type' | 'data'>,
): Refused | null {
  if (!asksOverKeys(policy, event)) return null;
  const lost = (released.get(caseId) ?? []).filter(({ source }) => source === 'case' || source === event.data['payment']);
  if (lost.length === 0) return null;
  return refusal(
    [...new Set(lost.map(({ group }) => group))].map((group) =>
      said(
        policy,
        { group, key: '', from: null, until: null },
        '本案的占用已被释放，不得付款',
        'the claim of this case was released; it may not be paid',
      ),
    ),
  );
}

import { dateOf, formatInstant, isLocalDate } from '@tranche/calendar';
import type { Actor, Loaded } from '@tranche/database';
import { type Advance, advance, allowedEvents, type CaseEvent, type EventType, marksOf } from '@tranche/machines';
import { type Facts, type ParameterOverride, refreshTerms, type Terms } from '@tranche/policies';
import canonicalize from 'canonicalize';
import { type BookedMonths, takenOfCase, withBooked } from './booked-months.js';
import type { CasePolicy } from './case-policies.js';
import type { Accepted, Command } from './command.js';
import { awaitedFacts, missingErrors } from './missing-facts.js';
import { refuseEarly } from './period-told.js';
import { scopesOf } from './places.js';
import { type Refused, refuse } from './refusal.js';
import { rulesAgainst } from './rules-against.js';
import { stampEvent } from './stamp-event.js';
import { toldFacts } from './told-facts.js';
import type { Work } from './work.js';

/** What one transaction knows beside the case itself. */
export type Room = {
  readonly actor: Actor;
  readonly stored: Loaded['commands'];
  /** legal clock, epoch milliseconds */
  readonly legalNowMs: number;
  /** values set by administration, by policy: read only where a period is claimed */
  readonly overrides: ReadonlyMap<string, readonly ParameterOverride[]>;
  /** what is on our own books of the people whom this command's claim or application names */
  readonly booked: BookedMonths;
};

export type Decided = {
  readonly ok: true;
  readonly event: CaseEvent & { readonly seq: number };
  readonly duty: EventType['duty'];
  readonly advance: Advance;
  readonly facts: Record<string, unknown> | null;
};

/** Facts of the world may be told a day later; steps of the procedure happen when they are taken. */
const tellableLater = /^(milestone|delivery|acceptance|recovery|claim)\./;

/** A stored answer to the same request, or the refusal of another request under the same key; null when the key is new. */
export function replay(room: Pick<Room, 'stored'>, command: Pick<Command, 'key' | 'requestSha256'>): Accepted | Refused | null {
  const known = room.stored.find((each) => each.key === command.key);
  if (!known) return null;
  if (known.requestSha256 === command.requestSha256) return { ...(known.answer as Accepted), replayed: true };
  return refuse(
    'idempotency-key-reused',
    '同一 Idempotency-Key 已用于另一份内容不同的请求。请换一个新的键再提交。',
    'This Idempotency-Key was already used for a request with other content. Send again with a new key.',
  );
}

/** The event types this actor could send now. */
export function allowedFor(policy: CasePolicy, work: Work, actor: Actor): string[] {
  return allowedEvents(policy.machine, work.case.snapshot).filter((type) => {
    const known = policy.types.get(type);
    return known !== undefined && mayByRole(known, actor) && dutyConflict(known, work, actor) === null;
  });
}

const mayByRole = ({ source }: EventType, actor: Actor): boolean =>
  source.kind === 'system' ? actor.role === 'system' : (source.roles as readonly string[]).includes(actor.role);

const dutyConflict = ({ duty }: EventType, work: Work, actor: Actor): string | null =>
  duty === undefined || actor.role === 'system' ? null : (work.case.duties.find((held) => held !== duty) ?? null);

/**
 * Decides one command on one case: pure. Order of precedence: existence, version, event type, role, duty, data, date, facts, machine.
 */
export function decide(policy: CasePolicy, work: Work, room: Room, command: Command): Decided | Refused {
  const known = policy.types.get(command.type);
  return (
    checkVersion(work, command) ??
    checkSender(known, work, room.actor, command) ??
    checkDate(policy, work, room, command) ??
    checkDeadline(work, command) ??
    propose(policy, work, room, command, known as EventType)
  );
}

function checkVersion(work: Work, { expectedVersion }: Command): Refused | null {
  if (expectedVersion === undefined || expectedVersion === work.case.version) return null;
  return refuse(
    'case-changed',
    `案件已被他人更新（当前版本 ${work.case.version}，您看到的是 ${expectedVersion}）。请刷新后再试。`,
    `The case has changed since you looked (version ${work.case.version}, you saw ${expectedVersion}). Reload and try again.`,
  );
}

function checkSender(known: EventType | undefined, work: Work, actor: Actor, { type }: Command): Refused | null {
  if (!known || (known.source.kind === 'system' && actor.role !== 'system'))
    return refuse('event-unknown', `没有事件“${type}”。`, `There is no event "${type}".`);
  if (!mayByRole(known, actor))
    return refuse(
      'role-not-allowed',
      `“${known.label.zh}”不由您的岗位（${actor.role}）办理。`,
      `"${known.label.en}" is not a step of your role (${actor.role}).`,
    );
  const held = dutyConflict(known, work, actor);
  if (held === null) return null;
  return refuse(
    'duty-conflict',
    `您在本案中已承担“${held}”，同一人不得再办理“${known.label.zh}”。请由另一位同事办理。`,
    `You already hold the duty "${held}" in this case; "${known.label.en}" needs another person.`,
  );
}

function checkDate(policy: CasePolicy, work: Work, room: Room, { on, type }: Command): Refused | null {
  if (on === undefined || room.actor.role === 'system') return null;
  const today = dateOf(Math.max(room.legalNowMs, work.case.lastAtMs));
  if (!isLocalDate(on) || on > today)
    return badDate(on, `日期不能晚于今天（${today}）。`, `The date must be a real day not after today (${today}).`);
  if (on !== today && !tellableLater.test(type))
    return badDate(on, `此步骤只能按今天（${today}）办理。`, `This step can only be taken as of today (${today}).`);
  const earliest = earliestFor(policy, work);
  return on < earliest ? badDate(on, `日期不能早于 ${earliest}。`, `The date must not be before ${earliest}.`) : null;
}

const badDate = (on: string, zh: string, en: string): Refused =>
  refuse('date-invalid', zh, en, {
    errors: [{ field: 'data.on', code: 'date-invalid', message: { zh: `${on}：${zh}`, en: `${on}: ${en}` } }],
  });

/** Nothing happens before the case was opened, nor before a milestone that was already reached. */
function earliestFor(policy: CasePolicy, work: Work): string {
  const marks = marksOf(work.case.snapshot);
  const reached = policy.policy.plan.milestones.map(({ id }) => marks[id]).filter((day) => day !== undefined);
  return [work.case.openedOn, ...reached].reduce((latest, day) => (day > latest ? day : latest));
}

/** A sweep may come late: the clock it speaks of may have been met, cancelled, moved or set anew in the meantime. */
function checkDeadline(work: Work, { type, data, on }: Command): Refused | null {
  if (type !== 'deadline.passed') return null;
  const running = work.deadlines.get(String(data['key']));
  if (running?.status === 'running' && (on === undefined || on === running.lastDay)) return null;
  return refuse('event-not-allowed', `时限 ${data['key']} 已不在计时。`, `The deadline ${data['key']} is no longer running.`);
}

function propose(policy: CasePolicy, work: Work, room: Room, command: Command, known: EventType): Decided | Refused {
  const parsed = policy.parseData(command.type, command.data);
  if (!parsed.ok) return refuse('data-invalid', '提交的内容不符合要求。', 'The data does not fit this event.', { errors: parsed.errors });
  const told = toldFacts(policy, work.case.facts, command, parsed.value);
  if (!told.ok) return told;
  const early = told.kind === 'period' ? refuseEarly(told.period.id, dateOf(room.legalNowMs)) : null;
  if (early) return early;
  const taken = told.kind === 'period' ? {} : takenOfCase(policy, told.kind === 'case' ? told.merged : work.case.facts, room.booked);
  const counted = Object.keys(taken).length > 0;
  const facts = told.kind === 'case' || counted ? { ...(told.kind === 'case' ? told.merged : work.case.facts), ...taken } : null;
  const own = {
    ...parsed.value,
    ...(told.kind === 'period' ? { facts: withBooked(policy, work.case.facts, told.period.facts, room.booked) } : {}),
    ...(counted ? { facts: { ...(parsed.value['facts'] as Facts | undefined), ...taken } } : {}),
  };
  const data = { ...own, ...movedSince(policy, work, room) };
  const atMs = Math.max(room.legalNowMs, work.case.lastAtMs);
  const { terms, openedOn: on } = work.case;
  const event = {
    seq: work.case.version + 1,
    type: command.type,
    at: formatInstant(atMs),
    on: command.on ?? dateOf(atMs),
    actor: room.actor.userId,
    data,
    stamp: stampEvent(policy.policy, { facts: facts ?? work.case.facts, terms, on }, { type: command.type, data }),
  };
  const next = advance(policy.machine, work.case.snapshot, event);
  if (next.ok) return { ok: true, event, duty: known.duty, advance: next, facts };
  return notNow(policy, work, room, known, event, facts ?? work.case.facts, next);
}

/** The terms that have moved since the case was opened: with their table, or because something happened in the world. */
function movedSince({ policy }: CasePolicy, { case: { terms, openedOn: on, district } }: Work, { overrides }: Room): { terms?: Terms } {
  const set = overrides.get(policy.id) ?? [];
  if (set.length === 0) return {};
  const fresh = refreshTerms(policy, terms, { on, scopes: scopesOf(district), overrides: set });
  const moved = Object.entries(fresh).filter(([key, term]) => canonicalize(term) !== canonicalize(terms[key]));
  return moved.length > 0 ? { terms: Object.fromEntries(moved) } : {};
}

const knownOf = ({ case: { snapshot, terms, openedOn } }: Work) => ({ snapshot, terms, on: openedOn });

/** The machine does not hear it: what the rules say against it, and what this actor could do instead. */
function notNow(
  policy: CasePolicy,
  work: Work,
  room: Room,
  known: EventType,
  event: CaseEvent,
  facts: Facts,
  { state, allowed }: { readonly state: string; readonly allowed: readonly string[] },
): Refused {
  const missing = missingErrors(awaitedFacts(policy, { ...knownOf(work), facts }, event.type, event.stamp));
  const errors = [...rulesAgainst(policy.policy, event), ...missing];
  return refuse(
    'event-not-allowed',
    `案件现处“${state}”，不能办理“${known.label.zh}”。${errors.map(({ message }) => message.zh).join('')}`,
    `The case is ${state}: "${known.label.en}" is not possible now.${errors.map(({ message }) => ` ${message.en}`).join('')}`,
    {
      state,
      allowed: room.actor.role === 'system' ? allowed : allowedFor(policy, work, room.actor),
      ...(errors.length > 0 ? { errors } : {}),
    },
  );
}

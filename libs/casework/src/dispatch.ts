import { dateOf, formatInstant } from '@tranche/calendar';
import {
  type Actor,
  addChanges,
  type ChangeSet,
  commitChanges,
  isUnreachable,
  type Loaded,
  loadCalendar,
  lockAndLoad,
  rowsMoved,
  type Tx,
} from '@tranche/database';
import { headline } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import { loadStopped, refuseAdvance, type Stopped } from './advance-stop.js';
import { asksBooks, loadBooked, nothingBooked, type TakenMonths } from './booked-months.js';
import type { CasePolicy } from './case-policies.js';
import { followDates } from './class-dates.js';
import type { Accepted, Answer, Command } from './command.js';
import { refusalOfDatabaseError } from './database-refusals.js';
import { type Decided, decide, type Room, replay } from './decide.js';
import {
  countedIn,
  dropUnwanted,
  loadReleased,
  putTaken,
  type Released,
  refuseReleased,
  refuseTaken,
  refuseUnknownKeys,
  takenBy,
} from './exclusions.js';
import type { House } from './house.js';
import { hearEvent } from './opened-case.js';
import { followsTheWorld, loadFollowed } from './overrides.js';
import { tellsPeriod } from './period-told.js';
import { refuse } from './refusal.js';
import { storeAnswer } from './seal.js';
import { inCompany } from './shared-transaction.js';
import { placeOf, put, type Scene, type Work, workOn } from './work.js';

/** A lock queue or a faster colleague is no reason to fail: the whole decision is taken again from fresh rows. */
const ATTEMPTS = 5;
const tryAgain = new Set(['40001', '40P01', rowsMoved]);
/** Another request won: on the next try its outcome is seen and named (a stored answer; whose roster a person stands on). */
const lostRaces = new Set(['commands_pkey', 'exclusion_claims_no_overlap', 'exclusion_quotas_cap']);

/**
 * The one door: every change of a case goes through here. One transaction, two round trips, shared with what the same actor sends at the
 * same time; each command is answered for itself. Refusals are values; bugs throw.
 */
export function dispatch(house: House, actor: Actor, command: Command): Promise<Answer> {
  if (command.apply) return alone(house, actor, command);
  return inCompany(house, actor, command, (commands) => settleAll(house, actor, commands));
}

async function alone(house: House, actor: Actor, command: Command): Promise<Answer> {
  const [answer] = await dispatchMany(house, actor, [command]);
  if (!answer) throw new Error('dispatchMany answered nothing');
  return answer;
}

/** One transaction; where it fails by something nobody foresaw, each command alone, so that none fails by another's fault. */
async function settleAll(house: House, actor: Actor, commands: readonly Command[]): Promise<PromiseSettledResult<Answer>[]> {
  try {
    return (await dispatchMany(house, actor, commands)).map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (commands.length === 1 || isUnreachable(reason)) return commands.map(() => ({ status: 'rejected', reason }));
    return Promise.allSettled(commands.map((command) => alone(house, actor, command)));
  }
}

/**
 * Many commands of one actor in one transaction: cases locked in id order, decided in memory in the given order, written with one
 * statement. A refused command changes nothing and does not stop the others: after a refusal of the database (short fund,
 * overlapping claim) each is tried in a transaction of its own. A refusal of `apply` undoes everything: such a command is sent alone.
 */
export const dispatchMany = (house: House, actor: Actor, commands: readonly Command[]): Promise<Answer[]> =>
  severally(house, actor, commands, false);

/** Commands that stand or fall together: where one is refused, none is heard, and all are answered with that refusal. */
export const dispatchTogether = (house: House, actor: Actor, commands: readonly Command[]): Promise<Answer[]> =>
  severally(house, actor, commands, true);

async function severally(house: House, actor: Actor, commands: readonly Command[], together: boolean): Promise<Answer[]> {
  if (commands.length === 0) return [];
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inOneTransaction(house, actor, commands, together);
    } catch (error) {
      const { code = '', constraint = '' } = error as { code?: string; constraint?: string };
      if ((tryAgain.has(code) || lostRaces.has(constraint)) && attempt < ATTEMPTS) continue;
      const refusal = refusalOfDatabaseError(error);
      if (!refusal) throw error;
      return commands.length === 1 || together ? commands.map(() => refusal) : await oneByOne(house, actor, commands);
    }
  }
}

/**
 * `dispatchMany` for sweeps: where one command fails that should not (a bug, a broken row), each is sent alone, so that it keeps
 * nobody else from being heard. `null` stands for a command that failed; `errors` are what they failed with.
 * Throws when the database cannot be reached: then nothing can be told from nothing.
 */
export async function dispatchEach(
  house: House,
  actor: Actor,
  commands: readonly Command[],
): Promise<{ readonly answers: readonly (Answer | null)[]; readonly errors: readonly unknown[] }> {
  try {
    return { answers: await dispatchMany(house, actor, commands), errors: [] };
  } catch (error) {
    if (isUnreachable(error)) throw error;
    if (commands.length === 1) return { answers: [null], errors: [error] };
  }
  const answers: (Answer | null)[] = [];
  const errors: unknown[] = [];
  for (const command of commands) {
    const alone = await dispatchEach(house, actor, [command]);
    answers.push(...alone.answers);
    errors.push(...alone.errors);
  }
  return { answers, errors };
}

async function oneByOne(house: House, actor: Actor, commands: readonly Command[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const command of commands) answers.push(await alone(house, actor, command));
  return answers;
}

async function inOneTransaction(house: House, actor: Actor, commands: readonly Command[], together: boolean): Promise<Answer[]> {
  const client = await house.hot.connect();
  let failed = true;
  try {
    const ids = [...new Set(commands.map(({ caseId }) => caseId))];
    const loaded = await lockAndLoad(
      client,
      actor,
      ids,
      commands.map(({ key }) => key),
    );
    const changes: ChangeSet = {};
    const answers = await decideAll(house, client, actor, commands, loaded, changes);
    const refused = together ? answers.find((answer) => !answer.ok) : undefined;
    if (refused && !refused.ok) throw new Undone(refused);
    if (Object.keys(changes).length === 0) await client.query('ROLLBACK');
    else await commitChanges(client, changes);
    failed = false;
    house.checkpoint('after-commit-before-wake');
    if (changes.outbox?.length) house.wake('effects');
    if (changes.setDeadlines?.length) house.wake('deadlines');
    return answers;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    failed = isConnectionError(error);
    if (error instanceof Undone) return commands.map(() => error.refusal);
    throw error;
  } finally {
    client.release(failed);
  }
}

const isConnectionError = (error: unknown): boolean => (error as { code?: string }).code === undefined && !(error instanceof Undone);

/** A refusal found after rows were decided: the transaction is given up and the refusal is the answer. */
class Undone extends Error {
  constructor(readonly refusal: Extract<Answer, { ok: false }>) {
    super(refusal.code);
  }
}

async function decideAll(
  house: House,
  client: Tx,
  actor: Actor,
  commands: readonly Command[],
  loaded: Loaded,
  changes: ChangeSet,
): Promise<Answer[]> {
  const works = new Map(loaded.cases.map((each) => [each.id, workOn(each)]));
  const systemNowMs = house.systemNow();
  const overrides = await overridesFor(house, client, commands, loaded);
  const room: Omit<Room, 'booked'> = { actor, stored: loaded.commands, legalNowMs: systemNowMs + loaded.clockOffsetMs, overrides };
  const scene = { calendar: await calendarOf(house, client, loaded), newId: house.newId, recordedAt: formatInstant(systemNowMs) };
  const asking = askingOf(house, commands, works);
  const released = await loadReleased(client, asking);
  const stopped = await loadStopped(client, asking, dateOf(room.legalNowMs));
  const inRoom: Asked = { ...room, released, stopped, monthsTaken: [] };
  const answers: Answer[] = [];
  for (const command of commands) {
    const answer = answerOne(house, client, works.get(command.caseId), inRoom, command, scene);
    // most are answered from what was loaded: those wait for nothing
    answers.push('then' in answer ? await answer : answer);
  }
  for (const work of works.values()) if (work.case.version !== work.loadedVersion) finish(work, changes);
  return answers;
}

/** What commands are answered from, months on the books aside: those are asked for each claim. */
type Asked = Omit<Room, 'booked'> & { readonly released: Released; readonly stopped: Stopped; readonly monthsTaken: TakenMonths };

function answerOne(
  house: House,
  client: Tx,
  work: Work | undefined,
  room: Asked,
  command: Command,
  scene: Omit<Scene, 'event'>,
): Answer | Promise<Answer> {
  const stored = replay(room, command);
  if (stored) return stored;
  if (!work) return refuse('case-not-found', '没有这个案件，或您无权查看。', 'There is no such case, or it is not yours to see.');
  const casePolicy = house.policies.of(work.case);
  const inPlace = { client, work, casePolicy };
  if (!asksBooks(casePolicy, command)) return answerKnowing(inPlace, { ...room, booked: nothingBooked }, command, scene);
  return loadBooked(client, casePolicy, work, command, room.monthsTaken).then((booked) =>
    answerKnowing(inPlace, { ...room, booked }, command, scene),
  );
}

type InPlace = { readonly client: Tx; readonly work: Work; readonly casePolicy: CasePolicy };

function answerKnowing(
  { client, work, casePolicy }: InPlace,
  room: Asked & Room,
  command: Command,
  scene: Omit<Scene, 'event'>,
): Answer | Promise<Answer> {
  const decided = decide(casePolicy, work, room, command);
  if (!decided.ok) return decided;
  const { policy } = casePolicy;
  const taken = takenBy(decided.event);
  const excluded =
    refuseUnknownKeys(decided.event) ??
    (taken
      ? null
      : (refuseReleased(room.released, work.case.id, policy, decided.event) ?? refuseAdvance(room.stopped, work, policy, decided.event)));
  if (excluded) return excluded;
  return taken || command.apply
    ? answerAsking(client, { work, room, policy, taken }, command, decided, scene)
    : record(work, room.actor, command, decided, scene);
}

type Asking = { readonly work: Work; readonly room: Asked; readonly policy: Policy; readonly taken: ReturnType<typeof takenBy> };

/** An event that asks the database before it is recorded: whether the keys it claims are free, or what statements of its own say. */
async function answerAsking(
  client: Tx,
  { work, room, policy, taken }: Asking,
  command: Command,
  decided: Decided,
  scene: Omit<Scene, 'event'>,
): Promise<Answer> {
  const excluded = taken && (await refuseTaken(client, work, policy, taken));
  if (excluded) return excluded;
  const refusal = await command.apply?.(client, decided.event.seq);
  if (refusal) throw new Undone(refusal);
  if (taken) {
    await dropUnwanted(client, work, taken);
    putTaken(work, taken, scene.newId);
    room.monthsTaken.push(...countedIn(taken));
  }
  return record(work, room.actor, command, decided, scene);
}

/** Puts one decided event into the transaction: the sealed event, its facts, duty, effects, and the stored answer. */
function record(work: Work, actor: Actor, command: Command, decided: Decided, scene: Omit<Scene, 'event'>): Accepted {
  const { event, facts } = decided;
  hearEvent(work, { actor, cause: command.cause }, decided, scene);
  if (facts) {
    put(work, 'facts', { case_id: work.case.id, seq: event.seq, facts, ...placeOf(work) });
    followDates(work, facts);
    work.case = { ...work.case, facts };
  }
  if (command.along) addChanges(work.changes, command.along);
  const answer = accepted(work, event.type);
  storeAnswer(work, actor, command, 200, answer, scene.recordedAt);
  return answer;
}

function accepted(work: Work, type: string): Accepted {
  const { state, standing } = headline(work.case.snapshot);
  const { id: caseId, caseNo, version } = work.case;
  return { ok: true, replayed: false, caseId, caseNo, type, seq: version, version, state, standing };
}

/** The case's own row, once per transaction, and everything its events asked for. */
function finish(work: Work, changes: ChangeSet): void {
  const { state, standing } = headline(work.case.snapshot);
  put(work, 'moveCases', {
    id: work.case.id,
    from_version: work.loadedVersion,
    version: work.case.version,
    state,
    standing,
    snapshot: work.case.snapshot,
    head_hash: `\\x${work.case.headHash}`,
    last_at: formatInstant(work.case.lastAtMs),
  });
  for (const row of work.endedDeadlines.values()) put(work, 'endDeadlines', row);
  addChanges(changes, work.changes);
}

/** A decision on an application, which looks at the window. */
const decides = (type: string): boolean => type.startsWith('application.');

/**
 * Values that running cases follow; read only where a period is claimed, whose parameters follow their table, and where an application
 * is decided under a policy that hangs on something in the world.
 */
async function overridesFor(house: House, client: Tx, commands: readonly Command[], { cases }: Loaded): Promise<Room['overrides']> {
  const byId = new Map(cases.map((each) => [each.id, each]));
  const asking = commands.flatMap(({ caseId, type }) => {
    const each = byId.get(caseId);
    return each && (tellsPeriod(type) || (decides(type) && followsTheWorld(house.policies.of(each).policy))) ? [each] : [];
  });
  return asking.length === 0 ? none : loadFollowed(client, [...new Set(asking.map(({ policyId }) => policyId))]);
}
const none: Room['overrides'] = new Map();

/** Commands with the case and policy they are about. */
const askingOf = (house: House, commands: readonly Command[], works: ReadonlyMap<string, Work>) =>
  commands.flatMap(({ caseId, type, data }) => {
    const work = works.get(caseId);
    return work ? [{ caseId, type, data, work, policy: house.policies.of(work.case).policy }] : [];
  });

async function calendarOf(house: House, client: Tx, { calendarRevision }: Loaded) {
  const cache = house.calendarCache;
  if (cache.calendar === null || cache.revision !== calendarRevision) Object.assign(cache, await loadCalendar(client));
  if (cache.calendar === null) throw new Error('no calendar could be loaded');
  return cache.calendar;
}

import { type CaseEvent, type CaseSnapshot, caseView, type Effect, movementBetween } from '@tranche/machines';
import type { Terms } from '@tranche/policies';
import { termsSha256 } from '../audit/identity.js';
import { type RetoldStep, retell } from '../audit/retell.js';
import type { CasePolicy } from '../case-policies.js';
import { sha256Of } from '../command.js';
import { compareSnapshots, type Difference, type MigrationContext, padded, unmovable } from './compare.js';

/** A running case as a migration finds it. */
export type MovingCase = {
  readonly id: string;
  readonly caseNo: string;
  readonly policyVersion: string;
  readonly machineHash: string;
  readonly version: number;
  readonly snapshot: CaseSnapshot;
  /** the terms it would have on the new machine */
  readonly terms: Terms;
  /** its events as the new machine would hear them, migrations left out */
  readonly events: readonly CaseEvent[];
  /** stamps under the new policy that differ from the stored ones, by seq; empty unless they were computed anew */
  readonly stamps: Readonly<Record<string, object>>;
};

export type CasePlan =
  | {
      readonly ok: true;
      readonly snapshot: CaseSnapshot;
      readonly state: string;
      readonly standing: string;
      readonly differences: readonly Difference[];
      readonly steps: readonly RetoldStep[];
      /** SHA-256 over what the case would become: the same again when it is applied, or it is not applied */
      readonly digest: string;
    }
  | {
      readonly ok: false;
      readonly reason: 'event-refused' | 'history-differs' | 'cannot-be-told';
      readonly detail: string;
      readonly seq?: number;
    };

/**
 * Tells a case's whole story to another machine and says what would be different. Refused: an event the new machine would not hear
 * (named), and a history that would have moved money otherwise: what was paid cannot be paid differently afterwards. Pure.
 */
export function planCase(target: CasePolicy, moving: MovingCase): CasePlan {
  const told = tell(target, moving);
  if (!told.ok) return told;
  const { snapshot, steps } = told;
  const wrong = unmovable(contextOf(moving.snapshot), contextOf(snapshot));
  if (wrong !== null) return { ok: false, reason: 'history-differs', detail: wrong };
  const { state, standing } = caseView(target.machine, snapshot);
  const digest = sha256Of({ snapshot, terms: termsSha256(moving.terms), stamps: moving.stamps, version: moving.version });
  return { ok: true, snapshot, state, standing, differences: compareSnapshots(moving.snapshot, snapshot), steps, digest };
}

export const contextOf = (snapshot: CaseSnapshot): MigrationContext => snapshot.context as unknown as MigrationContext;

function tell({ machine }: CasePolicy, { terms, events }: MovingCase) {
  try {
    const told = retell(machine, terms, events);
    if (told.ok) return told;
    return { ok: false, reason: 'event-refused', detail: `${told.seq} ${told.type} (${told.state})`, seq: told.seq } as const;
  } catch (error) {
    // a term the new plan counts by is missing, or a stored fact is none of the new policy's
    return { ok: false, reason: 'cannot-be-told', detail: error instanceof Error ? error.message : String(error) } as const;
  }
}

/** What changed for the books: no flow of money, only what the payee has earned or owes. */
export function migrationMovement({ policy }: CasePolicy, before: CaseSnapshot, after: CaseSnapshot) {
  const [was, is] = [contextOf(before), contextOf(after)];
  return movementBetween(policy, padded(was, is) as never, is as never);
}

type Live = { readonly deadlines: readonly string[]; readonly tasks: readonly string[] };

/**
 * What must be done so that deadlines, tasks, payments and recoveries are those of the new state: the last word of the new story on
 * each, less what is already so.
 */
export function reconcile(before: CaseSnapshot, { snapshot, steps }: Extract<CasePlan, { ok: true }>, live: Live): Effect[] {
  const effects = steps.flatMap((step) => step.effects);
  const [was, is] = [contextOf(before), contextOf(snapshot)];
  const clocks = Object.keys(is.clocks);
  const last = <K extends Effect['kind']>(kind: K, same: (effect: Extract<Effect, { kind: K }>) => boolean) =>
    effects.findLast(
      (effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind && same(effect as Extract<Effect, { kind: K }>),
    );
  const started = clocks.filter((key) => is.clocks[key] === 'running' && !live.deadlines.includes(key));
  const stopped = live.deadlines.filter((key) => !clocks.includes(key));
  const due = Object.entries(valuesOf(snapshot)).filter(
    ([region, state]) => region in is.payments && state === 'due' && valuesOf(before)[region] !== 'due',
  );
  const recovery = is.recovery.no > was.recovery.no ? last('openRecovery', (effect) => effect.recovery === is.recovery.no) : undefined;
  return [
    ...stopped.map((key): Effect => ({ kind: 'cancelDeadline', key })),
    ...(recovery ? [recovery] : []),
    ...started.flatMap((key) => last('setDeadline', (effect) => effect.key === key) ?? []),
    ...due.map(([payment]): Effect => ({ kind: 'openPayment', payment })),
    ...taskChanges(effects, live.tasks),
  ];
}

function taskChanges(effects: readonly Effect[], open: readonly string[]): Effect[] {
  const wanted = new Map<string, Effect>();
  const known = new Set<string>();
  for (const effect of effects) {
    if (effect.kind !== 'openTask' && effect.kind !== 'closeTask') continue;
    known.add(effect.task);
    if (effect.kind === 'openTask') wanted.set(effect.task, effect);
    else wanted.delete(effect.task);
  }
  return [
    ...[...wanted].filter(([task]) => !open.includes(task)).map(([, effect]) => effect),
    ...open.filter((task) => known.has(task) && !wanted.has(task)).map((task): Effect => ({ kind: 'closeTask', task })),
  ];
}

const valuesOf = ({ value }: CaseSnapshot): Readonly<Record<string, unknown>> => (typeof value === 'string' ? {} : value);

import type { CaseMachine } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import type { Bounds } from './bounds.js';
import { judgeDeclarations } from './declarations.js';
import { type Exploration, explore, type Found, type Subject } from './explore.js';
import { type Breach, breach, type RuleId } from './rules.js';
import { scopesOf } from './scopes.js';
import { shapeOf } from './shape.js';
import { type Standpoint, Stepper } from './stepper.js';

export type Checked = Exploration & { readonly bounds: Bounds; readonly ms: number | null };
export type CheckResult = {
  readonly policy: Policy;
  readonly hash: string;
  /** other machines of the same form, for which all of this holds as well */
  readonly alike: readonly CaseMachine[];
  readonly scopes: readonly Checked[];
  /** states and arrows no scope reached */
  readonly unreached: readonly string[];
  /** the first rule that does not hold; null: all hold within these bounds */
  readonly found: Found | null;
};

export type CheckOptions = {
  /** kinds of effect somebody carries out */
  readonly handlers: readonly string[];
  /** what the machine is judged by; the machine's own policy when absent */
  readonly truth?: Policy;
  /** machines of the same form: what they declare is judged, the exploration is shared. Throws where a form differs */
  readonly alike?: readonly CaseMachine[];
  readonly scopes?: readonly Bounds[];
  /** rules to look at; all when absent */
  readonly counts?: (rule: RuleId) => boolean;
  /** states and arrows that lie beyond these scopes and are not expected to be reached */
  readonly beyond?: readonly string[];
  /** milliseconds of some clock, to say how long each scope took */
  readonly clock?: () => number;
};

/** Looks at a machine within bounds; stops at the first rule that does not hold. */
export function checkMachine(machine: CaseMachine, options: CheckOptions): CheckResult {
  const { truth = machine.policy, scopes = scopesOf(machine.policy), counts = () => true, alike = [], handlers, clock } = options;
  const base = { policy: machine.policy, hash: machine.hash, alike };
  const stranger = alike.find((other) => shapeOf(other) !== shapeOf(machine));
  if (stranger) throw new Error(`${stranger.policy.id} is not of the form of ${machine.policy.id}`);
  const declared = [machine, ...alike].flatMap(judgeDeclarations).find(({ rule }) => counts(rule));
  if (declared) return { ...base, scopes: [], unreached: [], found: withoutStory(declared) };
  const subject: Subject = { machine, truth, handlers, counts, compared: new Set() };
  const done: Checked[] = [];
  for (const bounds of scopes) {
    const began = clock?.();
    const explored = explore(subject, bounds);
    done.push({ ...explored, bounds, ms: began === undefined ? null : clock!() - began });
    if (explored.found) return { ...base, scopes: done, unreached: [], found: explored.found };
  }
  const unreached = unreachedIn(machine, done);
  const beyond = new Set((options.beyond ?? []).map(bare));
  const surprising = unreached.filter((one) => !beyond.has(bare(one)));
  const found =
    surprising[0] !== undefined && counts('unreachable') && done.every(({ complete }) => complete)
      ? withoutStory(unreachable(surprising))
      : null;
  return { ...base, scopes: done, unreached, found };
}

/** An arrow without what must hold for it. */
const bare = (arrow: string): string => arrow.replace(/ \[.*\]$/, '');

const withoutStory = (broken: Breach): Found => ({ ...broken, scope: { zh: '结构', en: 'structure' }, story: [] });

const unreachable = (all: readonly string[]): Breach =>
  breach(
    'unreachable',
    `无法到达（${all.length} 项）：${all.slice(0, 5).join('；')}`,
    `never reached (${all.length}): ${all.slice(0, 5).join('; ')}`,
  );

function unreachedIn(machine: CaseMachine, done: readonly Exploration[]): readonly string[] {
  const states = machine.regions.flatMap(({ id, states: all }) => Object.keys(all).map((state) => `${id}.${state}`));
  const arrows = new Stepper(machine).arrows;
  return [
    ...states.filter((state) => !done.some(({ reachedStates }) => reachedStates.has(state))),
    ...arrows.flatMap((at, number) =>
      at.arrow.safeguard || done.some(({ reachedArrows }) => reachedArrows.has(number)) ? [] : [arrowText(at)],
    ),
  ];
}

function arrowText({ region, from, event, arrow }: Standpoint): string {
  const conditions = (arrow.when ?? []).map(
    ({ type, params, not }) => `${not ? 'not ' : ''}${type}${params ? `(${Object.values(params).join(', ')})` : ''}`,
  );
  return `${region}: ${from} --${event}--> ${arrow.to ?? from}${conditions.length > 0 ? ` [${conditions.join(' and ')}]` : ''}`;
}

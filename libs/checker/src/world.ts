import { type Effect, refundId } from '@tranche/machines';
import { holds, type NoticeChoice, type Policy, type Stamp } from '@tranche/policies';
import { amountNames } from './bounds.js';

/** A payment the world was asked to make and that has neither arrived nor failed. */
export type Live = {
  readonly state: 'requested' | 'sent';
  readonly amountFen: bigint;
  readonly fund: string;
  readonly disbursement: string | null;
};
export type Arrived = {
  readonly disbursement: string;
  readonly fund: string;
  readonly amountFen: bigint;
  /** kept back for a debt of another case instead of being transferred */
  readonly setOff?: true;
  /** the disbursement that pays the rest: what was kept back stands and falls with it */
  readonly with?: string;
};
export type Clock = { readonly state: 'running' | 'passed'; readonly statutory: boolean };
export type Proposed = {
  readonly seq: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly by: string;
};
type Told<T> = Readonly<Record<string, T>>;

/** What the world was told, from events and effects alone: never from the machine's own context. */
export type World = {
  readonly marks: Told<true>;
  /** amounts the stamps fixed, in fen */
  readonly amounts: Told<bigint>;
  readonly failures: number;
  readonly failedBy: 'acceptance' | 'other' | null;
  /** what may be kept after a loss; null while nothing is lost */
  readonly keptFen: bigint | null;
  /** an upheld objection waits for a new assessment */
  readonly reassessing: boolean;
  readonly live: Told<Live>;
  readonly arrived: Told<readonly Arrived[]>;
  readonly recoveredFen: bigint;
  readonly writtenOffFen: bigint;
  /** of what came back: what payments of other cases were kept back for, by set-off */
  readonly setOffs: Told<bigint>;
  /** set-offs of payments that failed or came back: the other case must be told */
  readonly toRestore: readonly string[];
  readonly recovery: { readonly no: number; readonly openFen: bigint } | null;
  readonly clocks: Told<Clock>;
  readonly notice: number | null;
  readonly objections: readonly string[];
  readonly proposals: readonly Proposed[];
  readonly corrected: number;
  readonly held: boolean;
  readonly closed: boolean;
  /** branches of the plan, as the application told them */
  readonly conditions: Told<boolean>;
  /** periods granted, by payment; nothing where that was rescinded */
  readonly granted: Told<bigint>;
  /** claims that ended, and how often a term was extended */
  readonly ended: readonly string[];
  /** those of them that somebody stopped */
  readonly stopped: readonly string[];
  readonly extended: Told<number>;
  /** milestones that the last list no longer proves */
  readonly disproven: readonly string[];
  /** what the jurisdiction chose about its notice; null where the plan leaves it none */
  readonly choice: NoticeChoice | null;
};

export const firstWorld: World = {
  marks: {},
  amounts: {},
  failures: 0,
  failedBy: null,
  keptFen: null,
  reassessing: false,
  live: {},
  arrived: {},
  recoveredFen: 0n,
  writtenOffFen: 0n,
  setOffs: {},
  toRestore: [],
  recovery: null,
  clocks: {},
  notice: null,
  objections: [],
  proposals: [],
  corrected: 0,
  held: false,
  closed: false,
  conditions: {},
  granted: {},
  ended: [],
  stopped: [],
  extended: {},
  disproven: [],
  choice: null,
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, fen) => total + fen, 0n);
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const without = <T>(record: Told<T>, ...keys: readonly string[]): Told<T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

export const liveFen = ({ live }: World): bigint => sum(Object.values(live).map((one) => one.amountFen));
/** Arrived and not returned. */
export const arrivedFen = ({ arrived }: World): bigint =>
  sum(Object.values(arrived).flatMap((parts) => parts.map((part) => part.amountFen)));
/** Everything out or promised, less what came back or was written off. */
export const outFen = (world: World): bigint => arrivedFen(world) + liveFen(world) - world.recoveredFen - world.writtenOffFen;

/** Nothing new is paid: failed, rejected, withdrawn, voided, or too late. */
export const isLost = ({ marks }: World): boolean =>
  Boolean(marks['failed'] || marks['rejected'] || marks['withdrawn'] || marks['voided'] || marks['expired']);

/** What is earned: by loss, or by the first row of the plan that applies and whose marks are all reached; null while that is open. */
export function entitledFen(world: World, policy: Policy): bigint | null {
  if (world.keptFen !== null) return world.keptFen;
  const rows =
    policy.plan.entitlement.length > 0 ? policy.plan.entitlement : [{ opens: ['claimsEnded'], amount: 'earned', when: undefined }];
  const row = rows.find(
    ({ opens, amount, when }) =>
      holds(when, world.conditions) === true && opens.every((mark) => world.marks[mark]) && amountOf(world, amount) !== undefined,
  );
  return row ? underCeiling(world, policy, amountOf(world, row.amount) ?? 0n) : null;
}

const amountOf = (world: World, name: string): bigint | undefined => (name === 'earned' ? earnedFen(world) : world.amounts[name]);
export const earnedFen = ({ granted }: World): bigint => sum(Object.values(granted));

function underCeiling({ amounts }: World, { plan }: Policy, fen: bigint): bigint {
  const ceiling = plan.ceiling && amounts[plan.ceiling.amount];
  return ceiling === undefined ? fen : least(fen, ceiling);
}

/** What may be out before the entitlement is fixed: the advances that apply and the periods granted, under the ceiling; null before approval. */
export function shareFen(world: World, policy: Policy): bigint | null {
  const wanted = policy.plan.advances.filter(({ when }) => holds(when, world.conditions) !== false);
  const amounts = wanted.map(({ amount }) => world.amounts[amount]);
  if (!world.marks['approved'] || !amounts.every((amount) => amount !== undefined)) return null;
  return underCeiling(world, policy, sum(amounts as bigint[]) + earnedFen(world));
}

/** Stamped amounts that are known, for these names. */
export const knownAmounts = ({ amounts }: Stamp, names: readonly string[]): Told<bigint> =>
  Object.fromEntries(names.flatMap((name) => (amounts[name] == null ? [] : [[name, BigInt(amounts[name])]])));

export const finalNames = (policy: Policy): readonly string[] => {
  const { finals, keep } = amountNames(policy);
  return keep === undefined ? finals : [...finals, keep];
};

/** After a loss nobody keeps more than what is with the payee or on its way; what came back is not given again. */
export function keeping(world: World, policy: Policy): World {
  if (!isLost(world)) return world.keptFen === null ? world : { ...world, keptFen: null };
  const name = policy.plan.acceptance?.onFailure;
  const allowed = name !== undefined && world.marks['failed'] ? (world.amounts[name] ?? 0n) : 0n;
  const keepsAll = policy.plan.expiry?.outcome === 'keepPaid' && !isLost({ ...world, marks: without(world.marks, 'expired') });
  const own = ([payment]: readonly [string, unknown]): boolean => payment !== refundId;
  const there = Object.entries(world.arrived)
    .filter(own)
    .flatMap(([, parts]) => parts);
  const onTheWay = Object.entries(world.live)
    .filter(own)
    .flatMap(([, one]) => (one.state === 'sent' ? [one] : []));
  const out = sum([...there, ...onTheWay].map(({ amountFen }) => amountFen));
  const most = keepsAll ? out : least(allowed, out);
  const keptFen = world.keptFen === null ? most : least(world.keptFen, most);
  return keptFen === world.keptFen ? world : { ...world, keptFen };
}

/** Does a notice run for which the clocks of payments stand still? */
export const clocksStill = ({ choice, notice }: World): boolean => choice?.mode === 'before' && choice.pauses && notice !== null;

export const isKind = <K extends Effect['kind']>(effect: Effect, kind: K): effect is Extract<Effect, { kind: K }> => effect.kind === kind;

import type { Effect } from '@tranche/machines';
import { type AdvancePayment, holds, noticeBefore, type Policy } from '@tranche/policies';
import type { Followed } from './news.js';
import { type Breach, breach } from './rules.js';
import { entitledFen, type World, without } from './world.js';

/** The world after it was told all of this, in order, and what cannot be told to it. */
export function afterEffects(world: World, policy: Policy, effects: readonly Effect[]): Followed {
  let told = world;
  const broken: Breach[] = [];
  for (const effect of effects) {
    const next = afterEffect(told, policy, effect);
    told = next.world;
    broken.push(...next.broken);
  }
  return { world: told, broken };
}

const well = (world: World): Followed => ({ world, broken: [] });
const confused = (world: World, zh: string, en: string): Followed => ({ world, broken: [breach('deadline-confused', zh, en)] });

function afterEffect(world: World, policy: Policy, effect: Effect): Followed {
  switch (effect.kind) {
    case 'requestDisbursement':
      return afterRequest(world, policy, effect);
    case 'cancelDisbursement':
      if (world.live[effect.payment]?.state !== 'requested')
        return {
          world,
          broken: [
            breach(
              'unknown-news',
              `撤回了并未申请的 ${effect.payment}`,
              `${effect.payment} was called back, but it was not waiting to be sent`,
            ),
          ],
        };
      return well({ ...world, live: without(world.live, effect.payment) });
    case 'setDeadline':
    case 'meetDeadline':
    case 'cancelDeadline':
    case 'suspectBreach':
      return afterDeadline(world, effect);
    case 'openRecovery':
      if (world.recovery)
        return { world, broken: [breach('recovery-differs', '已有未结追回又开一笔', 'a second recovery is opened while one is open')] };
      return well({ ...world, recovery: { no: effect.recovery, openFen: BigInt(effect.amountFen) } });
    case 'restoreDebt':
      if (!world.toRestore.includes(effect.setOff))
        return {
          world,
          broken: [breach('debt-not-restored', '恢复了仍然抵扣的债务', 'a debt is restored although what was kept back for it still is')],
        };
      return well({ ...world, toRestore: world.toRestore.filter((id) => id !== effect.setOff) });
    case 'closeRecovery':
      if (!world.recovery)
        return { world, broken: [breach('recovery-differs', '结清了并不存在的追回', 'a recovery is closed that was not open')] };
      return well({ ...world, recovery: null });
    default:
      return well(afterOther(world, policy, effect));
  }
}

/** What a notice brings about that ended without an open objection. */
const clearedBy = ({ choice }: World, { plan }: Policy): string => {
  if (choice) return choice.mode === 'before' ? 'cleared' : 'published';
  return noticeBefore(plan) ? 'settled' : 'published';
};

function afterOther(world: World, policy: Policy, effect: Effect): World {
  switch (effect.kind) {
    case 'postNotice':
      return { ...world, notice: effect.notice };
    case 'closeNotice':
      return effect.outcome === 'clear'
        ? { ...world, notice: null, marks: { ...world.marks, [clearedBy(world, policy)]: true } }
        : { ...world, notice: null };
    case 'recordObjection':
      return { ...world, objections: [...world.objections, effect.objection] };
    case 'decideObjection':
      return { ...world, objections: world.objections.filter((id) => id !== effect.objection) };
    case 'holdCase':
      return { ...world, held: true };
    case 'releaseCase':
      return { ...world, held: false };
    case 'closeCase':
      return { ...world, closed: true };
    case 'reopenCase':
      return { ...world, closed: false };
    default:
      return world;
  }
}

function afterRequest(
  world: World,
  policy: Policy,
  { payment, amountFen, fund }: Extract<Effect, { kind: 'requestDisbursement' }>,
): Followed {
  const fen = BigInt(amountFen);
  const broken: Breach[] = [];
  const advance = policy.plan.advances.find(({ id }) => id === payment);
  if (world.live[payment])
    broken.push(breach('paid-twice', `${payment} 已有一笔在途又申请一笔`, `${payment} is asked for while a payment of it is live`));
  else if (advance && world.arrived[payment])
    broken.push(breach('paid-twice', `${payment} 已到账又申请一笔`, `${payment} has arrived and is asked for again`));
  if (fen <= 0n) broken.push(breach('paid-twice', `${payment} 申请 ${fen} 分`, `${payment} is asked for with ${fen} fen`));
  const period = world.granted[payment];
  const own =
    period !== undefined
      ? period - arrivedOf(world, payment) + world.recoveredFen
      : advance && entitledFen(world, policy) === null
        ? ownFen(world, advance)
        : undefined;
  if (own !== undefined && fen > own)
    broken.push(breach('over-commitment', `${payment} 申请额超过现可预拨额`, `${payment} is asked for with more than may be advanced now`));
  return {
    world: { ...world, live: { ...world.live, [payment]: { state: 'requested', amountFen: fen, fund, disbursement: null } } },
    broken,
  };
}

/** Before the entitlement is fixed an advance is worth its own share, and nothing until all its marks are reached. */
const ownFen = ({ marks, amounts, conditions }: World, { opens, amount, when }: AdvancePayment): bigint =>
  opens.every((mark) => marks[mark]) && holds(when, conditions) !== false ? (amounts[amount] ?? 0n) : 0n;
const arrivedOf = ({ arrived }: World, payment: string): bigint =>
  (arrived[payment] ?? []).reduce((sum, { amountFen }) => sum + amountFen, 0n);

function afterDeadline(
  world: World,
  effect: Extract<Effect, { kind: 'setDeadline' | 'meetDeadline' | 'cancelDeadline' | 'suspectBreach' }>,
): Followed {
  const { key } = effect;
  const clock = world.clocks[key];
  const ended = { ...world, clocks: without(world.clocks, key) };
  if (effect.kind === 'setDeadline') {
    if (clock) return confused(world, `时限 ${key} 未结束又设一次`, `the deadline ${key} is set while it is already there`);
    return well({ ...world, clocks: { ...world.clocks, [key]: { state: 'running', statutory: effect.deadline === 'statutory' } } });
  }
  if (effect.kind === 'meetDeadline')
    return clock ? well(ended) : confused(world, `时限 ${key} 并未设置却记为办结`, `the deadline ${key} is met without being set`);
  if (clock?.state !== 'running')
    return confused(ended, `时限 ${key} 并未运行却被取消或记为超期`, `the deadline ${key} is cancelled or found late without running`);
  return effect.kind === 'cancelDeadline'
    ? well(ended)
    : well({ ...world, clocks: { ...world.clocks, [key]: { ...clock, state: 'passed' } } });
}

import { branchNames, type CaseEvent, claimOf, claimPaymentId, type Decision, voidingIds } from '@tranche/machines';
import { type Claim, holds, noticeBefore, type Policy } from '@tranche/policies';
import { amountNames, termPeriods } from './bounds.js';
import { type Breach, breach } from './rules.js';
import { arrivedFen, entitledFen, finalNames, isLost, knownAmounts, type World, without } from './world.js';

/** The world after an event it saw itself, and what should never have been accepted. */
export type Followed = { readonly world: World; readonly broken: readonly Breach[] };
type News = Pick<CaseEvent, 'type' | 'seq' | 'actor' | 'data' | 'stamp'>;

const well = (world: World): Followed => ({ world, broken: [] });
const mark = (world: World, ...names: readonly string[]): World => ({
  ...world,
  marks: { ...world.marks, ...Object.fromEntries(names.map((name) => [name, true as const])) },
});
const unmark = (world: World, ...names: readonly string[]): World => ({ ...world, marks: without(world.marks, ...names) });

/** What an accepted event means to the world, clause by clause; independent of how the machine is built. */
export function afterNews(world: World, policy: Policy, event: News): Followed {
  const { world: told, broken } = heard(world, policy, event);
  return { world: fallen(told, policy), broken };
}

function heard(world: World, policy: Policy, event: News): Followed {
  const { type, data } = event;
  if (type.startsWith('payment.') || type.startsWith('disbursement.')) return afterBankNews(world, policy, event);
  if (type.startsWith('milestone.')) return well(lessForgiven(afterMilestone(world, policy, event), policy));
  if (type === 'claim.filed') return afterClaim(world, policy, event);
  if (type === 'recovery.received' || type === 'recovery.writtenOff' || type === 'recovery.setOff') return afterRepayment(world, event);
  if (type === 'recovery.restored') return afterRestored(world, String(data['setOff']));
  if (type === 'deadline.passed' && !world.clocks[String(data['key'])])
    return { world, broken: [breach('unknown-news', `时限 ${data['key']} 并未设置`, `the deadline ${data['key']} was never set`)] };
  return well(lessForgiven(afterCorrection(afterDecision(world, policy, event), policy, event), policy));
}

function afterDecision(world: World, policy: Policy, event: News): World {
  const { plan } = policy;
  switch (event.type) {
    case 'application.submitted':
    case 'application.screened':
      return branched(mark(world, 'received'), policy, event);
    case 'attendance.imported':
      return { ...world, disproven: isLost(world) ? [] : disprovenBy(world, policy, event) };
    case 'claims.stopped':
      return stopped(world, policy, String(event.data['claim']));
    case 'term.extended': {
      const claim = String(event.data['claim']);
      return { ...world, extended: { ...world.extended, [claim]: (world.extended[claim] ?? 0) + 1 } };
    }
    case 'deadline.passed':
      return event.data['key'] === 'expiry' ? mark(world, 'expired') : world;
    case 'application.returned':
      return unmark(world, 'received');
    case 'application.rejected':
      return mark(world, 'rejected');
    case 'application.withdrawn':
      return mark(world, 'withdrawn');
    case 'application.approved':
      return assessed(
        mark({ ...branched(world, policy, event), amounts: { ...world.amounts, ...early(policy, event) } }, 'approved'),
        policy,
        event,
        !plan.acceptance,
      );
    case 'acceptance.passed':
      return assessed(noticeBefore(plan) ? mark(world, 'accepted') : mark(world, 'accepted', 'settled'), policy, event, true);
    case 'acceptance.failed':
      return failedAgain(world, policy, event);
    case 'delivery.aborted':
      return failed(world, policy, event, 'other');
    case 'results.imported':
      return world.reassessing ? assessed({ ...world, reassessing: false }, policy, event, true) : world;
    case 'objection.upheld':
      if (world.marks['failed']) return world;
      if (world.choice) return afterObjection(world, policy, event);
      return event.data['consequence'] === 'failed' ? failed(world, policy, event, 'other') : { ...world, reassessing: true };
    default:
      return world;
  }
}

/** Milestones that were verified and that this list no longer proves, where what is not earned can come back. */
const disprovenBy = ({ marks }: World, { plan }: Policy, { stamp }: News): readonly string[] =>
  plan.milestones.flatMap(({ id, requires }) => (requires !== undefined && marks[id] && stamp.conditions[requires] === false ? [id] : []));

/** A verification whose proof fell is gone as long as no money is out on it, and the next milestone is not reached. */
function fallen(world: World, policy: Policy): World {
  const { plan } = policy;
  const last = plan.milestones.filter(({ id, anytime }) => !anytime && world.marks[id]).at(-1)?.id;
  if (last === undefined || !world.disproven.includes(last) || isLost(world)) return world;
  const opened = plan.advances.filter(({ opens }) => opens.includes(last));
  const out = opened.some(({ id }) => (world.arrived[id] ?? []).length > 0 || world.live[id]?.state === 'sent');
  if (out || world.marks['accepted']) return world;
  return unmark(world, last);
}

/** An objection to the notice before payment goes against the approval; one that outlived its notice is only answered. */
function afterObjection(world: World, policy: Policy, { data }: News): World {
  if (world.notice === null) return world;
  return data['consequence'] === 'failed' ? mark(world, 'rejected') : unapproved(world, policy);
}

const unapproved = (world: World, policy: Policy): World => ({
  ...unmark(world, 'approved', 'cleared'),
  amounts: without(world.amounts, ...amountNames(policy).early),
});

/** The branches that the plan turns on. */
const branched = (world: World, policy: Policy, { stamp }: News): World => {
  const known = branchNames(policy).flatMap((name): [string, boolean][] => {
    const value = stamp.conditions[name] ?? null;
    return value === null ? [] : [[name, value]];
  });
  return known.length === 0 ? world : { ...world, conditions: { ...world.conditions, ...Object.fromEntries(known) } };
};

function afterMilestone(world: World, policy: Policy, event: News): World {
  const id = event.type.slice('milestone.'.length);
  const milestone = policy.plan.milestones.find((each) => each.id === id);
  if (milestone?.voids) return mark(world, id, 'voided');
  const proven = world.disproven.filter((each) => each !== id);
  return assessed(mark({ ...world, disproven: proven }, id), policy, event, !policy.plan.acceptance && !milestone?.anytime);
}

/** A period is granted once, for what its stamp says, while its term lasts. */
function afterClaim(world: World, policy: Policy, { data, stamp }: News): Followed {
  const claim = policy.plan.claims?.find(({ id }) => id === data['claim']);
  const payment = claimPaymentId(String(data['claim']), String(data['period']));
  const fen = BigInt(stamp.period?.amounts[claim?.amount ?? ''] ?? '0');
  const broken =
    !claim || (world.granted[payment] ?? 0n) > 0n || world.ended.includes(claim.id) || isLost(world)
      ? [breach('unknown-news', `${payment} 不应再予核定`, `${payment} should not be granted`)]
      : [];
  const granted = { ...world, granted: { ...world.granted, [payment]: fen } };
  return { world: claim && usedUp(granted, claim) ? lessForgiven(ended(granted, policy, claim.id), policy) : granted, broken };
}

function usedUp(world: World, { id, term, extension }: Claim): boolean {
  if (!term) return false;
  const times = world.extended[id] ?? 0;
  const more = extension && times < extension.times && holds(extension.when, world.conditions) === true;
  const periods = Object.entries(world.granted).filter(([payment, fen]) => claimOf(payment) === id && fen > 0n);
  return !more && periods.length >= termPeriods + times;
}

function ended(world: World, policy: Policy, claim: string): World {
  const over = { ...world, ended: [...new Set([...world.ended, claim])].sort() };
  const all = (policy.plan.claims ?? []).every(({ id, when }) => over.ended.includes(id) || holds(when, world.conditions) === false);
  return all ? mark(over, 'claimsEnded') : over;
}

const stopped = (world: World, policy: Policy, claim: string): World =>
  ended({ ...world, stopped: [...new Set([...world.stopped, claim])].sort() }, policy, claim);

/** A stop or a grant is taken back: the claim goes on, unless its term is used up all the same. */
function resumed(world: World, policy: Policy, id: string): World {
  const others = (ids: readonly string[]) => ids.filter((each) => each !== id);
  const open = unmark({ ...world, stopped: others(world.stopped), ended: others(world.ended) }, 'claimsEnded');
  const claim = policy.plan.claims?.find((each) => each.id === id);
  return claim && usedUp(open, claim) ? ended(open, policy, id) : open;
}

function ungranted(world: World, policy: Policy, { claim, period }: News['data']): World {
  const rest = { ...world, granted: { ...world.granted, [claimPaymentId(String(claim), String(period))]: 0n } };
  return world.stopped.includes(String(claim)) ? rest : resumed(rest, policy, String(claim));
}

function unvoided(world: World, policy: Policy, milestone: string): World {
  const others = voidingIds(policy).some((id) => id !== milestone && world.marks[id]);
  return unmark(world, milestone, ...(others ? [] : ['voided']));
}

const early = (policy: Policy, event: News) => knownAmounts(event.stamp, amountNames(policy).early);

const assessed = (world: World, policy: Policy, event: News, decides: boolean): World =>
  decides ? { ...world, amounts: { ...world.amounts, ...knownAmounts(event.stamp, finalNames(policy)) } } : world;

function failed(world: World, policy: Policy, event: News, failedBy: 'acceptance' | 'other'): World {
  return mark({ ...assessed(world, policy, event, true), failedBy, reassessing: false }, 'failed');
}

function failedAgain(world: World, policy: Policy, event: News): World {
  const attempts = policy.plan.acceptance?.attempts ?? 1;
  const allowed = typeof attempts === 'number' ? attempts : Number(event.data['attempts'] ?? 0);
  const counted = { ...world, failures: world.failures + 1 };
  return counted.failures >= allowed ? failed(counted, policy, event, 'acceptance') : counted;
}

function afterCorrection(world: World, policy: Policy, { type, seq, actor, data, stamp }: News): World {
  const dismissed = { ...world, proposals: world.proposals.filter((proposal) => proposal.seq !== data['proposal']) };
  const decided = { ...dismissed, corrected: world.corrected + 1 };
  switch (type) {
    case 'correction.proposed': {
      const { type: of, data: said } = data['correction'] as { type: string; data: Readonly<Record<string, unknown>> };
      return { ...world, proposals: [...world.proposals, { seq, type: of, data: said, by: actor }] };
    }
    case 'correction.dismissed':
      return dismissed;
    case 'notice.withdrawn':
    case 'recovery.instalmentsAgreed':
      return decided;
    case 'fact.corrected': {
      const approved = world.marks['approved'] ? knownAmounts(stamp, amountNames(policy).early) : {};
      const accepted = world.marks['accepted'] || !policy.plan.acceptance ? knownAmounts(stamp, finalNames(policy)) : {};
      const corrected = { ...decided, reassessing: false, amounts: { ...world.amounts, ...approved, ...accepted } };
      return unmark(corrected, 'published', 'cleared', ...(noticeBefore(policy.plan) && world.marks['accepted'] ? ['settled'] : []));
    }
    case 'decision.rescinded':
      return rescinded(decided, policy, data);
    default:
      return world;
  }
}

function rescinded(world: World, policy: Policy, data: News['data']): World {
  switch (data['decision'] as Decision) {
    case 'approval':
      return unapproved(world, policy);
    case 'acceptance':
      return unaccepted(world, policy);
    case 'period':
      return ungranted(world, policy, data);
    case 'stop':
      return resumed(world, policy, String(data['claim']));
    case 'milestone':
      return unvoided(world, policy, String(data['milestone']));
  }
}

function unaccepted(world: World, policy: Policy): World {
  const failures = world.failedBy === 'acceptance' ? world.failures - 1 : world.failures;
  return {
    ...unmark(world, 'accepted', 'settled', 'failed'),
    failures,
    failedBy: null,
    reassessing: false,
    amounts: without(world.amounts, ...finalNames(policy)),
  };
}

function afterBankNews(world: World, policy: Policy, { type, data }: News): Followed {
  const payment = String(data['payment']);
  const disbursement = String(data['disbursement']);
  const live = world.live[payment];
  const unknown = [
    breach(
      'unknown-news',
      `接受了外界并无其事的 ${type}（${payment}）`,
      `${type} of ${payment} was accepted, but the world knows of no such payment`,
    ),
  ];
  if (type === 'payment.setOff') {
    if (live?.state !== 'requested' || BigInt(String(data['amountFen'])) > live.amountFen) return { world, broken: unknown };
    const part = {
      disbursement: String(data['setOff']),
      fund: live.fund,
      amountFen: BigInt(String(data['amountFen'])),
      setOff: true as const,
    };
    return well({ ...world, arrived: { ...world.arrived, [payment]: [...(world.arrived[payment] ?? []), part] } });
  }
  if (type === 'disbursement.submitted') {
    if (live?.state !== 'requested') return { world, broken: unknown };
    const sent = { ...world, live: { ...world.live, [payment]: { ...live, state: 'sent' as const, disbursement } } };
    return well(goingWith(sent, payment, disbursement));
  }
  if (type === 'disbursement.settled' || type === 'disbursement.failed') {
    if (live?.state !== 'sent') return { world, broken: unknown };
    const arrived =
      type === 'disbursement.settled'
        ? {
            ...world.arrived,
            [payment]: [
              ...(world.arrived[payment] ?? []),
              { disbursement: live.disbursement ?? '', fund: live.fund, amountFen: live.amountFen },
            ],
          }
        : world.arrived;
    const answered = { ...world, live: without(world.live, payment), arrived };
    return {
      world: type === 'disbursement.failed' ? givingUp(answered, payment, disbursement) : answered,
      broken: live.disbursement === disbursement ? [] : unknown,
    };
  }
  if (type !== 'disbursement.returned') return well(world);
  const parts = world.arrived[payment] ?? [];
  const back = parts.find((part) => part.disbursement === disbursement);
  if (!back) return { world, broken: unknown };
  const rest = parts.filter((part) => part !== back);
  const returned = { ...world, arrived: rest.length > 0 ? { ...world.arrived, [payment]: rest } : without(world.arrived, payment) };
  const both = givingUp(returned, payment, disbursement);
  return well(lessWrittenOff(lessOpen(both, arrivedFen(world) - arrivedFen(both)), policy));
}

/** What was kept back before goes with the disbursement that pays the rest. */
function goingWith(world: World, payment: string, disbursement: string): World {
  const parts = world.arrived[payment];
  if (!parts?.some((part) => part.setOff && part.with === undefined)) return world;
  const tied = parts.map((part) => (part.setOff && part.with === undefined ? { ...part, with: disbursement } : part));
  return { ...world, arrived: { ...world.arrived, [payment]: tied } };
}

/** It falls with it, too: then the other case must hear that its debt is owed again. */
function givingUp(world: World, payment: string, disbursement: string): World {
  const parts = world.arrived[payment] ?? [];
  const gone = parts.filter((part) => part.setOff && part.with === disbursement);
  if (gone.length === 0) return world;
  const rest = parts.filter((part) => !gone.includes(part));
  const arrived = rest.length > 0 ? { ...world.arrived, [payment]: rest } : without(world.arrived, payment);
  return { ...world, arrived, toRestore: [...new Set([...world.toRestore, ...gone.map((part) => part.disbursement)])] };
}

/** The payment of the other case failed or came back. */
function afterRestored(world: World, id: string): Followed {
  const fen = world.setOffs[id];
  if (fen === undefined)
    return { world, broken: [breach('unknown-news', '恢复了并未抵扣的债务', 'a debt is restored that was not set off')] };
  return well(lessOpen({ ...world, recoveredFen: world.recoveredFen - fen, setOffs: without(world.setOffs, id) }, -fen));
}

/** Money that comes back by itself is no longer owed. */
const lessOpen = (world: World, fen: bigint): World =>
  world.recovery === null ? world : { ...world, recovery: { ...world.recovery, openFen: world.recovery.openFen - fen } };

/** Only an excess that still exists stays written off. */
function lessWrittenOff(world: World, policy: Policy): World {
  const entitled = entitledFen(world, policy);
  if (world.writtenOffFen === 0n || entitled === null) return world;
  const excess = arrivedFen(world) - world.recoveredFen - entitled;
  const stays = excess <= 0n ? 0n : excess;
  return stays < world.writtenOffFen ? { ...world, writtenOffFen: stays } : world;
}

/** What was forgiven and turns out to be earned is not forgiven any more. */
const lessForgiven = (world: World, policy: Policy): World =>
  isLost(world) ? world : { ...world, writtenOffFen: lessWrittenOff({ ...world, keptFen: null }, policy).writtenOffFen };

function afterRepayment(world: World, { type, data }: News): Followed {
  const fen = BigInt(String(data['amountFen']));
  const broken =
    world.recovery === null || fen > world.recovery.openFen
      ? [breach('unknown-news', `收到的退款或核销超过未还余额`, 'more was repaid or written off than is open')]
      : [];
  const paid =
    type === 'recovery.received'
      ? { recoveredFen: world.recoveredFen + fen }
      : {
          ...(type === 'recovery.setOff'
            ? { recoveredFen: world.recoveredFen + fen, setOffs: { ...world.setOffs, [String(data['setOff'])]: fen } }
            : { writtenOffFen: world.writtenOffFen + fen }),
          proposals: world.proposals.filter((proposal) => proposal.seq !== data['proposal']),
          corrected: world.corrected + 1,
        };
  return { world: lessOpen({ ...world, ...paid }, fen), broken };
}

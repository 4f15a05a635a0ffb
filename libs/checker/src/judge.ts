import { postingsFor, type Standing } from '@tranche/ledger';
import { type CaseContext, type Effect, movementBetween, refundId } from '@tranche/machines';
import { noticeAfter, type Policy } from '@tranche/policies';
import { textOf } from './parts.js';
import { type Breach, breach } from './rules.js';
import { arrivedFen, clocksStill, entitledFen, isLost, liveFen, outFen, shareFen, type World } from './world.js';

const yuan = (fen: bigint): string => `${fen / 100n}`;

/** The event of a step, and the payment it names. */
type Asked = { readonly type: string; readonly payment: string };

/** What a step did that no step may do, judged by what the world knew before. */
export function judgeStep(was: World, { plan }: Policy, effects: readonly Effect[], { type, payment }: Asked): readonly Breach[] {
  const asks = effects.some(({ kind }) => kind === 'requestDisbursement');
  const sends = type === 'disbursement.submitted';
  const broken: Breach[] = [];
  if ((asks || sends) && was.held)
    broken.push(breach('paid-while-held', `暂停期间 ${payment} 仍被申请或送出`, `${payment} is asked for or sent while the case is held`));
  if ((asks || sends) && isLost(was) && payment !== refundId)
    broken.push(
      breach('paid-after-loss', `未通过之后 ${payment} 仍被申请或送出`, `${payment} is asked for or sent after everything was lost`),
    );
  if ((asks || sends) && was.choice?.mode === 'before' && !was.marks['cleared'] && payment !== refundId)
    broken.push(
      breach(
        'paid-unannounced',
        `拨付前公示期满之前 ${payment} 已被申请或送出`,
        `${payment} is asked for or sent before the notice that it waits for is over`,
      ),
    );
  const advance = plan.advances.find(({ id }) => id === payment);
  if ((asks || sends) && advance?.opens.some((mark) => was.disproven.includes(mark) && !was.marks[mark]))
    broken.push(
      breach(
        'paid-unproven',
        `${payment} 的节点依据已不成立，仍被申请或送出`,
        `${payment} is asked for or sent although the proof of what opens it fell`,
      ),
    );
  const negative = effects.find((effect) => 'amountFen' in effect && effect.amountFen.startsWith('-'));
  if (negative)
    broken.push(breach('negative-sum', `效果 ${negative.kind} 的金额为负`, `the effect ${negative.kind} has a negative amount`));
  return broken;
}

/** What must be true of the world after every event. */
export function judgeWorld(world: World, policy: Policy): readonly Breach[] {
  const entitled = entitledFen(world, policy);
  return [
    ...judgeCommitment(world, policy, entitled),
    ...judgeRecovery(world, entitled),
    ...judgeRestored(world),
    ...judgeClosed(world, entitled),
    ...judgePublished(world, policy, entitled),
    ...judgeClocks(world),
  ];
}

function judgeCommitment(world: World, policy: Policy, entitled: bigint | null): readonly Breach[] {
  const share = shareFen(world, policy) ?? 0n;
  const out = outFen(world);
  // after a loss only a refund may still be asked for; anything else breaks a rule of its own
  const waiting = Object.entries(world.live).some(
    ([payment, { state }]) => state === 'requested' && (payment === refundId || !isLost(world)),
  );
  const limit = entitled ?? share;
  if (!waiting || out <= limit) return [];
  return [
    breach(
      'over-commitment',
      `已付与在途共 ${yuan(out)} 元，至多 ${yuan(limit)} 元`,
      `CNY ${yuan(out)} are out or promised, at most CNY ${yuan(limit)} may be`,
    ),
  ];
}

function judgeRecovery(world: World, entitled: bigint | null): readonly Breach[] {
  const quiet = liveFen(world) === 0n && Object.keys(world.live).length === 0;
  const excess = entitled !== null && quiet && outFen(world) > entitled ? outFen(world) - entitled : 0n;
  const open = world.recovery?.openFen ?? 0n;
  if (excess === open && excess > 0n === (world.recovery !== null)) return [];
  return [
    breach(
      'recovery-differs',
      `超付 ${yuan(excess)} 元，未结追回 ${yuan(open)} 元`,
      `the excess is CNY ${yuan(excess)}, the open recovery CNY ${yuan(open)}`,
    ),
  ];
}

function judgeRestored({ toRestore }: World): readonly Breach[] {
  if (toRestore.length === 0) return [];
  return [
    breach(
      'debt-not-restored',
      '付款失败或退票，其抵扣的债务未恢复',
      'a payment failed or came back, and the debt it was kept back for is not owed again',
    ),
  ];
}

function judgeClosed(world: World, entitled: bigint | null): readonly Breach[] {
  if (!world.closed || (outFen(world) === entitled && Object.keys(world.live).length === 0)) return [];
  const should = entitled === null ? '?' : yuan(entitled);
  return [
    breach(
      'settled-differs',
      `办结时净付 ${yuan(outFen(world))} 元，应得 ${should} 元`,
      `closed with CNY ${yuan(outFen(world))} out, CNY ${should} earned`,
    ),
  ];
}

/** What was paid is published before the case is done with; where nothing is earned there is nothing to publish. */
function judgePublished(world: World, policy: Policy, entitled: bigint | null): readonly Breach[] {
  const published = noticeAfter(policy.plan) !== undefined || world.choice?.mode === 'after';
  if (!world.closed || world.marks['published'] || !published || !entitled || isLost(world)) return [];
  return [breach('closed-unpublished', '尚未公示期满即已办结', 'the case is closed and its notice after payment is not over')];
}

function judgeClocks(world: World): readonly Breach[] {
  const running = Object.entries(world.clocks).filter(([, clock]) => clock.state === 'running');
  const early = world.marks['received'] ? undefined : running.find(([, clock]) => clock.statutory);
  const through = clocksStill(world) ? running.find(([key]) => key.startsWith('payment:')) : undefined;
  const broken: Breach[] = [];
  if (through)
    broken.push(
      breach(
        'clock-through-notice',
        `公示期间本应停止计算的时限 ${through[0]} 仍在运行`,
        `the deadline ${through[0]} runs on while a notice is posted for which it stands still`,
      ),
    );
  if (early)
    broken.push(
      breach(
        'deadline-too-early',
        `法定时限 ${early[0]} 在收到申请之前运行`,
        `the statutory deadline ${early[0]} runs before the application is received`,
      ),
    );
  if (world.closed && running[0])
    broken.push(
      breach('deadline-left', `案件已办结，时限 ${running[0][0]} 仍在运行`, `the case is closed and the deadline ${running[0][0]} runs on`),
    );
  return broken;
}

/** Keeps the books beside the world: every movement balances, and every standing says what the world was told. */
export class Books {
  private readonly booked = new Map<string, Sums | Breach>();
  constructor(private readonly policy: Policy) {}

  judge(before: CaseContext, after: CaseContext, was: World, world: World): readonly Breach[] {
    if (sameMoney(before, after) && sameNews(was, world)) return [];
    const key = `${moneyOf(before)} ${moneyOf(after)}`;
    const booked = this.booked.get(key) ?? this.book(before, after);
    this.booked.set(key, booked);
    return 'rule' in booked ? [booked] : judgeSumsTold(booked, world);
  }

  private book(before: CaseContext, after: CaseContext): Sums | Breach {
    try {
      const movement = movementBetween(this.policy, before, after);
      postingsFor(movement);
      return sumsOf(movement.after);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return breach('books-differ', `分录不成立：${why}`, `the movement cannot be booked: ${why}`);
    }
  }
}

/** All that the books read. */
const moneyOf = ({ payments, claims, recovered, writtenOffFen, entitledFen, recovery }: CaseContext): string =>
  `${textOf(payments)} ${claims && textOf(claims.granted)} ${textOf(recovered)} ${writtenOffFen} ${entitledFen} ${recovery.open}`;

/** Nothing that the books read was touched, and the world heard of no money. */
const sameMoney = (before: CaseContext, after: CaseContext): boolean =>
  before.payments === after.payments &&
  before.recovered === after.recovered &&
  before.writtenOffFen === after.writtenOffFen &&
  before.entitledFen === after.entitledFen &&
  before.recovery.open === after.recovery.open;

const sameNews = (was: World, now: World): boolean =>
  was.live === now.live && was.arrived === now.arrived && was.recoveredFen === now.recoveredFen && was.writtenOffFen === now.writtenOffFen;

type Sums = Readonly<Record<'promised' | 'sent' | 'arrived' | 'recovered' | 'writtenOff', bigint>>;

function sumsOf(standing: Standing): Sums {
  const of = (pick: (row: Standing['payments'][number]) => bigint): bigint =>
    standing.payments.reduce((total, row) => total + pick(row), 0n);
  return {
    promised: of((row) => row.pendingFen),
    sent: of((row) => row.sentFen),
    arrived: of((row) => row.paidFen),
    recovered: standing.recoveredFen,
    writtenOff: standing.writtenOffFen,
  };
}

function judgeSumsTold(books: Sums, world: World): readonly Breach[] {
  const waiting = (state: string): bigint =>
    Object.values(world.live).reduce((total, live) => total + (live.state === state ? live.amountFen : 0n), 0n);
  const sums: readonly (readonly [string, string, bigint, bigint])[] = [
    ['已申请', 'promised', books.promised, waiting('requested')],
    ['已送出', 'sent', books.sent, waiting('sent')],
    ['已到账', 'arrived', books.arrived, arrivedFen(world)],
    ['已收回', 'recovered', books.recovered, world.recoveredFen],
    ['已核销', 'written off', books.writtenOff, world.writtenOffFen],
  ];
  return sums.flatMap(([zh, en, book, told]) =>
    book === told
      ? []
      : [
          breach(
            'books-differ',
            `账面${zh} ${yuan(book)} 元，外界 ${yuan(told)} 元`,
            `${en}: CNY ${yuan(book)} in the books, CNY ${yuan(told)} in the world`,
          ),
        ],
  );
}

/** A sum below zero anywhere in what the case remembers. */
export function judgeSums(value: unknown, path = ''): readonly Breach[] {
  if (value === null || typeof value !== 'object') return [];
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && key.endsWith('Fen') && inner.startsWith('-'))
      return [breach('negative-sum', `${path}${key} 为 ${inner} 分`, `${path}${key} is ${inner} fen`)];
    const deeper = judgeSums(inner, `${path}${key}.`);
    if (deeper.length > 0) return deeper;
  }
  return [];
}

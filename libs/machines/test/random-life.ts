import fc from 'fast-check';
import { allowedEvents } from '../src/index.js';
import { allTypes, type Story, type World, yuan } from './story.js';

/** One random step: which type, how it is filled in, and whether it may be nonsense. */
export type Step = { readonly pick: number; readonly variant: number; readonly any: boolean; readonly world: World };

const amounts = [0, 1, 100_000, 150_000, 200_000, 225_000, 300_000].map(yuan);
const world = fc.record({
  estimate: fc.constantFrom(yuan(300_000), yuan(300_000), yuan(100_000), '1'),
  assessed: fc.constantFrom(...amounts, null),
  onFailure: fc.constantFrom('0', '0', '0', yuan(100_000), null),
  half: fc.constantFrom(true, true, true, false),
  eligible: fc.constantFrom(true, true, true, true, false, null),
});

export const steps = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      pick: fc.noBias(fc.nat(10_000)),
      variant: fc.noBias(fc.nat(10_000)),
      any: fc.noBias(fc.nat(19)).map((n) => n === 0),
      world,
    }),
    { minLength: maxLength, maxLength, size: 'max' },
  );

/** Beginnings, so that random lives also happen late in a case. */
export const beginnings: Readonly<Record<string, (story: Story) => Story>> = {
  fresh: (story) => story,
  begun: (story) => story.approve().hear('milestone.started'),
  'half way': (story) => story.approve().hear('milestone.started').pay('s1').hear('milestone.halfway').request('s2'),
  'sent at the end': (story) => beginnings['half way']?.(story).submit('s2').hear('milestone.ended') ?? story,
  assessed: (story) => ended(story).accept(yuan(270_000)),
  'assessed low': (story) => ended(story).accept(yuan(200_000)),
  paid: (story) => ended(story).accept(yuan(300_000)).pay('s3'),
  failed: (story) => ended(story).failTwice(),
  repaid: (story) =>
    ended(story)
      .failTwice()
      .hear('recovery.received', { amountFen: yuan(225_000), reference: 'r' }),
  noticed: (story) => {
    story.world = { assessed: yuan(300_000) };
    return ended(story).hear('acceptance.passed').hear('notice.posted').hear('objection.raised', { objection: 'o0', ground: 'g' });
  },
};
const ended = (story: Story): Story =>
  story.approve().hear('milestone.started').pay('s1').hear('milestone.halfway').pay('s2').hear('milestone.ended');

/** Lives one step; true when the case accepted it. */
export function live(story: Story, step: Step): boolean {
  const allowed = allowedEvents(story.machine, story.snapshot).filter((type) => !rare.has(type) || step.variant % 7 === 0);
  const types = step.any || allowed.length === 0 ? allTypes : allowed;
  const type = types[step.pick % types.length] ?? '';
  const filled = fill(story, type, step.variant);
  const by = filled.by ?? `person-${step.variant % 3}`;
  return story.tell(type, filled.data, { by, world: step.world }).ok;
}

/** Ends that would cut most lives short. */
const rare = new Set([
  'application.withdrawn',
  'application.rejected',
  'application.returned',
  'delivery.aborted',
  'delivery.interrupted',
  'case.held',
  'correction.dismissed',
  'roster.imported',
  'facts.recorded',
  'attendance.imported',
]);

export type Filled = { readonly data: Record<string, unknown>; readonly by?: string };

export function fill(story: Story, type: string, variant: number): Filled {
  const one = <T>(list: readonly T[]): T | undefined => list[variant % Math.max(list.length, 1)];
  const payments = story.snapshot.context['payments'] as Readonly<
    Record<string, { readonly disbursement: string | null; readonly settled: readonly { readonly disbursement: string }[] }>
  >;
  const { view } = story;
  const payment = one(Object.keys(payments).filter((id) => variant % 5 === 0 || wanted(type, story, id))) ?? 's1';
  const disbursement = variant % 11 === 0 ? 'wrong' : (payments[payment]?.disbursement ?? null);
  const outstanding = view.recovery?.outstandingFen ?? '0';
  const part = one([outstanding, '1', String(BigInt(outstanding) / 2n), String(BigInt(outstanding) + 1n)]) ?? '0';
  const proposals = view.proposals.filter((proposal) => proposal.type === type);
  const proposal = one(proposals)?.proposal ?? one(view.proposals)?.proposal ?? 1;
  const proposed = story.events.find((event) => event.seq === proposal)?.data['correction'] as
    | { data?: Record<string, unknown> }
    | undefined;
  switch (type) {
    case 'payment.requested':
      return { data: { payment, fund: one(['fund-a', 'fund-b']) } };
    case 'disbursement.submitted':
      return { data: { payment, disbursement: `${payment}#${story.events.length}` } };
    case 'disbursement.settled':
      return { data: { payment, disbursement, paidOn: story.day } };
    case 'disbursement.returned': {
      const arrived = one(payments[payment]?.settled ?? [])?.disbursement ?? disbursement;
      return { data: { payment, disbursement: arrived, reason: 'r', returnedOn: story.day } };
    }
    case 'disbursement.failed':
      return { data: { payment, disbursement, reason: 'r', returnedOn: story.day } };
    case 'deadline.passed':
      return { data: { key: one([...Object.keys(view.clocks), ...(variant % 9 === 0 ? ['notice:99'] : [])]) ?? 'payment:s1' } };
    case 'objection.raised':
      return { data: { objection: `o${variant % 4}`, ground: 'g' } };
    case 'objection.rejected':
    case 'objection.upheld':
      return { data: { objection: one(view.objections) ?? 'o1', decision: 'd', consequence: variant % 3 === 0 ? 'failed' : 'recompute' } };
    case 'recovery.received':
      return { data: { amountFen: part, reference: 'r' } };
    case 'recovery.demanded':
      return { data: { amountFen: variant % 7 === 0 ? part : (view.recovery?.outstandingFen ?? part) } };
    case 'correction.proposed':
      return { data: { correction: one(corrections(part, view.recovery?.outstandingFen ?? part)) } };
    case 'correction.dismissed':
      return { data: { proposal } };
    case 'decision.rescinded':
    case 'fact.corrected':
    case 'notice.withdrawn':
    case 'recovery.writtenOff':
    case 'recovery.instalmentsAgreed':
      return { data: { ...proposed?.data, proposal, ...(variant % 13 === 0 ? { extra: 1 } : {}) }, by: `person-${(variant >> 3) % 3}` };
    default:
      return { data: {} };
  }
}

const corrections = (amountFen: string, owedFen: string) => [
  { type: 'decision.rescinded', data: { decision: 'approval' } },
  { type: 'decision.rescinded', data: { decision: 'acceptance' } },
  { type: 'fact.corrected', data: { facts: {} } },
  { type: 'notice.withdrawn', data: {} },
  { type: 'recovery.writtenOff', data: { amountFen } },
  { type: 'recovery.instalmentsAgreed', data: { instalments: halves(BigInt(owedFen)) } },
];

const halves = (fen: bigint) =>
  [
    { dueOn: '2998-12-31', amountFen: String(fen / 2n) },
    { dueOn: '2999-12-31', amountFen: String(fen - fen / 2n) },
  ].filter(({ amountFen }) => amountFen !== '0');

const statesFor: Readonly<Record<string, string>> = {
  'payment.requested': 'due',
  'disbursement.submitted': 'requested',
  'disbursement.settled': 'sent',
  'disbursement.failed': 'sent',
  'disbursement.returned': 'paid',
};
const wanted = (type: string, story: Story, id: string): boolean =>
  (story.snapshot.value as Record<string, string>)[id] === statesFor[type];

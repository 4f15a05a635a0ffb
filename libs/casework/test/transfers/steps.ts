import type { RailKind } from '@tranche/bank';
import fc from 'fast-check';

/** What one worker does in one go. */
export type Work = 'run' | 'ask' | 'read';

/** Which of the two has a file first, the bank or our books; or only one of them, until a courier or the cashier makes up for it. */
export type Order = 'bank-first' | 'books-first' | 'bank-only' | 'books-only';

/** What people do with files and papers; the process they do it in is cut off before its so-manieth step. */
export type PaperWork = {
  readonly do: 'files';
  readonly work:
    | { readonly kind: 'prepare' | 'courier' | 'statement' | 'release' | 'resume' }
    | { readonly kind: 'hand-over'; readonly order: Order }
    | { readonly kind: 'withdraw'; readonly nth: number }
    | { readonly kind: 'status'; readonly version: string };
  readonly diesAt: number | null;
};

/** Something that happens to transfers, their workers or their bank. */
export type Step =
  /** a worker runs its outbox, asks about transfers or reads the feed; cut off before its so-manieth step; another does `meanwhile` before it hears the first answer */
  | { readonly do: Work; readonly diesAt: number | null; readonly meanwhile: Work | null }
  /** the maker collects what waits, and it is signed */
  | { readonly do: 'sign'; readonly rail: RailKind }
  | PaperWork
  /** another day begins, for the office and for the bank */
  | { readonly do: 'next-day' }
  /** three days without a word about the files handed over */
  | { readonly do: 'silence' }
  /** leases and pauses run out, pending payments come due at the bank */
  | { readonly do: 'wait' }
  | { readonly do: 'fault'; readonly kind: string; readonly on?: 'inquiry' }
  /** what is sent next reaches the bank only later */
  | { readonly do: 'delay' }
  | { readonly do: 'deliver' }
  /** the bank gives a settled payment back */
  | { readonly do: 'return'; readonly nth: number }
  | { readonly do: 'restart-bank' }
  /** the feed is read once more from its beginning, or its next page backwards */
  | { readonly do: 'rewind' }
  | { readonly do: 'backwards' }
  /** a notification of what was booked today (camt.054) is brought in */
  | { readonly do: 'notice' }
  | { readonly do: 'hold' | 'release' | 'halfway'; readonly nth: number }
  | { readonly do: 'new-account' };

const faultKinds = [
  'accept-then-drop-connection',
  'drop-before-booking',
  '5xx-before-booking',
  '5xx-after-booking',
  'reject',
  'account-closed',
  'pending-then-settle',
  'pending-then-reject',
  'return',
  'duplicate-answer',
  'no-news',
  'wrong-amount-answer',
  'wrong-reference-answer',
  'garbage-answer',
  'crash-mid-booking',
  'crash-after-booking',
];

const paperFaults = ['stale-status', 'twice-in-file', 'bom', 'crlf'];

const one = <K extends Step['do']>(kind: K) => fc.constant({ do: kind } as Extract<Step, { do: K }>);
const nth = fc.nat({ max: 5 });
const work = fc.constantFrom<Work>('run', 'ask', 'read');

const diesAt = fc.option(fc.integer({ min: 1, max: 16 }), { freq: 2 });
const rail = fc.constantFrom<RailKind>('http', 'file', 'csv');

const paperWork: fc.Arbitrary<PaperWork['work']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'prepare' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('hand-over' as const),
      order: fc.constantFrom<Order>('bank-first', 'books-first', 'bank-only', 'books-only'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('status' as const), version: fc.constantFrom('pain.002.001.10', 'pain.002.001.03') }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('statement' as const, 'courier' as const, 'release' as const, 'resume' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), nth }) },
);

const ofHttp: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom<Work>('run', 'run', 'ask', 'read'),
      diesAt,
      meanwhile: fc.option(work, { freq: 3 }),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ do: 'sign' as const, rail: 'http' as const }) },
  { weight: 4, arbitrary: one('wait') },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fault' as const), kind: fc.constantFrom(...faultKinds) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      kind: fc.constantFrom('accept-then-drop-connection', '5xx-before-booking', 'garbage-answer', 'wrong-amount-answer'),
      on: fc.constant('inquiry' as const),
    }),
  },
  { weight: 2, arbitrary: one('delay') },
  { weight: 1, arbitrary: one('deliver') },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), nth }) },
  { weight: 1, arbitrary: one('restart-bank') },
  { weight: 1, arbitrary: one('rewind') },
  { weight: 1, arbitrary: one('backwards') },
  { weight: 1, arbitrary: one('notice') },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('hold' as const, 'release' as const, 'halfway' as const), nth }) },
  { weight: 1, arbitrary: one('new-account') },
);

/** Stories of files have what happens over HTTP too: payments of both kinds meet in one case and one account. */
const ofFiles: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('files' as const), work: paperWork, diesAt }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sign' as const), rail }) },
  { weight: 1, arbitrary: one('next-day') },
  { weight: 1, arbitrary: one('silence') },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fault' as const), kind: fc.constantFrom(...paperFaults) }) },
  { weight: 6, arbitrary: ofHttp },
);

const paper = (work: PaperWork['work']): Step => ({ do: 'files', work, diesAt: null });
const asked: Step = { do: 'ask', diesAt: null, meanwhile: null };

/** What takes several people and days, and chance alone would hardly ever put in order; anything may happen before and after. */
export const ways = {
  lostAndReleased: [
    paper({ kind: 'prepare' }),
    paper({ kind: 'hand-over', order: 'books-only' }),
    { do: 'silence' },
    asked,
    { do: 'next-day' },
    paper({ kind: 'statement' }),
    paper({ kind: 'release' }),
  ],
  withdrawn: [paper({ kind: 'prepare' }), paper({ kind: 'withdraw', nth: 0 })],
  answeredBeforeItIsRecorded: [
    paper({ kind: 'prepare' }),
    paper({ kind: 'hand-over', order: 'bank-only' }),
    paper({ kind: 'status', version: 'pain.002.001.10' }),
    { do: 'next-day' },
    paper({ kind: 'statement' }),
    paper({ kind: 'hand-over', order: 'books-only' }),
  ],
} as const satisfies Record<string, readonly Step[]>;

/** A way as it is, or left somewhere in its middle. */
const way: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.constantFrom<readonly Step[]>(...Object.values(ways)), fc.option(fc.nat({ max: 6 }), { freq: 2 }))
  .map(([steps, until]) => steps.slice(0, until ?? steps.length));

/** A story of transfers: how many trainees each of a few classes has, and what happens to their payments. */
export type Story = { readonly classes: readonly number[]; readonly steps: readonly Step[] };

const begun = (first: RailKind, rest: readonly Step[]): readonly Step[] => [
  { do: 'run', diesAt: null, meanwhile: null },
  { do: 'sign', rail: first },
  ...rest,
];
const classes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });

export const httpStories: fc.Arbitrary<Story> = fc.record({
  classes,
  steps: fc.array(ofHttp, { minLength: 4, maxLength: 24 }).map((rest) => begun('http', rest)),
});

export const fileStories: fc.Arbitrary<Story> = fc.record({
  classes,
  steps: fc
    .tuple(
      fc.constantFrom<RailKind>('file', 'csv'),
      fc.array(fc.oneof({ weight: 6, arbitrary: ofFiles.map((one) => [one]) }, { weight: 1, arbitrary: way }), {
        minLength: 4,
        maxLength: 20,
      }),
    )
    .map(([first, rest]) => begun(first, rest.flat())),
});

import fc from 'fast-check';

/** What one worker does in one go. */
export type Work = 'run' | 'ask' | 'read';

/** Something that happens to transfers, their workers or their bank. */
export type Step =
  /** a worker runs its outbox, asks about transfers or reads the feed; cut off before its so-manieth step; another does `meanwhile` before it hears the first answer */
  | { readonly do: Work; readonly diesAt: number | null; readonly meanwhile: Work | null }
  /** the maker collects what waits, and it is signed */
  | { readonly do: 'sign' }
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

const one = <K extends Step['do']>(kind: K) => fc.constant({ do: kind } as Extract<Step, { do: K }>);
const nth = fc.nat({ max: 5 });
const work = fc.constantFrom<Work>('run', 'ask', 'read');

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom<Work>('run', 'run', 'ask', 'read'),
      diesAt: fc.option(fc.integer({ min: 1, max: 16 }), { freq: 2 }),
      meanwhile: fc.option(work, { freq: 3 }),
    }),
  },
  { weight: 5, arbitrary: one('sign') },
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

/** A story of transfers: how many trainees each of a few classes has, and what happens to their payments. */
export type Story = { readonly classes: readonly number[]; readonly steps: readonly Step[] };

export const stories: fc.Arbitrary<Story> = fc.record({
  classes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
  steps: fc
    .array(step, { minLength: 4, maxLength: 24 })
    .map((rest): readonly Step[] => [{ do: 'run', diesAt: null, meanwhile: null }, { do: 'sign' }, ...rest]),
});

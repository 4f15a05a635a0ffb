import type { Step, Story, Work } from './steps.js';

const work = (what: Work, more: { readonly diesAt?: number; readonly meanwhile?: Work } = {}): Step => ({
  do: what,
  diesAt: more.diesAt ?? null,
  meanwhile: more.meanwhile ?? null,
});
const signed = [work('run'), { do: 'sign' }] as const;

/** Stories that are played in every run: those that once failed, and those that a bank payment system is known to fail by. */
export const remembered: readonly (Story & { readonly title: string })[] = [
  {
    title: 'a request overtaken by the inquiry about it reaches the bank after it was sent again',
    classes: [3],
    steps: [...signed, { do: 'delay' }, work('run'), { do: 'wait' }, work('ask'), { do: 'deliver' }, work('read')],
  },
  {
    title: 'a worker dies with the answers in its hands, and the money comes back before anybody asks',
    classes: [2, 5],
    steps: [...signed, { do: 'fault', kind: 'return' }, work('run', { diesAt: 14 }), { do: 'wait' }, { do: 'backwards' }, work('read')],
  },
  {
    title: 'the answer is read, and recorded only after another worker has heard of the return',
    classes: [4],
    steps: [
      ...signed,
      { do: 'fault', kind: 'pending-then-settle' },
      work('run'),
      { do: 'wait' },
      work('ask', { meanwhile: 'read' }),
      { do: 'return', nth: 0 },
      work('ask', { meanwhile: 'read' }),
    ],
  },
  {
    title: 'the bank dies in the middle of a booking, and starts again with half a line in its book',
    classes: [1, 1],
    steps: [...signed, { do: 'fault', kind: 'crash-mid-booking' }, work('run'), { do: 'restart-bank' }, { do: 'wait' }, work('ask')],
  },
];

import { type Step, type Story, type Work, ways } from './steps.js';

const work = (what: Work, more: { readonly diesAt?: number; readonly meanwhile?: Work } = {}): Step => ({
  do: what,
  diesAt: more.diesAt ?? null,
  meanwhile: more.meanwhile ?? null,
});
const signed = [work('run'), { do: 'sign', rail: 'http' }] as const;

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

const fileSigned = (rail: 'file' | 'csv') => [work('run'), { do: 'sign', rail }] as const;

/** The same of files; `shows`: what is found more of afterwards, so that the story was told indeed. */
export const inFiles: readonly (Story & { readonly title: string; readonly shows: string })[] = [
  {
    title: 'the bank says that it has received a file before the cashier says that it was brought there',
    shows: "SELECT FROM bank_statuses WHERE meaning = 'received'",
    classes: [1],
    steps: [...fileSigned('file'), { do: 'fault', kind: 'stale-status' }, ...ways.answeredBeforeItIsRecorded],
  },
  {
    title: 'a file is lost on its way, and two people release its lines once the day is closed without them',
    shows: "SELECT FROM transfer_releases WHERE state = 'confirmed'",
    classes: [2],
    steps: [...fileSigned('file'), ...ways.lostAndReleased],
  },
  {
    title: 'a list is written and never leaves, and two people withdraw it',
    shows: "SELECT FROM bank_file_withdrawals WHERE state = 'confirmed'",
    classes: [3, 4],
    steps: [...fileSigned('csv'), ...ways.withdrawn],
  },
  {
    title: 'a file is answered and on the statement before the cashier says that the bank has it, and comes back',
    shows: "SELECT FROM matches WHERE kind = 'returned'",
    classes: [5],
    steps: [...fileSigned('file'), { do: 'fault', kind: 'return' }, ...ways.answeredBeforeItIsRecorded],
  },
  {
    title: 'a withdrawal is proposed, and whoever should decide it is cut off before',
    shows: "SELECT FROM bank_file_withdrawals WHERE state = 'confirmed'",
    classes: [1],
    steps: [
      ...fileSigned('file'),
      { do: 'files', work: { kind: 'prepare' }, diesAt: null },
      { do: 'files', work: { kind: 'withdraw', nth: 0 }, diesAt: 2 },
    ],
  },
];

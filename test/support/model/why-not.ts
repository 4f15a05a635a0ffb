import { hasRoster } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import type { ArrowName } from './arrow-names.js';
import type { Cast } from './moves.js';

type Reason = { readonly reason: string; readonly holds: (arrow: ArrowName, cast: Cast) => boolean };

const why =
  (pattern: RegExp) =>
  ({ arrow }: ArrowName) =>
    pattern.test(arrow.why.en);
const afterPaid = why(/^(More is owed than was paid|An earlier part of it was returned)/);
const fixedByList = ({ otherFacts, policy }: Cast): boolean => Object.keys(otherFacts).length === 0 && !hasRoster(policy);

/** Reasons that hold of a kind of arrow in a kind of case; what makes a case one of them is looked up, not assumed. */
const reasons: readonly Reason[] = [
  { reason: 'a safeguard: it mends what a sound plan never does', holds: ({ arrow }) => arrow.safeguard === true },
  {
    reason:
      'the notice is left to the place, which by default does not publish before payment: table tests and a life over HTTP go that way',
    holds: ({ region, arrow }, { policy }) =>
      policy.plan.notice?.when === 'chosen' &&
      (region === 'clearance' || /objection to the notice|withdraws the notice/.test(arrow.why.en)),
  },
  {
    reason: 'no bank is asked: what is booked neither fails nor comes back',
    holds: ({ event }, { policy }) => policy.means === 'allocation' && /^disbursement\.(failed|returned)$/.test(event),
  },
  {
    reason: 'the amount follows from a list of people, which a correction in these paths does not say anew',
    holds: (arrow, { policy, ...cast }) => fixedByList({ policy, ...cast }) && (afterPaid(arrow) || why(/^Nothing is left to pay/)(arrow)),
  },
  {
    reason: 'a class is paid more only after a second inspection that finds more people, many moves after everything was paid',
    holds: (arrow, { policy }) => hasRoster(policy) && afterPaid(arrow),
  },
];

/** Single arrows that no path takes, by policy, each with its own reason; one that is walked after all must leave this list. */
export const notWalked: Readonly<Record<Policy['id'], Readonly<Record<string, string>>>> = {
  'one-off-hiring-subsidy': {
    'delivery: pending --milestone.resumed--> resumed':
      'the people hired have no contributions paid in this example, which the milestone requires and only a new list of them says',
  },
  'flexible-employment-si-subsidy': {
    'insurance: open --term.extended--> open': 'one claim for every month of the term comes first, dozens of them',
    'insurance: open --always--> ended': 'one claim for every month of the term, dozens of them',
  },
  'job-stabilisation-refund': {
    'payment: cancelled --always--> locked':
      'needs facts under which nothing is payable and the case goes on: the other facts of this example only make it less',
  },
  'startup-venue-subsidy': {
    'balance: paid --always--> locked':
      'the balance comes after the last month of operation, many claims later; more than it is owed only after that',
    'balance: * --disbursement.returned--> *': 'the balance comes after the last month of operation, and a supplement to it later still',
    'rent: open --always--> ended': 'one claim for every month of the term, two dozen of them',
    'rent: ended --decision.rescinded--> open': 'the term is used up only after two dozen claims',
  },
  'ui-adjustment-fund-support': {
    'allocation: cancelled --always--> locked':
      'needs facts under which nothing is payable and the case goes on: the other facts of this example only make it less',
  },
  'training-subsidy-staged': {
    'delivery: started --attendance.imported--> started':
      'the class is so short that one session is half of it: the other answer to attendance is walked',
    'delivery: halfway --attendance.imported--> halfway':
      'every list of these paths proves the half: a list that proves less is told over HTTP where the explanation is tested',
    'delivery: halfway --attendance.imported--> started':
      'every list of these paths proves the half: a list that proves less is told over HTTP where the explanation is tested',
    'delivery: halfway --always--> started':
      'every list of these paths proves the half: what was sent and fails after a list that proves less is in the tables of the fallen proof',
    'delivery: ended --attendance.imported--> ended':
      'every list of these paths proves the half: a list that proves less is told over HTTP where the explanation is tested',
    'delivery: accepted --notice.posted--> objected':
      'a notice with an objection is withdrawn and posted again: the search finds it after more situations than it looks at',
    's3: due --always--> locked': 'the house requests a payment as soon as it is due, so a mark would have to go in the same moment',
  },
};

/** The name under which `notWalked` tells of an arrow. */
export const placeOf = ({ region, from, event, to }: ArrowName): string => `${region}: ${from} --${event}--> ${to}`;

/** Why an arrow was not walked from outside; null where nobody knows. */
export const whyNot = (arrow: ArrowName, cast: Cast): string | null =>
  reasons.find(({ holds }) => holds(arrow, cast))?.reason ?? notWalked[cast.policy.id]?.[placeOf(arrow)] ?? null;

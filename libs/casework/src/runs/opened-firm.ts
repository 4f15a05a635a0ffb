import { formatInstant } from '@tranche/calendar';
import type { Actor, ListedLine } from '@tranche/database';
import { type Advance, advance, openCase as openMachine } from '@tranche/machines';
import type { Facts, Stamp, Terms } from '@tranche/policies';
import { termsSha256 } from '../audit/identity.js';
import type { CasePolicy } from '../case-policies.js';
import { putTaken, takenBy } from '../exclusions.js';
import { hearEvent, type Opened, openedCase, openingEvent, putOpenedCase, type SeqEvent } from '../opened-case.js';
import { payeeTokenOf } from '../payee.js';
import type { Scene, Work } from '../work.js';
import { type Judgement, stampOfFirm, withFirm } from './judgements.js';

/** Who did what on a list, and on which day: as its rows say. */
export type ListStory = {
  readonly screenedBy: string;
  readonly screenedOn: string;
  readonly reviewedBy: string;
  readonly reviewedOn: string;
  readonly approvedBy: string;
  readonly approvedOn: string;
  /** legal clock at the approval, epoch milliseconds */
  readonly approvedAtMs: number;
};

/** A firm of the list and what its case needs. */
export type FirmCase = {
  readonly line: ListedLine;
  readonly caseId: string;
  readonly caseNo: string;
  readonly organisationId: string;
  readonly payeeAccountId: string;
  readonly facts: Facts;
  readonly judgement: Judgement;
  readonly terms: Terms;
};

/** What the machine makes of the steps of one judgement: the same for all firms that are judged alike. */
export type Walk = { readonly opened: Opened; readonly advances: readonly Advance[] };

const person = (userId: string, role: Actor['role']): Actor => ({ userId, role, organisationId: null, district: null });

/** The steps of a run after the opening, as they were taken: by whom, when. */
function stepsOf(story: ListStory, { accountBy, accountRole, accountOn }: ListedLine): { type: string; on: string; actor: Actor }[] {
  const officer = person(story.screenedBy, 'officer');
  return [
    { type: 'application.screened', on: story.screenedOn, actor: officer },
    {
      type: 'application.confirmed',
      on: accountOn ?? story.screenedOn,
      actor: accountBy === null ? officer : person(accountBy, accountRole as Actor['role']),
    },
    { type: 'application.reviewed', on: story.reviewedOn, actor: person(story.reviewedBy, 'reviewer') },
    { type: 'application.approved', on: story.approvedOn, actor: person(story.approvedBy, 'approver') },
  ];
}

/**
 * The case of one firm from its opening to its approval: pure. The same machine, events, seals, duties and effects as a case that went
 * there step by step. `walks` remembers what the machine makes of equal stories.
 */
export function openedFirm(
  casePolicy: CasePolicy,
  story: ListStory,
  firm: FirmCase,
  scene: Omit<Scene, 'event'>,
  walks: WeakMap<Judgement, Map<string, Walk>>,
): Work {
  const { line, terms, judgement } = firm;
  const token = payeeTokenOf(line.uscc);
  const stamp = stampOfFirm(judgement.stamp, token);
  const birth = {
    id: firm.caseId,
    caseNo: firm.caseNo,
    organisationId: firm.organisationId,
    district: line.district,
    payeeAccountId: firm.payeeAccountId,
    terms,
    facts: withFirm(casePolicy.policy, firm.facts, token),
    on: story.screenedOn,
    atMs: story.approvedAtMs,
  };
  const opener = person(story.screenedBy, 'officer');
  const first = openingEvent(casePolicy, birth, opener.userId, stamp);
  const steps = stepsOf(story, line);
  const told = steps.map(({ type, on, actor }, index) => eventOf(type, on, actor, index + 2, stamp, story));
  const walk = walkOf(casePolicy, terms, judgement, walks, first, told);
  const work = openedCase(casePolicy, birth, first, { actor: opener, cause: 'import' }, scene, walk.opened);
  for (const [index, event] of told.entries()) {
    const { actor, type } = steps[index]!;
    const duty = casePolicy.types.get(type)?.duty;
    hearEvent(work, { actor, cause: 'import' }, { event, duty, advance: walk.advances[index]! }, scene);
  }
  const taken = takenBy(told.at(-1) ?? first);
  if (taken) putTaken(work, taken, scene.newId);
  putOpenedCase(work, termsSha256(terms), scene.recordedAt);
  // nothing of it stood before: there is no task to close and no claim to revive
  delete work.changes.closeTasks;
  delete work.changes.reviveClaims;
  delete work.changes.reviveKeys;
  return work;
}

const eventOf = (type: string, on: string, actor: Actor, seq: number, stamp: Stamp, { approvedAtMs }: ListStory): SeqEvent => ({
  seq,
  type,
  at: formatInstant(approvedAtMs),
  on,
  actor: actor.userId,
  data: {},
  stamp,
});

function walkOf(
  { machine }: CasePolicy,
  terms: Terms,
  judgement: Judgement,
  walks: WeakMap<Judgement, Map<string, Walk>>,
  first: SeqEvent,
  told: readonly SeqEvent[],
): Walk {
  const ofJudgement = walks.get(judgement) ?? new Map<string, Walk>();
  walks.set(judgement, ofJudgement);
  const days = told.map(({ on }) => on).join();
  const known = ofJudgement.get(days);
  if (known) return known;
  const opened = openMachine(machine, { terms, event: first });
  const advances: Advance[] = [];
  for (const event of told) {
    const next = advance(machine, (advances.at(-1) ?? opened).snapshot, event);
    if (!next.ok) throw new Error(`a listed case refuses ${event.type} in ${next.state}: ${JSON.stringify(next.unmet)}`);
    advances.push(next);
  }
  // only where the case stands in the end is written: what it passed through on the way is not kept
  const { snapshot } = advances.at(-1) ?? opened;
  const walk = { opened: { ...opened, snapshot }, advances: advances.map((each) => ({ ...each, snapshot })) };
  ofJudgement.set(days, walk);
  return walk;
}

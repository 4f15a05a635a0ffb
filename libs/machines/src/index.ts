export * from './advance.js';
export { allowedEvents } from './allowed-events.js';
export { arrowMap, type Way } from './arrow-map.js';
export { type ArrowRow, ground, type RegionRows, regionRows } from './arrow-rows.js';
export { type CaseMachine, caseMachine, machineHash, type Variation } from './case-machine.js';
export {
  branchNames,
  type CaseContext,
  type ClockPause,
  claimOf,
  claimPaymentId,
  type Heard,
  type PaymentContext,
  type Proposal,
  refundId,
} from './context.js';
export { diagram } from './diagram.js';
export type { Doubt } from './doubts.js';
export * from './effects.js';
export { applicantsOf, chainOf, handsIn, hasRoster } from './entries.js';
export { dataSchemas } from './event-data.js';
export { eventTypes } from './event-types.js';
export * from './events.js';
export { fieldIssues, issueWords, patternWords } from './issue-words.js';
export { movementBetween } from './movement.js';
export { type NoticeStanding, noticeStanding } from './notice-standing.js';
export { picture } from './picture.js';
export { type DemandTerms, demandTerms } from './recovery-parts.js';
export type { Arrow, Condition, Deed, Region, RegionState, Rules } from './region.js';
export { correctingTypes, correctionHash } from './regions/corrections.js';
export { permitsSetOff } from './regions/set-off.js';
export { type Decision, decisions, rescindable, voidingIds } from './rescindable.js';
export { type SetOffRoom, setOffRoom } from './set-off-room.js';
export { stateOf } from './snapshot.js';
export { advance, advanceByXState, openCase, replay } from './step.js';
export { type TransitionRow, tableText, transitionTable } from './table.js';
export * from './transfer.js';
export { type CaseView, caseView, headline, marksOf, milestonesInDoubt, type TrancheState, type TrancheView, tranchesOf } from './view.js';
export { waitsFor } from './waits-for.js';
export { type Walked, walk } from './walk.js';

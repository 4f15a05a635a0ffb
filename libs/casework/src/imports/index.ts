export * from './attendance.js';
export type { Cell, SheetRow } from './cells.js';
export { loadEnrolled, loadSessions } from './class-store.js';
export { type EvidenceFile, type EvidenceKind, storeEvidence } from './evidence-store.js';
export { countHeads, type HeadCount } from './head-count.js';
export { canonicalLevel } from './levels.js';
export { defaultLimits, type ReadLimits } from './limits.js';
export { storeAttendance, storeResults } from './list-stores.js';
export type { ListColumns } from './people-list.js';
export * from './prepare.js';
export { type ListContext, prepareList } from './prepare-list.js';
export { type ReadOptions, readRows } from './read-rows.js';
export type { FileCode, FileRefusal, ImportRefusal, ImportReport, RowCode, RowProblem } from './refusals.js';
export * from './results.js';
export * from './roster.js';
export {
  type ClaimScope,
  claimPeople,
  findConflicts,
  isExclusionRace,
  releaseClaims,
  type SealedTrainee,
  storeRoster,
} from './roster-store.js';
export { readTable } from './table.js';
export type { CasePlace, Tx } from './tx.js';

export * from './advance-runs.js';
export * from './begin-run.js';
export * from './decide-list.js';
export * from './firm-choices.js';
export type { Account, Reason } from './judge-line.js';
export * from './preview.js';
export * from './reasons.js';
export { type Run, readRun, readRuns } from './run-row.js';
export * from './stop-run.js';

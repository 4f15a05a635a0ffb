export { confirmMigration, type Migration, proposeMigration } from './agree.js';
export { type MovedCase, migratedLabel, moveCases } from './apply.js';
export type { Difference } from './compare.js';
export { type CasePlan, type MovingCase, planCase } from './plan-case.js';
export { type Report, type ReportHeader, type ReportLine, readMigrationReport, writeMigrationReport } from './report.js';

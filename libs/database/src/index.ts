export { type Actor, settingActor, systemActor } from './actor.js';
export { type AuditReader, type AuditRunRecord, openAuditReader } from './audit-reader.js';
export { type BackupDone, backupDatabase } from './backup/backup.js';
export { checkBackup, type RestoreDone, restoreDatabase } from './backup/restore.js';
export * from './calendar-store.js';
export * from './case-store.js';
export { keepTerms, termsByHash } from './case-terms.js';
export * from './change-set.js';
export { columnArrays, rowColumns, unnested } from './column-arrays.js';
export { columnTypes } from './column-types.js';
export { type Database, type HotPool, type OpenDatabase, openDatabase, type Sql, type Tx } from './connection.js';
export { type Embedded, type EmbeddedOptions, embeddedStatus, embeddedUrls, startEmbedded, stopEmbedded } from './embedded/index.js';
export { keptJson } from './kept-json.js';
export { migrate, prepareDatabase } from './migrate.js';
export * from './opening-store.js';
export { type OpenQueuePool, openQueuePool, type QueuePool } from './queue-pool.js';
export {
  appRole,
  assertAppRole,
  auditorRole,
  databaseUrl,
  ensureDatabase,
  ensureRoles,
  ownerRole,
  type RolePasswords,
  withClient,
} from './roles.js';
export * from './run-store.js';
export { type StartRefusal, StartRefused } from './start-refused.js';
export { isUnreachable } from './unreachable.js';

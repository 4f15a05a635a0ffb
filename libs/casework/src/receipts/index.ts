export { agedBefore, agedDay, alarmAgeing } from './ageing.js';
export { alarmCrossedFunds } from './crossed-funds.js';
export * from './decide-file.js';
export { carryOn, importReceipt, type ReceiptImported, resumeImports } from './import-file.js';
export * from './line-proposals.js';
export {
  type FileState,
  listReceivedFiles,
  type ReceiptReport,
  type ReceivedFile,
  readReceivedFile,
  type Upload as ReceiptUpload,
} from './received-file.js';
export * from './reconcile.js';
export * from './releases.js';
export { rematchLines } from './rematch-lines.js';
export * from './statement-lines.js';
export * from './work-items.js';

import { AuditRun, CheckpointRow, MachineMigration } from './audit.js';
import { Case, CaseDuty, CaseEvent, CaseFacts, CaseTerms, Command } from './cases.js';
import { Account, AccountBalance, Appropriation, Entry, Fund, FundClosing, LedgerProofRow, Posting } from './ledger.js';
import { Citizen, Organisation, OrganisationChange, OtpRecoveryCode, OtpSecret, OtpUse, PayeeAccount, Session, User } from './parties.js';
import {
  Attempt,
  BankFeed,
  BankFile,
  Batch,
  BatchApproval,
  Disbursement,
  Recovery,
  RecoveryReceipt,
  SetOff,
  Transfer,
} from './payments.js';
import { Deadline, Hold, Notice, Objection, ObjectionContactRow, Task } from './proceedings.js';
import {
  BankFileDelivery,
  BankFileLine,
  BankFilePart,
  BankFileWithdrawal,
  BatchExecutionDay,
  PayeeAccountDoubt,
  RailProfileRow,
} from './rails.js';
import {
  BankStatus,
  LineProposal,
  Match,
  ReceiptWorkItem,
  ReceivedFile,
  ReceivedFilePart,
  Reconciliation,
  Statement,
  StatementLine,
  SuspenseItem,
  TransferRelease,
} from './receipts.js';
import { CalendarDay, CalendarProposal, CalendarRevision, CalendarYear, Parameter, PolicyVersion } from './reference.js';
import { NoApplicationDecision, NoApplicationLine, NoApplicationList, NoApplicationPerson, NoApplicationRun } from './runs.js';
import {
  AcceptanceResult,
  Attendance,
  Evidence,
  ExclusionClaim,
  ExclusionQuota,
  ListedPerson,
  Trainee,
  TrainingClass,
} from './training.js';
import { Notification, NotificationRead, OutboxItem, SandboxClock } from './work.js';

export * from './audit.js';
export * from './cases.js';
export * from './ledger.js';
export * from './parties.js';
export * from './payments.js';
export * from './proceedings.js';
export * from './rails.js';
export * from './receipts.js';
export * from './reference.js';
export * from './runs.js';
export * from './training.js';
export * from './work.js';

/** Every table of ours; a test proves that they are the migrations' tables, column by column. */
export const entities = [
  Organisation,
  Citizen,
  User,
  Session,
  PayeeAccount,
  OrganisationChange,
  OtpSecret,
  OtpRecoveryCode,
  OtpUse,
  CalendarYear,
  CalendarDay,
  CalendarProposal,
  CalendarRevision,
  PolicyVersion,
  Parameter,
  Case,
  CaseTerms,
  CaseFacts,
  CaseEvent,
  CaseDuty,
  Command,
  Task,
  Deadline,
  Notice,
  Objection,
  ObjectionContactRow,
  Hold,
  TrainingClass,
  Trainee,
  Attendance,
  AcceptanceResult,
  ExclusionClaim,
  ExclusionQuota,
  ListedPerson,
  Evidence,
  Fund,
  Appropriation,
  FundClosing,
  LedgerProofRow,
  Account,
  AccountBalance,
  Posting,
  Entry,
  Batch,
  BatchApproval,
  Disbursement,
  Transfer,
  Attempt,
  BankFeed,
  BankFile,
  Recovery,
  RecoveryReceipt,
  SetOff,
  ReceivedFile,
  ReceivedFilePart,
  Statement,
  StatementLine,
  BankStatus,
  LineProposal,
  Match,
  SuspenseItem,
  ReceiptWorkItem,
  TransferRelease,
  Reconciliation,
  OutboxItem,
  Notification,
  NotificationRead,
  SandboxClock,
  CheckpointRow,
  AuditRun,
  MachineMigration,
  NoApplicationRun,
  NoApplicationList,
  NoApplicationDecision,
  NoApplicationLine,
  NoApplicationPerson,
  RailProfileRow,
  BatchExecutionDay,
  BankFilePart,
  BankFileLine,
  BankFileDelivery,
  BankFileWithdrawal,
  PayeeAccountDoubt,
];

import type { Type } from '@nestjs/common';
import { AuditController } from './audit/audit.controller.js';
import { CaseStoryController } from './cases/case-story.controller.js';
import { CasesController } from './cases/cases.controller.js';
import { FilesController } from './cases/files.controller.js';
import { PacketController } from './cases/packet.controller.js';
import { ProceedingsController } from './cases/proceedings.controller.js';
import { EventsController } from './live/events.controller.js';
import { NotificationsController } from './live/notifications.controller.js';
import { BatchesController } from './money/batches.controller.js';
import { BooksController } from './money/books.controller.js';
import { DisbursementsController } from './money/disbursements.controller.js';
import { FileWithdrawalsController } from './money/file-withdrawals.controller.js';
import { FundClosingsController } from './money/fund-closings.controller.js';
import { FundsController } from './money/funds.controller.js';
import { LedgerController } from './money/ledger.controller.js';
import { RailProfilesController } from './money/rail-profiles.controller.js';
import { RecoveriesController } from './money/recoveries.controller.js';
import { ReviewController } from './money/review.controller.js';
import { SetOffsController } from './money/set-offs.controller.js';
import { TransfersController } from './money/transfers.controller.js';
import { HealthController } from './operations/health.controller.js';
import { QueuesController } from './operations/queues.controller.js';
import { AccountWorklistController } from './parties/account-worklist.controller.js';
import { HouseParametersController } from './parties/house-parameters.controller.js';
import { OrganisationStatusController } from './parties/organisation-status.controller.js';
import { OrganisationsController } from './parties/organisations.controller.js';
import { ParametersController } from './parties/parameters.controller.js';
import { PayeeAccountsController } from './parties/payee-accounts.controller.js';
import { UsersController } from './parties/users.controller.js';
import { WorldEventsController } from './parties/world-events.controller.js';
import { MachineController } from './policies/machine.controller.js';
import { PoliciesController } from './policies/policies.controller.js';
import { NoticesController } from './public/notices.controller.js';
import { PublicController } from './public/public.controller.js';
import { BankFilesController } from './receipts/bank-files.controller.js';
import { ReconciliationsController } from './receipts/reconciliations.controller.js';
import { StatementLinesController } from './receipts/statement-lines.controller.js';
import { ReferenceController } from './reference/reference.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import { OwnLinesController } from './runs/own-lines.controller.js';
import { RunsController } from './runs/runs.controller.js';
import { DevicesController } from './sessions/devices.controller.js';
import { SessionController } from './sessions/session.controller.js';
import { CalendarController } from './time/calendar.controller.js';
import { CalendarProposalsController } from './time/calendar-proposals.controller.js';
import { DeadlinesController } from './time/deadlines.controller.js';
import { SandboxClockController } from './time/sandbox-clock.controller.js';
import { TasksController } from './time/tasks.controller.js';

/** In the order of the API reference. */
const always: readonly Type[] = [
  SessionController,
  DevicesController,
  PoliciesController,
  MachineController,
  CasesController,
  CaseStoryController,
  PacketController,
  FilesController,
  ProceedingsController,
  RunsController,
  OwnLinesController,
  OrganisationsController,
  OrganisationStatusController,
  PayeeAccountsController,
  AccountWorklistController,
  UsersController,
  ParametersController,
  HouseParametersController,
  WorldEventsController,
  CalendarController,
  CalendarProposalsController,
  TasksController,
  DeadlinesController,
  DisbursementsController,
  TransfersController,
  BatchesController,
  ReviewController,
  RailProfilesController,
  FundsController,
  FileWithdrawalsController,
  FundClosingsController,
  LedgerController,
  BooksController,
  ReportsController,
  RecoveriesController,
  SetOffsController,
  BankFilesController,
  StatementLinesController,
  ReconciliationsController,
  EventsController,
  NotificationsController,
  AuditController,
  PublicController,
  NoticesController,
  ReferenceController,
  QueuesController,
  HealthController,
];
const inSandbox: readonly Type[] = [SandboxClockController];

/** In production the clock's route does not exist. */
export const controllersFor = (sandbox: boolean): Type[] => [...always, ...(sandbox ? inSandbox : [])];

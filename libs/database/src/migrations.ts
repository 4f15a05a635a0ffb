import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration is a hand-written SQL file. There is no way back: a mistake is mended by the next migration. */
function sqlFile(name: string): new () => MigrationInterface {
  return class {
    async up(runner: QueryRunner): Promise<void> {
      // both src and dist stand beside `migrations`
      await runner.query(readFileSync(fileURLToPath(new URL(`../migrations/${name}.sql`, import.meta.url)), 'utf8'));
    }
    async down(): Promise<void> {
      throw new Error(`${name}: migrations only go forward`);
    }
  };
}

// The 13 digits are the order in which TypeORM runs them.
class Parties0000000000001 extends sqlFile('0001-parties') {}
class Reference0000000000002 extends sqlFile('0002-reference') {}
class Cases0000000000003 extends sqlFile('0003-cases') {}
class Training0000000000004 extends sqlFile('0004-training') {}
class Ledger0000000000005 extends sqlFile('0005-ledger') {}
class Payments0000000000006 extends sqlFile('0006-payments') {}
class Work0000000000007 extends sqlFile('0007-work') {}
class Controls0000000000008 extends sqlFile('0008-controls') {}
class RowSecurity0000000000009 extends sqlFile('0009-row-security') {}
class OneDoor0000000000020 extends sqlFile('0020-one-door') {}
class Audit0000000000030 extends sqlFile('0030-audit') {}
class HotPath0000000000040 extends sqlFile('0040-hot-path') {}
class OwnNames0000000000050 extends sqlFile('0050-own-names') {}
class ClaimsFollowDates0000000000051 extends sqlFile('0051-claims-follow-dates') {}
class MoneyOfTheDistrict0000000000052 extends sqlFile('0052-money-of-the-district') {}
class OwnAccount0000000000053 extends sqlFile('0053-own-account') {}
class Terms0000000000060 extends sqlFile('0060-terms') {}
class OneDuty0000000000061 extends sqlFile('0061-one-duty-a-person') {}
class Payees0000000000070 extends sqlFile('0070-payees') {}
class FundShares0000000000071 extends sqlFile('0071-fund-shares') {}
class Allocations0000000000072 extends sqlFile('0072-allocations') {}
class Exclusions0000000000073 extends sqlFile('0073-exclusions') {}
class ListedPeople0000000000074 extends sqlFile('0074-listed-people') {}
class NoApplicationRuns0000000000080 extends sqlFile('0080-no-application-runs') {}
class FirmsAlreadyPaid0000000000081 extends sqlFile('0081-firms-already-paid') {}
class KeyByKey0000000000082 extends sqlFile('0082-key-by-key') {}
class Parameters0000000000090 extends sqlFile('0090-parameters') {}
class ExclusionLookup0000000000095 extends sqlFile('0095-exclusion-lookup') {}
class Receipts0000000000110 extends sqlFile('0110-receipts') {}
class Rails0000000000120 extends sqlFile('0120-rails') {}
class BudgetYears0000000000130 extends sqlFile('0130-budget-years') {}
class MoneyControls0000000000131 extends sqlFile('0131-money-controls') {}
class LedgerProofs0000000000132 extends sqlFile('0132-ledger-proofs') {}
class OneTimePasswords0000000000133 extends sqlFile('0133-one-time-passwords') {}
class Recovery0000000000140 extends sqlFile('0140-recovery') {}
class AdvancesStop0000000000141 extends sqlFile('0141-advances-stop') {}
class LiveEvents0000000000150 extends sqlFile('0150-live-events') {}
class TroubledTransfers0000000000155 extends sqlFile('0155-troubled-transfers') {}
class WithdrawnNotice0000000000160 extends sqlFile('0160-withdrawn-notice') {}
class AccountsToDecide0000000000161 extends sqlFile('0161-accounts-to-decide') {}
class LiveInOrder0000000000165 extends sqlFile('0165-live-in-order') {}
class Urgency0000000000166 extends sqlFile('0166-urgency') {}
class LongLists0000000000167 extends sqlFile('0167-long-lists') {}
class ClockPauses0000000000170 extends sqlFile('0170-clock-pauses') {}
class ExclusionsSideBySide0000000000175 extends sqlFile('0175-exclusions-side-by-side') {}
class MonthsDrawn0000000000176 extends sqlFile('0176-months-drawn') {}
class MonthEnd0000000000180 extends sqlFile('0180-month-end') {}
class SetOffs0000000000185 extends sqlFile('0185-set-offs') {}
class FileWithdrawals0000000000186 extends sqlFile('0186-file-withdrawals') {}
class SnapshotAsWritten0000000000190 extends sqlFile('0190-snapshot-as-written') {}
class CalendarProposals0000000000191 extends sqlFile('0191-calendar-proposals') {}
class AuditorSees0000000000200 extends sqlFile('0200-auditor-sees-proceedings') {}
class PeopleOfRuns0000000000205 extends sqlFile('0205-people-of-runs') {}
class PostingsAtOnce0000000000210 extends sqlFile('0210-postings-at-once') {}
class TasksDatedTogether0000000000211 extends sqlFile('0211-tasks-dated-together') {}
class LookedUpOneByOne0000000000212 extends sqlFile('0212-looked-up-one-by-one') {}
class ObjectionContacts0000000000215 extends sqlFile('0215-objection-contacts') {}
class ContentForms0000000000220 extends sqlFile('0220-content-forms') {}
class LinesExplained0000000000221 extends sqlFile('0221-lines-explained') {}
class LinesOfAppropriations0000000000222 extends sqlFile('0222-lines-of-appropriations') {}
class PaymentsOwed0000000000230 extends sqlFile('0230-payments-owed') {}
class FenTaken0000000000240 extends sqlFile('0240-fen-taken') {}
class SentOn0000000000250 extends sqlFile('0250-sent-on') {}
class MadeGoodWithin0000000000251 extends sqlFile('0251-made-good-within') {}
class ReceiptsByHand0000000000252 extends sqlFile('0252-receipts-by-hand') {}
class OwnPasswords0000000000260 extends sqlFile('0260-own-passwords') {}
class BankHasTold0000000000262 extends sqlFile('0262-bank-has-told') {}

export const migrations = [
  Parties0000000000001,
  Reference0000000000002,
  Cases0000000000003,
  Training0000000000004,
  Ledger0000000000005,
  Payments0000000000006,
  Work0000000000007,
  Controls0000000000008,
  RowSecurity0000000000009,
  OneDoor0000000000020,
  Audit0000000000030,
  HotPath0000000000040,
  OwnNames0000000000050,
  ClaimsFollowDates0000000000051,
  MoneyOfTheDistrict0000000000052,
  OwnAccount0000000000053,
  Terms0000000000060,
  OneDuty0000000000061,
  Payees0000000000070,
  FundShares0000000000071,
  Allocations0000000000072,
  Exclusions0000000000073,
  ListedPeople0000000000074,
  NoApplicationRuns0000000000080,
  FirmsAlreadyPaid0000000000081,
  KeyByKey0000000000082,
  Parameters0000000000090,
  ExclusionLookup0000000000095,
  Receipts0000000000110,
  Rails0000000000120,
  BudgetYears0000000000130,
  MoneyControls0000000000131,
  LedgerProofs0000000000132,
  OneTimePasswords0000000000133,
  Recovery0000000000140,
  AdvancesStop0000000000141,
  LiveEvents0000000000150,
  TroubledTransfers0000000000155,
  WithdrawnNotice0000000000160,
  AccountsToDecide0000000000161,
  LiveInOrder0000000000165,
  Urgency0000000000166,
  LongLists0000000000167,
  ClockPauses0000000000170,
  ExclusionsSideBySide0000000000175,
  MonthsDrawn0000000000176,
  MonthEnd0000000000180,
  SetOffs0000000000185,
  FileWithdrawals0000000000186,
  SnapshotAsWritten0000000000190,
  CalendarProposals0000000000191,
  AuditorSees0000000000200,
  PeopleOfRuns0000000000205,
  PostingsAtOnce0000000000210,
  TasksDatedTogether0000000000211,
  LookedUpOneByOne0000000000212,
  ObjectionContacts0000000000215,
  ContentForms0000000000220,
  LinesExplained0000000000221,
  LinesOfAppropriations0000000000222,
  PaymentsOwed0000000000230,
  FenTaken0000000000240,
  SentOn0000000000250,
  MadeGoodWithin0000000000251,
  ReceiptsByHand0000000000252,
  OwnPasswords0000000000260,
  BankHasTold0000000000262,
];

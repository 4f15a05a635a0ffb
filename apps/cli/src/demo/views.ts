// What the demo reads of the API's answers; the whole contract is /api/openapi.json.

import type { Cite, Text } from '@tranche/policies';

export type TrancheView = {
  readonly id: string;
  readonly label: Text;
  readonly state: string;
  readonly stateLabel: Text;
  readonly amountFen: string | null;
  readonly paidFen: string;
  readonly paidOn: string | null;
  readonly cite: Cite;
};
export type DeadlineView = {
  readonly key: string;
  readonly kind: 'statutory' | 'service';
  readonly provisional: boolean;
  readonly lastDay: string | null;
  readonly status: string;
  readonly endedOn: string | null;
  readonly cite: Cite;
};
export type CaseView = {
  readonly id: string;
  readonly caseNo: string;
  readonly state: string;
  readonly standing: 'active' | 'held' | 'closed';
  readonly tranches: readonly TrancheView[];
  readonly deadlines: readonly DeadlineView[];
  readonly estimateFen: string | null;
  readonly entitledFen: string | null;
  readonly paidFen: string;
  readonly recoveredFen: string;
  readonly recovery: { readonly no: number; readonly state: string; readonly outstandingFen: string } | null;
  readonly attempts: { readonly failed: number; readonly allowed: number };
};
export type Accepted = { readonly caseId: string; readonly caseNo: string; readonly state: string };
export type Page<T> = { readonly items: readonly T[] };
export type BatchAnswer = { readonly batchId: string; readonly batchNo: string; readonly contentHash: string; readonly totalFen: string };
export type BatchView = { readonly lines: readonly { readonly endToEndId: string; readonly holderName: string }[] };
export type DisbursementView = {
  readonly id: string;
  readonly payment: string;
  readonly amountFen: string;
  readonly state: string;
  readonly transfers?: readonly {
    readonly state: string;
    readonly endToEndId: string;
    readonly bankReference: string | null;
    readonly settledOn: string | null;
  }[];
};
export type RecoveryView = {
  readonly id: string;
  readonly recoveryNo: number;
  readonly demandedFen: string;
  readonly receivedFen: string;
  readonly state: string;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly reason: Text;
  readonly cite: Cite;
};
export type TrialBalance = {
  readonly items: readonly {
    readonly fund: string;
    readonly book: 'cash' | 'budget';
    readonly code: string;
    readonly name: Text;
    readonly balanceFen: string;
  }[];
  readonly totals: { readonly cashFen: string; readonly budgetFen: string };
};
export type FundView = { readonly id: string; readonly code: string; readonly fiscalYear: number; readonly availableFen: string };

/** The newest clock of a key. */
export const deadlineOf = ({ deadlines }: CaseView, key: string): DeadlineView | null =>
  deadlines.filter((deadline) => deadline.key === key).at(-1) ?? null;

/** The last day of a clock, and whether the law set it or the office: `2020-12-10（法定）`. A dash while none was ever set. */
export function lastDayText(deadline: DeadlineView | null): Text {
  if (deadline === null) return { zh: '—', en: '—' };
  const day = deadline.lastDay ?? null;
  if (day === null) return { zh: '暂定（节假日未公布）', en: 'provisional (calendar not published)' };
  return deadline.kind === 'statutory'
    ? { zh: `${day}（法定）`, en: `${day} (statutory)` }
    : { zh: `${day}（内部）`, en: `${day} (internal)` };
}

// One case as the demo lives it: who says what to it, and what can be read of it.

import type { Text } from '@tranche/policies';
import { text } from '../terminal/language.js';
import { yuan } from '../terminal/money.js';
import { waitFor } from './client.js';
import { inventTrainees, type Trainee } from './people.js';
import type { Player, Stage } from './stage.js';
import {
  type Accepted,
  type BatchAnswer,
  type BatchView,
  type CaseView,
  type DeadlineView,
  type DisbursementView,
  deadlineOf,
  type Page,
  type RecoveryView,
  type TrancheView,
} from './views.js';

export const CLASS_SIZE = 100;
export const CLASS_DAYS = 10;
export const PLANNED_HOURS = 80;

export class Scene {
  readonly trainees: readonly Trainee[];
  /** the working days on which the class is taught */
  classDays: readonly string[] = [];
  caseId = '';
  caseNo = '';
  batch: (BatchAnswer & { endToEndId: string }) | null = null;

  constructor(readonly stage: Stage) {
    this.trainees = inventTrainees(CLASS_SIZE, stage.dice);
  }

  /** A class that begins on the first working day after today. */
  async planClass(): Promise<void> {
    const { clock } = this.stage;
    const today = await clock.today();
    this.classDays = await Promise.all(Array.from({ length: CLASS_DAYS }, (_, index) => clock.workingDay(today, index + 1)));
  }

  classDay(number: number): string {
    return this.classDays[number - 1] ?? '';
  }

  async open(facts: Readonly<Record<string, unknown>>): Promise<void> {
    const { people, policy, payeeAccountId } = this.stage;
    const { organisationId } = people.institution;
    const application = { policyId: policy.id, jurisdiction: policy.jurisdiction, organisationId, payeeAccountId, facts };
    const { caseId, caseNo } = await people.institution.post<Accepted>('cases', application);
    Object.assign(this, { caseId, caseNo });
  }

  tell(who: Player, type: string, data: Readonly<Record<string, unknown>> = {}): Promise<Accepted> {
    return this.stage.people[who].post<Accepted>(`cases/${this.caseId}/events`, { type, data });
  }

  upload(who: Player, kind: 'roster' | 'attendance' | 'results', content: string): Promise<Accepted> {
    return this.stage.people[who].upload<Accepted>(`cases/${this.caseId}/imports/${kind}`, `${kind}.csv`, content);
  }

  view(): Promise<CaseView> {
    return this.stage.people.supervisor.get<CaseView>(`cases/${this.caseId}`);
  }

  /** One tranche with its clock. */
  async tranche(id: string): Promise<TrancheView & { readonly deadline: DeadlineView | null }> {
    const view = await this.view();
    const found = view.tranches.find((tranche) => tranche.id === id);
    if (found === undefined) throw new Error(`the case shows no tranche ${id}`);
    return { ...found, deadline: deadlineOf(view, `payment:${id}`) };
  }

  async deadline(key: string): Promise<DeadlineView | null> {
    return deadlineOf(await this.view(), key);
  }

  /** The obligation to pay a tranche, once the worker has found a fund for it. */
  disbursement(payment: string): Promise<DisbursementView> {
    return waitFor(text(`${payment} 形成拨付`, `${payment} becomes a disbursement`), async () => {
      const { items } = await this.stage.people.maker.get<Page<DisbursementView>>(`disbursements?caseId=${this.caseId}`);
      return items.find((item) => item.payment === payment && item.state !== 'cancelled') ?? null;
    });
  }

  /** The same with its transfers. */
  async transferOf(payment: string) {
    const { id } = await this.disbursement(payment);
    const { transfers = [] } = await this.stage.people.maker.get<DisbursementView>(`disbursements/${id}`);
    return transfers.at(-1) ?? null;
  }

  /** The maker puts a tranche into a batch of its own and submits it. */
  async makeBatch(payment: string): Promise<BatchAnswer> {
    const { maker } = this.stage.people;
    const { id } = await this.disbursement(payment);
    const draft = await maker.post<BatchAnswer>('batches', { disbursementIds: [id], rail: 'http' });
    const submitted = await maker.post<BatchAnswer>(`batches/${draft.batchId}/submit`, {});
    const { lines } = await maker.get<BatchView>(`batches/${draft.batchId}`);
    this.batch = { ...submitted, endToEndId: lines[0]?.endToEndId ?? '' };
    return submitted;
  }

  /** The checker signs exactly that content. */
  async signBatch(): Promise<void> {
    if (this.batch === null) throw new Error('there is no batch to sign');
    const { batchId, contentHash } = this.batch;
    await this.stage.people.checker.post(`batches/${batchId}/approve`, { contentHash });
  }

  /** Waits until the case has heard that a tranche arrived. */
  paid(payment: string) {
    return waitFor(text(`${payment} 到账`, `${payment} arrives`), async () => {
      const tranche = await this.tranche(payment);
      return tranche.state === 'paid' ? tranche : null;
    });
  }

  async recovery(): Promise<RecoveryView | null> {
    const { items } = await this.stage.people.cashier.get<Page<RecoveryView>>(`recoveries?caseId=${this.caseId}`);
    return items[0] ?? null;
  }

  /** An amount in the language of the run. */
  money(fen: string | null): Text {
    return { zh: yuan(fen, 'zh'), en: yuan(fen, 'en') };
  }
}

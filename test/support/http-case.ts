import { attendanceFile, inventPeople, resultsFile, rosterFile } from './class-files.js';
import { done, type Json, type Reply, type Request, waitFor } from './http-client.js';
import type { RunningHouse } from './processes.js';

export type TrancheView = { id: string; state: string; amountFen: string | null; paidFen: string; paidOn: string | null; reason?: string };
export type DeadlineView = {
  key: string;
  from: string;
  lastDay: string | null;
  dueAt: string | null;
  status: string;
  provisional: boolean;
  endedOn: string | null;
  trace: Json[];
};
export type CaseView = {
  id: string;
  caseNo: string;
  state: string;
  standing: string;
  version: number;
  tranches: TrancheView[];
  deadlines: DeadlineView[];
  estimateFen: string | null;
  entitledFen: string | null;
  paidFen: string;
  recoveredFen: string;
  recovery: { no: number; state: string; outstandingFen: string } | null;
  notice: { no: number; postedOn: string; endedOn: string | null } | null;
  proposals: { proposal: number; type: string }[];
  allowedEvents: { type: string }[];
};
export type BatchAnswer = { batchId: string; batchNo: string; state: string; contentHash: string; lines: number; totalFen: string };
export type BatchLine = { transferId: string; caseNo: string; payment: string; state: string; endToEndId: string; amountFen: string };
export type BatchView = { batchNo: string; state: string; lineCount: number; totalFen: string; lines: BatchLine[] };
export type Disbursement = { id: string; payment: string; amountFen: string; state: string; batchId: string | null };
export type Recovery = { id: string; demandedFen: string; receivedFen: string; state: string };
type Items<T> = { items: T[] };
type Applicant = { readonly as: string; readonly organisationId: string; readonly payeeAccountId: string };

/** A class of eight class-hours from today on: half of it is one session of four. */
const classFrom = (day: string) => ({
  plannedHours: 8,
  classFiled: true,
  traineesEligible: true,
  startsOn: day,
  endsOn: `${Number(day.slice(0, 4)) + 1}-06-30`,
});

/** One case lived over HTTP: what each person says and uploads, and what can be read of it. */
export class HttpCase {
  private constructor(
    readonly house: RunningHouse,
    readonly id: string,
    readonly people: readonly string[],
    readonly institution: string,
  ) {}

  /** A draft, by the sandbox's institution unless another applies. */
  static async open(
    house: RunningHouse,
    { size = 100, by, facts }: { size?: number; by?: Applicant; facts?: Json } = {},
  ): Promise<HttpCase> {
    const { institutionId: organisationId, payeeAccountId } = house.seed;
    const { as, ...applicant } = by ?? { as: 'institution', organisationId, payeeAccountId };
    const application = { policyId: 'training-subsidy-staged', facts: facts ?? classFrom(await house.today()), ...applicant };
    const { id } = await house.client.post<{ id: string }>(as, 'cases', application);
    return new HttpCase(house, id, inventPeople(size), as);
  }

  /** A case somebody opened elsewhere, in a browser for example. */
  static at(house: RunningHouse, id: string, people: readonly string[], institution = 'institution'): HttpCase {
    return new HttpCase(house, id, people, institution);
  }

  /** Says something; the answer may be a refusal. */
  tell(
    as: string,
    type: string,
    data: Json = {},
    { on, expectedVersion, ...request }: Request & { on?: string; expectedVersion?: number } = {},
  ): Promise<Reply> {
    const body = { type, data, ...(on === undefined ? {} : { on }), ...(expectedVersion === undefined ? {} : { expectedVersion }) };
    return this.house.client.ask('POST', `cases/${this.id}/events`, { as, body, ...request });
  }

  /** Says something that must be accepted. */
  async hear(as: string, type: string, data: Json = {}, on?: string): Promise<this> {
    done(`${type} by ${as}`, await this.tell(as, type, data, on === undefined ? {} : { on }));
    return this;
  }

  async upload(as: string, kind: 'roster' | 'attendance' | 'results', content: string | Buffer, fileName = `${kind}.csv`): Promise<this> {
    done(`${kind} by ${as}`, await this.house.client.upload(as, `cases/${this.id}/imports/${kind}`, fileName, content));
    return this;
  }

  /** From the draft to the approval, each step by another person. */
  async approved(): Promise<this> {
    await this.upload(this.institution, 'roster', rosterFile(this.people));
    await this.applied();
    return this.hear('approver', 'application.approved');
  }

  /** Submitted, accepted and reviewed. */
  async applied(): Promise<this> {
    await this.hear(this.institution, 'application.submitted');
    await this.hear('officer', 'application.accepted');
    return this.hear('reviewer', 'application.reviewed');
  }

  async started(): Promise<this> {
    return (await this.approved()).hear(this.institution, 'milestone.started');
  }

  async halfway(): Promise<this> {
    await this.upload(this.institution, 'attendance', attendanceFile(await this.house.today(), 1, this.people.length));
    return this.hear('inspector', 'milestone.halfway');
  }

  /** Both advances paid and the training over: what remains is the acceptance. */
  async advanced(): Promise<this> {
    await (await this.started()).pay('s1');
    await (await this.halfway()).pay('s2');
    return this.hear(this.institution, 'milestone.ended');
  }

  /** The inspector brings the results and passes the class. */
  async accepted(qualified = this.people.length): Promise<this> {
    await this.upload('inspector', 'results', resultsFile(this.people, qualified));
    return this.hear('inspector', 'acceptance.passed');
  }

  async view(as = 'auditor'): Promise<CaseView> {
    return this.house.client.get<CaseView>(as, `cases/${this.id}`);
  }

  async tranche(payment: string): Promise<TrancheView> {
    const found = (await this.view()).tranches.find(({ id }) => id === payment);
    if (found === undefined) throw new Error(`the case shows no tranche ${payment}`);
    return found;
  }

  async deadline(key: string): Promise<DeadlineView> {
    const found = (await this.view()).deadlines.filter((deadline) => deadline.key === key).at(-1);
    if (found === undefined) throw new Error(`the case shows no deadline ${key}`);
    return found;
  }

  async history(): Promise<{ seq: number; type: string; role: string }[]> {
    return (
      await this.house.client.get<Items<{ seq: number; type: string; role: string }>>('auditor', `cases/${this.id}/history?limit=200`)
    ).items;
  }

  async recoveries(): Promise<Recovery[]> {
    return (await this.house.client.get<Items<Recovery>>('cashier', `recoveries?caseId=${this.id}`)).items;
  }

  async disbursements(): Promise<Disbursement[]> {
    return (await this.house.client.get<Items<Disbursement>>('maker', `disbursements?caseId=${this.id}`)).items;
  }

  /** The obligation that waits to be collected, once the worker has found a fund. */
  waiting(payment: string): Promise<Disbursement> {
    return waitFor(`${payment} waits for a batch`, async () =>
      (await this.disbursements()).find((each) => each.payment === payment && each.state === 'requested' && each.batchId === null),
    );
  }

  /** Waits until the case has heard that the money arrived. */
  paid(payment: string): Promise<TrancheView> {
    return waitFor(`${payment} arrives`, async () => {
      const tranche = await this.tranche(payment);
      return tranche.state === 'paid' && tranche;
    });
  }

  /** Collected, signed by another person, sent, settled. */
  async pay(payment: string): Promise<TrancheView> {
    await signed(this.house, [await this.waiting(payment)]);
    return this.paid(payment);
  }
}

/** A batch that the maker has made and submitted. */
export async function submitted(
  { client }: RunningHouse,
  disbursements: readonly Disbursement[],
  rail: 'http' | 'file' = 'http',
): Promise<BatchAnswer> {
  const draft = await client.post<BatchAnswer>('maker', 'batches', { disbursementIds: disbursements.map(({ id }) => id), rail });
  return client.post<BatchAnswer>('maker', `batches/${draft.batchId}/submit`);
}

/** The same, signed by the checker. */
export async function signed(
  house: RunningHouse,
  disbursements: readonly Disbursement[],
  rail: 'http' | 'file' = 'http',
): Promise<BatchAnswer> {
  const { batchId, contentHash } = await submitted(house, disbursements, rail);
  return house.client.post<BatchAnswer>('checker', `batches/${batchId}/approve`, { contentHash });
}

import { dateOf } from '@tranche/calendar';
import {
  type Answer,
  approveBatch,
  type BatchAnswer,
  type BatchResult,
  type Cause,
  createBatch,
  dispatch,
  handOverFile,
  legalNow,
  prepareFiles,
  type Rail,
  runEffects,
  sha256Of,
  submitBatch,
  takeFile,
} from '@tranche/casework';
import type { Actor, Tx } from '@tranche/database';
import { type CaseView, caseView } from '@tranche/machines';
import type { Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { draftCase, type World } from './world.js';

export type Said = {
  readonly cause?: Cause;
  readonly on?: string;
  readonly by?: Actor;
  readonly key?: string;
  readonly expectedVersion?: number;
};

const fileSha256 = 'ab'.repeat(32);

/** One case lived through the one door: what each role says, in order, and what the tables show. */
export class CaseStory {
  private constructor(
    readonly world: World,
    readonly id: string,
  ) {}

  /** A case that is there already. */
  static known(world: World, id: string): CaseStory {
    return new CaseStory(world, id);
  }

  static async open(world: World, facts?: Readonly<Record<string, unknown>>): Promise<CaseStory> {
    return new CaseStory(world, await draftCase(world, facts));
  }

  /** A draft of any policy, by the sandbox's institution. */
  static async of(world: World, policy: string, facts: Readonly<Record<string, unknown>>): Promise<CaseStory> {
    return new CaseStory(world, await draftCase(world, facts, policy));
  }

  /** Approved and begun: its first advance is due. */
  static async inTraining(world: World, facts?: Readonly<Record<string, unknown>>): Promise<CaseStory> {
    return (await (await CaseStory.open(world, facts)).approved()).started();
  }

  /** Says something; the answer may be a refusal. */
  tell(role: Role, type: string, data: Record<string, unknown> = {}, said: Said = {}): Promise<Answer> {
    const { on, key = v7(), expectedVersion, cause = 'http' } = said;
    return dispatch(this.world.house, said.by ?? this.world.by(role), {
      caseId: this.id,
      type,
      data,
      key,
      requestSha256: sha256Of({ type, data, on: on ?? null }),
      cause,
      ...(on === undefined ? {} : { on }),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    });
  }

  /** Says something that must be accepted. */
  async hear(role: Role, type: string, data: Record<string, unknown> = {}, said: Said = {}): Promise<this> {
    const answer = await this.tell(role, type, data, said);
    if (!answer.ok)
      throw new Error(
        `${type} by ${role} was refused: ${answer.code}: ${answer.detail.en} ${JSON.stringify(answer.errors ?? answer.allowed ?? [])}`,
      );
    return this;
  }

  async approved(): Promise<this> {
    await this.hear('institution', 'application.submitted');
    await this.hear('officer', 'application.accepted');
    await this.hear('reviewer', 'application.reviewed');
    return this.hear('approver', 'application.approved');
  }

  async started(on?: string): Promise<this> {
    return this.hear('institution', 'milestone.started', {}, on === undefined ? {} : { on });
  }

  async halfway(): Promise<this> {
    await this.hear('institution', 'attendance.imported', { fileSha256, facts: { completedHours: 40 } });
    return this.hear('inspector', 'milestone.halfway');
  }

  async ended(): Promise<this> {
    return this.hear('institution', 'milestone.ended');
  }

  /** Acceptance of so many trainees, and the public notice after it. */
  async accepted(qualified: number): Promise<this> {
    await this.hear('inspector', 'results.imported', {
      fileSha256,
      facts: { qualified: [{ occupation: '电工', level: '中级', count: qualified }] },
    });
    return this.hear('inspector', 'acceptance.passed');
  }

  async view(): Promise<CaseView> {
    const [row] = await this.world.rows<{
      policyId: string;
      policyVersion: string;
      jurisdiction: string;
      snapshot: Parameters<typeof caseView>[1];
    }>('SELECT policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, snapshot FROM cases WHERE id = $1', [this.id]);
    if (!row) throw new Error('the case is gone');
    return caseView(this.world.house.policies.of(row).machine, row.snapshot);
  }

  async tranche(id: string): Promise<{ state: string; amountFen: string | null; paidOn: string | null }> {
    const found = (await this.view()).tranches.find((tranche) => tranche.id === id);
    if (!found) throw new Error(`no tranche ${id}`);
    return found;
  }

  deadlines(): Promise<{ key: string; status: string; lastDay: string | null; provisional: boolean }[]> {
    return this.world.rows(
      'SELECT key, status, last_day::text AS "lastDay", provisional FROM deadlines WHERE case_id = $1 ORDER BY set_seq, key',
      [this.id],
    );
  }

  async deadline(key: string): Promise<string | undefined> {
    return (await this.deadlines()).filter((each) => each.key === key).at(-1)?.status;
  }
}

/** Carries out what is due now, until nothing is. */
export async function runAll(world: World, name = 'worker-test'): Promise<void> {
  while ((await runEffects(world.house, name)) > 0);
}

/** Every disbursement that waits, collected by the maker, submitted, and signed by the checker. */
export async function signBatch(world: World, rail: Rail = 'http', ids?: readonly string[]): Promise<BatchAnswer> {
  const waiting = ids ?? (await waitingDisbursements(world));
  const draft = await collect(world, waiting, rail);
  const submitted = must(
    await inTransaction(world, world.by('maker'), (tx) => submitBatch(tx, world.house, world.by('maker'), draft.batchId)),
  );
  return must(await sign(world, submitted));
}

export async function collect(world: World, disbursementIds: readonly string[], rail: Rail = 'http'): Promise<BatchAnswer> {
  const legalToday = dateOf(await legalNow(world.house));
  const maker = world.by('maker');
  return must(await inTransaction(world, maker, (tx) => createBatch(tx, world.house, maker, { disbursementIds, rail, legalToday })));
}

export const submit = async (world: World, batchId: string): Promise<BatchAnswer> =>
  must(await inTransaction(world, world.by('maker'), (tx) => submitBatch(tx, world.house, world.by('maker'), batchId)));

export async function sign(world: World, { batchId, contentHash }: BatchAnswer): Promise<BatchResult> {
  const legalToday = dateOf(await legalNow(world.house));
  const checker = world.by('checker');
  return inTransaction(world, checker, (tx) => approveBatch(tx, world.house, checker, { batchId, contentHash, legalToday }));
}

/** File rails: the cashier has the files written, takes each and says that the bank has it. Answers their bytes. */
export async function handOver(world: World, batchId: string): Promise<Buffer[]> {
  const cashier = world.by('cashier');
  const prepared = await prepareFiles(world.house, cashier, { batchId });
  if (!prepared.ok) throw new Error(`no files: ${prepared.code}: ${prepared.detail.en}`);
  const taken: Buffer[] = [];
  for (const { part, sha256 } of prepared.files.filter(
    ({ handedOverAtMs, withdrawal }) => handedOverAtMs === null && withdrawal === null,
  )) {
    const file = await takeFile(world.house, cashier, { batchId, part });
    if (!file.ok) throw new Error(`not taken: ${file.code}`);
    taken.push(file.content);
    const given = await inTransaction(world, cashier, (tx) => handOverFile(tx, world.house, cashier, { batchId, part, sha256 }));
    if (!given.ok) throw new Error(`not handed over: ${given.code}: ${given.detail.en}`);
  }
  return taken;
}

export const inTransaction = <T>(world: World, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
  world.database.transaction(actor, work);

function must(result: BatchResult): BatchAnswer {
  if (!result.ok) throw new Error(`the batch was refused: ${result.code}: ${result.detail.en}`);
  return result;
}

export async function waitingDisbursements(world: World): Promise<string[]> {
  const rows = await world.rows<{ id: string }>(`SELECT id FROM disbursements WHERE state = 'requested' AND batch_id IS NULL ORDER BY id`);
  return rows.map(({ id }) => id);
}

/** What is due is requested, signed and sent: the whole way of a payment. */
export async function payWhatIsDue(world: World): Promise<void> {
  await runAll(world);
  if ((await waitingDisbursements(world)).length > 0) await signBatch(world);
  await runAll(world);
}

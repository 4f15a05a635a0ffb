import { hasRoster } from '@tranche/machines';
import type { Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { attendanceFile, resultsFile, rosterFile } from '../class-files.js';
import { done, type Json, type Reply, waitFor } from '../http-client.js';
import { HttpLife, type LifeView, type Stage } from '../http-life.js';
import type { WhichLife } from '../which-lives.js';
import { allowedTo, type Cast, type Move, refusals } from './moves.js';
import type { Path } from './paths.js';
import type { Twin } from './twin.js';

type Waiting = { readonly id: string; readonly fundId: string; readonly state: string };
type Line = { readonly endToEndId: string };
/** Longer than a path stays on a day, shorter than the next. */
const HALF_A_DAY_MS = 12 * 3_600_000;

type Refusal = ReturnType<typeof refusals>[number];
/** The situations of a path that are compared, each with one thing that is refused there. */
export type Questions = ReadonlyMap<Twin, Refusal | undefined>;

/**
 * What each path of a plan asks of the house. Paths begin alike: a situation is compared on the first of them, and a type is refused once in each
 * state. Settled before they are lived, side by side, so that every run asks the same.
 */
export function questions(paths: readonly Path[], cast: Cast): readonly Questions[] {
  const compared = new Set<Twin>();
  const refused = new Set<string>();
  return paths.map((path) => {
    const fresh = [...new Set(path.map(({ twin }) => twin))].filter((twin) => !compared.has(twin));
    return new Map(
      fresh.map((twin) => {
        compared.add(twin);
        const next = refusals(twin, cast).find(({ type }) => !refused.has(`${type} ${twin.view.state}`));
        if (next) refused.add(`${next.type} ${twin.view.state}`);
        return [twin, next] as const;
      }),
    );
  });
}

/** Lives one path against the running house, and compares what it says with the machine's own answer after every move. */
export class Walker {
  private turn = 0;
  private readonly objections = new Map<string, string>();
  private constructor(
    private readonly stage: Stage,
    private readonly life: HttpLife,
    private readonly cast: Cast,
  ) {}

  static async walk(stage: Stage, which: WhichLife, cast: Cast, path: Path, name: string, asked: Questions): Promise<void> {
    const life = await HttpLife.open(stage, which, name);
    const walker = new Walker(stage, life, cast);
    await walker.prelude();
    for (const [at, { move, twin }] of path.entries()) {
      try {
        await walker.take(move, twin);
        if (!asked.has(twin)) continue;
        await walker.compare(twin);
        await walker.refuse(twin, asked.get(twin));
      } catch (error) {
        const told = path.slice(0, at + 1).map((step) => nameOf(step.move));
        throw new Error(`${told.join(' > ')}: ${(error as Error).message}`);
      }
    }
  }

  private get client() {
    return this.stage.house.client;
  }

  /** What an application brings before it is handed in. */
  private async prelude(): Promise<void> {
    await this.life.bringLists();
    if (hasRoster(this.cast.policy)) await this.file('roster', rosterFile(this.life.class), this.cast.payee);
  }

  private async take(move: Move, twin: Twin): Promise<void> {
    switch (move.kind) {
      case 'say':
        done(move.type, await this.say(move));
        break;
      case 'pay':
        await this.pay(move.outcome);
        break;
      case 'return':
        await this.giveBack(move.payment);
        break;
      default:
        await this.stage.together.until(twin.day);
    }
    await this.heard(twin);
  }

  private async say({ type, by, data, file }: Extract<Move, { kind: 'say' }>): Promise<Reply> {
    const { class: people } = this.life;
    if (file?.kind === 'attendance') return this.file('attendance', attendanceFile(this.stage.together.today, 1, people.length), by);
    if (file?.kind === 'roster') return this.file('roster', rosterFile(people), by);
    if (file?.kind === 'results') return this.file('results', resultsFile(people, file.count), by);
    return this.client.ask('POST', `cases/${this.life.id}/events`, { as: this.account(by), body: { type, data: this.own(data) } });
  }

  /** The data with objections under ids of this case's own. */
  private own({ objection, ...data }: Json): Json {
    if (objection === undefined) return data;
    const known = this.objections.get(String(objection)) ?? v7();
    this.objections.set(String(objection), known);
    return { ...data, objection: known };
  }

  private async file(kind: string, content: string, by: Role): Promise<Reply> {
    const answer = await this.client.upload(this.account(by), `cases/${this.life.id}/imports/${kind}`, `${kind}.csv`, content);
    done(kind, answer);
    return answer;
  }

  private account(role: Role): string {
    const { payee } = this.life;
    return payee?.role === role ? payee.as : role;
  }

  /** Finance signs what was requested; the bank is told beforehand what to do with it. */
  private async pay(outcome: 'settled' | 'refused' | 'kept'): Promise<void> {
    const { items } = await this.client.get<{ items: Waiting[] }>('maker', `disbursements?caseId=${this.life.id}&state=requested`);
    const rail = this.cast.policy.means === 'allocation' ? 'allocation' : 'http';
    for (const fundId of new Set(items.map((each) => each.fundId))) {
      const disbursementIds = items.filter((each) => each.fundId === fundId).map(({ id }) => id);
      const { batchId } = await this.client.post<{ batchId: string }>('maker', 'batches', { disbursementIds, rail });
      const { contentHash } = await this.client.post<{ contentHash: string }>('maker', `batches/${batchId}/submit`);
      if (outcome !== 'settled') await this.warnBank(batchId, outcome);
      await this.client.post('checker', `batches/${batchId}/approve`, { contentHash });
    }
  }

  private async warnBank(batchId: string, outcome: 'refused' | 'kept'): Promise<void> {
    const { lines } = await this.client.get<{ lines: Line[] }>('maker', `batches/${batchId}`);
    const fault =
      outcome === 'refused'
        ? { kind: 'reject', code: 'MS03', text: '未说明原因' }
        : { kind: 'pending-then-settle', afterMs: HALF_A_DAY_MS };
    for (const { endToEndId } of lines) await this.stage.house.bank.call('POST', '/faults', { ...fault, match: { reference: endToEndId } });
  }

  private async giveBack(payment: string): Promise<void> {
    const [last] = await this.stage.house.rows<{ reference: string }>(
      `SELECT t.end_to_end_id AS reference FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id
       WHERE d.case_id = $1 AND d.payment = $2 AND t.state = 'settled' ORDER BY t.id DESC LIMIT 1`,
      [this.life.id, payment],
    );
    const { status, body } = await this.stage.house.bank.call('POST', `/returns/${last?.reference}`, { code: 'MS03', text: '未说明原因' });
    if (status !== 200) throw new Error(`the bank does not return: ${JSON.stringify(body)}`);
  }

  /** The house has heard as many events as the machine, and no more comes. */
  private async heard({ seq }: Twin): Promise<void> {
    const version = async () =>
      (await this.stage.house.rows<{ version: number }>('SELECT version FROM cases WHERE id = $1', [this.life.id]))[0]?.version ?? 0;
    await waitFor(`event ${seq}`, async () => (await version()) >= seq, 10_000).catch(async () => {
      throw new Error(`the machine heard ${seq} events, the house ${await this.history()}`);
    });
  }

  private async history(): Promise<string> {
    const events = await this.stage.house.rows<{ seq: number; type: string; data: unknown }>(
      'SELECT seq, type, data FROM case_events WHERE case_id = $1 ORDER BY seq',
      [this.life.id],
    );
    return events.map(({ seq, type, data }) => `${seq} ${type} ${JSON.stringify(data).slice(0, 90)}`).join('; ');
  }

  /** The same state, the same money, and the same allowed to whoever asks: a role in turn. */
  private async compare(twin: Twin): Promise<void> {
    const roles: readonly Role[] = [this.cast.payee, 'officer', 'reviewer', 'approver', 'inspector', 'cashier', 'supervisor'];
    const role = roles[this.turn++ % roles.length] as Role;
    const view = await this.client.get<LifeView>(this.account(role), `cases/${this.life.id}`);
    if (view.version !== twin.seq) throw new Error(`the machine heard ${twin.seq} events, the house ${await this.history()}`);
    equal(shown(view), shown({ ...twin.view, version: twin.seq }), 'the house differs from the machine');
    equal(
      view.allowedEvents.map(({ type }) => type),
      allowedTo(twin, role),
      `what the ${role} may do differs`,
    );
  }

  /** One thing the machine does not hear now: refused with what it would hear. */
  private async refuse(twin: Twin, next: Refusal | undefined): Promise<void> {
    if (!next) return;
    const { status, body } = await this.say(next);
    equal([status, body['code']], [409, 'event-not-allowed'], `${next.type} is not refused: ${JSON.stringify(body).slice(0, 300)}`);
    const allowed = (body['allowedEvents'] as { type: string }[]).map(({ type }) => type);
    equal(allowed, allowedTo(twin, next.by), `what the refusal of ${next.type} offers differs`);
  }
}

export const nameOf = (move: Move): string =>
  move.kind === 'say'
    ? move.type
    : move.kind === 'pay'
      ? `pay:${move.outcome}`
      : move.kind === 'return'
        ? `return:${move.payment}`
        : move.kind;

type Shown = Pick<LifeView, 'state' | 'standing' | 'entitledFen' | 'paidFen' | 'recoveredFen' | 'payableFen' | 'version'> & {
  readonly regions: Readonly<Record<string, { readonly state: string }>>;
  readonly recovery: { readonly state: string; readonly outstandingFen: string } | null;
};

const shown = ({ state, standing, entitledFen, paidFen, recoveredFen, payableFen, version, regions, recovery }: Shown): Json => ({
  ...{ version, state, standing, entitledFen, paidFen, recoveredFen, payableFen },
  regions: Object.fromEntries(Object.entries(regions).map(([id, region]) => [id, region.state])),
  recovery: recovery && { state: recovery.state, outstandingFen: recovery.outstandingFen },
});

function equal(house: unknown, machine: unknown, what: string): void {
  const [ours, theirs] = [JSON.stringify(house), JSON.stringify(machine)];
  if (ours !== theirs) throw new Error(`${what}:\n  house   ${ours}\n  machine ${theirs}`);
}

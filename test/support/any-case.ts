import { randomBytes } from 'node:crypto';
import { addDays } from '@tranche/calendar';
import {
  type Answer,
  approveProvider,
  casePolicies,
  decideAppropriation,
  decidePayeeAccount,
  type FieldKeys,
  generateKeyFile,
  type House,
  openCase,
  openFund,
  parseKeyFile,
  proposeAppropriation,
  proposePayeeAccount,
  registerCitizen,
  registerOrganisation,
  sha256Of,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { usccCheck } from '@tranche/identifiers';
import { allowedEvents, chainOf } from '@tranche/machines';
import { type Facts, type PayeeKind, type Policy, periodOf, policies, type Role, roleOf, type WorkedExample } from '@tranche/policies';
import { v7 } from 'uuid';
import { CaseStory, runAll, signBatch } from './story.js';
import { asOwner, type World } from './world.js';

const keysOf = (): FieldKeys => {
  const parsed = parseKeyFile(generateKeyFile(randomBytes));
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.keys;
};
const keys = keysOf();
/** With these the citizens of this file are sealed. */
export const sealing = { keys, randomBytes };
let serial = 0;

/** The world seen without borders: its people serve every district, and its house knows every policy. */
export function everywhere(world: World): World {
  const house: House = { ...world.house, policies: casePolicies(policies()) };
  return { ...world, house, by: (role: Role) => ({ ...world.by(role), district: null }) };
}

export type Payee = { readonly kind: PayeeKind; readonly organisationId: string; readonly payeeAccountId: string; readonly actor: Actor };

const request = (actor: Actor) => ({ actor, key: v7(), requestSha256: sha256Of({ key: v7() }) });

async function must<T>(outcome: Promise<{ ok: true; answer: T } | { ok: false; code: string; detail: { en: string } }>): Promise<T> {
  const result = await outcome;
  if (!result.ok) throw new Error(`${result.code}: ${result.detail.en}`);
  return result.answer;
}

/** A payee of a kind, registered and with an approved account, by the same steps as anybody. */
export async function newPayee(world: World, kind: PayeeKind, district: string): Promise<Payee> {
  serial += 1;
  const name = `示例${kind}${serial}`;
  const [officer, office] = [world.by('officer'), world.house];
  const { id: organisationId } =
    kind === 'citizen'
      ? await must(
          registerCitizen(office, request(officer), { keys, randomBytes }, { name: '张小明', idNumber: inventId(serial), kind, district }),
        )
      : await must(registerOrganisation(office, request(officer), { name, uscc: inventUscc(serial), kind, district }));
  if (kind === 'institution') await must(approveProvider(office, request(world.by('approver')), organisationId));
  const account = {
    organisationId,
    holderName: name,
    accountNo: `62220200000${String(serial).padStart(8, '0')}`,
    bankNo: '102100099996',
    bankName: '示例银行',
  };
  const { id: payeeAccountId } = await must(proposePayeeAccount(office, request(officer), account));
  await must(
    decidePayeeAccount(office, request(world.by('reviewer')), { organisationId, accountId: payeeAccountId, decision: 'approved' }),
  );
  const role = roleOf[kind];
  const actor: Actor = role === 'officer' ? officer : { userId: v7(), role, organisationId, district: null };
  return { kind, organisationId, payeeAccountId, actor };
}

/** A made-up credit code and a made-up identity number whose check digits fit. */
function inventUscc(at: number): string {
  const first17 = `91210200MB${String(at).padStart(7, '0')}`;
  return first17 + usccCheck(first17);
}
export function inventId(at: number): string {
  const first17 = `210202199001${String(1 + (at % 28)).padStart(2, '0')}${String(Math.floor(at / 28) % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...first17].reduce((total, digit, place) => total + Number(digit) * weights[place]!, 0);
  return `${first17}${'10X98765432'[sum % 11]}`;
}

/** GB/T 2260 of a place; a province's own version is lived in its capital, where no city has another. */
export const districtOf = (place: string): string => {
  const digits = place.replace('CN-', '');
  return digits === '21' ? '210100' : digits.padEnd(6, '0');
};

/** The parameters an example sets otherwise, as administration would have set them. */
async function setParameters(world: World, policy: Policy, { set = {}, place }: WorkedExample): Promise<void> {
  const [maker, checker] = [world.by('supervisor'), world.by('approver')];
  for (const [key, value] of Object.entries(set))
    await asOwner(
      world,
      `INSERT INTO parameters (id, policy_id, key, scope, effective_from, value, cite, reason, proposed_by, approved_by)
       VALUES ($1, $2, $3, $4, '2019-01-01', $5, $6, 'example', $7, $8)`,
      [
        v7(),
        policy.id,
        key,
        place ?? policy.jurisdiction,
        JSON.stringify(value),
        JSON.stringify(policy.cite),
        maker.userId,
        checker.userId,
      ],
    );
}

const opened = new Set<string>();
/** Funds of these codes with plenty of money, in a district and year; made once. */
export async function fund(world: World, codes: readonly string[], district: string, fiscalYear: number): Promise<void> {
  for (const code of codes) {
    const place = `${world.test.appUrl} ${code}/${district}/${fiscalYear}`;
    if (opened.has(place)) continue;
    opened.add(place);
    const [{ id } = { id: '' }] = await world.rows<{ id: string }>(
      'SELECT id FROM funds WHERE code = $1 AND district = $2 AND fiscal_year = $3',
      [code, district, fiscalYear],
    );
    const name = { zh: code, en: code };
    const debtor = { debtorName: '示例财政局', debtorAccountNo: `2100020000000${district}`, debtorBankNo: '102100099996' };
    const fundId =
      id || (await must(openFund(world.house, request(world.by('supervisor')), { code, district, fiscalYear, name, ...debtor }))).id;
    const money = { fundId, amountFen: 1_000_000_000_000n, documentNo: `${code} ${fiscalYear}` };
    const { id: appropriationId } = await must(proposeAppropriation(world.house, request(world.by('maker')), money));
    await must(
      decideAppropriation(world.house, request(world.by('checker')), {
        fundId,
        appropriationId,
        decision: 'approved',
        on: `${fiscalYear}-01-01`,
      }),
    );
  }
}

/** The facts of an example, its people replaced by people of this case alone. */
export function factsOf(policy: Policy, facts: Facts, people: (token: string) => string): Facts {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => {
      const fact = policy.facts[name];
      if (!fact || fact.from === 'case') return [];
      if (fact.type === 'person') return [[name, people(String(value))]];
      if (typeof fact.type === 'string') return [[name, value]];
      const { list } = fact.type;
      const rows = (value as readonly Record<string, unknown>[]).map((row) =>
        Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, list[column] === 'person' ? people(String(cell)) : cell])),
      );
      return [[name, rows]];
    }),
  );
}

/** What a case shares with others instead of having its own: who is paid, who is named; and facts told otherwise. */
export type Opened = { readonly payee?: Payee; readonly people?: (token: string) => string; readonly facts?: Facts };

/** One policy's example as a case of an own payee. */
export class AnyCase {
  private constructor(
    readonly world: World,
    readonly policy: Policy,
    readonly example: WorkedExample,
    readonly payee: Payee,
    readonly story: CaseStory,
    private readonly people: (token: string) => string,
  ) {}

  static async open(
    world: World,
    policy: Policy,
    example: WorkedExample,
    { payee: by, people: named, facts = {} }: Opened = {},
  ): Promise<AnyCase> {
    const district = districtOf(example.place ?? policy.jurisdiction);
    const kind = (example.facts['payeeKind'] as PayeeKind | undefined) ?? policy.payee[0]!;
    const payee = by ?? (await newPayee(world, kind, district));
    const year = Number((await world.today()).slice(0, 4));
    for (const fiscalYear of [year, year + 1])
      await fund(
        world,
        policy.funds.map(({ code }) => code),
        district,
        fiscalYear,
      );
    await setParameters(world, policy, example);
    const own = v7().replaceAll('-', '').slice(-12);
    const people = named ?? ((token: string): string => `${token}-${own}`.slice(0, 64));
    const key = v7();
    const answer = await openCase(world.house, policy.plan.entry === 'noApplication' ? world.by('officer') : payee.actor, {
      policyId: policy.id,
      organisationId: payee.organisationId,
      payeeAccountId: payee.payeeAccountId,
      facts: factsOf(policy, { ...example.facts, ...facts }, people),
      key,
      requestSha256: sha256Of({ key }),
    });
    if (!answer.ok) throw new Error(`${policy.id}: not opened: ${answer.code} ${answer.detail.en} ${JSON.stringify(answer.errors ?? [])}`);
    return new AnyCase(world, policy, example, payee, CaseStory.known(world, answer.caseId), people);
  }

  /** Who says this: the payee's own people where they may, or the sandbox's person of the first role that may. */
  private async speaker(type: string): Promise<Actor> {
    const known = this.world.house.policies.of(await this.pinned()).types.get(type);
    if (known?.source.kind !== 'person') throw new Error(`${this.policy.id}: nobody says ${type}`);
    // what is verified is not verified by who handed it in
    const { roles: all } = known.source;
    const office = all.filter((role) => role !== this.payee.actor.role);
    const roles = known.duty === 'inspect' && office.length > 0 ? office : all;
    if (roles.some((role) => role === this.payee.actor.role) && this.payee.kind !== 'government') return this.payee.actor;
    return this.officeBy(roles[0] as Role, known.duty);
  }

  /** Two duties of one case need two people: a role that has two is played by two. */
  private readonly staff = new Map<string, Actor>();
  private officeBy(role: Role, duty = ''): Actor {
    const known = this.staff.get(`${role} ${duty}`);
    if (known) return known;
    const first = ![...this.staff.keys()].some((key) => key.startsWith(`${role} `) && !key.endsWith(' '));
    const actor = first || duty === '' ? this.world.by(role) : { ...this.world.by(role), userId: v7() };
    this.staff.set(`${role} ${duty}`, actor);
    return actor;
  }

  async say(type: string, data: Record<string, unknown> = {}): Promise<void> {
    const by = await this.speaker(type);
    await this.story.hear(by.role as Role, type, data, { by, cause: 'import' });
  }

  async intake(): Promise<void> {
    for (const { event } of chainOf(this.policy)) await this.say(event);
    await this.say('application.approved');
  }

  /** Says what may be refused. */
  async try(type: string, data: Record<string, unknown> = {}): Promise<Answer> {
    const by = await this.speaker(type);
    return this.story.tell(by.role as Role, type, data, { by, cause: 'import' });
  }

  /** The case's number, as others are told of it. */
  async caseNo(): Promise<string> {
    const [row] = await this.world.rows<{ caseNo: string }>('SELECT case_no AS "caseNo" FROM cases WHERE id = $1', [this.story.id]);
    return row!.caseNo;
  }

  /** Facts of the example's period, for this case's people. */
  periodFacts(): Facts {
    return factsOf(this.policy, this.example.period?.facts ?? {}, this.people);
  }

  /** Claims the example's period; nothing where it has none. */
  async claim(): Promise<void> {
    const { period } = this.example;
    const claim = period?.claim ?? this.policy.plan.claims?.[0]?.id;
    if (!period || claim === undefined) return;
    await this.begun(period.id);
    await this.say('claim.filed', { claim, period: period.id, facts: factsOf(this.policy, period.facts, this.people) });
  }

  /** A period is claimed once it has begun. */
  async begun(period: string): Promise<void> {
    const from = periodOf(period)!.from;
    if ((await this.world.today()) < from) await this.world.goTo(from);
  }

  /** Everything due is requested, collected by fund, signed and paid. */
  async pay(): Promise<void> {
    await runAll(this.world);
    const waiting = await this.world.rows<{ ids: string[] }>(
      "SELECT array_agg(id) AS ids FROM disbursements WHERE state = 'requested' AND batch_id IS NULL GROUP BY fund_id",
    );
    for (const { ids } of waiting) await signBatch(this.world, this.policy.means === 'allocation' ? 'allocation' : 'http', ids);
    await runAll(this.world);
  }

  /** One more step towards the end: what must still be told, or the day that must pass. False when nothing is left to say. */
  async step(): Promise<boolean> {
    const [row] = await this.world.rows<{ snapshot: never }>('SELECT snapshot FROM cases WHERE id = $1', [this.story.id]);
    const machine = this.world.house.policies.of(await this.pinned()).machine;
    const allowed = new Set(allowedEvents(machine, row!.snapshot));
    const { plan } = this.policy;
    const milestone = plan.milestones.find(
      ({ id, anytime, voids }) => !anytime && !voids && allowed.has(`milestone.${id}`) && !this.never.has(id),
    );
    if (milestone) return this.reach(milestone.id);
    if (allowed.has('acceptance.passed')) return this.told('acceptance.passed');
    if (allowed.has('notice.posted')) return this.told('notice.posted');
    const open = (plan.claims ?? []).find(
      ({ id }) => (row as unknown as { snapshot: { value: Record<string, string> } }).snapshot.value[id] === 'open',
    );
    if (open) return this.told('claims.stopped', { claim: open.id, stop: 'other', reason: '期满' });
    return this.untilNextDay();
  }

  /** What the example's facts do not bear out never comes; the case then ends as its plan says. */
  private readonly never = new Set<string>();
  private async reach(milestone: string): Promise<true> {
    const answer = await this.try(`milestone.${milestone}`);
    if (!answer.ok && answer.code !== 'event-not-allowed') throw new Error(`milestone.${milestone}: ${answer.code} ${answer.detail.en}`);
    if (!answer.ok) this.never.add(milestone);
    return true;
  }

  private async told(type: string, data: Record<string, unknown> = {}): Promise<true> {
    await this.say(type, data);
    return true;
  }

  /** Waits for a clock that nobody can meet earlier, such as the end of a public notice. */
  private async untilNextDay(): Promise<boolean> {
    const running = (await this.story.deadlines()).filter(({ status, lastDay }) => status === 'running' && lastDay !== null);
    const last = running.map(({ lastDay }) => lastDay as string).sort()[0];
    if (last === undefined) return false;
    const today = await this.world.today();
    await this.world.goTo(addDays(last < today ? today : last, 1));
    return true;
  }

  async finish(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      await this.pay();
      const { standing } = await this.story.view();
      if (standing === 'closed') return;
      if (!(await this.step())) break;
    }
    const view = await this.story.view();
    throw new Error(`${this.policy.id} ${this.policy.jurisdiction}: not closed: ${JSON.stringify({ ...view, regions: undefined })}`);
  }

  private async pinned() {
    return { policyId: this.policy.id, policyVersion: this.policy.version, jurisdiction: this.policy.jurisdiction };
  }
}

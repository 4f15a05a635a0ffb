// What every story of the demo plays on: signed-in people, the legal clock, the calendar, the policy's words, the bank.

import type { Policy, Role } from '@tranche/policies';
import { type Language, text } from '../terminal/language.js';
import type { SimulatedBank } from './bank.js';
import { ApiProblem, DemoProblem, type Session, signIn } from './client.js';
import type { Dice } from './people.js';
import type { FundView, Page } from './views.js';

export const POLICY = 'training-subsidy-staged';
/** Where the sandbox's institution lives. */
export const PLACE = 'CN-2102';

const CAST = [
  'institution',
  'officer',
  'reviewer',
  'approver',
  'inspector',
  'maker',
  'checker',
  'cashier',
  'supervisor',
] as const satisfies readonly Role[];
export type Player = (typeof CAST)[number];

export type Stage = {
  readonly language: Language;
  readonly people: Readonly<Record<Player, Session>>;
  readonly clock: LegalClock;
  readonly policy: Policy;
  readonly bank: SimulatedBank;
  readonly payeeAccountId: string;
  readonly dice: Dice;
};

export type StageOptions = {
  readonly url: string;
  readonly password: string;
  readonly language: Language;
  readonly bank: SimulatedBank;
  readonly dice: Dice;
};

/** Signs everybody in and looks round. Throws DemoProblem when the sandbox cannot play the stories any more. */
export async function openStage({ url, password, language, bank, dice }: StageOptions): Promise<Stage> {
  const sessions = await Promise.all(CAST.map(async (role) => [role, await signIn(url, language, role, password)] as const));
  const people = Object.fromEntries(sessions) as Record<Player, Session>;
  const clock = new LegalClock(people.supervisor);
  const lastDay = await demandCalendar(clock);
  const today = await clock.today();
  const policy = await policyInForce(people.officer, today);
  await demandBudget(people, new Set([today, lastDay].map((day) => Number(day.slice(0, 4)))));
  return { language, people, clock, policy, bank, dice, payeeAccountId: await approvedAccount(people.institution) };
}

/** The legal clock of the sandbox: it only moves forward, and answers when everything due on the way is done. */
export class LegalClock {
  constructor(private readonly mover: Session) {}

  async today(): Promise<string> {
    const { now } = await this.mover.get<{ now: string }>('sandbox/clock');
    return now.slice(0, 10);
  }

  /** Moves to nine o'clock of the day, or stays where it is when that has passed. */
  async goTo(day: string): Promise<void> {
    const wanted = `${day}T09:00:00+08:00`;
    const { now } = await this.mover.get<{ now: string }>('sandbox/clock');
    if (Date.parse(now) < Date.parse(wanted)) await this.mover.post('sandbox/clock', { now: wanted });
  }

  /** The n-th working day after a day, on the State Council calendar. */
  async workingDay(from: string, days: number): Promise<string> {
    const { due } = await this.mover.get<{ due: string }>(`calendar/working-days?from=${from}&days=${days}`);
    return due;
  }
}

/** Longest way of the three stories, in working days. */
const WORKING_DAYS = 60;

/** The last day the stories may reach; they need a published calendar that far. */
async function demandCalendar(clock: LegalClock): Promise<string> {
  const today = await clock.today();
  try {
    return await clock.workingDay(today, WORKING_DAYS);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'calendar-not-published') throw error;
    throw new DemoProblem(
      text(
        `沙箱的法定时钟已到 ${today}，此后年度的节假日安排尚未公布，时限无法计算；时钟只能前移。请停止沙箱，换一个新的数据目录再演示，例如：TRANCHE_DIR=.tranche-2 npm run demo`,
        `The sandbox's legal clock stands at ${today}; the calendar beyond is not published, so legal dates cannot be computed, and the clock only moves forward. Use a fresh data folder, for example: TRANCHE_DIR=.tranche-2 npm run demo`,
      ),
    );
  }
}

async function policyInForce(reader: Session, today: string): Promise<Policy> {
  type Listed = { readonly id: string; readonly version: string; readonly jurisdiction: string };
  const { items } = await reader.get<Page<Listed>>(`policies?on=${today}`);
  const found = items.find((item) => item.id === POLICY && item.jurisdiction === PLACE);
  if (found === undefined)
    throw new DemoProblem(text(`${today} 没有在执行的 ${POLICY}（${PLACE}）。`, `${POLICY} (${PLACE}) is not in force on ${today}.`));
  return reader.get<Policy>(`policies/${POLICY}/versions/${found.version}?jurisdiction=${PLACE}`);
}

async function approvedAccount(institution: Session): Promise<string> {
  type Account = { readonly id: string; readonly state: string };
  const { items } = await institution.get<Page<Account>>(`organisations/${institution.organisationId}/accounts`);
  const account = items.find(({ state }) => state === 'approved');
  if (account === undefined)
    throw new DemoProblem(text('沙箱机构没有已核准的收款账户。', 'The sandbox institution has no approved payee account.'));
  return account.id;
}

/** What one run pays out of one fund, with room: three estimates of 300,000 yuan. */
const NEEDED_FEN = 90_000_000n;

/** Every fiscal year of the run needs one fund that can pay it; where repeated runs used the money up, finance appropriates more. */
async function demandBudget({ supervisor, maker, checker }: Readonly<Record<Player, Session>>, years: ReadonlySet<number>): Promise<void> {
  const { items } = await supervisor.get<Page<FundView>>('funds?limit=200');
  for (const year of years) {
    const funds = items.filter(({ fiscalYear }) => fiscalYear === year);
    const [first] = funds;
    if (first === undefined)
      throw new DemoProblem(
        text(
          `沙箱没有 ${year} 年度的资金来源，无法拨付。请换一个新的数据目录再演示，例如：TRANCHE_DIR=.tranche-2 npm run demo`,
          `The sandbox has no fund of fiscal year ${year} to pay from. Use a fresh data folder, for example: TRANCHE_DIR=.tranche-2 npm run demo`,
        ),
      );
    if (funds.some(({ availableFen }) => BigInt(availableFen) >= NEEDED_FEN)) continue;
    const asked = { amountFen: String(NEEDED_FEN), documentNo: `示例追加指标〔${year}〕` };
    const { id } = await maker.post<{ id: string }>(`funds/${first.id}/appropriations`, asked);
    await checker.post(`funds/${first.id}/appropriations/${id}/approve`, {});
  }
}

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hasRoster } from '@tranche/machines';
import { entitlementRow, type Policy, policies, workExample } from '@tranche/policies';
import { expectBooksToAgree } from '../support/books.js';
import { type Lived, livePaid, liveRefused, nameOf, opened, type Refused, screen, screened } from '../support/every-life.js';
import { done, waitFor } from '../support/http-client.js';
import type { LifeView, Stage } from '../support/http-life.js';
import { inventNumbers } from '../support/list-file.js';
import { Payees } from '../support/payees.js';
import { RunningHouse } from '../support/processes.js';
import { Together } from '../support/together.js';
import { Treasury } from '../support/treasury.js';
import { paidLife, refusedLife, type WhichLife } from '../support/which-lives.js';

jest.setTimeout(240_000);

const ids = [...new Set(policies().map(({ id }) => id))];
/** Every version of every policy with an example that is paid; the last of each is refused another case, and its own is undone. */
const lives = policies().flatMap((policy) => paidLife(policy) ?? []);
const last = new Set(ids.flatMap((id) => lives.findLast(({ policy }) => policy.id === id) ?? []));
const refusals = [...last].flatMap((life) => refusedLife(life) ?? []);
const refusalOf = ({ policy }: WhichLife) => refusals.find((each) => each.policy === policy);

/** A closed case whose people nobody else may be paid for. */
const kept = lives.find(
  (which) =>
    !last.has(which) && which.policy.exclusions.some((each) => 'key' in each && each.per === 'once' && /\.person\b/.test(each.key)),
)!;
const keptNumbers = inventNumbers();

const lived = new Map<string, Lived | Error>();
const refused = new Map<string, Refused | Error>();
let house: RunningHouse;
let stage: Stage;

beforeAll(async () => {
  const [begins = ''] = lives.map(({ day }) => day).sort();
  house = await RunningHouse.start({ begins, everywhere: true });
  stage = { house, together: new Together(house), payees: new Payees(house), treasury: new Treasury(house) };
  await stage.together.all([
    ...lives.map(
      (which) => () => (screened(which) ? run(which) : keep(lived, which, livePaid(stage, which, last.has(which), numbersOf(which)))),
    ),
    ...refusals.filter((which) => !screened(which)).map((which) => () => keep(refused, which, liveRefused(stage, which))),
  ]);
});
afterAll(async () => {
  await house?.close();
  process.stdout.write(`\n${ids.map(line).join('\n')}\n`);
});

const numbersOf = (which: WhichLife) => (which === kept ? keptNumbers : inventNumbers());

async function keep<T>(into: Map<string, T | Error>, { policy }: WhichLife, end: Promise<T>): Promise<void> {
  into.set(nameOf(policy), await end.catch((error: Error) => error));
}

async function run(which: WhichLife): Promise<void> {
  const both = screen(stage, which, { refusal: refusalOf(which), undone: last.has(which), from: 700_000 + 10 * lives.indexOf(which) });
  await keep(
    lived,
    which,
    both.then((ends) => ends.lived),
  );
  const { refused: no } = await both.catch(() => ({ refused: null }));
  if (no) refused.set(nameOf(which.policy), no);
}

const found = <T>(of: ReadonlyMap<string, T | Error>, policy: Policy): T => {
  const end = of.get(nameOf(policy));
  if (end === undefined) throw new Error(`${nameOf(policy)} was not lived`);
  if (end instanceof Error) throw end;
  return end;
};
const titled = <T extends WhichLife>(each: readonly T[]) => each.map((which) => [nameOf(which.policy), which] as const);

/** What the rules say the example is worth: its period, its entitlement, or what was advanced where the rest was never earned. */
function worth({ policy: { plan }, policy, example }: WhichLife, { marks }: LifeView): string | undefined {
  const { amounts, conditions } = workExample(policy, example);
  const claim = plan.claims?.find(({ id }) => id === (example.period?.claim ?? plan.claims?.[0]?.id));
  const name = example.period ? claim?.amount : entitlementRow(plan, conditions)?.amount;
  return amounts[(marks['expired'] ? plan.advances[0]?.amount : name) ?? ''] ?? undefined;
}

describe('a case of every policy, over HTTP', () => {
  it('is lived in every version of all thirty, refused in each, recovered in each that recovers', () => {
    expect(ids).toHaveLength(30);
    expect(lives.map(({ policy }) => nameOf(policy))).toEqual(policies().map(nameOf));
    expect(refusals.map(({ policy }) => policy.id)).toEqual(ids);
  });

  it.each(titled(lives))('runs from the application to closed, and is paid what its example is worth: %s', (_, which) => {
    const { closed } = found(lived, which.policy);
    expect(closed).toMatchObject({ standing: 'closed', payableFen: '0', entitledFen: closed.paidFen });
    expect(BigInt(closed.paidFen)).toBeGreaterThan(0n);
    // a class has a roster of its own
    expect(closed.paidFen).toBe(hasRoster(which.policy) ? closed.entitledFen : worth(which, closed));
  });

  it('is paid from the funds its policy names, whatever it is', async () => {
    const drawn = await house.rows<{ policy: string; code: string }>(
      `SELECT DISTINCT c.policy_id AS policy, f.code FROM entries e JOIN postings p ON p.id = e.posting_id JOIN accounts a ON a.id = e.account_id
         JOIN funds f ON f.id = a.fund_id JOIN cases c ON c.id = p.case_id WHERE a.code = 'B5'`,
    );
    const named = policies().flatMap(({ id, funds }) => funds.map(({ code }) => `${id} ${code}`));
    expect(drawn.map(({ policy, code }) => `${policy} ${code}`).filter((each) => !named.includes(each))).toEqual([]);
    expect(new Set(drawn.map(({ policy }) => policy)).size).toBe(30);
  });

  it.each(titled(refusals))('is refused under the clause of the rule it breaks: %s', (_, which) => {
    const { policy, unmet } = which;
    const { grounds, end } = found(refused, policy);
    for (const { id, cite } of policy.rules.filter((rule) => unmet.includes(rule.id)))
      expect(grounds).toContainEqual({ rule: `rules.${id}`, message: expect.stringContaining(`${cite.doc} ${cite.clause}`) });
    expect(end).toBe(screened(which) ? 'excluded' : 'closed');
  });

  it.each(titled([...last].filter(({ policy }) => policy.plan.recovery)))('gives back what was paid and not due: %s', (_, { policy }) => {
    const { closed, repaid } = found(lived, policy);
    expect(repaid).toMatchObject({ standing: 'closed', entitledFen: '0', recoveredFen: closed.paidFen, recovery: { state: 'closed' } });
  });

  it('moves budget between governments without a bank, and through none', async () => {
    const city = lives.find(
      ({ policy: { means, exclusions } }) =>
        means === 'allocation' && exclusions.every((each) => 'key' in each && each.key.includes('payeeKey')),
    )!;
    const life = await opened(stage, city, 'again');
    done('approval', await life.intake());
    const waiting = await waitFor('it waits', async () => (await disbursementsOf(life.id)).find(({ state }) => state === 'requested'));
    const asked = { as: 'maker', body: { disbursementIds: [waiting.id], rail: 'http' } };
    expect((await house.client.ask('POST', 'batches', asked)).body).toMatchObject({ status: 422, errors: [{ field: 'rail' }] });
    const sent = await house.rows(
      `SELECT a.id FROM attempts a JOIN transfers t ON t.id = a.transfer_id JOIN disbursements d ON d.id = t.disbursement_id JOIN cases c ON c.id = d.case_id
       WHERE c.policy_id = ANY($1)`,
      [lives.filter(({ policy }) => policy.means === 'allocation').map(({ policy }) => policy.id)],
    );
    expect(sent).toEqual([]);
  });

  it('has people whom no other case may be paid for: it is named', async () => {
    const { closed } = found(lived, kept.policy);
    const life = await opened(stage, kept, 'again', keptNumbers);
    await expect(life.intake()).rejects.toThrow(new RegExp(`exclusion-conflict.*${closed.caseNo}`, 's'));
  });

  it('leaves the books sound', async () => {
    await expectBooksToAgree(house);
  });
});

const disbursementsOf = async (id: string) =>
  (await house.client.get<{ items: { id: string; state: string }[] }>('maker', `disbursements?caseId=${id}`)).items;

/** One line of a policy: its versions closed, what came back, the clause it was refused under. */
function line(id: string): string {
  const own = lives.filter(({ policy }) => policy.id === id).map(({ policy }) => lived.get(nameOf(policy)));
  const ends = own.filter((end): end is Lived => end !== undefined && !(end instanceof Error));
  const repaid = ends.map((end) => end.repaid?.recoveredFen).find((fen) => fen !== undefined) ?? '-';
  const { policy } = refusals.find((each) => each.policy.id === id) ?? {};
  const no = policy && refused.get(nameOf(policy));
  const ground = no && !(no instanceof Error) ? no.grounds[0]?.rule : undefined;
  const rule = policy?.rules.find((each) => ground === `rules.${each.id}`);
  const clause = rule ? `${rule.id} (${rule.cite.doc} ${rule.cite.clause})` : '-';
  return `${id.padEnd(36)} closed ${ends.length}/${own.length}  recovered ${repaid.padStart(10)} fen  refused: ${clause}`;
}

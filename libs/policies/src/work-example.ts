import { entitlementRow, holds } from './conditions.js';
import { parseFacts } from './facts.js';
import { fundPlan } from './fund-split.js';
import { placesAround } from './places.js';
import type { Facts, Policy, Stamp, Terms, WorkedExample } from './policy.js';
import { stamp } from './stamp.js';
import { resolveTerms } from './terms.js';
import { binds } from './window.js';

/** What an example comes to, in the words of `Expectation`. */
export type Worked = {
  readonly eligible: boolean | null;
  readonly inWindow: boolean;
  readonly unmet: readonly string[];
  readonly conditions: Stamp['conditions'];
  readonly amounts: Stamp['amounts'];
  readonly counts: NonNullable<Stamp['counts']>;
  readonly remainderFen: string | null;
  readonly recoverFen: string | null;
  readonly funds: { readonly of: string; readonly fen: Readonly<Record<string, string>> } | null;
  readonly keys: readonly string[] | null;
};

/** The day on which an example's application is received: its own, or the first on which the version binds. */
export const dayOf = (policy: Policy, { on }: WorkedExample): string =>
  on ?? (policy.window.from > policy.issuedOn ? policy.window.from : policy.issuedOn);

/** Does the example speak of this version? */
export const speaksOf = (policy: Policy, example: WorkedExample): boolean =>
  (example.jurisdiction ?? policy.jurisdiction) === policy.jurisdiction && binds(policy, dayOf(policy, example));

/** The terms an example's case is opened under. */
export const termsOf = (policy: Policy, example: WorkedExample): Terms =>
  resolveTerms(policy, {
    on: dayOf(policy, example),
    scopes: placesAround(example.place ?? policy.jurisdiction),
    overrides: Object.entries(example.set ?? {}).map(([key, value]) => ({
      key,
      value,
      from: '2019-01-01',
      scope: placesAround(example.place ?? policy.jurisdiction)[0]!,
      cite: policy.cite,
    })),
  });

/** Works an example out by the rules alone. Throws when its facts are not those of the policy: a bug of the example. */
export function workExample(policy: Policy, example: WorkedExample): Worked {
  const terms = termsOf(policy, example);
  const facts = checked(policy, example.facts);
  const { period } = example;
  const said = stamp(policy, {
    facts,
    terms,
    on: dayOf(policy, example),
    ...(period ? { period: { ...period, facts: checked(policy, period.facts) } } : {}),
  });
  const amounts = { ...said.amounts, ...said.period?.amounts };
  const split = example.expect.funds && fundPlan(policy, { conditions: said.conditions, terms }, amounts[example.expect.funds.of] ?? '0');
  const keys = period ? said.period?.keys : said.keys;
  return {
    eligible: said.eligible === true && said.period ? said.period.eligible : said.eligible,
    inWindow: said.inWindow && (said.period?.inWindow ?? true),
    unmet: [...said.unmet, ...(said.period?.unmet ?? [])],
    conditions: said.conditions,
    amounts,
    counts: said.counts ?? {},
    ...account(policy, example, said),
    funds:
      split?.kind === 'split'
        ? { of: example.expect.funds!.of, fen: Object.fromEntries(split.parts.map((part) => [part.fund.code, part.amountFen])) }
        : null,
    keys: keys?.map(({ group, key }) => `${group} ${key}`) ?? null,
  };
}

function checked(policy: Policy, raw: Facts): Facts {
  const parsed = parseFacts(policy, raw, { partial: true });
  if (!parsed.ok) throw new Error(`${policy.id}: ${parsed.message.en}`);
  return parsed.facts;
}

/** What is left to pay or comes back, with these advances out. */
function account({ plan }: Policy, example: WorkedExample, { amounts, conditions }: Stamp): Pick<Worked, 'remainderFen' | 'recoverFen'> {
  const failed = example.outcome === 'failed';
  const name = failed ? plan.acceptance?.onFailure : entitlementRow(plan, conditions)?.amount;
  const entitled = name === undefined ? (failed ? '0' : null) : (amounts[name] ?? null);
  const out = plan.advances.filter(({ id, when }) => example.paid?.includes(id) ?? holds(when, conditions) === true);
  const fens = out.map(({ amount }) => amounts[amount] ?? null);
  if (entitled === null || fens.includes(null)) return { remainderFen: null, recoverFen: null };
  const rest = BigInt(entitled) - fens.reduce((total, fen) => total + BigInt(fen ?? 0), 0n);
  return {
    remainderFen: (rest > 0n && !failed ? rest : 0n).toString(),
    recoverFen: (rest < 0n ? -rest : 0n).toString(),
  };
}

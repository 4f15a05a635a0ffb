import {
  type ExclusionKey,
  type Facts,
  fundPlan,
  holds,
  type ParameterOverride,
  type Policy,
  resolveTerms,
  type Stamp,
  stamp,
  type Terms,
} from '@tranche/policies';
import { termsSha256 } from '../audit/identity.js';
import type { CasePolicy } from '../case-policies.js';
import { scopesOf } from '../places.js';

/** What the policy says of one set of facts; the same for all firms that have it. */
export type Judgement = {
  readonly stamp: Stamp;
  /** payable once approved; null: nothing, or not known */
  readonly fen: string | null;
  /** codes of the fund that is drawn first, or of those that share it */
  readonly fund: string | null;
};

/** Sets of facts remembered at once. */
const REMEMBERED = 2_000;
/** Stands for the firm in a shared judgement. No firm has this token: theirs are hashes. */
const SOME_FIRM = 'f-some-firm';

/**
 * Judges facts by the policy's own evaluator, as of one day. Firms of equal facts are evaluated once: what tells them apart, the token
 * under which their claims stand, is put in afterwards. Where a rule or an amount asks for the token, nothing is shared.
 */
export class Judgements {
  private readonly terms = new Map<string, { readonly terms: Terms; readonly at: number }>();
  private readonly sets = new Map<string, { readonly terms: Terms; readonly at: number }>();
  private known = new Map<string, Judgement>();
  private readonly shares: boolean;
  /** evaluations that were really made */
  evaluated = 0;

  constructor(
    private readonly casePolicy: CasePolicy,
    private readonly on: string,
    private readonly overrides: readonly ParameterOverride[],
  ) {
    this.shares = !asksForFirm(casePolicy.policy);
  }

  /** The parameters in force in a place (GB/T 2260); places with equal ones share the very same object. */
  termsIn(district: string): Terms {
    return this.placed(district).terms;
  }

  private placed(district: string): { readonly terms: Terms; readonly at: number } {
    const known = this.terms.get(district);
    if (known) return known;
    const terms = frozen(resolveTerms(this.casePolicy.policy, { on: this.on, scopes: scopesOf(district), overrides: this.overrides }));
    const hash = termsSha256(terms);
    const set = this.sets.get(hash) ?? { terms, at: this.sets.size };
    this.sets.set(hash, set);
    this.terms.set(district, set);
    return set;
  }

  /** `facts` without what the case itself supplies of the firm's identity. */
  of(facts: Facts, firm: string, district: string): Judgement {
    const { terms, at } = this.placed(district);
    if (!this.shares) return this.judge(withFirm(this.casePolicy.policy, facts, firm), terms);
    const key = `${at} ${JSON.stringify(facts)}`;
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size >= REMEMBERED) this.known = new Map();
    const judgement = this.judge(withFirm(this.casePolicy.policy, facts, SOME_FIRM), terms);
    this.known.set(key, judgement);
    return judgement;
  }

  private judge(facts: Facts, terms: Terms): Judgement {
    this.evaluated += 1;
    const { policy } = this.casePolicy;
    const said = stamp(policy, { facts, terms, on: this.on });
    const fen = payableOf(policy, said);
    return { stamp: said, fen, fund: fen === null ? null : fundOf(policy, said, terms, fen) };
  }
}

/** The stamp as the firm's own case has it. */
export const stampOfFirm = (said: Stamp, firm: string): Stamp =>
  said.keys ? Object.freeze({ ...said, keys: keysOfFirm(said, firm) }) : said;

/** What the firm takes of the exclusion groups. */
export const keysOfFirm = ({ keys }: Stamp, firm: string): ExclusionKey[] =>
  (keys ?? []).map((each) => ({ ...each, key: each.key.replaceAll(SOME_FIRM, firm) }));

/** The facts of a firm's case: what was read, and who it is. */
export const withFirm = (policy: Policy, facts: Facts, firm: string): Facts =>
  Object.freeze(policy.facts['payeeKey'] ? { ...facts, payeeKey: firm } : facts);

/** Does anything but the keys of exclusions ask who the firm is? */
const asksForFirm = ({ rules, amounts, plan }: Policy): boolean =>
  /\bpayeeKey\b/.test(JSON.stringify([rules.map(({ when }) => when), amounts, plan.conditions ?? {}]));

function payableOf({ plan }: Policy, { amounts, conditions }: Stamp): string | null {
  const row = plan.entitlement.find(({ opens, when }) => opens.every((mark) => mark === 'approved') && holds(when, conditions) === true);
  const fen = amounts[row?.amount ?? ''] ?? null;
  return fen === null || fen === '0' ? null : fen;
}

function fundOf(policy: Policy, { conditions }: Stamp, terms: Terms, fen: string): string {
  const plan = fundPlan(policy, { conditions, terms }, fen);
  return plan.kind === 'inOrder' ? (plan.funds[0]?.code ?? '') : plan.parts.map(({ fund }) => fund.code).join('+');
}

function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

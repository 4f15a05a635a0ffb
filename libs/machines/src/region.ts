import type { Cite, Policy, Text } from '@tranche/policies';
import type { CaseContext, Heard } from './context.js';
import type { Effect } from './effects.js';

/** Fixed arguments of a named rule: plain JSON, so tables, diagrams and hashes can show them. */
export type Params = Readonly<Record<string, string>>;

/** A named condition; `not` turns it round. */
export type Condition = { readonly type: string; readonly params?: Params; readonly not?: true };
/** A named change of the context or a named effect. */
export type Deed = { readonly type: string; readonly params?: Params };

/** One arrow of a region: when all conditions hold, the deeds happen in order. Without `to` the state stays. */
export type Arrow = {
  readonly to?: string;
  readonly when?: readonly Condition[];
  readonly does?: readonly Deed[];
  readonly why: Text;
  readonly cite?: Cite;
  /** kept against mistakes elsewhere: a sound plan may never need it, and a check does not ask for a way to it */
  readonly safeguard?: true;
};

export type RegionState = {
  readonly label: Text;
  readonly on?: Readonly<Record<string, readonly Arrow[]>>;
  /** decided from the context alone, after every event */
  readonly always?: readonly Arrow[];
};

/** One concern of a case, as data: the machine, its table and its diagram are read from it. */
export type Region = {
  readonly id: string;
  readonly label: Text;
  readonly initial: string;
  readonly states: Readonly<Record<string, RegionState>>;
  /** heard in every state of the region that does not answer it itself */
  readonly on?: Readonly<Record<string, readonly Arrow[]>>;
};

/** Total, reads only the context and the event. */
export type Guard = {
  readonly label: Text;
  /** rules, amounts and conditions it reads in the stamp and that are not known yet, by name */
  readonly waitsFor?: (context: CaseContext, event: Heard, params: Params, policy: Policy) => readonly string[];
  readonly holds: (context: CaseContext, event: Heard, params: Params, policy: Policy) => boolean;
};
export type Update = (context: CaseContext, event: Heard, params: Params, policy: Policy) => Partial<CaseContext>;
export type Say = (context: CaseContext, event: Heard, params: Params, policy: Policy) => readonly Effect[];

/** What the names in arrows mean. */
export type Rules = {
  readonly guards: Readonly<Record<string, Guard>>;
  readonly updates: Readonly<Record<string, Update>>;
  readonly says: Readonly<Record<string, Say>>;
};

/** Conditions of an arrow: `when('held')`, `unless('held')`. */
export const when = (type: string, params?: Params): Condition => (params ? { type, params } : { type });
export const unless = (type: string, params?: Params): Condition => (params ? { type, params, not: true } : { type, not: true });
/** A deed of an arrow. */
export const deed = (type: string, params?: Params): Deed => (params ? { type, params } : { type });
export const text = (zh: string, en: string): Text => ({ zh, en });

/** The reason of an arrow in one line, both languages, with its clause. */
export function describe(arrow: Arrow): string {
  const clause = arrow.cite ? ` 〔${arrow.cite.doc} ${arrow.cite.clause} ${arrow.cite.basis}〕` : '';
  return `${arrow.why.zh} / ${arrow.why.en}${clause}`;
}

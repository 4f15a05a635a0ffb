import {
  type CaseMachine,
  caseMachine,
  dataSchemas,
  type EventType,
  eventTypes,
  fieldIssues,
  issueWords,
  machineHash,
} from '@tranche/machines';
import {
  binds,
  type Facts,
  inWindow,
  landmarkTerms,
  type ParameterOverride,
  type Policy,
  placesAround,
  policies,
  versionInForce,
  type WhereAndWhen,
} from '@tranche/policies';
import { type FieldError, type Refused, refuse } from './refusal.js';

/** A policy version with everything the one door needs of it, built once per process. */
export type CasePolicy = {
  readonly policy: Policy;
  readonly machine: CaseMachine;
  readonly hash: string;
  readonly types: ReadonlyMap<string, EventType>;
  readonly parseData: (
    type: string,
    data: unknown,
  ) => { readonly ok: true; readonly value: Record<string, unknown> } | { readonly ok: false; readonly errors: readonly FieldError[] };
};

type Pinned = { readonly policyId: string; readonly policyVersion: string; readonly jurisdiction: string };

export type CasePolicies = {
  /** the version a running case is pinned to; throws when it is not in the registry (boot refuses before that) */
  readonly of: (pinned: Pinned) => CasePolicy;
  /** the version that binds an application of today in a place: where several do, the one whose window holds the day the facts name */
  readonly inForce: (
    policyId: string,
    jurisdiction: string,
    on: string,
    facts?: Facts,
    /** approved values: a recorded landmark closes the windows that wait for it */
    overrides?: readonly ParameterOverride[],
  ) => { readonly ok: true; readonly casePolicy: CasePolicy } | Refused;
};

const keyOf = (id: string, version: string, jurisdiction: string): string => `${id}/${jurisdiction}/${version}`;

/** The registry's policies, each with its machine; machines are built on first use and kept. */
export function casePolicies(versions: readonly Policy[] = policies()): CasePolicies {
  const registered = new Map(versions.map((policy) => [keyOf(policy.id, policy.version, policy.jurisdiction), policy]));
  const built = new Map<string, CasePolicy>();
  const of = (key: string): CasePolicy => {
    const known = built.get(key);
    if (known) return known;
    const policy = registered.get(key);
    if (!policy) throw new Error(`policy ${key} is not in the registry`);
    const made = build(policy);
    built.set(key, made);
    return made;
  };
  return {
    of: ({ policyId, policyVersion, jurisdiction }) => of(keyOf(policyId, policyVersion, jurisdiction)),
    inForce: (policyId, jurisdiction, on, facts = {}, overrides = []) => {
      const anchored = byAnchor(versions, policyId, { jurisdiction, on, overrides }, facts);
      const found = anchored ? { ok: true as const, policy: anchored } : versionInForce(policyId, { jurisdiction, on, overrides });
      if (found.ok) return { ok: true, casePolicy: of(keyOf(policyId, found.policy.version, found.policy.jurisdiction)) };
      return refuse('data-invalid', found.message.zh, found.message.en, {
        errors: [{ field: found.field, code: found.code, message: found.message }],
      });
    },
  };
}

/**
 * Among the versions of the nearest place that bind on the day of application: the latest whose window holds the day a fact names;
 * where no fact is known yet, or none holds, the latest. Undefined: none binds.
 */
function byAnchor(
  versions: readonly Policy[],
  id: string,
  { jurisdiction, on, overrides }: Required<Pick<WhereAndWhen, 'jurisdiction' | 'on' | 'overrides'>>,
  facts: Facts,
): Policy | undefined {
  const scopes = placesAround(jurisdiction);
  const binding = versions.filter((policy) => policy.id === id && binds(policy, on, landmarkTerms(policy, { on, scopes, overrides })));
  const near = placesAround(jurisdiction).flatMap((place) => {
    const own = binding.filter((policy) => policy.jurisdiction === place);
    return own.length > 0 ? [own.toSorted((a, b) => b.issuedOn.localeCompare(a.issuedOn))] : [];
  })[0];
  return near?.find((policy) => inWindow(policy, anchorDay(policy, facts))) ?? near?.[0];
}

function anchorDay({ window }: Policy, facts: Facts): string | null {
  const day = typeof window.anchor === 'object' ? facts[window.anchor.fact] : null;
  return typeof day === 'string' ? day : null;
}

function build(policy: Policy): CasePolicy {
  const machine = caseMachine(policy);
  const schemas = dataSchemas(policy);
  return {
    policy,
    machine,
    hash: machineHash(machine),
    types: eventTypes(policy),
    parseData: (type, data) => {
      const parsed = schemas.get(type)?.safeParse(data, { reportInput: true });
      if (!parsed)
        return { ok: false, errors: [{ field: 'type', code: 'event-unknown', message: { zh: '未知事件', en: 'unknown event' } }] };
      if (parsed.success) return { ok: true, value: parsed.data as Record<string, unknown> };
      const errors = fieldIssues(parsed.error.issues).map((issue) => ({
        field: ['data', ...issue.path.map(String)].join('.'),
        code: issue.code ?? 'invalid',
        message: issueWords(issue),
      }));
      return { ok: false, errors };
    },
  };
}

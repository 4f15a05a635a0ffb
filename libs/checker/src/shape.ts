import { branchNames, type CaseMachine, chainOf, eventTypes, openCase } from '@tranche/machines';
import { type Policy, resolveTerms } from '@tranche/policies';
import { amountNames } from './bounds.js';
import { theDay } from './project.js';

/** What no step of an exploration reads: words, clauses, papers, who may speak or has a task, and the length of limits. */
const unread = new Set([
  'label',
  'why',
  'cite',
  'note',
  'onFailureCite',
  'conditionLabels',
  'by',
  'evidence',
  'every',
  'count',
  'months',
  'unit',
  'role',
]);

/**
 * The form of a machine: its regions and what its rules read of the policy, under standard names, without what no step reads. Two machines
 * of one form differ only in names, so an exploration of one is an exploration of the other: the names are replaced one for one wherever
 * they stand, and rules look names up without reading anything into them. Throws where a case cannot be opened.
 */
export function shapeOf(machine: CaseMachine): string {
  const form = forms.get(machine) ?? formOf(machine);
  forms.set(machine, form);
  return form;
}

const forms = new WeakMap<CaseMachine, string>();

function formOf(machine: CaseMachine): string {
  const { policy, regions } = machine;
  const { conditions: _, claims = [], acceptance, remainder, entry, ...plan } = policy.plan;
  const form = {
    entry: chainOf(policy).map(({ event }) => event),
    plan,
    remainder: remainder?.id ?? null,
    claims: claims.map(({ term, extension, stops, ...claim }) => ({
      ...claim,
      stops: stops.length > 0,
      term: term !== undefined,
      extension: extension && { times: extension.times, when: extension.when },
    })),
    acceptance: acceptance ? { attempts: attemptsOf(machine), onFailure: acceptance.onFailure ?? null } : null,
    branches: branchNames(policy).length,
    estimate: amountNames(policy).early.length > 0,
    regions,
    types: [...eventTypes(policy).keys()],
  };
  return JSON.stringify(new Renaming(policy).of(form));
}

/** Machines by their form, in the order in which each form comes first. */
export function byShape(machines: readonly CaseMachine[]): readonly (readonly CaseMachine[])[] {
  const groups = new Map<string, CaseMachine[]>();
  for (const machine of machines) {
    const shape = shapeOf(machine);
    const alike = groups.get(shape);
    if (alike) alike.push(machine);
    else groups.set(shape, [machine]);
  }
  return [...groups.values()];
}

/** Every name the policy chose becomes a sign that nobody else uses, in the order in which the form comes upon them. */
class Renaming {
  private readonly chosen: ReadonlySet<string>;
  private readonly signs = new Map<string, string>();

  constructor({ plan, amounts }: Policy) {
    const items = [...plan.milestones, ...plan.advances, ...(plan.remainder ? [plan.remainder] : []), ...(plan.claims ?? [])];
    this.chosen = new Set([...items.map(({ id }) => id), ...Object.keys(plan.conditions ?? {}), ...Object.keys(amounts)]);
  }

  of(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((each) => this.of(each));
    if (value === null || typeof value !== 'object') return value;
    const read = Object.entries(value).filter(([key]) => !unread.has(key) || this.chosen.has(key));
    return Object.fromEntries(read.map(([key, inner]) => [this.text(key), this.of(inner)]));
  }

  /** Names stand alone, after `!`, and between dots, colons and strokes: `milestone.ended`, `payment:s1`, `entitlement:0/otherwise`. */
  private text(whole: string): string {
    return whole.replaceAll(/[^.:!/]+/g, (part) => (this.chosen.has(part) ? this.sign(part) : part));
  }

  private sign(name: string): string {
    const sign = this.signs.get(name) ?? `§${this.signs.size + 1}`;
    this.signs.set(name, sign);
    return sign;
  }
}

/** Inspections in all, as the terms of the policy's first day have it. */
function attemptsOf(machine: CaseMachine): number {
  const { snapshot } = openFirst(machine, machine.policy);
  return (snapshot.context as unknown as { readonly limits: { readonly attempts: number } }).limits.attempts;
}

/** A case opened on the first day of the policy. */
export function openFirst(machine: CaseMachine, truth: Policy): ReturnType<typeof openCase> {
  const terms = resolveTerms(truth, { on: truth.window.from, scopes: [] });
  const stamp = { amounts: {}, conditions: {}, eligible: null, inWindow: true, unmet: [] };
  const event = { type: 'case.opened', seq: 1, at: `${theDay}T12:00:00+08:00`, on: theDay, actor: 'institution', data: {}, stamp };
  return openCase(machine, { terms, event });
}

import { compilePolicy, PolicyError, type PolicyProblem } from './compile.js';
import type { Policy } from './policy.js';
import { referenceProblems } from './references.js';
import { policySchema } from './schema.js';
import { FOREVER } from './until.js';

/** A policy from data, as `readPolicy`, with every expression parsed and type-checked. Throws PolicyError listing what is wrong. */
export function loadPolicy(data: unknown): Policy {
  const policy = readPolicy(data);
  compilePolicy(policy);
  return policy;
}

/**
 * A policy from data: structure and cross references are checked, then it is frozen all the way down. Its expressions are checked when the
 * first of them is asked. Throws PolicyError listing what is wrong: a bug in its data.
 */
export function readPolicy(data: unknown): Policy {
  // the schema is asked once for each policy: writing a program for that would take longer than answering
  const parsed = policySchema.safeParse(data, { jitless: true });
  if (!parsed.success) throw new PolicyError(nameOf(data), parsed.error.issues.map(structureProblem));
  const policy = deepFreeze(parsed.data);
  const problems = referenceProblems(policy);
  if (problems.length > 0) throw new PolicyError(nameOf(data), problems);
  return policy;
}

/** Checks that no two versions of one policy hold on the same day in the same jurisdiction. Throws PolicyError. */
export function checkVersions(policies: readonly Policy[]): void {
  for (const [at, a] of policies.entries()) {
    for (const b of policies.slice(at + 1)) {
      if (a.id !== b.id || a.jurisdiction !== b.jurisdiction) continue;
      if (a.version === b.version || overlap(a, b))
        throw new PolicyError(`${a.id} ${a.jurisdiction}`, [{ path: 'window', message: `versions ${a.version} and ${b.version} overlap` }]);
    }
  }
}

/** The last day at the latest: a landmark may never be recorded. */
const lastOf = ({ until }: Policy['window']): string => (typeof until === 'string' ? until : FOREVER);
const overlap = (a: Policy, b: Policy): boolean => a.window.from <= lastOf(b.window) && b.window.from <= lastOf(a.window);

const structureProblem = ({ path, message }: { path: PropertyKey[]; message: string }): PolicyProblem => ({
  path: path.map(String).join('.'),
  message,
});

function nameOf(data: unknown): string {
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
  return typeof id === 'string' ? id : '(without id)';
}

/** Freezes a tree of plain data in place. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Policy } from './policy.js';

const hashes = new WeakMap<Policy, string>();

/** SHA-256 (hex) of the RFC 8785 form of a policy: the same data has the same hash, whatever the order of its keys. */
export function policyHash(policy: Policy): string {
  const known = hashes.get(policy);
  if (known) return known;
  const form = canonicalize(policy);
  if (form === undefined) throw new Error(`policy ${policy.id} has no JSON form`);
  const hash = createHash('sha256').update(form, 'utf8').digest('hex');
  hashes.set(policy, hash);
  return hash;
}

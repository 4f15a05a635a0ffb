import type { Terms } from '@tranche/policies';
import type { ClientBase } from 'pg';
import { systemActor } from './actor.js';
import type { Database } from './connection.js';

/** Sets of terms a process remembers; a set is some kilobytes, and thousands of cases share it. */
const KEPT = 1_000;
const kept = new Map<string, Terms>();
/** What each database was seen to have. */
const written = new WeakMap<Database, Set<string>>();

/** The content under a hash never changes, so what was read once is true for good; frozen, so that results may be remembered by it. */
function keep(sha256: string, terms: Terms): void {
  if (kept.size >= KEPT) kept.clear();
  kept.set(sha256, frozen(terms));
}

function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/**
 * Makes terms known to the database under their hash (hex, SHA-256 of the RFC 8785 form), before the first case that is promised them.
 * Written by the house itself in a transaction of its own: a set that no case refers to harms nobody.
 */
export async function keepTerms(database: Database, sha256: string, terms: Terms): Promise<void> {
  const known = written.get(database) ?? new Set();
  written.set(database, known);
  if (known.has(sha256)) return;
  await database.transaction(systemActor('terms'), (tx) =>
    tx.query("INSERT INTO case_terms (sha256, terms) VALUES (decode($1, 'hex'), $2) ON CONFLICT (sha256) DO NOTHING", [
      sha256,
      JSON.stringify(terms),
    ]),
  );
  known.add(sha256);
}

/** Terms by hash (hex); those this process has not met yet are read on the caller's connection. Throws when one does not exist. */
export async function termsByHash(client: Pick<ClientBase, 'query'>, hashes: readonly string[]): Promise<(sha256: string) => Terms> {
  const missing = [...new Set(hashes)].filter((each) => !kept.has(each));
  const found = missing.length === 0 ? [] : await readTerms(client, missing);
  const fresh = new Map(found.map(({ sha256, terms }) => [sha256, terms]));
  for (const [sha256, terms] of fresh) keep(sha256, terms);
  return (sha256) => {
    const terms = fresh.get(sha256) ?? kept.get(sha256);
    if (!terms) throw new Error(`terms ${sha256} are not in the database`);
    return terms;
  };
}

async function readTerms(client: Pick<ClientBase, 'query'>, hashes: readonly string[]): Promise<{ sha256: string; terms: Terms }[]> {
  const { rows } = await client.query<{ sha256: string; terms: Terms }>(
    `SELECT encode(sha256, 'hex') AS sha256, terms FROM case_terms WHERE sha256 IN (SELECT decode(h, 'hex') FROM unnest($1::text[]) h)`,
    [hashes],
  );
  return rows;
}

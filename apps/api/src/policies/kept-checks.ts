import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Policy } from '@tranche/policies';
import { z } from 'zod';
import { text } from '../fields/fields.js';

const scope = z.object({ label: text, bounds: text, states: z.int(), edges: z.int(), complete: z.boolean() });
const rule = z.object({ id: z.string(), says: text, holds: z.boolean().nullable() });
const story = z.object({ zh: z.array(z.string()), en: z.array(z.string()) });
const kept = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  version: z.string(),
  machineHash: z.string(),
  checkedOn: z.iso.date(),
  exploredAs: z.string().nullable(),
  scopes: z.array(scope),
  rules: z.array(rule),
  found: z.object({ rule: z.string(), detail: text, scope: text, story }).nullable(),
});
type Kept = z.infer<typeof kept>;

/** `outcome` `stale`: another machine was looked at than the one that decides cases today; `none`: nobody has looked yet. */
const outcome = z.enum(['holds', 'partly', 'broken', 'stale', 'none']);
export const policyCheck = z
  .object({
    outcome,
    machineHash: z.string(),
    states: z.int(),
    edges: z.int(),
    check: kept.nullable(),
  })
  .meta({ id: 'PolicyCheck' });
export const checkLine = z
  .object({
    id: z.string(),
    jurisdiction: z.string(),
    version: z.string(),
    outcome,
    checkedOn: z.iso.date().nullable(),
    machineHash: z.string(),
    states: z.int(),
  })
  .meta({ id: 'PolicyCheckLine' });

/** Written by `tranche policy check --keep`, shipped with the policies. */
const file = new URL('../../../../libs/policies/checked.json', import.meta.url);
let known: ReadonlyMap<string, Kept> | null = null;

function all(): ReadonlyMap<string, Kept> {
  const path = fileURLToPath(file);
  known ??= new Map(
    z
      .array(kept)
      .parse(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [])
      .map((each) => [nameOf(each), each]),
  );
  return known;
}
const nameOf = ({ id, jurisdiction, version }: Pick<Policy, 'id' | 'jurisdiction' | 'version'>): string =>
  `${id} ${jurisdiction} ${version}`;

/** What the last check of this version found, held against the machine of today. */
export function checkOf(policy: Policy, machineHash: string): z.infer<typeof policyCheck> {
  const check = all().get(nameOf(policy)) ?? null;
  const total = (of: 'states' | 'edges') => check?.scopes.reduce((sum, each) => sum + each[of], 0) ?? 0;
  return { outcome: outcomeOf(check, machineHash), machineHash, states: total('states'), edges: total('edges'), check };
}

function outcomeOf(check: Kept | null, machineHash: string): z.infer<typeof outcome> {
  if (check === null) return 'none';
  if (check.machineHash !== machineHash) return 'stale';
  if (check.found !== null) return 'broken';
  return check.scopes.every(({ complete }) => complete) ? 'holds' : 'partly';
}

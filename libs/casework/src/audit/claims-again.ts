import type { ChangeSet, Row } from '@tranche/database';
import type { rosterGroups, Taken } from '../exclusions.js';
import { exclusionKeyBytes } from '../payee.js';
import type { MustRow } from './same-rows.js';

/** The groups a roster's people are claimed in. */
export type RosterRules = { readonly policyId: string; readonly groups: ReturnType<typeof rosterGroups> };

type Days = { readonly startsOn: string; readonly endsOn: string };

/** What the roster of a case claims: so many people of each import, for the days of the class; those of the last one may be live. */
export type RosterClaims = { readonly people: readonly number[]; readonly days: Days | null; readonly live: boolean };

const headsIn = (data: Readonly<Record<string, unknown>>): number => {
  const { enrolled = [] } = (data['facts'] ?? {}) as { enrolled?: readonly { count: number }[] };
  return enrolled.reduce((sum, { count }) => sum + Number(count), 0);
};

/** The exclusion claims of one case in memory, changed as the door's statements change them. */
export class ClaimsAgain {
  private readonly byKey = new Map<string, Record<string, unknown>>();
  private people: number[] = [];
  private days: Days | null = null;
  private live = false;

  constructor(readonly rules: RosterRules) {}

  /** Claims by key, as rows; the roster's are told by `roster`, for its people are not in any event. */
  get rows(): readonly MustRow[] {
    return [...this.byKey.values()];
  }

  get roster(): RosterClaims {
    return { people: this.people, days: this.days, live: this.live };
  }

  importRoster(data: Readonly<Record<string, unknown>>, days: Days): void {
    this.people = [...this.people, headsIn(data)];
    // earlier imports keep the days that they were claimed for, until the class is moved
    this.days = days;
    this.live = true;
  }

  /** A statement of its own before the event's: what the case claimed under this source and does not want any more. */
  dropUnwanted({ source, keys }: Taken): void {
    const wanted = new Set(keys.map(({ group, key, from, until }) => keyOf(source, group, hex(key), from, until)));
    for (const [key, row] of this.byKey)
      if (row['source'] === source && row['kept'] && !wanted.has(key)) Object.assign(row, { live: false, kept: false });
  }

  apply({ moveClaims = [], releaseClaims = [], reviveClaims = [], takeKeys = [], dropKeys = [], reviveKeys = [] }: ChangeSet): void {
    for (const { starts_on, ends_on } of moveClaims) if (this.days) this.days = { startsOn: String(starts_on), endsOn: String(ends_on) };
    if (releaseClaims.length > 0) {
      this.live = false;
      for (const row of this.byKey.values()) row['live'] = false;
    }
    if (reviveClaims.length > 0) this.live = this.people.length > 0;
    for (const row of takeKeys) this.take(row);
    for (const { source } of dropKeys)
      for (const row of this.byKey.values()) if (row['source'] === source && row['kept']) Object.assign(row, { live: false, kept: false });
    for (const { but } of reviveKeys) for (const row of this.byKey.values()) if (row['kept'] && row['source'] !== but) row['live'] = true;
  }

  private take({ id: _id, from_day, until_day, ...row }: Row): void {
    const key = keyOf(String(row['source']), String(row['exclusion_group']), String(row['person_key']), from_day, until_day);
    const known = this.byKey.get(key);
    const { counted, ...renewed } = row;
    if (known) Object.assign(known, renewed, { live: true, kept: true });
    else this.byKey.set(key, { ...row, counted, from_day, until_day, live: true, kept: true });
  }
}

const hex = (key: string): string => `\\x${exclusionKeyBytes(key).toString('hex')}`;

/** Where a claim by key stands: once per case, source, group, key and period. */
const keyOf = (source: string, group: string, key: string, from: unknown, until: unknown): string =>
  [source, group, key, from ?? '', until ?? ''].join(' ');

export const claimKeyOf = (row: MustRow): string =>
  keyOf(String(row['source']), String(row['exclusion_group']), String(row['person_key']), row['from_day'], row['until_day']);

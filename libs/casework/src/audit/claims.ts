import type { CaseBundle } from './case-rows.js';
import { type ClaimsAgain, claimKeyOf } from './claims-again.js';
import type { Proceedings } from './proceeding-rows.js';
import { type Difference, differences, type MustRow } from './same-rows.js';

/** Whom a case excludes elsewhere: claims by key row by row; those of a roster by their number, their days and the people on the list. */
export function claimDifferences(rows: Proceedings, again: ClaimsAgain, { row }: CaseBundle): Difference[] {
  const must = again.rows;
  const past = rows.roster_claims.filter(({ live }) => !live);
  return [
    ...differences(rows.exclusion_claims, must, claimKeyOf),
    ...differences(liveOf(rows), rosterMust(again, row), rosterKey),
    ...differences(
      past,
      past.map((each) => pastMust(again, row, each)),
      rosterKey,
    ),
    ...strangersIn(rows),
    ...pastUnlike(rows, again),
  ];
}

const rosterKey = (row: MustRow): string => `roster ${row['exclusion_group']}`;
const liveOf = ({ roster_claims }: Proceedings) => roster_claims.filter(({ live }) => live);

/** One row for each group: as many live claims as the last roster has people. */
function rosterMust({ roster: { people, days, live }, rules }: ClaimsAgain, row: CaseBundle['row']): MustRow[] {
  const heads = people.at(-1) ?? 0;
  if (!live || heads === 0) return [];
  return rules.groups.map(({ group, permitted }) => ({
    exclusion_group: group,
    ...common(days, row),
    permitted,
    policy_id: permitted ? rules.policyId : null,
    people: heads,
  }));
}

/** What lives no more keeps its days and terms like the rest; only whose it was is in no event. */
function pastMust({ roster: { days }, rules }: ClaimsAgain, row: CaseBundle['row'], { exclusion_group }: MustRow): MustRow {
  const permitted = rules.groups.find(({ group }) => group === exclusion_group)?.permitted ?? false;
  return { exclusion_group, ...common(days, row), permitted, policy_id: permitted ? rules.policyId : null };
}

const common = (days: ClaimsAgain['roster']['days'], { organisationId, district }: CaseBundle['row']): MustRow => ({
  from_day: days?.startsOn,
  until_day: days?.endsOn,
  kept: true,
  uncapped: true,
  others_only: false,
  counted: false,
  organisation_id: organisationId,
  district,
});

/** The people who are claimed are those on the roster. */
function strangersIn({ roster_claims, trainees }: Proceedings): Difference[] {
  const keys = String(trainees[0]?.['keys'] ?? null);
  return roster_claims
    .filter(({ live, keys: own }) => live && own !== keys)
    .map((claim) => ({ which: rosterKey(claim), column: 'person_key', stored: String(claim['keys']), computed: keys }));
}

/** Claims that live no more stay as history: as many in each group as all rosters had people, less the live ones. */
function pastUnlike({ roster_claims }: Proceedings, { roster: { people, live }, rules }: ClaimsAgain): Difference[] {
  const all = people.reduce((sum, heads) => sum + heads, 0);
  const past = all - (live ? (people.at(-1) ?? 0) : 0);
  const groups = new Set([...rules.groups.map(({ group }) => group), ...roster_claims.map((row) => String(row['exclusion_group']))]);
  return [...groups].flatMap((group) => {
    const stored = roster_claims
      .filter((row) => row['exclusion_group'] === group && !row['live'])
      .reduce((sum, row) => sum + Number(row['people']), 0);
    const computed = rules.groups.some((each) => each.group === group) ? past : 0;
    return stored === computed
      ? []
      : [{ which: `roster ${group}`, column: 'past claims', stored: String(stored), computed: String(computed) }];
  });
}

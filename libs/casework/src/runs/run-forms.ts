import { dateOf } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import { type Fact, placesAround, policies, type Text } from '@tranche/policies';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { jurisdictionOf } from '../places.js';
import { type About, columnNames, suppliedFacts } from './extract-columns.js';
import { runPolicy } from './run-policy.js';

export type DeclaredField = { readonly name: string; readonly label: Text; readonly type: string; readonly optional: boolean };

/** How a run of a policy begins: what is declared for everybody, which columns an extract needs. */
export type RunForm = {
  readonly policyId: string;
  readonly policyVersion: string;
  readonly jurisdiction: string;
  readonly title: Text;
  readonly about: About;
  /** of a run over people; what our own books show is not asked for */
  readonly declared: readonly DeclaredField[];
  /** headers of the extract; the last are those of an account */
  readonly columns: readonly string[];
};

/** The runs an office may begin today: of every policy nobody applies for that is in force in its place. */
export async function runForms(house: House, actor: Actor): Promise<RunForm[]> {
  const on = dateOf(await legalNow(house));
  const around = actor.district ? placesAround(jurisdictionOf(actor.district)) : null;
  return policies().flatMap((policy): RunForm[] => {
    const { id: policyId, version: policyVersion, jurisdiction, title, beneficiaries } = policy;
    if (around !== null && !around.includes(jurisdiction)) return [];
    const found = runPolicy(house, actor, { policyId, jurisdiction }, on);
    if (!found.ok || found.casePolicy.policy !== policy) return [];
    const supplied = suppliedFacts(policy);
    const declared = beneficiaries ? supplied.filter(([name]) => name !== beneficiaries.shows) : [];
    const told = supplied.filter((each) => !declared.includes(each)).map(([, { label }]) => label.zh);
    return [
      {
        policyId,
        policyVersion,
        jurisdiction,
        title,
        about: found.about,
        declared: declared.map(fieldOf),
        columns: columnNames(found.about, told),
      },
    ];
  });
}

const fieldOf = ([name, { label, type, optional }]: readonly [string, Fact]): DeclaredField => ({
  name,
  label,
  type: String(type),
  optional: optional === true,
});

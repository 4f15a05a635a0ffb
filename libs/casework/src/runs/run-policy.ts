import type { Actor } from '@tranche/database';
import type { CasePolicy } from '../case-policies.js';
import type { House } from '../house.js';
import { jurisdictionOf } from '../places.js';
import { type Refused, refuse } from '../refusal.js';
import type { About } from './extract-columns.js';

/**
 * The version that binds in the office's own place, or in the jurisdiction it names; an office of all places must name one. Nothing is
 * taken from another place: where the policy is not in force, there is no run.
 */
export function runPolicy(
  house: House,
  { district }: Actor,
  { policyId, jurisdiction }: { readonly policyId: string; readonly jurisdiction?: string },
  on: string,
): { ok: true; casePolicy: CasePolicy; about: About } | Refused {
  const place = jurisdiction ?? (district ? jurisdictionOf(district) : undefined);
  if (place === undefined)
    return refuse('data-invalid', '请指明适用地区。', 'Name the jurisdiction.', {
      errors: [{ field: 'jurisdiction', code: 'data-invalid', message: { zh: '例如 CN-2102', en: 'for example CN-2102' } }],
    });
  const found = house.policies.inForce(policyId, place, on);
  if (!found.ok) return found;
  const about = aboutOf(found.casePolicy);
  if (about) return { ...found, about };
  const { title } = found.casePolicy.policy;
  return refuse(
    'data-invalid',
    `“${title.zh}”须由单位申报，不能免申即享。`,
    `"${title.en}" must be applied for; it has no run without application.`,
    {
      errors: [
        { field: 'policyId', code: 'data-invalid', message: { zh: '请选择免申即享政策', en: 'choose a policy without application' } },
      ],
    },
  );
}

/**
 * Whom a run is about, of a policy that nobody applies for and that excludes by keys taken once (a cap is weighed case by case): people
 * where the policy names its beneficiaries, else firms.
 */
function aboutOf({ policy: { plan, payee, exclusions, beneficiaries } }: CasePolicy): About | null {
  if (plan.entry !== 'noApplication' || !exclusions.every((each) => 'limit' in each && each.limit === 1)) return null;
  if (beneficiaries && payee.includes('citizen')) return 'people';
  return payee.includes('enterprise') ? 'firms' : null;
}

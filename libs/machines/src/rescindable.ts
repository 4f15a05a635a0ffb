import type { Policy } from '@tranche/policies';
import { type CaseContext, claimOf, claimPaymentId, grantedIds } from './context.js';
import { stands } from './marks.js';

/** What `decision.rescinded` may take back: an approval, an acceptance, a period granted, a stop, an event that voided the case. */
export const decisions = ['approval', 'acceptance', 'period', 'stop', 'milestone'] as const;
export type Decision = (typeof decisions)[number];

/** Milestones that end the entitlement when they are reported. */
export const voidingIds = ({ plan }: Policy): readonly string[] => plan.milestones.filter(({ voids }) => voids).map(({ id }) => id);

/** The decisions that cases of this plan can see, and so see rescinded. */
export function decisionsOf(policy: Policy): readonly Decision[] {
  const { acceptance, claims } = policy.plan;
  const taken: Readonly<Record<Decision, boolean>> = {
    approval: true,
    acceptance: acceptance !== undefined,
    period: claims !== undefined,
    stop: claims !== undefined,
    milestone: voidingIds(policy).length > 0,
  };
  return decisions.filter((decision) => taken[decision]);
}

/** Is this a decision that was taken and stands? `data` as in `decision.rescinded`. */
export function isDecided(context: CaseContext, policy: Policy, data: Readonly<Record<string, unknown>>): boolean {
  if (!stands(context)) return false;
  const { reached, claims } = context;
  switch (data['decision'] as Decision) {
    case 'approval':
      return reached['approved'] !== undefined && reached['failed'] === undefined;
    case 'acceptance':
      return reached['accepted'] !== undefined || reached['failed'] !== undefined;
    case 'period':
      return claims !== undefined && isGranted(claims, claimPaymentId(String(data['claim']), String(data['period'])));
    case 'stop':
      return claims?.stopped?.includes(String(data['claim'])) ?? false;
    case 'milestone':
      return voidingIds(policy).includes(String(data['milestone'])) && reached[String(data['milestone'])] !== undefined;
    default:
      return false;
  }
}

/** Granted and not rescinded since. */
export const isGranted = ({ granted }: NonNullable<CaseContext['claims']>, id: string): boolean => (granted[id]?.fen ?? '0') !== '0';

/** Every decision that could be rescinded now, as the data of the event. */
export function rescindable(context: CaseContext, policy: Policy): readonly Readonly<Record<string, string>>[] {
  const { claims } = context;
  const periods = (claims ? grantedIds(claims) : []).map((id) => {
    const claim = claimOf(id) ?? '';
    return { decision: 'period', claim, period: id.slice(claim.length + 1) };
  });
  return [
    { decision: 'approval' },
    { decision: 'acceptance' },
    ...periods,
    ...(claims?.stopped ?? []).map((claim) => ({ decision: 'stop', claim })),
    ...voidingIds(policy).map((milestone) => ({ decision: 'milestone', milestone })),
  ].filter((data) => isDecided(context, policy, data));
}

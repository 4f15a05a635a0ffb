import { type PeriodInput, type Policy, parseFacts } from '@tranche/policies';

/** Is this an event whose facts are a period's own? They never become facts of the case. */
export const tellsPeriod = (type: string): boolean => type === 'claim.filed';

/** The period an accepted event told of, for its stamp; null where it told of none. Its facts were checked when it was taken. */
export function periodTold(
  policy: Policy,
  { type, data }: { readonly type: string; readonly data: Readonly<Record<string, unknown>> },
): PeriodInput | null {
  if (!tellsPeriod(type)) return null;
  const parsed = parseFacts(policy, data['facts'], { partial: true });
  return { id: String(data['period']), claim: String(data['claim']), facts: parsed.ok ? parsed.facts : {} };
}

import { expect, it } from '@jest/globals';
import { type Policy, policies, resolveTerms, type Stamp } from '@tranche/policies';
import { advance, type CaseSnapshot, openCase } from '../src/index.js';
import { machineOf } from './story.js';

/** The longest term with its extension that a policy of the registry has by default: 60 + 6 months (docs/adr/0013). */
const longest = 66;
const day = '2020-11-25';
const id = (no: number): string => `019ab3c4-0000-7000-8000-${String(no).padStart(12, '0')}`;
const period = (no: number): string => `${2021 + Math.floor(no / 12)}-${String((no % 12) + 1).padStart(2, '0')}`;

/** Bytes of the context after the approval and after each of `periods` paid months of the first claim. */
function sizes(policy: Policy, periods: number): number[] {
  const machine = machineOf(policy);
  const [claim] = policy.plan.claims!;
  const counts = Object.fromEntries(
    policy.plan.claims!.flatMap((each) => [
      [`${each.id}.term`, longest + 1],
      [`${each.id}.extension`, 0],
    ]),
  );
  const usual: Stamp = {
    amounts: Object.fromEntries(Object.keys(policy.amounts).map((name) => [name, '900000000'])),
    conditions: Object.fromEntries(Object.keys(policy.plan.conditions ?? {}).map((name) => [name, true])),
    eligible: true,
    inWindow: true,
    unmet: [],
    counts,
  };
  let seq = 0;
  const eventOf = (type: string, data: Record<string, unknown>, stamp: Stamp = usual) => {
    seq += 1;
    return { type, seq, at: `${day}T12:00:00+08:00`, on: day, actor: id(seq), data, stamp };
  };
  let snapshot: CaseSnapshot = openCase(machine, {
    terms: resolveTerms(policy, { on: day, scopes: [] }),
    event: eventOf('case.opened', {}),
  }).snapshot;
  const hear = (type: string, data: Record<string, unknown> = {}, stamp?: Stamp): void => {
    const answer = advance(machine, snapshot, eventOf(type, data, stamp));
    if (!answer.ok) throw new Error(`${policy.id}: ${type} in ${answer.state}: ${JSON.stringify(answer.unmet)}`);
    snapshot = answer.snapshot;
  };
  for (const step of ['submitted', 'accepted', 'reviewed', 'approved']) hear(`application.${step}`);
  const size = (): number => Buffer.byteLength(JSON.stringify(snapshot.context));
  const found = [size()];
  for (let no = 0; no < periods; no += 1) {
    const [named, payment] = [period(no), `${claim!.id}:${period(no)}`];
    const stamped = {
      id: named,
      claim: claim!.id,
      amounts: { [claim!.amount]: '900000' },
      eligible: true,
      inWindow: true,
      unmet: [],
      keys: [],
    };
    hear('claim.filed', { claim: claim!.id, period: named, facts: {} }, { ...usual, period: stamped });
    hear('payment.requested', { payment, fund: id(1) });
    hear('disbursement.submitted', { payment, disbursement: id(1000 + no) });
    hear('disbursement.settled', { payment, disbursement: id(1000 + no), paidOn: day });
    found.push(size());
  }
  return found;
}

const monthly = policies().find(({ plan }) => plan.claims?.some(({ every, extension }) => every === 'month' && extension))!;

it('a context has at most 1 kB and 410 bytes a period that was paid: 28 kB at the longest term', () => {
  const found = sizes(monthly, 18);
  for (const [periods, bytes] of found.entries()) expect(bytes).toBeLessThanOrEqual(1_024 + 410 * periods);
  // every period adds as much as the one before: what holds for some holds for all
  const grown = found.slice(1).map((bytes, at) => bytes - found[at]!);
  expect(Math.max(...grown.slice(1)) - Math.min(...grown.slice(1))).toBeLessThanOrEqual(1);
  expect(1_024 + 410 * longest).toBeLessThan(28 * 1_024);
});

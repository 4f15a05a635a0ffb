import { batchLineRemoved, type Entry, fundsIn, position, postingsFor, type Standing, spreadStanding } from '@tranche/ledger';
import { bookedOn } from '../booked-on.js';
import { endedFunds, groupEntries } from '../post.js';
import type { AuditedPosting, CaseBundle } from './case-rows.js';
import { findingsOf, lastMigration } from './chain.js';
import { checkDisbursements } from './disbursements.js';
import type { Finding } from './findings.js';
import { checkRecoveries } from './recoveries.js';
import type { Retold, RetoldStep } from './retell.js';

type Told = Extract<Retold, { ok: true }>;

/** The event type of the posting that gives a signed line's budget back when its obligation is called off before sending. */
const lineRemoved = 'batch.line-removed';

/** Postings event by event, balances against the standing, disbursements and recoveries against what the events asked for. */
export function checkMoney(bundle: CaseBundle, told: Told): Finding[] {
  return [
    ...checkPostings(bundle, told.steps),
    ...checkBalances(bundle, told),
    ...checkDisbursements(bundle, told),
    ...checkRecoveries(bundle, told),
  ];
}

const textOf = (entries: readonly { code: string; fen: string }[]): string =>
  entries
    .map(({ code, fen }) => `${code} ${fen}`)
    .sort()
    .join(', ');
const entriesText = (entries: readonly Entry[]): string =>
  textOf(entries.map(({ account, amountFen }) => ({ code: account, fen: String(amountFen) })));

/** What each event must have posted, by event, fund and book. Events before a migration were posted by the machine of then. */
function expectedPostings(bundle: CaseBundle, steps: readonly RetoldStep[], since: number): Map<string, string> {
  const expected = new Map<string, string>();
  const years = Object.fromEntries(bundle.disbursements.flatMap(({ fundId, fundYear }) => fundsIn(fundId).map((fund) => [fund, fundYear])));
  for (const { seq, type, movement, event } of steps) {
    if (seq <= since) continue;
    for (const [place, group] of groupEntries(postingsFor(movement, endedFunds(years, event.on))))
      expected.set(`${bundle.row.id}:${seq} ${type} ${place}`, entriesText(group));
  }
  return expected;
}

/** The lines a called-off obligation may give back, by event and fund. */
function removableLines({ row }: CaseBundle, steps: readonly RetoldStep[]): Map<string, string> {
  const lines = steps.flatMap(({ seq, movement }) =>
    movement.flows
      .filter(({ kind }) => kind === 'cancelled')
      .flatMap(({ fund, amountFen }) =>
        [...groupEntries(batchLineRemoved(fund, amountFen))].map(
          ([place, group]) => [`${row.id}:${seq} ${lineRemoved} ${place}`, entriesText(group)] as const,
        ),
      ),
  );
  return new Map(lines);
}

function checkPostings(bundle: CaseBundle, steps: readonly RetoldStep[]): Finding[] {
  const finding = findingsOf(bundle);
  const since = lastMigration(bundle.events)?.seq ?? 0;
  const expected = expectedPostings(bundle, steps, since);
  const removable = removableLines(bundle, steps);
  const findings: Finding[] = [];
  for (const posting of bundle.postings) {
    const key = `${posting.eventId} ${posting.eventType} ${posting.fundId}/${posting.book}`;
    const seq = Number(posting.eventId.split(':')[1]);
    const wanted = expected.get(key) ?? removable.get(key) ?? (seq <= since ? textOf(posting.entries) : undefined);
    expected.delete(key);
    if (wanted !== textOf(posting.entries) || !isAtHome(bundle, posting, seq))
      findings.push(
        finding('postings-differ', `凭证 ${posting.id} 与事件 ${seq} 不符`, `posting ${posting.id} is not what event ${seq} posts`, seq),
      );
  }
  for (const key of expected.keys()) {
    const seq = Number(key.split(' ')[0]?.split(':')[1]);
    findings.push(finding('postings-differ', `事件 ${seq} 缺少凭证`, `a posting of event ${seq} is missing`, seq));
  }
  return findings;
}

/** Dated, placed and numbered as its event says, and only on accounts of its own fund and book. */
function isAtHome({ row, events }: CaseBundle, posting: AuditedPosting, seq: number): boolean {
  const event = events[seq - 1];
  return (
    event !== undefined &&
    (posting.eventType === event.type || posting.eventType === lineRemoved) &&
    posting.businessDate ===
      bookedOn({ type: event.type, on: event.occurredOn, data: JSON.parse(event.data) as Record<string, unknown> }) &&
    posting.recordedUs === event.recordedUs &&
    posting.organisationId === row.organisationId &&
    posting.district === row.district &&
    posting.entries.every(({ fund, book, line }, index) => fund === posting.fundId && book === posting.book && line === index + 1)
  );
}

/**
 * Codes whose balances a case's standing fixes. A signature moves B3 to B4 for a whole batch, so here they count together; so does what
 * came back in time to be spent again (B2) and what came too late (B9, due to the treasury out of the fund's balance).
 */
const together: Readonly<Record<string, string>> = {
  B3: 'B3+B4',
  B4: 'B3+B4',
  B2: 'B2+B9',
  B9: 'B2+B9',
  '3001': '3001+2103',
  '2103': '3001+2103',
};
const combined = (code: string): string => together[code] ?? code;

function balancesOf(entries: Iterable<readonly [fund: string, code: string, fen: bigint]>): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [fund, code, fen] of entries) {
    const key = `${fund} ${combined(code)}`;
    sums.set(key, (sums.get(key) ?? 0n) + fen);
  }
  return new Map([...sums].filter(([, fen]) => fen !== 0n));
}

/** What every account of the case must stand at, given where each payment stands. */
export function standingBalances(asTold: Standing): Map<string, bigint> {
  const standing = spreadStanding(asTold);
  const claims = position(standing).map(({ fund, account, amountFen }) => [fund, account, amountFen] as const);
  const flows = standing.payments.flatMap(({ fund, pendingFen, sentFen, paidFen, recoveredFen, setOffFen = 0n }) => {
    const spent = paidFen - recoveredFen - setOffFen;
    return [
      [fund, '2105', -setOffFen],
      [fund, '2001', -pendingFen],
      [fund, '1002', -sentFen],
      [fund, '1001', -spent],
      [fund, 'B2', -(pendingFen + sentFen + spent)],
      [fund, 'B3', pendingFen + sentFen],
      [fund, 'B5', spent],
    ] as const;
  });
  return balancesOf([...claims, ...flows]);
}

function checkBalances(bundle: CaseBundle, { steps }: Told): Finding[] {
  const standing = steps.at(-1)?.movement.after;
  if (!standing) return [];
  const expected = standingBalances(standing);
  const stored = balancesOf(
    bundle.postings.flatMap(({ entries }) => entries.map(({ fund, code, fen }) => [fund, code, BigInt(fen)] as const)),
  );
  return [...new Set([...expected.keys(), ...stored.keys()])]
    .filter((key) => (expected.get(key) ?? 0n) !== (stored.get(key) ?? 0n))
    .map((key) => {
      const [fund, code] = key.split(' ');
      const [is, must] = [stored.get(key) ?? 0n, expected.get(key) ?? 0n];
      return findingsOf(bundle)(
        'balance-differs',
        `资金 ${fund} 科目 ${code} 余额 ${is} 分，应为 ${must} 分`,
        `fund ${fund} account ${code} stands at ${is} fen and must be ${must}`,
      );
    });
}

import type { Effect } from '@tranche/machines';
import canonicalize from 'canonicalize';
import type { AuditedReceipt, CaseBundle } from './case-rows.js';
import { findingsOf, lastMigration } from './chain.js';
import type { Finding } from './findings.js';
import type { Retold, RetoldStep } from './retell.js';

type Told = Extract<Retold, { ok: true }>;

/** Claims for repayment and what came in on them, rebuilt from the events. */
export function checkRecoveries(bundle: CaseBundle, told: Told): Finding[] {
  const finding = findingsOf(bundle);
  const wrong = lastMigration(bundle.events) ? openUnlikeContext(bundle, told) : claimsUnlikeEvents(bundle, told.steps);
  return [
    ...wrong.map((no) => finding('recoveries-differ', `第 ${no} 次追回与事件不符`, `recovery ${no} is not what the events say`)),
    ...(receiptsAgree(bundle, told.steps)
      ? []
      : [finding('recoveries-differ', '追回收款与事件不符', 'receipts of recoveries are not those of the events')]),
  ];
}

type Claim = {
  demandedFen: string;
  state: string;
  openedOn: string;
  closedOn: string | null;
  demandedOn: string | null;
  instalments: string | null;
};

function claimsUnlikeEvents({ row, recoveries }: CaseBundle, steps: readonly RetoldStep[]): number[] {
  const expected = claims(steps);
  const wrong = recoveries.filter((stored) => {
    const must = expected.get(stored.no);
    expected.delete(stored.no);
    return !(
      must !== undefined &&
      (['demandedFen', 'state', 'openedOn', 'closedOn', 'demandedOn'] as const).every((name) => must[name] === stored[name]) &&
      must.instalments === (stored.instalments === null ? null : canonicalize(stored.instalments)) &&
      stored.organisationId === row.organisationId &&
      stored.district === row.district
    );
  });
  return [...wrong.map(({ no }) => no), ...expected.keys()];
}

function claims(steps: readonly RetoldStep[]): Map<number, Claim> {
  const all = new Map<number, Claim>();
  for (const { event, effects } of steps)
    for (const effect of effects) {
      if (effect.kind === 'openRecovery') all.set(effect.recovery, opened(effect.amountFen, event.on));
      const claim = 'recovery' in effect ? all.get(effect.recovery) : undefined;
      if (claim) Object.assign(claim, moved(effect, event.on));
    }
  return all;
}

const opened = (demandedFen: string, openedOn: string): Claim => ({
  demandedFen,
  state: 'due',
  openedOn,
  closedOn: null,
  demandedOn: null,
  instalments: null,
});

function moved(effect: Effect, on: string): Partial<Claim> {
  switch (effect.kind) {
    case 'demandRecovery':
      return { state: 'demanded', demandedOn: on };
    case 'agreeInstalments':
      return { state: 'instalments', instalments: canonicalize(effect.instalments) ?? null };
    case 'overdueRecovery':
      return { state: 'overdue' };
    case 'escalateRecovery':
      return { state: 'escalated' };
    case 'closeRecovery':
      return { state: 'closed', closedOn: on };
    default:
      return {};
  }
}

/** After a migration: as many claims as the context counts, and the last one open exactly when the context says so. */
function openUnlikeContext({ recoveries }: CaseBundle, { snapshot }: Told): number[] {
  const { no, open } = snapshot.context['recovery'] as { no: number; open: boolean };
  const last = recoveries.at(-1);
  return (last?.no ?? 0) === no && (last === undefined || (last.state !== 'closed') === open) ? [] : [no];
}

const kinds: Readonly<Record<string, string>> = { 'recovery.received': 'received', 'recovery.writtenOff': 'writtenOff' };

/** The claim that was the last one when an event was told: receipts are booked on it. */
function claimAt(steps: readonly RetoldStep[], seq: number): number {
  const opened = steps.filter((step) => step.seq <= seq).flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'openRecovery'));
  return opened.reduce((no, effect) => ('recovery' in effect ? effect.recovery : no), 0);
}

function receiptsAgree({ events, receipts }: CaseBundle, steps: readonly RetoldStep[]): boolean {
  const migrated = lastMigration(events) !== null;
  const must = events.flatMap((event): string[] => {
    const kind = kinds[event.type];
    if (kind === undefined) return [];
    const data = JSON.parse(event.data) as { amountFen: string; reference?: string };
    return [
      lineOf({
        no: migrated ? 0 : claimAt(steps, event.seq),
        kind,
        amountFen: data.amountFen,
        onDate: event.occurredOn,
        reference: data.reference ?? '',
        recordedBy: event.actor,
        recordedUs: event.recordedUs,
      }),
    ];
  });
  return (
    must.sort().join('\n') ===
    receipts
      .map((receipt) => lineOf({ ...receipt, no: migrated ? 0 : receipt.no }))
      .sort()
      .join('\n')
  );
}

const lineOf = (receipt: Omit<AuditedReceipt, 'caseId'>): string =>
  JSON.stringify([receipt.no, receipt.kind, receipt.amountFen, receipt.onDate, receipt.reference, receipt.recordedBy, receipt.recordedUs]);

import type { CaseSnapshot } from '@tranche/machines';
import type { AuditedDisbursement, CaseBundle } from './case-rows.js';
import { findingsOf, lastMigration } from './chain.js';
import type { Finding } from './findings.js';
import type { Retold, RetoldStep } from './retell.js';

type Told = Extract<Retold, { ok: true }>;
type Expected = Pick<
  AuditedDisbursement,
  'payment' | 'round' | 'amountFen' | 'fundId' | 'state' | 'requestedOn' | 'settledOn' | 'sentOn'
> & {
  id: string | null;
};

const moves: Readonly<Record<string, string>> = {
  'disbursement.submitted': 'sent',
  'disbursement.settled': 'settled',
  'disbursement.failed': 'failed',
  'disbursement.returned': 'returned',
};

/** The obligations to pay, rebuilt from what the events asked for and what the bank's news said of each. */
export function checkDisbursements(bundle: CaseBundle, told: Told): Finding[] {
  const wrong = lastMigration(bundle.events) ? unlikeContext(bundle, told.snapshot) : unlikeEvents(bundle, told.steps);
  return wrong.map((which) =>
    findingsOf(bundle)('disbursements-differ', `拨付 ${which} 与事件不符`, `disbursement ${which} is not what the events say`),
  );
}

function unlikeEvents({ row, disbursements }: CaseBundle, steps: readonly RetoldStep[]): string[] {
  const expected = new Map(obligations(steps).map((each) => [`${each.payment}/${each.round}`, each]));
  const wrong: string[] = [];
  for (const stored of disbursements) {
    const key = `${stored.payment}/${stored.round}`;
    const must = expected.get(key);
    expected.delete(key);
    const same =
      must !== undefined &&
      (must.id === null || must.id === stored.id) &&
      (['amountFen', 'fundId', 'state', 'requestedOn', 'settledOn'] as const).every((name) => must[name] === stored[name]) &&
      (stored.sentOn ?? must.sentOn) === must.sentOn &&
      (stored.yearOfFund ?? stored.fundYear) === stored.fundYear &&
      stored.organisationId === row.organisationId &&
      stored.district === row.district;
    if (!same) wrong.push(key);
  }
  return [...wrong, ...expected.keys()];
}

function obligations(steps: readonly RetoldStep[]): Expected[] {
  const all: Expected[] = [];
  const live = (payment: unknown, states: readonly string[]) =>
    all.findLast((each) => each.payment === payment && states.includes(each.state));
  for (const { type, event, effects } of steps) {
    const to = moves[type];
    if (to !== undefined) moveOne(all, live, event.data, to);
    for (const effect of effects) {
      if (effect.kind === 'cancelDisbursement') Object.assign(live(effect.payment, ['requested']) ?? {}, { state: 'cancelled' });
      if (effect.kind !== 'requestDisbursement') continue;
      const { payment, amountFen, fund: fundId } = effect;
      const round = all.filter((each) => each.payment === payment).length + 1;
      all.push({ id: null, payment, round, amountFen, fundId, state: 'requested', requestedOn: event.on, settledOn: null, sentOn: null });
    }
  }
  return all;
}

function moveOne(
  all: readonly Expected[],
  live: (payment: unknown, states: readonly string[]) => Expected | undefined,
  data: Readonly<Record<string, unknown>>,
  to: string,
): void {
  const id = String(data['disbursement']);
  const row = to === 'sent' ? live(data['payment'], ['requested']) : all.find((each) => each.id === id);
  if (!row) return;
  row.id = id;
  row.state = to;
  if (to === 'settled') Object.assign(row, { settledOn: data['paidOn'], sentOn: data['sentOn'] ?? null });
}

type Payment = {
  pendingFen: string;
  sentFen: string;
  fund: string | null;
  disbursement: string | null;
  settled: readonly { disbursement: string; fund: string; amountFen: string; setOff?: true }[];
};

/** After a migration the early events were carried out by another machine: what lives now must be what the context says. */
function unlikeContext({ disbursements }: CaseBundle, snapshot: CaseSnapshot): string[] {
  const payments = Object.entries(snapshot.context['payments'] as Record<string, Payment>);
  const must = payments.flatMap(([payment, { pendingFen, sentFen, fund, settled }]) => [
    ...(pendingFen === '0' ? [] : [`${payment} requested ${fund} ${pendingFen}`]),
    ...(sentFen === '0' ? [] : [`${payment} sent ${fund} ${sentFen}`]),
    ...settled.filter((part) => !part.setOff).map((part) => `${payment} settled ${part.fund} ${part.amountFen}`),
  ]);
  const is = disbursements
    .filter(({ state }) => ['requested', 'sent', 'settled'].includes(state))
    .map(({ payment, state, fundId, amountFen }) => `${payment} ${state} ${fundId} ${amountFen}`);
  return [...is.filter((each) => !must.includes(each)), ...must.filter((each) => !is.includes(each))];
}

import { addDays } from '@tranche/calendar';
import { allowedEvents, correctingTypes, hasRoster, rescindable } from '@tranche/machines';
import { type Facts, type Policy, periodAround, periodOf, type Role, type WorkedExample } from '@tranche/policies';
import type { Told, Twin } from './twin.js';

/** One step that a person, the bank or the clock can truly take. */
export type Move =
  | {
      readonly kind: 'say';
      readonly type: string;
      readonly by: Role;
      readonly data: Readonly<Record<string, unknown>>;
      readonly file?: ClassFile;
    }
  /** finance signs what was requested; the bank pays it, refuses it, or keeps it for a day */
  | { readonly kind: 'pay'; readonly outcome: 'settled' | 'refused' | 'kept' }
  /** a day later the bank has paid what it kept */
  | { readonly kind: 'arrive' }
  /** what arrived comes back from the payee's bank */
  | { readonly kind: 'return'; readonly payment: string }
  /** the next clock runs out */
  | { readonly kind: 'wait' };

/** A file of a class behind an event: how many sessions were held, how many people passed. */
export type ClassFile = { readonly kind: 'roster' | 'attendance' | 'results'; readonly count: number };

/** Who plays the applicant, and what its example tells. */
export type Cast = {
  readonly policy: Policy;
  readonly example: WorkedExample;
  /** the period that is claimed, with what is told of it */
  readonly period: WorkedExample['period'];
  /** the role of the payee's own people */
  readonly payee: Role;
  /** told by the office when it accepts */
  readonly registered: Facts;
  readonly classSize: number;
  /** facts that a correction makes true instead, and back again: another amount follows */
  readonly otherFacts: Facts;
};

const reason = { reason: '模型路径' };
/** Of one case; whoever lives it makes it unlike any other's. */
const objectionId = (no: number): string => `objection ${no}`;

/** Who says a type: the applicant's people where they may; what is verified is verified by the office. Null where nobody is free to. */
export function speakerOf(twin: Twin, { payee }: Cast, type: string): Role | null {
  const known = twin.model.types.get(type);
  if (known?.source.kind !== 'person') return null;
  const roles = known.source.roles as readonly Role[];
  const office = roles.filter((role) => role !== payee);
  const free = (known.duty === 'inspect' && office.length > 0 ? office : roles).filter((role) => mayHold(twin, role, known.duty));
  const usual: readonly Role[] = [payee, type === 'correction.proposed' ? 'supervisor' : 'approver'];
  return usual.find((role) => free.includes(role)) ?? free[0] ?? null;
}

/** Two duties of one case need two people. */
export const mayHold = ({ duties }: Twin, account: string, duty: string | undefined): boolean =>
  duty === undefined || [...(duties.get(account) ?? [])].every((held) => held === duty);

/** What this account could say now, in the machine's order. */
export const allowedTo = (twin: Twin, role: Role): readonly string[] =>
  allowedEvents(twin.model.machine, twin.snapshot).filter((type) => {
    const known = twin.model.types.get(type);
    return known?.source.kind === 'person' && (known.source.roles as readonly string[]).includes(role) && mayHold(twin, role, known.duty);
  });

/** Everything that could be done now, in the order in which a life usually goes. */
export function movesAt(twin: Twin, cast: Cast): readonly Move[] {
  const { tranches } = twin.view;
  const in_ = (state: string) => tranches.some((each) => each.state === state);
  const pay: Move[] = in_('requested') ? (['settled', 'refused', 'kept'] as const).map((outcome) => ({ kind: 'pay', outcome })) : [];
  const bankless = cast.policy.means === 'allocation';
  const next = nextClock(twin);
  const arrive: Move[] = in_('sent') && (next === null || next > addDays(twin.day, 1)) ? [{ kind: 'arrive' }] : [];
  const back = Object.entries(twin.context.payments).filter(([, { settled }]) => settled.length > 0);
  return [
    ...says(twin, cast),
    ...pay.filter((move) => !bankless || (move.kind === 'pay' && move.outcome === 'settled')),
    ...arrive,
    ...(bankless ? [] : back.map(([payment]): Move => ({ kind: 'return', payment }))),
    ...(next === null || in_('sent') ? [] : [{ kind: 'wait' } as const]),
  ];
}

/** The twin after a move; null where the machine refuses it. */
export function after(twin: Twin, move: Move): Twin | null {
  switch (move.kind) {
    case 'say':
      return twin.hear(move);
    case 'wait':
      return twin.to(addDays(nextClock(twin) ?? twin.day, 1));
    case 'pay':
      return twin.hear(...paid(twin, move.outcome));
    case 'return':
      return twin.hear(returned(twin, move.payment));
    case 'arrive': {
      const next = twin.to(addDays(twin.day, 1));
      if (!next) return null;
      return next.hear(
        ...inState(next, 'sent').map((payment) => bank('disbursement.settled', payment, flying(next, payment), { paidOn: next.day })),
      );
    }
  }
}

export const nextClock = ({ deadlines }: Twin): string | null => [...deadlines.values()].sort()[0] ?? null;

const inState = (twin: Twin, state: string): string[] => twin.view.tranches.filter((each) => each.state === state).map(({ id }) => id);
const flying = ({ context }: Twin, payment: string): string => String(context.payments[payment]?.disbursement);
const bank = (type: string, payment: string, disbursement: string, more: object = {}): Told => ({
  type,
  data: { payment, disbursement, ...more },
  by: 'system',
});

function paid(twin: Twin, outcome: 'settled' | 'refused' | 'kept'): Told[] {
  const requested = inState(twin, 'requested').map((payment) => ({ payment, id: `${payment}#${twin.seq}` }));
  const sent = requested.map(({ payment, id }) => bank('disbursement.submitted', payment, id));
  if (outcome === 'kept') return sent;
  const [type, more] = outcome === 'settled' ? ['disbursement.settled', { paidOn: twin.day }] : ['disbursement.failed', reason];
  return [...sent, ...requested.map(({ payment, id }) => bank(type, payment, id, more))];
}

function returned({ context, day }: Twin, payment: string): Told {
  const last = context.payments[payment]?.settled.at(-1)?.disbursement ?? '';
  return bank('disbursement.returned', payment, last, { ...reason, returnedOn: day });
}

function says(twin: Twin, cast: Cast): Move[] {
  return allowedEvents(twin.model.machine, twin.snapshot)
    .filter((type) => twin.model.types.get(type)?.source.kind === 'person')
    .flatMap((type): Move[] => {
      const by = speakerOf(twin, cast, type);
      return by === null ? [] : contents(twin, cast, type).map((content) => said(type, proposerOf(content) ?? by, content));
    });
}

/** Only the supervisor writes off: somebody else proposes it. Null for all that is not such a proposal. */
function proposerOf({ correction }: Readonly<Record<string, unknown>>): Role | null {
  return (correction as { type: string } | undefined)?.type === 'recovery.writtenOff' ? 'approver' : null;
}

function said(type: string, by: Role, { file, ...data }: Readonly<Record<string, unknown>>): Move {
  return { kind: 'say', type, by, data, ...(file ? { file: file as ClassFile } : {}) };
}

/** What could be said with a type: data of its schema, one of each kind that leads elsewhere. */
export function contents(twin: Twin, cast: Cast, type: string): readonly Readonly<Record<string, unknown>>[] {
  const { plan } = cast.policy;
  const { context } = twin;
  const claim = cast.period?.claim ?? plan.claims?.[0]?.id;
  switch (type) {
    case 'case.opened':
      return [];
    case 'facts.recorded':
      return [{ facts: {} }];
    case 'roster.imported':
      return [{ file: { kind: 'roster', count: cast.classSize }, facts: { enrolled: passed(cast.classSize) } }];
    case 'attendance.imported':
      return [{ file: { kind: 'attendance', count: 1 }, facts: { completedHours: 4 } }];
    case 'results.imported':
      return [cast.classSize, 1, 0].map((count) => ({ file: { kind: 'results', count }, facts: { qualified: passed(count) } }));
    case 'application.accepted':
      return hasRoster(cast.policy) ? [{}] : [{ facts: cast.registered }];
    case 'claim.filed':
      return periodsOf(twin, cast).map((period) => ({ claim, period, facts: cast.period?.facts ?? {} }));
    case 'claims.stopped':
      return (plan.claims ?? []).map(({ id }) => ({ claim: id, stop: 'other', ...reason }));
    case 'term.extended':
      return (plan.claims ?? []).map(({ id }) => ({ claim: id }));
    case 'objection.raised':
      return context.objections.length < 2 ? [{ objection: objectionId(twin.seq), ground: '名单有误' }] : [];
    case 'objection.rejected':
      return context.objections.map((objection) => ({ objection, decision: '不成立' }));
    case 'objection.upheld':
      return context.objections.flatMap((objection) =>
        ['recompute', 'failed'].map((consequence) => ({ objection, decision: '成立', consequence })),
      );
    case 'recovery.received':
      return [...new Set(['1', owedFen(twin)])].map((amountFen) => ({ amountFen, reference: '退款' }));
    case 'recovery.demanded':
      return [{ amountFen: owedFen(twin) }];
    case 'correction.proposed':
      return corrections(twin, cast).map((correction) => ({ correction, ...reason, cite: '复核' }));
    default:
      return type === 'correction.dismissed' || correctingTypes.some((each) => each === type)
        ? decisions(twin, type)
        : [needsReason(type) ? reason : {}];
  }
}

const needsReason = (type: string): boolean =>
  /^(application\.(withdrawn|returned|rejected)|delivery\.(interrupted|aborted)|acceptance\.failed|case\.(held|released)|recovery\.escalated)$/.test(
    type,
  );

const passed = (count: number) => [{ occupation: '电工', level: '中级', count }];

/** The month or quarter of today and the one before, which have both begun. */
function periodsOf({ day, context }: Twin, { policy }: Cast): readonly string[] {
  const every = policy.plan.claims?.[0]?.every ?? 'month';
  const now = periodAround(day, every);
  const before = periodAround(addDays(periodOf(now)?.from ?? day, -1), every);
  const granted = Object.keys(context.claims?.granted ?? {});
  return [now, before].filter((period) => !granted.some((id) => id.endsWith(`:${period}`)));
}

/** One at a time; a second only to be told that the first is still open. */
function corrections(twin: Twin, cast: Cast) {
  const { otherFacts } = cast;
  const { view, model, context } = twin;
  if (context.proposals.length > 0)
    return context.proposals.length > 1 || view.state !== 'approved' ? [] : [{ type: 'fact.corrected', data: { facts: {} } }];
  return [
    ...rescindable(context, model.policy).map((data) => ({ type: 'decision.rescinded', data })),
    { type: 'fact.corrected', data: { facts: {} } },
    ...(Object.keys(otherFacts).length > 0 ? [{ type: 'fact.corrected', data: { facts: other(twin, cast) } }] : []),
    ...(view.notice && !view.notice.endedOn ? [{ type: 'notice.withdrawn', data: {} }] : []),
    ...aboutDebt(twin),
  ];
}

/** The other facts, or those of the example again. */
function other({ facts }: Twin, { otherFacts, example }: Cast): Facts {
  const names = Object.keys(otherFacts);
  return names.every((name) => facts[name] === otherFacts[name])
    ? Object.fromEntries(names.map((name) => [name, example.facts[name]]))
    : otherFacts;
}

/** What two people may do about money that is owed: write some or all of it off, or let it be repaid in two parts. */
function aboutDebt(twin: Twin) {
  const owed = BigInt(owedFen(twin));
  if (twin.view.recovery === null || owed <= 1n) return [];
  const parts = [1n, owed - 1n].map((fen, at) => ({ dueOn: addDays(twin.day, 30 * (at + 1)), amountFen: String(fen) }));
  return [
    ...['1', String(owed)].map((amountFen) => ({ type: 'recovery.writtenOff', data: { amountFen } })),
    { type: 'recovery.instalmentsAgreed', data: { instalments: parts } },
  ];
}

/** Where nothing is owed, a fen: a sum of nothing is not one, and would be refused for that. */
const owedFen = ({ view }: Twin): string => {
  const owed = view.recovery?.outstandingFen ?? '0';
  return owed === '0' ? '1' : owed;
};

function decisions({ context, proposed }: Twin, type: string): readonly Readonly<Record<string, unknown>>[] {
  return context.proposals.flatMap(({ seq }) => {
    const { correction } = (proposed.get(seq)?.data ?? {}) as { correction?: { type: string; data: object } };
    if (type === 'correction.dismissed') return [{ proposal: seq, ...reason }];
    return correction?.type === type ? [{ proposal: seq, ...correction.data }] : [];
  });
}

/** What the machine does not hear in this state, said by whom it would be: one of each type. */
export function refusals(twin: Twin, cast: Cast): readonly Extract<Move, { kind: 'say' }>[] {
  const allowed = new Set(allowedEvents(twin.model.machine, twin.snapshot));
  return [...twin.model.types.keys()].flatMap((type) => {
    if (allowed.has(type) || type === 'case.opened' || type.endsWith('.imported')) return [];
    const by = speakerOf(twin, cast, type);
    const [data] = [...contents(twin, cast, type), anyContent(type)];
    return by === null || data === undefined ? [] : [{ kind: 'say', type, by, data } as const];
  });
}

/** Data of the right form about nothing that exists. */
function anyContent(type: string): Readonly<Record<string, unknown>> | undefined {
  if (type.startsWith('objection.')) {
    const decided = { objection: objectionId(999), decision: '不成立' };
    return type === 'objection.raised'
      ? { objection: objectionId(999), ground: '名单有误' }
      : { ...decided, ...(type === 'objection.upheld' ? { consequence: 'recompute' } : {}) };
  }
  const own: Readonly<Record<string, object>> = {
    'correction.dismissed': {},
    'decision.rescinded': { decision: 'approval' },
    'fact.corrected': { facts: {} },
    'notice.withdrawn': {},
    'recovery.writtenOff': { amountFen: '1' },
    'recovery.instalmentsAgreed': { instalments: [{ dueOn: '2099-12-31', amountFen: '1' }] },
  };
  return own[type] && { proposal: 1, ...own[type] };
}

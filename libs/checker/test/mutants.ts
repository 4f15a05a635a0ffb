import { type Arrow, type CaseContext, type CaseMachine, caseMachine, type Effect, type Rules, type Variation } from '@tranche/machines';
import { type Policy, policies } from '@tranche/policies';
import { type Bounds, type RuleId, scopes } from '../src/index.js';
import { arrows, edits, gone, guarded, guards, inRegion, oneMore, says, undone, unguarded, updates, without } from './variations.js';

export const truth = policies().find(({ jurisdiction }) => jurisdiction === 'CN-2102') as Policy;
export type Mutant = {
  readonly name: string;
  /** the rule that must notice it */
  readonly rule: RuleId;
  /** no other rule notices it */
  readonly alone?: true;
  readonly scope: Bounds;
  readonly machine: CaseMachine;
};

const quick: Bounds = {
  ...scopes.money,
  id: 'quick',
  label: { zh: '基本', en: 'the basics' },
  finals: [0, 2, 4],
  receipts: ['all', 'beyond'],
  overdue: 0,
  bounces: false,
  returns: false,
};
const returning: Bounds = { ...quick, id: 'returning', label: { zh: '退票', en: 'returns' }, finals: [2], returns: true };
const bouncing: Bounds = { ...quick, id: 'bouncing', label: { zh: '支付失败', en: 'bounces' }, finals: [2], bounces: true };
const byParts: Bounds = { ...quick, id: 'by parts', label: { zh: '分次退回', en: 'repaid in parts' }, finals: [2], receipts: ['part'] };
const holding: Bounds = { ...quick, id: 'holding', label: { zh: '暂停', en: 'held' }, finals: [4], holds: true };
const contested: Bounds = { ...quick, id: 'contested', label: { zh: '异议', en: 'an objection' }, finals: [4], objections: 1 };
const keeping: Bounds = { ...quick, id: 'keeping', label: { zh: '保留部分', en: 'something kept' }, finals: [4], keeps: [1] };
const pausing: Bounds = { ...quick, id: 'pausing', label: { zh: '中止', en: 'interrupted' }, finals: [4], interruptions: true };
export const mutantScopes = [quick, returning, bouncing, byParts, holding, contested, keeping, pausing];

const why = { zh: '变异', en: 'mutant' };
const fen = (amount: string | null | undefined): bigint => BigInt(amount ?? '0');
const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, amount) => total + fen(amount), 0n);
const paid = (context: CaseContext): bigint =>
  sum(Object.values(context.payments).flatMap(({ settled }) => settled.map(({ amountFen }) => amountFen)));
const recovered = (context: CaseContext): bigint => sum(context.recovered.map(({ amountFen }) => amountFen));
const isVoid = (context: CaseContext): boolean => context.entitledBy === -1;
const recalls = ({ does = [] }: Arrow): boolean => does.some(({ type }) => type === 'cancelDisbursement');
const one = <T>(record: Readonly<Record<string, T>>, name: string): T => {
  const found = record[name];
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found;
};

const mutant = (name: string, rule: RuleId, scope: Bounds, variation: Omit<Variation, 'name'>, alone?: true): Mutant => ({
  name,
  rule,
  scope,
  machine: caseMachine(truth, { name, ...variation }),
  ...(alone ? { alone } : {}),
});
const edited = (name: string, rule: RuleId, scope: Bounds, edit: Parameters<typeof edits>[1], alone?: true): Mutant =>
  mutant(name, rule, scope, { regions: (regions) => edit(regions) }, alone);
const ruled = (name: string, rule: RuleId, scope: Bounds, rules: (rules: Rules) => Rules, alone?: true): Mutant =>
  mutant(name, rule, scope, { rules }, alone);
const planned = (name: string, rule: RuleId, scope: Bounds, plan: Partial<Policy['plan']>, alone?: true): Mutant => ({
  name,
  rule,
  scope,
  machine: caseMachine({ ...truth, plan: { ...truth.plan, ...plan } }),
  ...(alone ? { alone } : {}),
});

const [first, second] = truth.plan.advances;
const [start, ...laterMilestones] = truth.plan.milestones;
if (!first || !second || !start) throw new Error('the plan has two advances and milestones');

/** A request for whatever `amount` says, never called back for being too much. */
const asking =
  (wanted: (context: CaseContext, payment: string, was: string) => bigint) =>
  (rules: Rules): Rules => {
    const request = one(rules.updates, 'request');
    return {
      ...rules,
      guards: { ...rules.guards, overdrawn: { ...one(rules.guards, 'overdrawn'), holds: () => false } },
      updates: {
        ...rules.updates,
        request: (context, event, params, policy) => {
          const id = params['payment'] ?? '';
          const changed = { ...context, ...request(context, event, params, policy) };
          const payment = one(changed.payments, id);
          return { payments: { ...changed.payments, [id]: { ...payment, pendingFen: String(wanted(context, id, payment.pendingFen)) } } };
        },
      },
    };
  };

const declared: readonly Mutant[] = [
  planned('a milestone nobody may assert', 'role-missing', quick, { milestones: [{ ...start, by: [] }, ...laterMilestones] }, true),
  edited(
    'an arrow without a reason',
    'description-missing',
    quick,
    arrows('standing', 'active', 'case.held', (arrow) => ({ ...arrow, why: { zh: '', en: '' } })),
    true,
  ),
  ruled(
    'an effect nobody carries out',
    'effect-without-handler',
    quick,
    says(({ closeCase }) => ({ closeCase: (...of) => [...closeCase!(...of), { kind: 'sendTelegram' } as unknown as Effect] })),
    true,
  ),
  edited(
    'a state nothing leads to',
    'unreachable',
    quick,
    inRegion('standing', (region) => ({ ...region, states: { ...region.states, shelved: { label: why } } })),
    true,
  ),
];

const endings: readonly Mutant[] = [
  edited(
    'an objection after the end of the notice has no exit',
    'dead-end',
    contested,
    (regions) =>
      ['objection.rejected', 'objection.upheld'].reduce(
        (changed, event) =>
          arrows('delivery', 'objected', event, (arrow) =>
            arrow.when?.some(({ type, not }) => type === 'noticeEnded' && !not) ? null : guarded({ type: 'noticeEnded', not: true })(arrow),
          )(changed),
        regions,
      ),
    true,
  ),
  edited(
    'a remainder that never opens',
    'dead-end',
    quick,
    arrows(
      's3',
      'locked',
      'always',
      without(({ to }) => to === 'due'),
    ),
  ),
  edited(
    'what was recovered twice is never given back',
    'dead-end',
    returning,
    arrows(
      'refund',
      'locked',
      'always',
      without(({ to }) => to === 'due'),
    ),
  ),
  ruled('the cap on what is kept after a failure is lost', 'recovery-differs', keeping, (rules) => ({
    ...rules,
    guards: { ...rules.guards, keepsLess: { ...one(rules.guards, 'keepsLess'), holds: () => false } },
    updates: { ...rules.updates, loseEntitlement: (context) => ({ entitledBy: -1, entitledFen: context.amounts['onFailure'] ?? '0' }) },
  })),
  ruled(
    'a guard that throws on a repayment that is too much',
    'guard-throws',
    quick,
    guards(({ repaysPart }) => ({
      repaysPart: {
        ...repaysPart!,
        holds: (context, event, ...more) => {
          if (fen(String(event.data['amountFen'])) > fen(context.recovery.demandedFen)) throw new RangeError('more than was demanded');
          return repaysPart!.holds(context, event, ...more);
        },
      },
    })),
    true,
  ),
  edited('a case that holds and releases itself for ever', 'guard-throws', quick, (regions) =>
    oneMore('standing', 'held', 'always', { to: 'active', why })(
      oneMore('standing', 'active', 'always', { to: 'held', when: [{ type: 'approved' }], why })(regions),
    ),
  ),
  ruled(
    'a memory that JSON forgets',
    'replay-differs',
    pausing,
    updates(({ interrupt }) => ({ interrupt: (...of) => ({ ...interrupt!(...of), pausedAt: undefined }) as Partial<CaseContext> })),
    true,
  ),
];

const commitments: readonly Mutant[] = [
  planned('the shares of the advances swapped', 'over-commitment', quick, {
    advances: [
      { ...first, amount: second.amount },
      { ...second, amount: first.amount },
    ],
  }),
  planned(
    'the second advance opens at the start',
    'over-commitment',
    quick,
    { advances: [first, { ...second, opens: first.opens }] },
    true,
  ),
  ruled('a remainder that ignores what is in flight', 'over-commitment', quick, (rules) => {
    const owed = (context: CaseContext): bigint => fen(context.entitledFen) - paid(context);
    const opens = one(rules.guards, 'opens');
    const lapsed = one(rules.guards, 'lapsed');
    const mine =
      (holds: typeof opens.holds, is: (context: CaseContext) => boolean): typeof opens.holds =>
      (context, event, params, policy) =>
        params['payment'] === 's3' && context.entitledFen !== null && !isVoid(context)
          ? is(context)
          : holds(context, event, params, policy);
    const claim = one(rules.updates, 'claim');
    const claims: typeof claim = (context, event, params, policy) =>
      params['payment'] === 's3' && !isVoid(context)
        ? { payments: { ...context.payments, s3: { ...one(context.payments, 's3'), claimFen: String(owed(context)) } } }
        : claim(context, event, params, policy);
    return asking((context, id, was) => (id === 's3' ? owed(context) : fen(was)))({
      ...rules,
      updates: { ...rules.updates, claim: claims },
      guards: {
        ...rules.guards,
        opens: { ...opens, holds: mine(opens.holds, (context) => owed(context) > 0n) },
        lapsed: { ...lapsed, holds: mine(lapsed.holds, (context) => owed(context) <= 0n) },
      },
    });
  }),
  ruled('what bounced is always asked for in full', 'over-commitment', bouncing, (rules) => {
    const [lapsed, opens, claim] = [one(rules.guards, 'lapsed'), one(rules.guards, 'opens'), one(rules.updates, 'claim')];
    const claimed = (context: CaseContext, id = ''): boolean => context.payments[id]?.claimFen != null && !isVoid(context);
    return asking((context, id, was) => (claimed(context, id) ? fen(context.payments[id]?.claimFen) : fen(was)))({
      ...rules,
      guards: {
        ...rules.guards,
        opens: {
          ...opens,
          holds: (context, event, params, policy) => claimed(context, params['payment']) || opens.holds(context, event, params, policy),
        },
        lapsed: {
          ...lapsed,
          holds: (context, event, params, policy) => !claimed(context, params['payment']) && lapsed.holds(context, event, params, policy),
        },
      },
      updates: {
        ...rules.updates,
        claim: (context, event, params, policy) => (claimed(context, params['payment']) ? {} : claim(context, event, params, policy)),
      },
    });
  }),
  edited(
    'an advance that ignores the failure',
    'paid-after-loss',
    quick,
    arrows('s1', 'requested', 'always', (arrow) => (recalls(arrow) ? guarded({ type: 'failed', not: true })(arrow) : arrow)),
    true,
  ),
  edited(
    'a hold that does not stop sending',
    'paid-while-held',
    holding,
    arrows('s1', 'requested', 'disbursement.submitted', unguarded('held')),
    true,
  ),
  edited('a hold that does not stop asking', 'paid-while-held', holding, arrows('s1', 'due', 'payment.requested', unguarded('held'))),
];

const payments: readonly Mutant[] = [
  edited(
    'a paid tranche that may be asked for again',
    'paid-twice',
    quick,
    oneMore('s1', 'paid', 'payment.requested', {
      to: 'requested',
      when: [{ type: 'names', params: { payment: 's1' } }],
      does: [{ type: 'requestDisbursement', params: { payment: 's1' } }],
      why,
    }),
  ),
  mutant(
    'a request for nothing',
    'paid-twice',
    quick,
    {
      regions: (regions) =>
        oneMore('s3', 'cancelled', 'payment.requested', {
          when: [
            { type: 'names', params: { payment: 's3' } },
            { type: 'lost', not: true },
          ],
          does: [{ type: 'askForNothing' }, { type: 'cancelDisbursement', params: { payment: 's3' } }],
          why,
        })(regions),
      rules: says(() => ({ askForNothing: () => [{ kind: 'requestDisbursement', payment: 's3', amountFen: '0', fund: 'F1' }] })),
    },
    true,
  ),
  edited(
    'the answer to another payment is believed',
    'unknown-news',
    quick,
    arrows('s1', 'sent', 'disbursement.settled', unguarded('sameDisbursement')),
    true,
  ),
  edited(
    'a lapsed request that is not called back',
    'books-differ',
    quick,
    arrows('s2', 'requested', 'always', undone('cancelDisbursement')),
  ),
  ruled(
    'a payment that changes its fund on the way',
    'books-differ',
    quick,
    updates(({ send }) => ({
      send: (context, event, params, policy) => {
        const sent = send!(context, event, params, policy);
        const id = params['payment'] ?? '';
        return { payments: { ...sent.payments, [id]: { ...one(sent.payments ?? {}, id), fund: 'F9' } } };
      },
    })),
    true,
  ),
];

const recoveries: readonly Mutant[] = [
  edited(
    'a recovery that is never opened',
    'recovery-differs',
    quick,
    arrows(
      'recovery',
      'none',
      'always',
      without(({ to }) => to === 'due'),
    ),
  ),
  ruled(
    'a demand for one fen too much',
    'recovery-differs',
    byParts,
    says(({ sayRecoveryOpened }) => ({
      sayRecoveryOpened: (...of) =>
        sayRecoveryOpened!(...of).map((effect) =>
          effect.kind === 'openRecovery' ? { ...effect, amountFen: String(BigInt(effect.amountFen) + 1n) } : effect,
        ),
    })),
    true,
  ),
  edited('a recovery that outlives the excess', 'recovery-differs', returning, arrows('recovery', 'due', 'always', gone)),
  ruled(
    'a recovery while money is still on its way',
    'recovery-differs',
    quick,
    guards(({ overpaid }) => ({
      overpaid: {
        ...overpaid!,
        holds: (context) => context.entitledFen !== null && paid(context) - recovered(context) > fen(context.entitledFen),
      },
    })),
  ),
  ruled(
    'closed while a refund is owed',
    'settled-differs',
    returning,
    guards(({ finished }) => ({
      finished: {
        ...finished!,
        holds: (context, ...more) =>
          finished!.holds(context, ...more) ||
          (isVoid(context) &&
            recovered(context) > paid(context) &&
            context.payments['refund']?.pendingFen === '0' &&
            context.payments['refund']?.sentFen === '0'),
      },
    })),
    true,
  ),
  ruled(
    'a sum below zero',
    'negative-sum',
    quick,
    updates(({ closeRecovery }) => ({
      closeRecovery: (...of) => ({ ...closeRecovery!(...of), recovery: { no: 0, open: false, demandedFen: '-1' } }),
    })),
    true,
  ),
];

const deadlines: readonly Mutant[] = [
  edited('a deadline nobody hears', 'deadline-unheard', quick, arrows('s1', '*', 'deadline.passed', gone), true),
  edited(
    'a deadline that a payment does not end',
    'deadline-left',
    quick,
    arrows('s1', 'sent', 'disbursement.settled', undone('sayClockMet', 'stopClock')),
    true,
  ),
  edited(
    'a deadline ended for the world only',
    'deadline-confused',
    returning,
    arrows('s1', 'sent', 'disbursement.settled', undone('stopClock')),
    true,
  ),
  edited('a deadline set again with every event', 'deadline-confused', quick, arrows('s1', 'due', 'always', undone('startClock'))),
  ruled(
    'a legal clock before the application is received',
    'deadline-too-early',
    quick,
    (rules) => {
      const [due, moot, started] = [one(rules.guards, 'clockDue'), one(rules.guards, 'clockMoot'), one(rules.says, 'sayClockStarted')];
      const early = (context: CaseContext, id: string | undefined): boolean =>
        id === 's1' && context.reached['received'] === undefined && context.reached['started'] !== undefined && !isVoid(context);
      return {
        ...rules,
        guards: {
          ...rules.guards,
          clockDue: {
            ...due,
            holds: (context, event, params, policy) =>
              (early(context, params['payment']) && context.clocks['payment:s1'] === undefined) ||
              due.holds(context, event, params, policy),
          },
          clockMoot: {
            ...moot,
            holds: (context, event, params, policy) => !early(context, params['payment']) && moot.holds(context, event, params, policy),
          },
        },
        says: {
          ...rules.says,
          sayClockStarted: (context, event, params, policy) =>
            early(context, params['payment'])
              ? [
                  {
                    kind: 'setDeadline',
                    key: 'payment:s1',
                    label: why,
                    from: event.on,
                    count: 10,
                    unit: 'workingDays',
                    deadline: 'statutory',
                    cite: first.cite,
                  },
                ]
              : started(context, event, params, policy),
        },
      };
    },
    true,
  ),
];

export const mutants: readonly Mutant[] = [...declared, ...endings, ...commitments, ...payments, ...recoveries, ...deadlines];

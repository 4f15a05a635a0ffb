import type { CaseContext } from '@tranche/machines';
import { bouncing, edited, holding, type Mutant, mutant, planned, quick, ruled, truth } from './mutant.js';
import { asking, fen, isVoid, one, paid, recalls, why } from './reading.js';
import { arrows, guarded, oneMore, says, undone, unguarded, updates, without } from './variations.js';

const [first, second] = truth.plan.advances;
if (!first || !second) throw new Error('the plan has two advances');

export const commitments: readonly Mutant[] = [
  planned(
    'the shares of the advances swapped',
    'over-commitment',
    quick,
    {
      advances: [
        { ...first, amount: second.amount },
        { ...second, amount: first.amount },
      ],
    },
    true,
  ),
  planned('the second advance opens at the start', 'over-commitment', quick, { advances: [first, { ...second, opens: first.opens }] }),
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

export const payments: readonly Mutant[] = [
  edited(
    'an advance that stays asked for when the proof of its milestone falls',
    'paid-unproven',
    quick,
    arrows(
      's2',
      'requested',
      'always',
      without(({ why: { en } }) => en.startsWith('The marks that open it')),
    ),
    true,
  ),
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

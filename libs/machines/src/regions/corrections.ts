import { createHash } from 'node:crypto';
import type { Policy } from '@tranche/policies';
import type { CaseContext, Heard, Proposal } from '../context.js';
import { advanceAmounts, finalAmounts, stands } from '../marks.js';
import { type Arrow, deed, type Region, type Rules, text, when } from '../region.js';
import { isDecided, rescindable } from '../rescindable.js';
import { excessFen, fen } from '../sums.js';
import { fitsBalance, probedInstalments } from './instalments.js';
import { mayBeSetOff, permitsSetOff, probedSetOffs } from './set-off.js';

/** The closed set of events that correct a mistake; each needs a proposal by another person. */
export const correctingTypes = [
  'decision.rescinded',
  'fact.corrected',
  'notice.withdrawn',
  'recovery.writtenOff',
  'recovery.instalmentsAgreed',
  'recovery.setOff',
] as const;
const openAtOnce = 5;

const decided = (zh: string, en: string): Arrow => ({
  when: [when('proposalMatches'), when('correctable')],
  does: [deed('dropProposal'), deed('closeTask', { task: 'correct' })],
  why: text(zh, en),
});

/** People make mistakes: one proposes the correction, another carries it out, nothing is deleted. */
export function corrections(policy: Policy): Region {
  const propose: Arrow = {
    to: 'proposed',
    when: [when('mayPropose')],
    does: [deed('noteProposal'), deed('openTask', { task: 'correct', role: 'supervisor' })],
    why: text('提出更正，须由另一人决定', 'A correction is proposed; another person decides'),
  };
  return {
    id: 'corrections',
    label: text('更正', 'Corrections'),
    initial: 'none',
    states: {
      none: { label: text('无待决更正', 'None pending'), on: { 'correction.proposed': [propose] } },
      proposed: {
        label: text('更正待决', 'Proposed'),
        on: {
          'correction.proposed': [propose],
          'correction.dismissed': [
            {
              when: [when('proposalOpen')],
              does: [deed('dropProposal'), deed('closeTask', { task: 'correct' })],
              why: text('不予更正', 'The correction is dismissed'),
            },
          ],
          'decision.rescinded': [decided('复核人同意撤销决定', 'A second person rescinds the decision')],
          'fact.corrected': [decided('复核人同意更正事实', 'A second person corrects the facts')],
          ...(policy.plan.notice ? { 'notice.withdrawn': [decided('复核人同意撤回公示', 'A second person withdraws the notice')] } : {}),
          'recovery.writtenOff': [decided('复核人同意核销', 'A second person writes the debt off')],
          'recovery.instalmentsAgreed': [decided('复核人同意分期退还', 'A second person agrees on instalments')],
          ...(permitsSetOff(policy)
            ? { 'recovery.setOff': [decided('复核人同意抵扣', 'A second person agrees that the debt is set off')] }
            : {}),
        },
        always: [{ to: 'none', when: [when('noProposal')], why: text('更正均已决定', 'All proposals are decided') }],
      },
    },
  };
}

/** Would this event, payload and all, correct something that exists now? Stamped amounts aside. */
export function corrects(context: CaseContext, event: Heard, policy: Policy): boolean {
  return applies(context, event, event, policy);
}

function applies(context: CaseContext, { type, data }: Correction, { on }: Pick<Heard, 'on'>, policy: Policy): boolean {
  const failed = context.reached['failed'] !== undefined;
  switch (type) {
    case 'decision.rescinded':
      return isDecided(context, policy, data);
    case 'fact.corrected':
      return stands(context) && !failed && (context.reached['received'] !== undefined || context.reached['approved'] !== undefined);
    case 'notice.withdrawn':
      return context.notice.postedOn !== null;
    case 'recovery.writtenOff':
      return context.recovery.open && isUpTo(data['amountFen'], excessFen(context));
    case 'recovery.instalmentsAgreed':
      return maySpread(context) && fitsBalance(data['instalments'], excessFen(context), on);
    case 'recovery.setOff':
      return mayBeSetOff(context, data, policy);
    default:
      return false;
  }
}

/** Once it is demanded; what was agreed is agreed anew only when an instalment is overdue. */
const maySpread = ({ recovery: { open, step } }: CaseContext): boolean => open && step !== undefined && step !== 'instalments';

/** A stored amount between 1 fen and the limit. */
export const isUpTo = (amount: unknown, limit: bigint): boolean =>
  typeof amount === 'string' && /^[1-9]\d{0,18}$/.test(amount) && fen(amount) <= limit;

/** Corrected facts must leave the decisions that stand decidable: otherwise rescind those first. */
function factsHold(context: CaseContext, event: Heard, advances: readonly string[], finals: readonly string[]): boolean {
  const known = (names: readonly string[]) => names.every((name) => (event.stamp.amounts[name] ?? null) !== null);
  if (context.reached['approved'] !== undefined && !(event.stamp.eligible === true && known(advances))) return false;
  return context.reached['accepted'] === undefined || known(finals);
}

/** SHA-256 over what a correction says, keys in order, without the number of its proposal. */
export function correctionHash(type: string, data: Readonly<Record<string, unknown>>): string {
  const { proposal: _, ...said } = data;
  return createHash('sha256')
    .update(JSON.stringify([type, said], keysInOrder))
    .digest('hex');
}

const keysInOrder = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

function proposalFor(context: CaseContext, event: Heard): Proposal | undefined {
  if (event.probe) return context.proposals.find((proposal) => proposal.type === event.type);
  return context.proposals.find((proposal) => proposal.seq === event.data['proposal']);
}

type Correction = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
const proposed = (event: Heard): Correction => event.data['correction'] as Correction;

/** What is proposed; for a probe, everything that could be. */
function candidates(context: CaseContext, event: Heard, policy: Policy): readonly Correction[] {
  if (!event.probe) return [proposed(event)];
  return [
    ...rescindable(context, policy).map((data) => ({ type: 'decision.rescinded', data })),
    { type: 'fact.corrected', data: {} },
    { type: 'notice.withdrawn', data: {} },
    { type: 'recovery.writtenOff', data: { amountFen: String(excessFen(context)) } },
    { type: 'recovery.instalmentsAgreed', data: { instalments: probedInstalments(context) } },
    ...probedSetOffs(context).map((data) => ({ type: 'recovery.setOff', data })),
  ];
}

export const correctionRules: Rules = {
  guards: {
    mayPropose: {
      label: text('该更正目前适用，且待决更正不多于五项', 'the correction applies now, and at most five are pending'),
      holds: (context, event, _, policy) =>
        context.proposals.length < openAtOnce &&
        candidates(context, event, policy).some((candidate) => applies(context, candidate, event, policy)),
    },
    proposalOpen: {
      label: text('该更正建议待决', 'the proposal is pending'),
      holds: (context, event) => context.proposals.some((proposal) => event.probe || proposal.seq === event.data['proposal']),
    },
    proposalMatches: {
      label: text('与他人提出的更正建议内容一致', 'the very correction that another person proposed'),
      holds: (context, event) => {
        const proposal = proposalFor(context, event);
        if (!proposal || proposal.type !== event.type || proposal.by === event.actor) return false;
        return event.probe === true || proposal.hash === correctionHash(event.type, event.data);
      },
    },
    correctable: {
      label: text('更正后各项决定仍可成立', 'it corrects something that exists, and the decisions that stand can still stand'),
      holds: (context, event, _, policy) =>
        corrects(context, event, policy) &&
        (event.type !== 'fact.corrected' || factsHold(context, event, advanceAmounts(policy), finalAmounts(policy))),
    },
    noProposal: { label: text('无待决更正', 'nothing is pending'), holds: (context) => context.proposals.length === 0 },
  },
  updates: {
    noteProposal: (context, event) => {
      const { type, data } = proposed(event);
      return { proposals: [...context.proposals, { seq: event.seq, type, hash: correctionHash(type, data), by: event.actor }] };
    },
    dropProposal: (context, event) => ({ proposals: context.proposals.filter((proposal) => proposal.seq !== event.data['proposal']) }),
  },
  says: {},
};

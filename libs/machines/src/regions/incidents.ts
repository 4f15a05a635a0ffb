import { addMonths } from '@tranche/calendar';
import type { Milestone, Policy } from '@tranche/policies';
import { withoutMarks } from '../context.js';
import { type Arrow, deed, type Region, type Rules, text, unless, when } from '../region.js';

/** What may happen at any time after the approval, outside the order of delivery: one region each. */
export const incidents = (policy: Policy): readonly Region[] => policy.plan.milestones.filter(({ anytime }) => anytime).map(incident);

function incident(milestone: Milestone): Region {
  const { id, label, cite, voids } = milestone;
  const within = typeof milestone.anytime === 'object' ? [when('inTime', { mark: id, after: milestone.anytime.until.after })] : [];
  const arrow: Arrow = {
    to: 'happened',
    when: [when('stands'), when('approved'), unless('reached', { mark: id }), ...within],
    does: [deed('reach', { mark: id })],
    why: voids
      ? text(`发生“${label.zh}”：不再享有补贴，已付的据实收回`, `“${label.en}”: nothing is earned any more, what was paid comes back`)
      : text(`发生“${label.zh}”`, `“${label.en}” happened`),
    cite,
  };
  const undo: Arrow = {
    to: 'none',
    when: [when('proposalMatches'), when('rescinds', { decision: 'milestone', milestone: id })],
    does: [deed('unreach', { mark: id })],
    why: text(
      `“${label.zh}”系误报，予以撤销；权益恢复`,
      `“${label.en}” was reported by mistake: rescinded, and what was lost by it stands again`,
    ),
  };
  return {
    id,
    label,
    initial: 'none',
    states: {
      none: { label: text('未发生', 'Did not happen'), on: { [`milestone.${id}`]: [arrow] } },
      happened: { label, ...(voids ? { on: { 'decision.rescinded': [undo] } } : {}) },
    },
  };
}

export const incidentRules: Rules = {
  guards: {
    inTime: {
      label: text('在规定月数之内', 'within the months laid down'),
      holds: (context, event, params) => {
        const after = context.reached[params['after'] ?? ''];
        const months = context.limits.counts[`until:${params['mark']}`];
        return event.probe === true || (after !== undefined && months !== undefined && event.on <= addMonths(after, months));
      },
    },
  },
  updates: {
    unreach: (context, _, params) => withoutMarks(context, params['mark'] ?? ''),
  },
  says: {},
};

import { deed, type Region, type Rules, text, unless, when } from '../region.js';
import { inFlightFen, payableFen } from '../sums.js';
import { awaitsPublicity } from './publicity.js';

/** Active, held or closed. Closed is a condition, not an end: late news reopens the case. */
export function standing(): Region {
  return {
    id: 'standing',
    label: text('案件状态', 'Standing'),
    initial: 'active',
    states: {
      active: {
        label: text('办理中', 'Active'),
        on: {
          'case.held': [
            {
              to: 'held',
              does: [deed('hold'), deed('holdCase')],
              why: text('暂停付款：不再申请、不再送出', 'Held: nothing is requested and nothing is sent'),
            },
          ],
        },
        always: [
          {
            to: 'closed',
            when: [when('finished')],
            does: [deed('closeCase')],
            why: text('应付已付清、应收已收清，办结', 'Everything owed is paid or recovered: the case closes'),
          },
        ],
      },
      held: {
        label: text('已暂停', 'Held'),
        on: {
          'case.released': [
            {
              to: 'active',
              does: [deed('release'), deed('releaseCase')],
              why: text('解除暂停，恢复付款', 'Released: payments go on'),
            },
          ],
        },
      },
      closed: {
        label: text('已办结', 'Closed'),
        always: [
          {
            to: 'active',
            when: [unless('finished')],
            does: [deed('reopenCase')],
            why: text('退票、更正或撤销决定使案件重新打开', 'A return, a correction or a rescinded decision reopens the case'),
          },
        ],
      },
    },
  };
}

export const standingRules: Rules = {
  guards: {
    finished: {
      label: text('权益已定，无待付、在途、应收、待决异议', 'entitlement fixed; nothing due, in flight, owed or undecided'),
      holds: (context, _, __, policy) =>
        payableFen(context) === 0n &&
        inFlightFen(context) === 0n &&
        context.objections.length === 0 &&
        context.notice.postedOn === null &&
        !awaitsPublicity(context, policy),
    },
    held: { label: text('案件已暂停', 'the case is held'), holds: (context) => context.held },
  },
  updates: {
    hold: () => ({ held: true }),
    release: () => ({ held: false }),
  },
  says: {
    holdCase: () => [{ kind: 'holdCase' }],
    releaseCase: () => [{ kind: 'releaseCase' }],
    closeCase: () => [{ kind: 'closeCase' }],
    reopenCase: () => [{ kind: 'reopenCase' }],
  },
};

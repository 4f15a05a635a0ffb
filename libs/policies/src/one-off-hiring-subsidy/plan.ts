import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';

const ahead = '在阶段性减免社会保险费期限内的符合条件企业，可预拨不超过50%的一次性吸纳就业补贴';
const rest = '余下部分在企业恢复缴纳社会保险费后拨付';

/** All of it at once; inside the relief period up to half at once, and the rest when contributions are paid again. */
export const planOf = ({ grounds, insurance }: Version, limits: PaymentLimits): Plan => {
  const broken = grounds.inferred(
    insurance,
    text(
      '合同不满1年解除的，条件不再具备，已拨资金收回；只涉及部分人员的，更正名单。',
      'A contract broken within the year no longer bears the subsidy: what was paid comes back. Where only some are concerned, the list is corrected.',
    ),
  );
  return {
    entry: 'standard',
    conditions: {
      ...limits.conditions,
      relief: 'inReliefPeriod',
      advancing: 'inReliefPeriod && p.advanceEnabled',
      contributing: 'contributionsResumed',
    },
    conditionLabels: {
      ...limits.conditionLabels,
      relief: text('企业在阶段性减免社会保险费期限内', 'the firm is in the period of relief from contributions'),
      advancing: text('减免期内且本地实行预拨', 'in the relief period, and advances are paid here'),
      contributing: text('已为吸纳人员恢复缴费', 'contributions for the people hired are paid again'),
    },
    milestones: [
      {
        id: 'resumed',
        label: text('恢复缴纳社会保险费', 'contributions resumed'),
        by: ['enterprise', 'officer'],
        requires: 'contributing',
        cite: grounds.inferred(rest, text('以首月为吸纳人员缴费到账为准。', 'The first month paid for the people hired counts.')),
        evidence: ['contributions'],
      },
      {
        id: 'contractsBroken',
        label: text('劳动合同不满1年解除', 'the contracts were broken within the year'),
        by: ['officer', 'inspector'],
        anytime: { until: { after: 'approved', months: { parameter: 'minContractMonths' } } },
        voids: true,
        cite: broken,
      },
    ],
    advances: [
      {
        id: 's1',
        label: text('预拨', 'advance'),
        amount: 'advance',
        opens: ['approved'],
        due: limits.due('received'),
        cite: grounds.stated(ahead),
        when: 'advancing',
      },
    ],
    remainder: { id: 's2', label: text('补贴（余下部分）', 'subsidy, or the rest of it'), projection: 'total', cite: grounds.stated(rest) },
    entitlement: [
      {
        opens: ['approved'],
        amount: 'total',
        due: limits.due('received'),
        cite: grounds.stated('按规定给予一次性吸纳就业补贴'),
        when: '!relief',
      },
      {
        opens: ['approved', 'resumed'],
        amount: 'total',
        due: {
          count: { parameter: 'remainderSla' },
          unit: 'workingDays',
          from: 'resumed',
          kind: 'service',
          cite: grounds.open(text('文件未规定余下部分的时限。', 'The document sets no limit for the rest.')),
        },
        cite: grounds.stated(rest),
        when: 'relief',
      },
    ],
    recovery: recovery(grounds, broken),
    expiry: {
      after: 'approved',
      months: { parameter: 'resumeMonths' },
      when: 'relief',
      outcome: 'keepPaid',
      cite: grounds.open(
        text(
          '文件未规定一直不恢复缴费的处理；默认满期限后不再拨付余下部分，已预拨的保留。',
          'What follows when contributions are never resumed is not said; by default the rest lapses and the advance is kept.',
        ),
      ),
    },
  };
};

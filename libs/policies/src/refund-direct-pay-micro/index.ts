import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38, dalian391, liaoning25 } from '../documents/texts.js';
import type { Version as RefundVersion } from '../job-stabilisation-refund/index.js';
import type { Fund, Policy } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { noticeAfterParameters } from '../tables/notice-after.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** `refunds`: where the tests and figures of the refund itself stand, which 「按规定」 refers to; `restructuring`: the second fund. */
export type Version = { readonly grounds: Grounds; readonly refunds: RefundVersion; readonly restructuring: Fund['cite'] };

function directRefund(version: Version): Policy {
  const { grounds, restructuring } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const byData = grounds.inferred('免申领', text('不要求申报材料，以数据筛查。', 'No papers are asked for; registers are screened.'));
  return {
    id: 'refund-direct-pay-micro',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('小微企业稳岗返还“免申即享”', 'Refund of unemployment insurance paid without application'),
    cite: grounds.stated('推行小微企业普通性稳岗返还“免申即享”'),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, until: untilControlEnds, anchor: 'received' },
    payee: ['enterprise'],
    ...officeOf(document),
    timeLimit: text('无须申报；批次审批后5个工作日内拨付', 'no application; paid within 5 working days of the approval of the batch'),
    timeLimitCite: limits.timeLimitCite,
    funds: [
      fund(
        'F2',
        grounds.open(text('返还所缴失业保险费，由失业保险基金列支。', 'What is refunded are unemployment premiums: paid from that fund.')),
      ),
      fund('F5', restructuring, { when: 'affected' }),
    ],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(version),
      ...limits.parameters,
      ...noticeAfterParameters(grounds, 30),
      ...recoveryParameters(grounds),
      ...epidemic,
      ...exclusionSwitches(grounds, 'stabilisation-refund'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: planOf(version, limits),
    exclusions: [
      {
        ...switched('stabilisation-refund'),
        key: 'payeeKey',
        per: 'year',
        limit: 1,
        reason: text('同一企业一年只能享受一次稳岗返还', 'a firm gets one refund a year, by one channel'),
        cite: grounds.open(
          text(
            '文件未规定；默认一企业一年一次，申领与免申领只取其一。',
            'The document is silent; by default once a year for each firm, on application or without.',
          ),
        ),
      },
    ],
    evidence: [
      { id: 'registration', label: text('企业登记信息', 'register of enterprises'), obtainBy: 'data', cite: byData },
      { id: 'premiums', label: text('失业保险缴费记录', 'record of unemployment premiums'), obtainBy: 'data', cite: byData },
      { id: 'headcount', label: text('参保职工人数及裁员情况', 'insured staff and lay-offs'), obtainBy: 'data', cite: byData },
    ],
  };
}

export { examples } from './examples.js';

const silentOnFigures = { grounds: groundsIn(liaoning25, '（五）'), from: liaoning25.issuedOn, rates: 'open' } as const;
const ofFebruary = { grounds: groundsIn(dalian38, '（四）'), from: dalian391.issuedOn, rates: 'stated' } as const;

/** As long as the tests of the refund hold, which is during epidemic control. */
export const versions: readonly Policy[] = [
  directRefund({
    grounds: groundsIn(liaoning25, '（五）'),
    refunds: silentOnFigures,
    restructuring: groundsIn(liaoning25, '（十九）').inferred(
      '加快工业企业结构调整专项奖补资金使用进度',
      text('列为稳就业资金之一；仅限受疫情影响企业。', 'Named among the money for stable employment; only for firms hit by the epidemic.'),
    ),
  }),
  directRefund({
    grounds: groundsIn(dalian391, '二'),
    refunds: ofFebruary,
    restructuring: groundsIn(dalian391, '十一').inferred(
      '工业企业结构调整专项奖补资金等，用于企业稳定岗位',
      text('大连市38号文限于受疫情影响企业，沿用。', 'Dalian’s February notice keeps it to firms hit by the epidemic; so does this.'),
    ),
  }),
];

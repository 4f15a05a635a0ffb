import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38, liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { fund } from '../tables/funds.js';
import { epidemic, untilControlEnds } from '../tables/landmarks.js';
import { noticeAfterParameters } from '../tables/notice-after.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** `rates`: where the figures stand; the provincial document raises the refund without saying by how much. */
export type Version = { readonly grounds: Grounds; readonly from: string; readonly rates: 'stated' | 'open' };

function stabilisationRefund(version: Version): Policy {
  const { grounds, from } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const silent = grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.'));
  return {
    id: 'job-stabilisation-refund',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('失业保险稳岗返还', 'Refund of unemployment insurance for keeping jobs'),
    cite: version.rates === 'stated' ? grounds.stated('扩大稳岗返还政策范围') : grounds.stated('加大失业保险稳岗返还力度'),
    issuedOn: document.issuedOn,
    window: { from, until: untilControlEnds, anchor: 'received' },
    payee: ['enterprise'],
    ...officeOf(document),
    timeLimit: limits.timeLimit,
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
        cite: grounds.open(text('文件未规定；默认一企业一年一次。', 'The document is silent; by default once a year for each firm.')),
      },
    ],
    evidence: [
      { id: 'premiums', label: text('失业保险缴费记录', 'record of unemployment premiums'), obtainBy: 'data', cite: silent },
      { id: 'headcount', label: text('参保职工人数及裁员情况', 'insured staff and lay-offs'), obtainBy: 'data', cite: silent },
      { id: 'commitment', label: text('申报承诺书', 'letter of commitment'), obtainBy: 'upload', cite: silent },
    ],
  };
}

const restructuring = groundsIn(dalian38, '（七）').stated('用于支持受疫情影响企业稳定岗位、保障基本生活等支出');

export { examples } from './examples.js';

/** Dalian during epidemic control (its own later notice only says "more"); Liaoning from its November document on. */
export const versions: readonly Policy[] = [
  stabilisationRefund({ grounds: groundsIn(dalian38, '（四）'), from: '2020-01-24', rates: 'stated' }),
  stabilisationRefund({ grounds: groundsIn(liaoning25, '（五）'), from: liaoning25.issuedOn, rates: 'open' }),
];

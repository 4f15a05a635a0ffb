import { type Document, type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian38, dalian391, liaoning25 } from '../documents/texts.js';
import type { Cite, Policy } from '../policy.js';
import { benefitGround } from '../tables/benefit-rates.js';
import { fund } from '../tables/funds.js';
import { epidemic } from '../tables/landmarks.js';
import { minimumWage } from '../tables/minimum-wage.js';
import { officeLimit } from '../tables/office-limit.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, parametersOf, rulesOf } from './rules.js';

/** `names`: the words that name the benefit; `prompt`: those that call for prompt payment, if there are any. */
export type Version = {
  readonly document: Document;
  readonly grounds: Grounds;
  readonly until?: string;
  readonly names: Cite;
  readonly prompt?: Cite;
};

function benefit(version: Version): Policy {
  const { document, grounds, until, names, prompt } = version;
  const limit = officeLimit(grounds, 10, prompt);
  const silent = grounds.open(text('文件未列材料清单；以数据核验为先。', 'The document lists no papers; registers are asked first.'));
  return {
    id: 'unemployment-insurance-benefit',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('失业保险金', 'Unemployment insurance benefit'),
    cite: names,
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, ...(until ? { until } : {}), anchor: 'received' },
    payee: ['citizen'],
    ...officeOf(document),
    timeLimit: limit.timeLimit,
    timeLimitCite: limit.timeLimitCite,
    funds: [
      fund('F2', grounds.open(text('失业保险待遇，由失业保险基金列支。', 'A benefit of unemployment insurance: paid from that fund.'))),
    ],
    facts: factsOf(),
    parameters: [...parametersOf(version), ...limit.parameters, ...recoveryParameters(grounds), ...epidemic, ...minimumWage],
    rules: rulesOf(version),
    amounts: amountsOf(version),
    plan: planOf(version, limit),
    exclusions: [
      {
        group: 'unemployment-benefit',
        key: 'payeeKey',
        per: 'period',
        limit: 1,
        reason: text(
          '同一人同一月份只能领取失业保险金和失业补助金之一',
          'a person draws either unemployment insurance benefit or unemployment assistance in a month',
        ),
        cite: benefitGround(document, 'notBoth', text('按月判断。', 'Tested month by month.')),
      },
    ],
    evidence: [
      { id: 'contributions', label: text('失业保险缴费记录', 'record of contributions'), obtainBy: 'data', cite: silent },
      { id: 'registration', label: text('失业登记', 'registration as unemployed'), obtainBy: 'data', cite: silent },
      { id: 'termination', label: text('终止或解除劳动关系证明', 'proof of how the employment ended'), obtainBy: 'upload', cite: silent },
    ],
  };
}

export { examples } from './examples.js';

const promptly = (grounds: Grounds, quote: string): Pick<Version, 'names' | 'prompt'> => ({
  names: grounds.stated(quote),
  prompt: grounds.inferred(
    quote,
    text('“及时”未载明天数，取内部时限。', '"Promptly" names no number of days; an internal limit is taken.'),
  ),
});

const february = groundsIn(dalian38, '（八）');
const november = groundsIn(dalian391, '十');
const province = groundsIn(liaoning25, '（十五）');

/** Dalian raised the rates in February and keeps them in November; the province names the benefit without a figure. */
export const versions: readonly Policy[] = [
  benefit({
    document: dalian38,
    grounds: february,
    until: '2020-11-23',
    names: february.stated('临时性提高失业保险金标准至疫情结束后3个月'),
  }),
  benefit({
    document: liaoning25,
    grounds: province,
    ...promptly(province, '为符合条件的失业人员及时发放失业保险金、失业补助金'),
  }),
  benefit({
    document: dalian391,
    grounds: november,
    ...promptly(november, '为符合条件的失业人员及时发放失业保险金和失业补助金'),
  }),
];

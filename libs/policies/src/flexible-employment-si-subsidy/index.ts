import { type Grounds, groundsIn, officeOf, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Cite, Policy } from '../policy.js';
import { exclusionSwitches } from '../tables/exclusion-switches.js';
import { unnamedFund } from '../tables/funds.js';
import { oneInsuranceSubsidy } from '../tables/monthly-exclusions.js';
import { papers } from '../tables/papers.js';
import { paymentLimits } from '../tables/payment-limits.js';
import { recoveryParameters } from '../tables/recovery.js';
import { planOf } from './plan.js';
import { amountsOf, factsOf, monthsAddUp, parametersOf, quotes, rulesOf } from './rules.js';

/** `extension`: six months in Dalian; in the province at most six, as the city decides. */
export type Version = { readonly grounds: Grounds; readonly extension: { readonly cite: Cite } };

function flexibleInsurance(version: Version): Policy {
  const { grounds } = version;
  const { document } = grounds;
  const limits = paymentLimits(document);
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'flexible-employment-si-subsidy',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('灵活就业社会保险补贴', 'Social insurance subsidy for flexible employment'),
    cite: grounds.stated(quotes.who),
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'period' },
    payee: ['citizen'],
    ...officeOf(document),
    timeLimit: limits.timeLimit,
    timeLimitCite: limits.timeLimitCite,
    funds: [unnamedFund(grounds)],
    facts: factsOf(limits),
    parameters: [
      ...parametersOf(version),
      ...limits.parameters,
      ...recoveryParameters(grounds),
      ...exclusionSwitches(grounds, 'social-insurance-month'),
    ],
    rules: rulesOf(version),
    amounts: amountsOf(),
    plan: planOf(version, limits),
    exclusions: [
      oneInsuranceSubsidy(grounds, 'payeeKey'),
      {
        group: 'flexible-employment-months',
        key: 'payeeKey',
        per: 'period',
        limit: 'counted',
        reason: text('同一人享受的月数累计', 'the months of a person add up'),
        cite: monthsAddUp(grounds),
      },
    ],
    evidence: [
      byData('certificate', '就业困难人员认定或毕业证书', 'certificate of being hard to employ, or of graduation'),
      byData('registration', '灵活就业登记', 'registration as flexibly employed'),
      byData('contributions', '缴费凭证', 'proof of contributions'),
      uploaded('account', '社会保障卡账户', 'account of the social security card'),
    ],
  };
}

export { examples } from './examples.js';

const province = groundsIn(liaoning25, '（七）');
const dalian = groundsIn(dalian391, '四');

export const versions: readonly Policy[] = [
  flexibleInsurance({
    grounds: province,
    extension: {
      cite: province.inferred(
        '享受期限最多可延长6个月，具体期限由各市根据实际确定',
        text(
          '6个月为上限，各市可另定；未定的默认6个月。一次为限。',
          'Six months is the ceiling; a city sets its own, six by default, once only.',
        ),
      ),
    },
  }),
  flexibleInsurance({ grounds: dalian, extension: { cite: dalian.stated('享受期限可延长6个月') } }),
];

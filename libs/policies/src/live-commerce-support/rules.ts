import { choice, type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';
import type { PaymentLimits } from '../tables/payment-limits.js';

export const quote = '对符合条件的电商直播示范基地、电商直播企业和从业人员，根据实际相应给予就业创业补贴和就业创业服务补助支持';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  payeeKey: caseFacts.payeeKey,
  role: {
    type: 'string',
    label: text('申报人类别', 'kind of applicant'),
    oneOf: [
      choice('BASE', '示范基地', 'model base'),
      choice('FIRM', '直播企业', 'firm in live commerce'),
      choice('WORKER', '从业人员', 'person working in it'),
      choice('OTHER', '其他', 'other'),
    ],
    from: 'form',
  },
  support: {
    type: 'string',
    label: text('支持种类', 'kind of support'),
    oneOf: [
      choice('SUBSIDY', '就业创业补贴', 'subsidy for work and business'),
      choice('SERVICE', '就业创业服务补助', 'support of services'),
      choice('OTHER', '其他', 'other'),
    ],
    from: 'form',
  },
  recognised: {
    type: 'bool',
    label: text('已认定示范基地，或已证明从事电商直播', 'recognised as a model base, or shown to work in live commerce'),
    from: 'data',
  },
});

export const parametersOf = ({ open }: Grounds): Parameter[] => [
  {
    key: 'enabled',
    label: text('本地区是否开办', 'is it offered here'),
    value: false,
    cite: open(
      text(
        '文件未写标准和办法；默认不开办，待主管部门明确后启用。',
        'Neither amounts nor procedure are given; off until the authority decides.',
      ),
    ),
  },
  {
    key: 'amounts',
    label: text('补贴标准（类别、种类）', 'amounts by applicant and kind'),
    value: {
      BASE: { SUBSIDY: '5000000', SERVICE: '2000000' },
      FIRM: { SUBSIDY: '1000000', SERVICE: '500000' },
      WORKER: { SUBSIDY: '100000', SERVICE: '50000' },
    },
    sample: true,
    cite: open(
      text('文件未写标准；此为试用样例，不得据以发放。', 'No amounts are given; these are samples for trying it out, not for payment.'),
    ),
  },
];

export const rulesOf = ({ stated, inferred, open }: Grounds): Rule[] => [
  {
    id: 'offered',
    when: 'p.enabled',
    reason: text('本地区尚未开办此项支持', 'this support is not offered here yet'),
    cite: open(text('文件未写标准和办法。', 'The document gives neither amounts nor a procedure.')),
  },
  {
    id: 'role-fits',
    when: "role == 'WORKER' ? payeeKind == 'citizen' : role in ['BASE', 'FIRM'] ? payeeKind in ['enterprise', 'unit', 'institution'] : false",
    reason: text(
      '申报人应为示范基地、直播企业（单位申报）或从业人员（本人申报）',
      'the applicant must be a base or a firm (as an organisation) or a worker (as a person)',
    ),
    cite: stated(quote),
  },
  {
    id: 'recognised',
    when: 'recognised',
    reason: text('应符合条件并有认定或证明', 'the applicant must qualify and have been recognised'),
    cite: inferred(
      quote,
      text('“符合条件的”以认定或从业证明为准，具体条件文件未写。', 'To qualify means to be recognised; the document does not say how.'),
    ),
  },
  {
    id: 'kind-set',
    when: "role in ['BASE', 'FIRM', 'WORKER'] ? listed(p.amounts, role, support) : true",
    reason: text('此类申报人没有这一种支持的标准', 'no amount is set for this kind of support and applicant'),
    cite: inferred(
      quote,
      text('“根据实际相应给予”：种类和标准由主管部门对应设定。', 'Given correspondingly: the authority sets kinds and amounts.'),
    ),
  },
];

export const amountsOf = ({ open }: Grounds): Record<string, AmountRule> => ({
  total: {
    fen: 'standard(p.amounts, role, support)',
    label: text('支持金额', 'amount of support'),
    cite: open(text('文件未写标准，按设定的标准发放。', 'No amounts are given; what the authority sets is paid.')),
  },
});

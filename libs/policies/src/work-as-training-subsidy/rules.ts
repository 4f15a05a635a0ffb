import { choice, external, text } from '../documents/document.js';
import type { AmountRule, Cite, Fact, Parameter, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

/** All the documents say of it. */
export const quote = '大力落实以工代训补贴';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  workers: {
    type: {
      list: {
        person: 'person',
        group: 'string',
        trained: 'bool',
        wagePaid: 'bool',
        insured: 'bool',
        monthsBefore: 'int',
        monthsBooked: 'int',
      },
    },
    label: text(
      '本月以工代训人员（类别、是否培训、发薪、参保、此前已补月数：系统外申报、本系统记账）',
      'people trained at work in the month (group, trained, paid, insured, months already subsidised: told from elsewhere, on our books)',
    ),
    columns: {
      group: {
        oneOf: [
          choice('HARD_TO_EMPLOY', '就业困难人员', 'hard to employ'),
          choice('GRADUATE', '高校毕业生', 'university graduate'),
          choice('REGISTERED_UNEMPLOYED', '登记失业人员', 'registered unemployed'),
          choice('STAFF_OF_AFFECTED_FIRM', '受影响企业职工', 'staff of an affected firm'),
          choice('OTHER', '其他', 'other'),
        ],
        others: 'groups',
      },
    },
    from: 'upload',
    per: 'period',
    booked: { group: 'work-as-training-months', person: 'person', column: 'monthsBooked' },
  },
});

/** The term is the province's. */
export const termCite = external(
  '辽宁省2020年以工代训补贴政策（人力资源和社会保障部网站转载）',
  '2020年6月',
  text(
    '文件未写期限；取省2020年公开的“最长不超过6个月”。',
    'The document gives no term; taken from the province’s published rule of 2020, six months at most.',
  ),
);

export const parametersOf = ({ grounds: { open } }: Version): Parameter[] => [
  {
    key: 'monthlyFen',
    label: text('每人每月补贴标准', 'subsidy per person and month'),
    value: '50000',
    sample: true,
    cite: open(
      text(
        '文件未写标准；默认每人每月500元，未经核实，使用前应由主管部门核定。',
        'The document gives no amount; 500 yuan by default, unverified, to be set by the authority before use.',
      ),
    ),
  },
  {
    key: 'maxMonths',
    label: text('最长补贴月数', 'most months'),
    value: 6,
    range: { least: 1, most: 24 },
    cite: termCite,
  },
  {
    key: 'groups',
    label: text('可纳入的人员类别', 'groups that qualify'),
    value: ['HARD_TO_EMPLOY', 'GRADUATE', 'REGISTERED_UNEMPLOYED', 'STAFF_OF_AFFECTED_FIRM'],
    cite: open(
      text(
        '文件未写对象；默认为就业困难人员、高校毕业生、登记失业人员和受影响企业职工，可改设。',
        'The document names no group; by default people hard to employ, graduates, registered unemployed and staff of affected firms; adjustable.',
      ),
    ),
  },
];

/** A condition on everybody listed in a month. */
const everybody = (id: string, when: string, zh: string, en: string, cite: Cite): Rule => ({
  id,
  when: `workers.all(w, ${when})`,
  reason: text(zh, en),
  cite,
  per: 'period',
});

export const rulesOf = ({ grounds: { inferred, open } }: Version): Rule[] => {
  const training = inferred(quote, text('“以工代训”即在岗培训并发放工资。', 'Training by work means training on the job, on wages.'));
  const silent = open(text('文件未写条件；可由主管部门另定。', 'The document states no conditions; the authority may set others.'));
  return [
    employingUnit(inferred(quote, text('补贴给组织以工代训的用人单位。', 'Paid to the employer that trains.'))),
    listedOnce('workers', inferred(quote, text('补贴按人按月计算。', 'Counted by person and month.')), 'period'),
    everybody(
      'group-qualifies',
      'w.group in p.groups',
      '人员类别应在可纳入范围内',
      'everybody listed must belong to a group that qualifies',
      silent,
    ),
    everybody('trained', 'w.trained', '本月均应在岗接受培训', 'everybody listed must have been trained at work in the month', training),
    everybody('wage-paid', 'w.wagePaid', '本月工资均应已发放', 'the wages of the month must be paid', training),
    everybody('insured', 'w.insured', '名单人员均应参加社会保险', 'everybody listed must be insured', silent),
    everybody(
      'within-months',
      'w.monthsBefore + w.monthsBooked < p.maxMonths',
      '每人累计不超过最长补贴月数',
      'nobody draws more than the most months in all',
      termCite,
    ),
  ];
};

export const amountsOf = ({ grounds: { open } }: Version): Record<string, AmountRule> => ({
  monthly: {
    fen: 'size(workers) * p.monthlyFen',
    label: text('本月以工代训补贴', 'subsidy of the month'),
    per: 'period',
    cite: open(text('文件未写计算方法；按人按月定额。', 'The document gives no formula; a fixed amount by person and month.')),
  },
});
